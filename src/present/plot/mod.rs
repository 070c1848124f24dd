//! Pictures of results: functions from plain chart data to SVG text.
//!
//! Nothing here knows a scenario, a simulation or a file. Each chart has a struct of plain
//! values and a function that draws it; the same data gives the same bytes on every machine.
//! Names are shown as text whatever they hold: markup is escaped, control characters and
//! direction overrides appear as their code point. A value that is not finite is left out, never
//! drawn.
//!
//! Every picture carries a [`Caption`]: the one question or answer it shows, what is on the axes,
//! and a text alternative for those who cannot see it.
//!
//! ```
//! use orgsim::present::plot::{self, Caption, Curve, CurvePoint, Curves};
//!
//! let svg = plot::curves(&Curves {
//!     caption: Caption::new("Half of all inquiries are answered within 15 minutes"),
//!     designs: vec![Curve {
//!         name: "Centralized".into(),
//!         points: vec![
//!             CurvePoint { minutes: 1.0, share: 0.1, low: 0.08, high: 0.12 },
//!             CurvePoint { minutes: 15.0, share: 0.5, low: 0.46, high: 0.54 },
//!             CurvePoint { minutes: 360.0, share: 0.9, low: 0.88, high: 0.92 },
//!         ],
//!     }],
//!     references: vec![],
//! });
//! assert!(svg.contains("Centralized"));
//! let png = plot::svg_to_png(&svg, 1.0).unwrap();
//! assert_eq!(&png[1..4], b"PNG");
//! ```

mod axis;
mod canvas;
mod caption;
mod causes;
mod curves;
mod differences;
mod estimates;
mod font;
mod grid;
mod labels;
mod mark;
mod organization;
mod png;
mod safe;
mod scatter;
mod series;
mod sparkline;
mod stack;
mod theme;
mod timeline;
mod week_map;
mod workload;
mod worths;

pub use axis::Scale;
pub use caption::Caption;
pub use causes::{CauseRow, Causes, causes};
pub use curves::{Curve, CurvePoint, Curves, Reference, curves};
pub use differences::{Better, Difference, DifferenceGroup, Differences, differences};
pub use estimates::{EstimateRow, Estimates, estimates};
pub use font::undrawn;
pub use organization::{
    LinkEnd, LinkKind, OrgChannel, OrgLayout, OrgLink, OrgPicture, OrgRole, OrgTrack, organization,
    organization_layout,
};
pub use png::{PlotError, fits_png, svg_to_png};
pub use scatter::{Estimate, Scatter, TradePoint, scatter};
pub use sparkline::sparkline;
pub use theme::{FONT_FAMILY, cause_colors, design_color};
pub use timeline::{Span, TimeLine, TimePoint, Timeline, timeline};
pub use week_map::{WeekGroup, WeekMap, WeekRow, missed, week_map};
pub use workload::{WorkUnit, Workload, WorkloadRow, workload};
pub use worths::{WorthGroup, WorthMark, WorthRow, Worths, worths};

#[cfg(test)]
mod examples;
