//! What a reader should know before trusting the numbers.

use super::result::ExperimentResult;
use super::watching::Watching;
use crate::sim::Stop;

/// In the words of leaders, one sentence each.
pub(super) fn warnings(result: &ExperimentResult, watching: &Watching) -> Vec<String> {
    let mut all = Vec::new();
    if result.incomplete {
        let (done, asked) = (result.completed(), result.replications);
        all.push(format!("stopped early: {done} of {asked} repetitions are complete"));
    }
    for design in &result.designs {
        if let Some((stop, n)) = design.stopped {
            let role = |role: u32| {
                design.roles.get(role as usize).map_or("a role", |role| role.name.as_str())
            };
            let why = match stop {
                Stop::Asked => continue,
                Stop::TooMany(at) => format!("too much piled up, most of it at {}", role(at)),
                Stop::NoMemory(at) => format!(
                    "memory ran short, most of what piled up is at {}; \
                     give that role more people or the run more memory (fewer `--threads` leave more for each)",
                    role(at)
                ),
                Stop::TooManyHops(at) => {
                    format!("one inquiry was passed on without end, last to {}", role(at))
                }
                Stop::NoProgress => "its clock stood still".to_string(),
                Stop::Stuck(at) => format!("what waits at {} is never taken up", role(at)),
            };
            all.push(format!("{}: repetition {n} could not be finished: {why}", design.name));
        }
    }
    if result.kind.is_terminating() {
        for design in &result.designs {
            if let Some((role, per_day)) = design.falls_behind() {
                all.push(format!(
                    "{}: {role} falls behind by about {per_day:.0} a day; \
                     its numbers depend on how long one looks",
                    design.name
                ));
            }
        }
    }
    if result.replications == 1 {
        all.push("a single run shows no luck: repeat it to get a \u{b1}".into());
    }
    if 0 < watching.left_out {
        let n = watching.left_out;
        all.push(format!(
            "{n} of the topics, channels, segments, languages and stages have no row of their own: there are too many"
        ));
    }
    all
}
