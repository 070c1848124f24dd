//! Files damaged at random.

use crate::scenario::{Overlay, Source, load, render};

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 300,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2013),
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::default()
    })]

    /// Whatever is cut out of a file or put into it, the answer is a scenario or findings, never a panic.
    #[test]
    fn damaged_files_never_panic(at in 0.0..1.0f64, length in 0usize..40, with in "[0-9a-z\"{}\\[\\],:%/ .-]{0,6}") {
        let text = include_str!("../../../scenarios/quickstart.json");
        let start = text.floor_char_boundary((at * text.len() as f64) as usize);
        let end = text.floor_char_boundary((start + length).min(text.len()));
        let damaged = format!("{}{with}{}", &text[..start], &text[end.max(start)..]);
        let source = Source::new("damaged.json", damaged);
        if let Err(problems) = load(&source, &Overlay::default()) {
            proptest::prop_assert!(!problems.is_empty());
            proptest::prop_assert!(!render(&source, &problems, false).is_empty());
        }
    }

    /// Another value in place of any one is either fine or told with its place.
    #[test]
    fn any_value_may_be_replaced(which in 0usize..1000, value in proptest::sample::select(vec!["0", "-1", "1e999", "null", "\"\"", "[]", "{}", "true", "\"0%\"", "\"0s\"", "\"5m\"", "\"always\""])) {
        let text = include_str!("../../../scenarios/quickstart.json");
        let spots: Vec<usize> = text.match_indices("\": ").map(|(at, _)| at + 3).collect();
        let start = spots[which % spots.len()];
        let end = start + text[start..].find([',', '\n', '}']).unwrap_or(0);
        let source = Source::new("replaced.json", format!("{}{value}{}", &text[..start], &text[end..]));
        if let Err(problems) = load(&source, &Overlay::default()) {
            proptest::prop_assert!(!problems.is_empty());
            proptest::prop_assert!(problems.iter().all(|problem| problem.pointer.is_empty() || problem.pointer.starts_with('/')));
            proptest::prop_assert!(render(&source, &problems, false).contains("replaced.json:"));
        }
    }
}
