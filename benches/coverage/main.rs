//! How often intervals hold the truth, and what common customers save: measured, not promised.
//!
//! `cargo bench --bench coverage` takes some minutes; `-- --test` a tenth of the experiments.

#![expect(clippy::print_stdout, reason = "a measuring program prints its table")]

mod cases;
mod selections;

use cases::{cases, first_delays, sequential, variance_ratios};
use selections::{kim_nelson_right, ocba_right};

fn main() {
    let short = std::env::args().any(|argument| argument == "--test");
    let experiments = if short { 50 } else { 500 };
    println!(
        "95% intervals over 30 replications, {experiments} experiments each: share that holds the truth"
    );
    for case in cases(30) {
        println!("  {:<62} {:.3}", case.name, case.coverage(experiments));
    }
    let (share, replications) = sequential(0.05, experiments / if short { 5 } else { 1 });
    println!("as many replications as \u{b1}5% takes: share reached and holding the truth");
    println!("  mean wait, M/M/4 at 80%, {replications:.0} replications on average {share:.3}");
    let many = if short { 200 } else { 4000 };
    println!("90% t intervals for the first 25 delays of M/M/1 at 90%, {many} experiments each");
    for (n, known) in [(5, 0.837), (10, 0.860), (20, 0.877), (40, 0.887)] {
        println!("  {n:>3} replications {:.3}, known {known:.3}", first_delays(n, many));
    }
    let (seven, faster) = variance_ratios(if short { 200 } else { 2000 });
    println!("variance of a difference, strangers ÷ the same customers, days of 500 customers");
    println!("  six people against seven {seven:.2}, service 5% faster {faster:.2}");
    let trials = if short { 100 } else { 1000 };
    println!("selecting the best, share of {trials} trials in which it is selected");
    println!("  Kim and Nelson, five systems, promised 0.95: {:.3}", kim_nelson_right(trials));
    let (ocba, even) = ocba_right(trials);
    println!("  OCBA, ten systems, 600 looks: {ocba:.3}, looks spread evenly {even:.3}");
}
