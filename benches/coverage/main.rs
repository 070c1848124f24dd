//! How often intervals hold the truth, and what common customers save: measured, not promised.
//!
//! `cargo bench --bench coverage` takes some minutes; `-- --test` a tenth of the experiments.

#![expect(clippy::print_stdout, reason = "a measuring program prints its table")]

mod cases;

use cases::{cases, first_delays, variance_ratios};

fn main() {
    let short = std::env::args().any(|argument| argument == "--test");
    let experiments = if short { 50 } else { 500 };
    println!(
        "95% intervals over 30 replications, {experiments} experiments each: share that holds the truth"
    );
    for case in cases(30) {
        println!("  {:<62} {:.3}", case.name, case.coverage(experiments));
    }
    let many = if short { 200 } else { 4000 };
    println!("90% t intervals for the first 25 delays of M/M/1 at 90%, {many} experiments each");
    for (n, known) in [(5, 0.837), (10, 0.860), (20, 0.877), (40, 0.887)] {
        println!("  {n:>3} replications {:.3}, known {known:.3}", first_delays(n, many));
    }
    let (seven, faster) = variance_ratios(if short { 200 } else { 2000 });
    println!("variance of a difference, strangers ÷ the same customers, days of 500 customers");
    println!("  six people against seven {seven:.2}, service 5% faster {faster:.2}");
}
