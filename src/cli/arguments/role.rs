//! What can be typed after `orgsim role`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Overlaid;

/// How a role card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CardFormat {
    /// For people, every measured number with its ±.
    Text,
    /// One JSON document on standard output, errors included.
    Json,
    /// A job description to be edited and posted, with notes below.
    Markdown,
}

/// Tell what a role does all week, and write its job description
///
/// Measured by simulation: what the role is for, how its week is spent, what it decides and must ask, what it
/// must know, whom it works with, the goals it is measured by; then the hours and people it takes, whether its
/// week could be set better, and what hangs on it. Without --role, a card for each role of the design.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim role scenarios/quickstart.json --design Centralized --role desk
  orgsim role scenarios/quickstart.json --design Centralized --role strategist --out job.md
  orgsim role mine.json --format json | jq '.roles[] | {role, heads, need}'")]
pub(in crate::cli) struct Role {
    /// The scenario
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) scenario: PathBuf,
    /// The design the role belongs to; may be left out where there is one only
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) design: Option<String>,
    /// The role, by its name in the design; without it, all roles
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) role: Option<String>,
    /// Write to this file instead; its name may say the format (.md, .json)
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// How it is shown [default: by the name of --out, otherwise text]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(in crate::cli) format: Option<CardFormat>,
    /// Replace the file if it is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// No progress, no remarks: the card and errors only
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
    /// Threads to use; they change no number [default: one per core]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) threads: Option<u16>,
    #[command(flatten)]
    pub(in crate::cli) overlaid: Overlaid,
}
