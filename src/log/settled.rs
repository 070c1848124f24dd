//! From gathered drafts to a log: window, order, names, pseudonyms.

use super::draft::{Draft, Gathered};
use super::names::{MISSING, Names, Settled, UNSTATED, settle};
use super::recorded::{CaseTally, Log, LoggedInquiry, MessageTally};
use crate::model::Diagnostic;
use crate::model::mapping::Mapping;
use crate::units::counted;
use std::collections::HashMap;

/// The log of what was gathered; what was lost before is filled in by the caller.
pub(super) fn settled(
    gathered: Gathered,
    mapping: &Mapping,
    findings: &mut Vec<Diagnostic>,
) -> Log {
    let Gathered { mut inquiries, labels, units, cases, messages } = gathered;
    let all = inquiries.len();
    let bounds = mapping.window.map(|window| (window.from_seconds, window.to_seconds));
    if let Some((from, to)) = bounds {
        inquiries.retain(|inquiry| (from..to).contains(&inquiry.arrival.wall));
    }
    let outside_window = (all - inquiries.len()) as u64;
    inquiries.sort_by_key(|inquiry| (inquiry.arrival.wall, inquiry.row));
    let day = 86_400;
    let whole_days = || {
        let first = inquiries.first().map_or(0, |inquiry| inquiry.arrival.wall);
        let last = inquiries.last().map_or(0, |inquiry| inquiry.arrival.wall);
        (first.div_euclid(day) * day, (last.div_euclid(day) + 1) * day)
    };
    let (start_seconds, end_seconds) = bounds.unwrap_or_else(whole_days);

    let mut settle_one = |names: &Option<Names>, of: fn(&Draft) -> Option<u32>, fallback, kind| {
        let numbers: Vec<Option<u32>> = inquiries.iter().map(of).collect();
        let cut = names.as_ref().is_some_and(|names| names.cut);
        findings.extend(cut.then(|| long_names(kind)));
        settle(names.as_ref(), &numbers, fallback, kind)
    };
    let nameless = |names: &Option<Names>| Some(if names.is_some() { MISSING } else { UNSTATED });
    let channel =
        settle_one(&labels.channel, |draft| draft.channel, nameless(&labels.channel), "channel");
    let topic = settle_one(&labels.topic, |draft| draft.topic, nameless(&labels.topic), "topic");
    let unit = settle_one(&units, |draft| draft.unit, None, "unit");
    let priority = settle_one(&labels.priority, |draft| draft.priority, None, "priority");
    let language = settle_one(&labels.language, |draft| draft.language, None, "language");
    for (settled, kind) in [
        (&channel, "channel"),
        (&topic, "topic"),
        (&unit, "unit"),
        (&priority, "priority"),
        (&language, "language"),
    ] {
        findings.extend(gathered_names(settled, kind));
    }
    findings.extend(early_replies(&inquiries));
    findings.extend(cases.iter().flat_map(odd_cases));
    findings.extend(messages.iter().flat_map(odd_messages));

    let customers = number_customers(&inquiries);
    let customer_count = customers.iter().max().map_or(0, |&last| last as usize + 1);
    let inquiries = inquiries.into_iter().enumerate().map(|(i, draft)| LoggedInquiry {
        row: draft.row,
        arrival_seconds: draft.arrival.wall,
        channel: channel.places[i].unwrap_or(0),
        topic: topic.places[i].unwrap_or(0),
        unit: unit.places[i],
        customer: customers[i],
        priority: priority.places[i],
        language: language.places[i],
        first_response_seconds: draft.first_response,
        resolution_seconds: draft.resolution,
        hand_overs: draft.hand_overs,
        handling_seconds: draft.handling,
        rows: draft.rows,
        thread: draft.thread,
    });
    Log {
        inquiries: inquiries.collect(),
        channels: channel.names,
        topics: topic.names,
        units: unit.names,
        priorities: priority.names,
        languages: language.names,
        customers: customer_count,
        rows_read: 0,
        rows_not_kept: 0,
        dropped: Vec::new(),
        outside_window,
        start_seconds,
        end_seconds,
        missing: Vec::new(),
        cases,
        messages,
        findings: Vec::new(),
    }
}

fn long_names(kind: &str) -> Diagnostic {
    let message = format!("some values of the {kind} are longer than 200 characters and were cut");
    Diagnostic::warning("log-long-names", format!("/{kind}"), message)
        .help("is this the column of message texts?")
}

/// Inquiries that were answered before they came.
fn early_replies(inquiries: &[Draft]) -> Option<Diagnostic> {
    let early = |draft: &&Draft| draft.first_response.is_some_and(|seconds| seconds < 0);
    let first = inquiries.iter().find(early)?.row;
    let message = match inquiries.iter().filter(early).count() {
        1 => format!("1 inquiry was answered before it came (line {first})"),
        n => format!("{n} inquiries were answered before they came (first in line {first})"),
    };
    let help = "are both times in the same time zone, and is each in its own column?";
    Some(Diagnostic::warning("log-replies-early", "/first_response", message).help(help))
}

fn odd_cases(cases: &CaseTally) -> impl Iterator<Item = Diagnostic> {
    let (disagree, disorder) = (cases.arrival_disagrees, cases.out_of_order);
    let found = [
        (0 < disagree).then(|| {
            let cases = counted(disagree, "case", "cases");
            let message =
                format!("the rows of {cases} disagree on the arrival; the first row counts");
            Diagnostic::warning("log-cases-disagree", "/time", message)
        }),
        (0 < disorder).then(|| {
            let cases = counted(disorder, "case", "cases");
            let message = format!("the updates of {cases} are not in order of time");
            Diagnostic::warning("log-cases-disorder", "/updated", message)
        }),
    ];
    found.into_iter().flatten()
}

fn odd_messages(messages: &MessageTally) -> impl Iterator<Item = Diagnostic> {
    let (orphans, apart) = (messages.parent_not_in_file, messages.without_inquiry);
    let found = [
        (0 < orphans).then(|| {
            let messages = counted(orphans, "message answers", "messages answer");
            let message = format!("{messages} one that is not in the log");
            Diagnostic::warning("log-parents-missing", "/parent", message)
        }),
        (0 < apart).then(|| {
            let message = match apart {
                1 => "1 message belongs to no inquiry and is not replayed".to_owned(),
                _ => format!("{apart} messages belong to no inquiry and are not replayed"),
            };
            Diagnostic::warning("log-messages-apart", "/parent", message)
        }),
    ];
    found.into_iter().flatten()
}

/// Customers by order of appearance; an inquiry without one has its own.
fn number_customers(inquiries: &[Draft]) -> Vec<u32> {
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut next = 0;
    let mut new = || {
        next += 1;
        next - 1
    };
    let number = |draft: &Draft| match draft.customer {
        Some(customer) => *numbers.entry(customer).or_insert_with(&mut new),
        None => new(),
    };
    inquiries.iter().map(number).collect()
}

fn gathered_names(settled: &Settled, kind: &str) -> Option<Diagnostic> {
    let n = settled.gathered;
    let values = if n == 1 { "rare value" } else { "rare values" };
    let were = if n == 1 { "was" } else { "were" };
    let message = format!("{n} {values} of the {kind} {were} gathered into `(other)`");
    (0 < n).then(|| Diagnostic::warning("log-names-gathered", format!("/{kind}"), message))
}
