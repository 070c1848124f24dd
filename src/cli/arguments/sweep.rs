//! What can be typed after `orgsim sweep`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Overlaid, Saving};

/// How a sweep is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    /// For people.
    Text,
    /// One JSON document on standard output, errors included.
    Json,
    /// A table, one row for each value, design and measure.
    Csv,
}

/// Set one input to many values, and tell where the best design changes
///
/// Every value meets the same customers, and is run as often as the scenario says. Without --what, the inputs that
/// the scenario names under `it_depends_on` are swept, one at a time; `run` does the same with fewer repetitions.
/// Without --points, values are added where the best design changes.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim sweep scenarios/quickstart.json --what customers.messages --from 100/day --to 600/day
  orgsim sweep mine.json --what people.vendor.cost --from '$10/hour' --to '$30/hour' --points 9 --out price.csv
  orgsim sweep mine.json --what 'designs.*.approval' --try '0% of replies' --try '6% of replies' --format json")]
pub(in crate::cli) struct Sweep {
    /// The scenario
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) scenario: PathBuf,
    /// The input: a path into the scenario, as for --set [default: all of `it_depends_on`]
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) what: Option<String>,
    /// Where its range begins
    #[arg(long, value_name = "VALUE", requires_all = ["what", "to"], allow_hyphen_values = true)]
    pub(in crate::cli) from: Option<String>,
    /// Where its range ends, in the same unit
    #[arg(long, value_name = "VALUE", requires_all = ["what", "from"], allow_hyphen_values = true)]
    pub(in crate::cli) to: Option<String>,
    /// A value to try, instead of a range. May be repeated
    #[arg(long = "try", value_name = "VALUE", requires = "what", conflicts_with_all = ["from", "to"], allow_hyphen_values = true)]
    pub(in crate::cli) values: Vec<String>,
    /// So many values evenly over the range, both ends included, beside the file's own value
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub(in crate::cli) points: Option<u16>,
    /// Write to this file instead; its name may say the format (.csv, .json)
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// How it is shown [default: by the name of --out, otherwise text]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(in crate::cli) format: Option<TableFormat>,
    /// Replace the file if it is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// No progress, no remarks: the table and errors only
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
    /// Threads to use; they change no number [default: one per core]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) threads: Option<u16>,
    #[command(flatten)]
    pub(in crate::cli) saving: Saving,
    #[command(flatten)]
    pub(in crate::cli) overlaid: Overlaid,
}

impl Sweep {
    /// How the table is shown.
    pub(in crate::cli) fn table_format(&self) -> TableFormat {
        let by_name = || match self.out.as_ref()?.extension()?.to_str()? {
            "csv" => Some(TableFormat::Csv),
            "json" => Some(TableFormat::Json),
            _ => None,
        };
        self.format.or_else(by_name).unwrap_or(TableFormat::Text)
    }
}
