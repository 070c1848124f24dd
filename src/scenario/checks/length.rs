//! How long an experiment goes on: for ever, or for days on end.

use crate::model::{Arrivals, StreamKind, StudyKind, World, stream_rates};
use crate::scenario::cursor::Object;
use crate::scenario::experiment::Experiment;
use crate::scenario::names::quote;
use crate::units::{HOURS_A_WEEK, SimTime, grouped};

/// Inquiries of a whole experiment that take an hour or more even where little becomes of each.
const MANY: f64 = 1e10;

/// Refuse what never ends; warn of what hardly does.
pub(super) fn check(of: &Object<'_>, world: &World, designs: usize, experiment: &Experiment) {
    endless(of, world, experiment);
    lengthy(of, world, designs, experiment);
}

/// A study until all is done needs an end of what comes in.
fn endless(of: &Object<'_>, world: &World, experiment: &Experiment) {
    if experiment.study.kind != StudyKind::UntilDone {
        return;
    }
    let endless = world.streams.iter().find(|stream| {
        let stops = match &stream.arrivals {
            Arrivals::Poisson(profile) => {
                profile.until != SimTime::NEVER || profile.per_hour <= 0.0
            }
            Arrivals::Every(_)
            | Arrivals::Renewal(_)
            | Arrivals::Modulated(_)
            | Arrivals::Members(_) => false,
            Arrivals::Recorded(_) | Arrivals::AtStart(_) => true,
        };
        !stops
            && stream.limit.is_none()
            && (stream.kind == StreamKind::Inquiries || stream.limit.is_none())
    });
    if let (Some(stream), Some(at)) = (endless, of.get("customers")) {
        at.fail_with_help(
            "endless",
            format!("a study `until done` never ends: {} go on for ever", quote(&stream.name)),
            "state `stop_after` or `until`, or choose another `kind`",
        );
    }
}

/// So many inquiries that nobody will wait for the end.
fn lengthy(of: &Object<'_>, world: &World, designs: usize, experiment: &Experiment) {
    let study = &experiment.study;
    let weeks = match study.kind {
        StudyKind::UntilDone => f64::INFINITY,
        _ => study.horizon().hours() / HOURS_A_WEEK,
    };
    let each: f64 = world
        .streams
        .iter()
        .zip(stream_rates(world, false))
        .filter(|(_, rate)| 0.0 < rate.per_week)
        .map(|(stream, rate)| {
            stream.limit.map_or(f64::INFINITY, |limit| limit as f64).min(rate.per_week * weeks)
        })
        .sum();
    let all = each * f64::from(study.replications) * designs.max(1) as f64;
    if all < MANY || all.is_infinite() {
        return;
    }
    let at = of.get("experiment").unwrap_or_else(|| of.cursor.clone());
    at.warn(
        "long-run",
        format!(
            "this asks for some {} billion inquiries ({} billion in each of {} repetitions): even at a few million \
             a second that takes hours or days",
            grouped(all / 1e9, 0),
            grouped(each / 1e9, usize::from(each < 1e10)),
            study.replications
        ),
        "run a shorter stretch or fewer repetitions first: the half-widths say whether more is needed",
    );
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overlay, Source, load};

    fn codes(messages: &str, experiment: &str) -> Vec<String> {
        let text = format!(
            r#"{{"orgsim": 1, "question": "?",
                "customers": {{"plain": true, {messages}}},
                "designs": {{"A": {{"graph": {{
                    "roles": {{"desk": {{"people": "infinite", "service": "1s"}}}},
                    "links": [{{"intake": {{"to": "desk"}}}}]}}}}}},
                "experiment": {{{experiment}}}}}"#
        );
        match load(&Source::new("long", text.as_str()), &Overlay::default()) {
            Ok(loaded) => loaded.warnings.iter().map(|found| found.code.to_owned()).collect(),
            Err(problems) => problems.iter().map(|found| found.code.to_owned()).collect(),
        }
    }

    #[test]
    fn what_nobody_will_wait_for_is_said_before() {
        let none: [&str; 0] = [];
        let weeks = r#""run_for": "4 weeks", "warm_up": "0s", "repeat": 10"#;
        assert_eq!(codes(r#""messages": "1e6/hour""#, weeks), none);
        assert_eq!(codes(r#""messages": "1e8/hour""#, weeks), ["long-run"]);
        let limited = r#""messages": "1e8/hour", "stop_after": 1000000"#;
        assert_eq!(codes(limited, weeks), none);
        let done = r#""kind": "until done", "repeat": 2"#;
        assert_eq!(codes(limited, done), none);
        let huge = r#""messages": "1/hour", "stop_after": 9000000000"#;
        assert_eq!(codes(huge, done), ["long-run"]);
        assert_eq!(codes(r#""messages": "1e8/hour""#, done), ["endless"]);
    }
}
