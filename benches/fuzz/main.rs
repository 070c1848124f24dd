//! Damaged scenarios and logs by the thousand: none may panic, take long, or be refused without a place.
//!
//! `cargo bench --bench fuzz -- --minutes 20` goes on for so long; `--from N` begins with case N, `--case N` shows one case,
//! and `-- --test` is a short round. Cases that go wrong are printed with their numbers, and the program ends with 1.

#![expect(clippy::print_stdout, reason = "a fuzzer tells what it found")]

mod cases;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use cases::{Came, Corpus, LIMIT};

/// Cases of a short round.
const SHORT: u64 = 500;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let after = |name: &str| -> Option<u64> {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1)?.parse().ok()
    };
    let corpus = Corpus::new();
    std::panic::set_hook(Box::new(|_| {}));
    if let Some(number) = after("--case") {
        let (told, _) = corpus.case(number);
        println!("{}\n{:?} {:?}", String::from_utf8_lossy(&told.bytes), told.came, told.wrong);
        return ExitCode::from(u8::from(told.wrong.is_some()));
    }
    let limit = Duration::from_secs(60 * after("--minutes").unwrap_or(1));
    let short = words.iter().any(|word| word == "--test");
    let (began, first) = (Instant::now(), after("--from").unwrap_or(0));
    let (mut wrong, mut came, mut slowest) = (0, [0u64; 3], (Duration::ZERO, 0));
    let mut number = first;
    while if short { number < first + SHORT } else { began.elapsed() < limit } {
        let (told, took) = corpus.case(number);
        let slow = || (LIMIT < took).then(|| format!("it took {:.1} s", took.as_secs_f64()));
        if let Some(what) = told.wrong.or_else(slow) {
            wrong += 1;
            println!("case {number}: {what}");
        }
        let at = [Came::Log, Came::Refused, Came::Run].iter().position(|&of| of == told.came);
        came[at.expect("one of the three")] += 1;
        slowest = slowest.max((took, number));
        number += 1;
        if number % 4096 == 0 {
            println!("… {number} cases");
        }
    }
    println!(
        "{} cases: {} logs, {} scenarios refused, {} run; slowest {:.3} s (case {}); {wrong} went wrong",
        number - first,
        came[0],
        came[1],
        came[2],
        slowest.0.as_secs_f64(),
        slowest.1,
    );
    ExitCode::from(u8::from(0 < wrong))
}
