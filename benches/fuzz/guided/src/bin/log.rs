//! Bytes as a log: the first says how it is to be read.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((&first, rest)) = bytes.split_first() {
        guided::log(first, rest);
    }
});
