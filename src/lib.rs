//! Organizational design you can run.
//!
//! An organization is a graph of roles and links. Customers bring inquiries, and untagged mentions, to its channels.
//! `orgsim` runs that graph as a discrete-event simulation: who reads, who knows, who must be asked, who decides, who is
//! there. Several designs meet the *same* customers under the same budget, and are judged on three scores that are never
//! blended: how responsive, how interactive, how proactive they are.
//!
//! With all effects of organization left out, a scenario is a network of queues, and the exact answers of queueing
//! theory come out.
//!
//! # A tour
//!
//! A scenario is a file. Here is a small one: the same work, one line or two.
//!
//! ```
//! use std::sync::atomic::AtomicBool;
//!
//! use orgsim::experiment::{Options, run};
//! use orgsim::scenario::{Overlay, Source, load};
//!
//! let text = r#"{
//!   "orgsim": 1,
//!   "question": "One line for two people, or a line each?",
//!   "customers": { "plain": true, "messages": "1.5/hour", "business_units": ["left", "right"] },
//!   "designs": {
//!     "A line each": { "graph": {
//!       "roles": { "left":  { "people": 1, "service": { "exponential": { "mean": "1h" } } },
//!                  "right": { "people": 1, "service": { "exponential": { "mean": "1h" } } } },
//!       "links": [ { "intake": { "to": "left",  "matter": { "anything_about": "left" } } },
//!                  { "intake": { "to": "right", "matter": { "anything_about": "right" } } } ] } },
//!     "One line": { "graph": {
//!       "roles": { "both": { "people": 2, "service": { "exponential": { "mean": "1h" } } } },
//!       "links": [ { "intake": { "to": "both" } } ] } }
//!   },
//!   "experiment": { "warm_up": "100h", "run_for": "2,000h", "follow": "0s", "repeat": 10, "seed": 1 }
//! }"#;
//! let scenario = load(&Source::new("lines.json", text), &Overlay::default()).expect("it is sound");
//!
//! let stop = AtomicBool::new(false);
//! let options = Options::plain(1, &stop);
//! let result = run(&scenario.model, &options);
//!
//! let wait = |design: usize| result.designs[design].roles[0].number("wait_mean").mean().unwrap();
//! // Theory: 180 minutes in a line each, 77 in one.
//! assert!(wait(1) < wait(0));
//! ```
//!
//! What is wrong with a file is told with its place and, where possible, with advice:
//!
//! ```
//! use orgsim::scenario::{Overlay, Source, load, render};
//!
//! let source = Source::new("mine.json", r#"{ "orgsim": 1, "customers": { "mesages": "9/hour" } }"#);
//! let problems = load(&source, &Overlay::default()).unwrap_err();
//! assert!(render(&source, &problems, false).contains("did you mean `messages`?"));
//! ```
//!
//! Exact formulas stand beside the simulator:
//!
//! ```
//! use orgsim::stats::queueing::ManyServers;
//!
//! let one_line = ManyServers::new(1.5, 1.0, 2).unwrap();
//! let a_line_each = ManyServers::new(0.75, 1.0, 1).unwrap();
//! assert!((one_line.wait_mean() * 60.0 - 77.14).abs() < 0.01);
//! assert!((a_line_each.wait_mean() * 60.0 - 180.0).abs() < 1e-9);
//! ```
//!
//! # Where to read on
//!
//! The [`book`] has chapters for [leaders, consultants and educators](book::tours), on [the model](book::model), on
//! [the file format](book::format), on [queueing networks](book::queueing), on [statistics](book::statistics) and on
//! [the source of every default](book::sources). The [`glossary`] says what each word means here.
//!
//! # Architecture
//!
//! Modules are floors. Each uses itself and the floors below; [the chapter on architecture](book::architecture) says
//! what each must not know.
//!
//! | floor | modules |
//! |---|---|
//! | 7 | [`cli`] |
//! | 6 | [`report`] |
//! | 5 | [`present`] |
//! | 4 | [`study`] |
//! | 3 | [`experiment`] |
//! | 2 | [`scenario`], [`log`], [`sim`], [`stats`] |
//! | 1 | [`model`] |
//! | 0 | [`units`], [`draws`], [`tally`] |

pub mod book;
pub mod cli;
pub mod draws;
pub mod experiment;
pub mod glossary;
pub mod log;
pub mod model;
pub mod present;
pub mod report;
pub mod scenario;
pub mod sim;
pub mod stats;
pub mod study;
pub mod tally;
pub mod units;
