//! What a log looks like, in numbers: the check that it was read as meant.

use super::arrivals::ArrivalProfile;
use super::recorded::{Log, LoggedInquiry, Thread};
use super::stamp::clock_text;
use super::summary::{BriefSummary, CountSummary, Lognormal, Mix, Summary};
use serde::Serialize;

/// A log in numbers. Durations in seconds, clock values as written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogProfile {
    /// Rows after the header.
    pub rows: u64,
    /// Rows the mapping's conditions excluded.
    pub rows_not_kept: u64,
    /// Rows that could not be read.
    pub rows_dropped: u64,
    /// Inquiries within the window.
    pub inquiries: usize,
    /// Inquiries outside the window.
    pub inquiries_outside_window: u64,
    /// First arrival.
    #[serde(rename = "t_first")]
    pub first_arrival: String,
    /// Last arrival.
    #[serde(rename = "t_last")]
    pub last_arrival: String,
    /// Customers among the inquiries.
    pub customers_among_inquiries: usize,
    /// Share of rows in which a mapped column is missing; only columns where any is.
    pub missing_share: Mix<f64>,
    /// Inquiries by channel.
    pub channel_mix: Mix<u64>,
    /// Inquiries by topic.
    pub topic_mix: Mix<u64>,
    /// Different topics.
    pub topics: usize,
    /// Inquiries by priority.
    pub priority_mix: Mix<u64>,
    /// Inquiries by unit; `(none)` for those without.
    pub unit_mix: Mix<u64>,
    /// Inquiries by language, `(none)` for those without; left out where the mapping names no language.
    #[serde(skip_serializing_if = "nothing")]
    pub language_mix: Mix<u64>,
    /// Arrival to first response.
    #[serde(rename = "first_response_s")]
    pub first_response_seconds: Option<Summary>,
    /// The law closest to it.
    pub first_response_lognormal: Option<Lognormal>,
    /// The same for each unit.
    #[serde(rename = "first_response_s_by_unit")]
    pub first_response_seconds_by_unit: Mix<BriefSummary>,
    /// Arrival to settlement.
    #[serde(rename = "resolution_s")]
    pub resolution_seconds: Option<Summary>,
    /// The law closest to it.
    pub resolution_lognormal: Option<Lognormal>,
    /// Settlement for each priority.
    #[serde(rename = "resolution_s_by_priority")]
    pub resolution_seconds_by_priority: Mix<BriefSummary>,
    /// Settlement by number of hand-overs: `0`, `1`, `2`, `3+`.
    #[serde(rename = "resolution_s_by_hand_overs")]
    pub resolution_seconds_by_hand_overs: Mix<BriefSummary>,
    /// Work per inquiry.
    #[serde(rename = "handling_s")]
    pub handling_seconds: Option<Summary>,
    /// The law closest to it.
    pub handling_lognormal: Option<Lognormal>,
    /// Hand-overs per inquiry.
    pub hand_overs: Option<CountSummary>,
    /// How inquiries arrive, over the log's period.
    pub arrivals: ArrivalProfile,
    /// What only one row per event tells.
    pub cases: Option<CaseProfile>,
    /// What only one row per message tells.
    pub threads: Option<ThreadProfile>,
}

/// Cases in numbers; all but the first over the whole file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseProfile {
    /// Rows per case.
    pub rows_per_case: Option<CountSummary>,
    /// Rows by state.
    pub state_mix_rows: Mix<u64>,
    /// Latest update.
    pub last_event: Option<String>,
    /// Cases whose rows disagree on the arrival.
    pub cases_whose_rows_disagree_on_arrival: u64,
    /// Cases whose priority changed.
    pub cases_whose_priority_changed: u64,
}

/// Threads in numbers; message counts over the whole file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThreadProfile {
    /// Messages from customers.
    pub rows_inbound: u64,
    /// Messages from the company.
    pub rows_outbound: u64,
    /// Messages that name a parent.
    pub rows_with_parent_id: u64,
    /// Messages whose parent is not in the file.
    pub rows_whose_parent_is_not_in_file: u64,
    /// Messages that stand before their parent.
    pub rows_before_their_parent: u64,
    /// Threads that the company began.
    pub threads_started_by_a_company: u64,
    /// Messages that belong to no inquiry.
    pub rows_without_inquiry: u64,
    /// Different company accounts.
    pub company_accounts_in_file: usize,
    /// A customer's message to the company message that answers it.
    #[serde(rename = "any_company_reply_latency_s")]
    pub company_reply_seconds: Option<Summary>,
    /// Inquiry to the first company message anywhere in its thread.
    #[serde(rename = "first_company_message_in_thread_s")]
    pub first_company_message_seconds: Option<Summary>,
    /// First to last message.
    #[serde(rename = "thread_span_s")]
    pub thread_length_seconds: Option<Summary>,
    /// Messages per thread.
    pub messages_per_thread: Option<CountSummary>,
    /// Messages by the company per thread.
    pub company_messages_per_thread: Option<CountSummary>,
    /// Messages by customers per thread.
    pub customer_messages_per_thread: Option<CountSummary>,
    /// Different company accounts per thread.
    pub distinct_company_accounts_per_thread: Option<CountSummary>,
}

fn nothing(mix: &Mix<u64>) -> bool {
    mix.0.is_empty()
}

impl LogProfile {
    /// The numbers of this log.
    pub fn of(log: &Log) -> LogProfile {
        let inquiries = &log.inquiries[..];
        let name = |names: &[String], place: Option<u16>| match place {
            Some(place) => names.get(usize::from(place)).cloned().unwrap_or_default(),
            None => "(none)".to_string(),
        };
        let unit = |inquiry: &LoggedInquiry| name(&log.units, inquiry.unit);
        let priority = |inquiry: &LoggedInquiry| name(&log.priorities, inquiry.priority);
        let language = |inquiry: &LoggedInquiry| name(&log.languages, inquiry.language);
        let mix = |of: &dyn Fn(&LoggedInquiry) -> String| Mix::count(inquiries.iter().map(of));
        let optional_mix = |names: &[String], of: &dyn Fn(&LoggedInquiry) -> String| {
            if names.is_empty() { Mix(Vec::new()) } else { mix(of) }
        };
        let handling = || inquiries.iter().filter_map(|inquiry| inquiry.handling_seconds);
        let hand_overs = |inquiry: &LoggedInquiry| match inquiry.hand_overs {
            None => String::new(),
            Some(count @ 0..3) => count.to_string(),
            Some(_) => "3+".to_string(),
        };
        let clock = |inquiry: Option<&LoggedInquiry>| {
            inquiry.map_or(String::new(), |inquiry| clock_text(inquiry.arrival_seconds))
        };
        let mut arrivals = ArrivalProfile::of(inquiries, log.start_seconds, log.end_seconds);
        // those outside the window were set aside when the log was read
        arrivals.n_outside_window += log.outside_window as usize;
        LogProfile {
            rows: log.rows_read,
            rows_not_kept: log.rows_not_kept,
            rows_dropped: log.dropped.iter().map(|dropped| dropped.count).sum(),
            inquiries: inquiries.len(),
            inquiries_outside_window: log.outside_window,
            first_arrival: clock(inquiries.first()),
            last_arrival: clock(inquiries.last()),
            customers_among_inquiries: log.customers,
            missing_share: missing_share(log),
            channel_mix: mix(&|inquiry| name(&log.channels, Some(inquiry.channel))),
            topic_mix: mix(&|inquiry| name(&log.topics, Some(inquiry.topic))),
            topics: log.topics.len(),
            priority_mix: optional_mix(&log.priorities, &priority),
            unit_mix: optional_mix(&log.units, &unit),
            language_mix: optional_mix(&log.languages, &language),
            first_response_seconds: Summary::of(inquiries.iter().filter_map(first_response)),
            first_response_lognormal: Lognormal::of(inquiries.iter().filter_map(first_response)),
            first_response_seconds_by_unit: groups(inquiries, &unit, first_response),
            resolution_seconds: Summary::of(inquiries.iter().filter_map(resolution)),
            resolution_lognormal: Lognormal::of(inquiries.iter().filter_map(resolution)),
            resolution_seconds_by_priority: match log.priorities.is_empty() {
                true => Mix(Vec::new()),
                false => groups(inquiries, &priority, resolution),
            },
            resolution_seconds_by_hand_overs: groups(inquiries, &hand_overs, resolution),
            handling_seconds: Summary::of(handling()),
            handling_lognormal: Lognormal::of(handling()),
            hand_overs: CountSummary::of(inquiries.iter().filter_map(|it| it.hand_overs), 10),
            arrivals,
            cases: CaseProfile::of(log),
            threads: ThreadProfile::of(log),
        }
    }
}

fn first_response(inquiry: &LoggedInquiry) -> Option<f64> {
    inquiry.first_response_seconds.map(|seconds| seconds as f64)
}

fn resolution(inquiry: &LoggedInquiry) -> Option<f64> {
    inquiry.resolution_seconds.map(|seconds| seconds as f64)
}

/// A duration by name of a group, names in order; inquiries without a name left out.
fn groups(
    inquiries: &[LoggedInquiry],
    name: &dyn Fn(&LoggedInquiry) -> String,
    duration: fn(&LoggedInquiry) -> Option<f64>,
) -> Mix<BriefSummary> {
    let mut samples = std::collections::BTreeMap::<String, Vec<f64>>::new();
    for inquiry in inquiries {
        if let Some(seconds) = duration(inquiry) {
            samples.entry(name(inquiry)).or_default().push(seconds);
        }
    }
    samples.remove("");
    let brief = |(name, sample)| Some((name, BriefSummary::of(sample)?));
    Mix(samples.into_iter().filter_map(brief).collect())
}

fn missing_share(log: &Log) -> Mix<f64> {
    let dropped: u64 = log.dropped.iter().map(|dropped| dropped.count).sum();
    let rows = log.rows_read.saturating_sub(log.rows_not_kept + dropped);
    let share = |(column, count): &(String, u64)| (column.clone(), *count as f64 / rows as f64);
    Mix(log.missing.iter().filter(|(_, count)| 0 < *count).map(share).collect())
}

impl CaseProfile {
    fn of(log: &Log) -> Option<CaseProfile> {
        let cases = log.cases.as_ref()?;
        Some(CaseProfile {
            rows_per_case: CountSummary::of(log.inquiries.iter().map(|inquiry| inquiry.rows), 15),
            state_mix_rows: Mix(cases.states.clone()),
            last_event: cases.last_update_seconds.map(clock_text),
            cases_whose_rows_disagree_on_arrival: cases.arrival_disagrees,
            cases_whose_priority_changed: cases.priority_changed,
        })
    }
}

impl ThreadProfile {
    fn of(log: &Log) -> Option<ThreadProfile> {
        let messages = log.messages.as_ref()?;
        let threads = || log.inquiries.iter().filter_map(|inquiry| inquiry.thread.as_ref());
        let counts = |of: fn(&Thread) -> u32| CountSummary::of(threads().map(of), 10);
        let first = threads().filter_map(|thread| thread.first_company_message_seconds);
        Some(ThreadProfile {
            rows_inbound: messages.inbound,
            rows_outbound: messages.outbound,
            rows_with_parent_id: messages.with_parent,
            rows_whose_parent_is_not_in_file: messages.parent_not_in_file,
            rows_before_their_parent: messages.before_parent,
            threads_started_by_a_company: messages.started_by_company,
            rows_without_inquiry: messages.without_inquiry,
            company_accounts_in_file: messages.company_accounts,
            company_reply_seconds: Summary::of(
                messages.reply_seconds.iter().map(|&seconds| seconds as f64),
            ),
            first_company_message_seconds: Summary::of(first.map(|seconds| seconds as f64)),
            thread_length_seconds: Summary::of(threads().map(|thread| thread.span_seconds as f64)),
            messages_per_thread: counts(|it| it.messages_customer + it.messages_company),
            company_messages_per_thread: counts(|it| it.messages_company),
            customer_messages_per_thread: counts(|it| it.messages_customer),
            distinct_company_accounts_per_thread: counts(|it| it.company_accounts),
        })
    }
}
