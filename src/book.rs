//! The book: what the model means, how it is built, and how to use it.
//!
//! - [Tours](tours): ten minutes for a leader, a consultant, an educator. Start here.
//! - [What the quickstart shows](quickstart): the answer, and the number it turns on.
//! - [No archetype always wins](no_best): where each is best, and why; what experts would guess, beside what comes out.
//! - [Face validity](face_validity): presets beside what was counted; what was tuned and what emerged.
//! - [The model](model): what the simulator takes the world and an organization to be, and what it decides.
//! - [The scenario file](mod@format): reference of version 1.
//! - [The page](page): what `report.html` shows, which day it plays, and the document inside it.
//! - [A lesson of 45 minutes](lesson): six stops, and the question to ask at each.
//! - [Writing a queueing network](queueing): textbook cases as scenario files, with exact answers.
//! - [Replaying your own inquiry log](logs): from an export to four designs.
//! - [Role cards and job descriptions](roles): what a role does all week, what it takes, what hangs on it.
//! - [Statistics](statistics): intervals, comparison, overload, identities, random numbers.
//! - [Sources](sources): every default with its value, kind and source.
//! - [Architecture](architecture): for whoever maintains the crate next.
//!
//! The words are defined in the [glossary](crate::glossary).

#[doc = include_str!("book/architecture.md")]
pub mod architecture {}

#[doc = include_str!("book/face_validity.md")]
pub mod face_validity {}

#[doc = include_str!("book/format.md")]
pub mod format {}

#[doc = include_str!("book/lesson.md")]
pub mod lesson {}

#[doc = include_str!("book/logs.md")]
pub mod logs {}

#[doc = include_str!("book/model.md")]
pub mod model {}

#[doc = include_str!("book/page.md")]
pub mod page {}
#[doc = include_str!("book/no_best.md")]
pub mod no_best {}

#[doc = include_str!("book/queueing.md")]
pub mod queueing {}

#[doc = include_str!("book/quickstart.md")]
pub mod quickstart {}

#[doc = include_str!("book/roles.md")]
pub mod roles {}

#[doc = include_str!("book/sources.md")]
pub mod sources {}

#[doc = include_str!("book/statistics.md")]
pub mod statistics {}

#[doc = include_str!("book/tours.md")]
pub mod tours {}
