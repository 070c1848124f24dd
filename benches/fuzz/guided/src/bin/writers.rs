//! Bytes as names: what is written of them can be read again.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    guided::writers(bytes);
});
