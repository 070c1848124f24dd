//! Bytes as a scenario: read, or refused with places.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    guided::scenario(bytes);
});
