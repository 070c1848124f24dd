//! The short version of the fuzzer; `benches/fuzz/main.rs` is the long one.

#[path = "../../benches/fuzz/cases.rs"]
mod fuzz_cases;

use fuzz_cases::{Came, Corpus};

#[test]
fn damaged_files_are_read_or_refused_with_places() {
    let corpus = Corpus::new();
    let (mut refused, mut run) = (0, 0);
    for number in 0..120 {
        // how long it takes here says nothing: other tests run beside it
        let (told, _) = corpus.case(number);
        assert_eq!(told.wrong, None, "case {number}: {}", String::from_utf8_lossy(&told.bytes));
        refused += u32::from(told.came == Came::Refused);
        run += u32::from(told.came == Came::Run);
    }
    assert!(20 < refused && 15 < run, "{refused} refused, {run} run");
}
