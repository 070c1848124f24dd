//! A log as it was read: inquiries, names, and what was lost on the way.

use crate::model::Diagnostic;

/// Recorded inquiries, ready to be replayed.
///
/// At least one inquiry, sorted by arrival, then by place in the file. Clock and calendar are as
/// written in the file. Message text is never kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// The inquiries.
    pub inquiries: Vec<LoggedInquiry>,
    /// Names that [`LoggedInquiry::channel`] counts through: first those of the mapping in its
    /// order, then others in order of appearance, then `(other)` and `(missing)`.
    /// `(unstated)` alone where the mapping names no channel.
    pub channels: Vec<String>,
    /// Names that [`LoggedInquiry::topic`] counts through, in the same order.
    pub topics: Vec<String>,
    /// Names that [`LoggedInquiry::unit`] counts through.
    pub units: Vec<String>,
    /// Names that [`LoggedInquiry::priority`] counts through.
    pub priorities: Vec<String>,
    /// Names that [`LoggedInquiry::language`] counts through; empty where the mapping names no language.
    pub languages: Vec<String>,
    /// How many customers asked; their numbers run from 0.
    pub customers: usize,
    /// Rows after the header, blank lines aside.
    pub rows_read: u64,
    /// Rows that did not satisfy the mapping's conditions.
    pub rows_not_kept: u64,
    /// Rows that could not be read, by reason.
    pub dropped: Vec<Dropped>,
    /// Inquiries that arrived before or after the window.
    pub outside_window: u64,
    /// Start of the period, in seconds of the clock as written since 1970-01-01: the window's, or
    /// midnight before the first arrival.
    pub start_seconds: i64,
    /// End of the period (exclusive): the window's, or midnight after the last arrival.
    pub end_seconds: i64,
    /// Rows in which a mapped column was missing, by column, over the rows that were read.
    pub missing: Vec<(String, u64)>,
    /// What only one row per event tells.
    pub cases: Option<CaseTally>,
    /// What only one row per message tells.
    pub messages: Option<MessageTally>,
    /// Warnings: what its author should know about this log.
    pub findings: Vec<Diagnostic>,
}

/// One recorded inquiry.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedInquiry {
    /// Line of its first row, the header being line 1.
    pub row: u64,
    /// Arrival, in seconds of the clock as written since 1970-01-01 00:00.
    pub arrival_seconds: i64,
    /// Place of its channel in [`Log::channels`].
    pub channel: u16,
    /// Place of its topic in [`Log::topics`].
    pub topic: u16,
    /// Place of who dealt with it in [`Log::units`].
    pub unit: Option<u16>,
    /// The customer's number, in order of appearance. Without a name each inquiry has its own.
    pub customer: u32,
    /// Place of its priority in [`Log::priorities`].
    pub priority: Option<u16>,
    /// Place of the language it was written in, in [`Log::languages`].
    pub language: Option<u16>,
    /// Arrival to first response; negative where the file says so.
    pub first_response_seconds: Option<i64>,
    /// Arrival to settlement; negative where the file says so.
    pub resolution_seconds: Option<i64>,
    /// How often it was handed over.
    pub hand_overs: Option<u32>,
    /// Work it took.
    pub handling_seconds: Option<f64>,
    /// Rows that tell of it.
    pub rows: u32,
    /// Its conversation, where the file holds messages.
    pub thread: Option<Thread>,
}

/// The conversation below an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thread {
    /// Messages by customers, the inquiry included.
    pub messages_customer: u32,
    /// Messages by the company.
    pub messages_company: u32,
    /// Different company accounts among them.
    pub company_accounts: u32,
    /// Inquiry to the earliest company message anywhere in the thread.
    pub first_company_message_seconds: Option<i64>,
    /// Earliest to latest message.
    pub span_seconds: i64,
}

/// Rows that could not be read, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u64,
    /// Lines where the first of them begin, at most [`Dropped::LINES`].
    pub lines: Vec<u64>,
    /// A value that was refused, shortened.
    pub example: Option<String>,
}

impl Dropped {
    /// How many line numbers are kept.
    pub const LINES: usize = 20;
}

/// What rows of cases tell beyond their inquiries, over the whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseTally {
    /// Rows by state, most frequent first.
    pub states: Vec<(String, u64)>,
    /// The latest update, on the clock as written.
    pub last_update_seconds: Option<i64>,
    /// Cases whose rows disagree on the arrival.
    pub arrival_disagrees: u64,
    /// Cases whose priority changed.
    pub priority_changed: u64,
    /// Cases whose updates are not in order of time.
    pub out_of_order: u64,
}

/// What messages tell beyond their inquiries, over the whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageTally {
    /// Messages from customers.
    pub inbound: u64,
    /// Messages from the company.
    pub outbound: u64,
    /// Messages that name a parent.
    pub with_parent: u64,
    /// Messages that name a parent that is not in the file.
    pub parent_not_in_file: u64,
    /// Messages that stand before their parent in the file.
    pub before_parent: u64,
    /// Messages of the company that start a thread.
    pub started_by_company: u64,
    /// Messages that belong to no inquiry.
    pub without_inquiry: u64,
    /// Different company accounts.
    pub company_accounts: usize,
    /// For each company message that answers a customer's: the time between the two.
    pub reply_seconds: Vec<i64>,
}
