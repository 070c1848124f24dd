//! How to read one recorded log: which column of a delimited file means what.
//!
//! Plain values that stand here so that scenarios can state a mapping and the importer can follow
//! it without knowing each other.

/// How a delimited file tells of inquiries.
///
/// A plain value. [`log::read`](crate::log::read) checks it against the file's header and points
/// at its parts with JSON Pointers made of the names below (`/time/format`, `/channel/column`),
/// which a caller prefixes with the place where it keeps the mapping.
///
/// In every column, blanks around a value do not count, and an empty value is missing. A column is
/// named by its header or by its place: `#3` is the third.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The byte between two fields: a comma, a semicolon, a tab.
    pub delimiter: u8,
    /// Values that mean "nothing here", besides the empty one.
    pub missing: Vec<String>,
    /// What a row must satisfy to be read at all; every condition must hold.
    pub keep: Vec<Condition>,
    /// Which arrivals count; all, where absent.
    pub window: Option<Window>,
    /// When the inquiry arrived (one row per message: when the message was sent).
    pub time: TimeColumn,
    /// Where customers spoke.
    pub channel: Option<Label>,
    /// What the inquiry is about.
    pub topic: Option<Label>,
    /// How urgent it is.
    pub priority: Option<Label>,
    /// What language the customer writes in.
    pub language: Option<Label>,
    /// What one row stands for, and the columns that only such rows have.
    pub one_row_per: OneRowPer,
    /// When to refuse a file as too large.
    pub limits: Limits,
}

impl Mapping {
    /// A comma-delimited file with these arrivals and rows; everything else absent or by default.
    pub fn new(time: TimeColumn, one_row_per: OneRowPer) -> Mapping {
        Mapping {
            delimiter: b',',
            missing: Vec::new(),
            keep: Vec::new(),
            window: None,
            time,
            channel: None,
            topic: None,
            priority: None,
            language: None,
            one_row_per,
            limits: Limits::default(),
        }
    }
}

/// What one row stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum OneRowPer {
    /// Each row is a whole inquiry.
    Inquiry(InquiryRows),
    /// Each row is one change of a case; a key column tells which.
    Event(EventRows),
    /// Each row is one message; a parent column tells what it answers.
    Message(MessageRows),
}

/// Columns of a file with one row per inquiry; each is optional.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InquiryRows {
    /// Identity; a second row of the same id is dropped.
    pub id: Option<String>,
    /// Who dealt with it.
    pub unit: Option<Label>,
    /// Who asked.
    pub customer: Option<String>,
    /// When the first reply went out.
    pub first_response: Option<Moment>,
    /// When it was settled.
    pub resolution: Option<Moment>,
    /// How often it was handed over: a column of counts.
    pub hand_overs: Option<String>,
    /// How much work it took.
    pub handling: Option<DurationColumn>,
}

/// Columns of a file with several rows per case, the rows of a case in the order of its changes.
///
/// The arrival is read in the first row of a case; rows that disagree with it are reported.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventRows {
    /// The column that tells the cases apart.
    pub case: String,
    /// When the change was made; `FirstUpdate` and `LastUpdate` need it.
    pub updated: Option<TimeColumn>,
    /// The state after the change, for the profile only.
    pub state: Option<String>,
    /// Who dealt with it.
    pub unit: Option<Label>,
    /// Who asked (first value of the case).
    pub customer: Option<String>,
    /// When the first reply went out.
    pub first_response: Option<CaseMoment>,
    /// When it was settled.
    pub resolution: Option<CaseMoment>,
    /// How hand-overs are counted.
    pub hand_overs: Option<HandOvers>,
    /// How much work a change took; summed over the rows of a case.
    pub handling: Option<DurationColumn>,
}

/// Columns of a file with one row per message.
///
/// An inquiry is an inbound message without a parent; the thread below it, a tree, is its
/// conversation. The unit is the company account that gave the first response.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRows {
    /// Identity of the message; `3` and `3.0` are the same.
    pub id: String,
    /// Identity of the message it answers; missing at the start of a thread.
    pub parent: String,
    /// Who wrote it.
    pub author: String,
    /// Holds for messages from customers.
    pub inbound: Condition,
    /// Which company message is the first response.
    pub first_response: Reply,
    /// Whether the names of company accounts give way to numbers.
    pub pseudonyms: bool,
    /// Whether the account that answered is the unit that a replayed inquiry concerns, and under
    /// which name. Otherwise accounts are told apart in the profile only.
    pub unit: Option<Accounts>,
}

/// How the company accounts of a file of messages are named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    /// What an account stands for, as (account, name). These names come first, in this order.
    pub names: Vec<(String, String)>,
    /// How many of the accounts without such a name keep their own; the rest is `(other)`.
    /// All of them, where absent.
    pub most_frequent: Option<usize>,
}

/// Which company message counts as the first response of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The earliest that answers the inquiry itself.
    Direct,
    /// The earliest anywhere in the thread.
    AnywhereInThread,
}

/// A column of points in time and how they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeColumn {
    /// The column.
    pub column: String,
    /// Its format, in the manner of `strftime`: `%d/%m/%Y %H:%M`. Never guessed.
    ///
    /// With a UTC offset (`%z`) durations are exact, while clock and calendar stay as written.
    pub format: String,
}

impl TimeColumn {
    /// This column, written like this.
    pub fn new(column: impl Into<String>, format: impl Into<String>) -> TimeColumn {
        TimeColumn { column: column.into(), format: format.into() }
    }
}

/// A column of lengths of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationColumn {
    /// The column.
    pub column: String,
    /// What its numbers count.
    pub unit: DurationUnit,
}

/// What the numbers of a duration column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurationUnit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Hours, minutes and, where given, seconds: `1:05` or `1:05:30`.
    Clock,
}

/// A moment of an inquiry's life as one row tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// A point in time.
    At(TimeColumn),
    /// A length of time since the arrival.
    After(DurationColumn),
}

/// A moment of a case's life as its rows tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseMoment {
    /// What the last row says.
    LastRow(Moment),
    /// The earliest update time among the rows that satisfy this.
    FirstUpdate(Condition),
    /// The latest update time among the rows that satisfy this.
    LastUpdate(Condition),
}

/// How the hand-overs of a case are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandOvers {
    /// Changes of this column from row to row; missing values are passed over.
    ChangesOf(String),
    /// The largest value of this column, a running count.
    MaximumOf(String),
    /// The number of different values of this column, less one.
    OthersIn(String),
}

/// A test on one column of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// What must hold for its value.
    pub test: Test,
}

impl Condition {
    /// The column holds this value.
    pub fn is(column: impl Into<String>, value: impl Into<String>) -> Condition {
        Condition { column: column.into(), test: Test::OneOf(vec![value.into()]) }
    }

    /// The column holds any value.
    pub fn present(column: impl Into<String>) -> Condition {
        Condition { column: column.into(), test: Test::Present }
    }
}

/// What must hold for a value; upper and lower case differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It is one of these.
    OneOf(Vec<String>),
    /// It is none of these.
    NoneOf(Vec<String>),
    /// It is missing.
    Missing,
    /// It is not missing.
    Present,
}

/// Where a name comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// The same for every inquiry.
    Constant(String),
    /// A column's value.
    Column(LabelColumn),
}

impl Label {
    /// The values of this column as they are, the last one of a case.
    pub fn column(column: impl Into<String>) -> Label {
        Label::Column(LabelColumn { column: column.into(), ..LabelColumn::default() })
    }
}

/// A column whose values name something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelColumn {
    /// The column.
    pub column: String,
    /// Which row of a case counts; missing values are passed over.
    pub from: CaseRow,
    /// What a value stands for, as (value, name). These names come first, in this order.
    pub names: Vec<(String, String)>,
    /// How many of the values without such a name keep their own; the rest is `(other)`.
    /// All of them, where absent.
    pub most_frequent: Option<usize>,
    /// Whether names give way to numbers.
    pub pseudonyms: bool,
}

/// Which row of a case tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaseRow {
    /// The first with a value.
    First,
    /// The last with a value.
    #[default]
    Last,
}

/// Arrivals from `from_seconds` on and before `to_seconds`, on the clock as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first moment that counts, in seconds of that clock since 1970-01-01 00:00.
    pub from_seconds: i64,
    /// The first moment that no longer counts, in the same seconds.
    pub to_seconds: i64,
}

/// When a file is refused as too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file; 1 GiB by default.
    pub bytes: u64,
    /// Rows after the header; 10 million by default, 2³¹ − 1 at most.
    pub rows: u64,
    /// Bytes of one row, so that a quotation mark never closed cannot fill the memory; 64 MiB by
    /// default. Kept to within the read-ahead of 128 KiB.
    pub row_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 1 << 30, rows: 10_000_000, row_bytes: 64 << 20 }
    }
}
