//! The mapping of a recorded log: which column means what. Here its form is read; whoever reads the log
//! compares it with the file's header.

use super::cursor::{Cursor, Object};
use super::keys::{
    ACCOUNTS, CASE_MOMENT, CONDITION, DURATION_COLUMN, EVENT_MAPPING, HAND_OVERS, INQUIRY_MAPPING,
    LABEL, LIMITS, MAPPING, MESSAGE_MAPPING, MOMENT, Shape, TIME_COLUMN, WINDOW,
};
use super::names::quote;
use super::tree::Value;
use crate::model::mapping::{
    Accounts, CaseMoment, CaseRow, Condition, DurationColumn, DurationUnit, EventRows, HandOvers,
    InquiryRows, Label, LabelColumn, Limits, Mapping, MessageRows, Moment, OneRowPer, Reply, Test,
    TimeColumn, Window,
};

/// What a row of the log is about.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// A whole inquiry.
    Inquiry,
    /// A change of a case.
    Event,
    /// A message.
    Message,
}

/// Words for what a row is about.
const ROWS: &[(&str, Row)] =
    &[("inquiry", Row::Inquiry), ("event", Row::Event), ("message", Row::Message)];

impl Row {
    /// The keys of a mapping of such rows.
    fn shape(self) -> &'static Shape {
        match self {
            Row::Inquiry => &INQUIRY_MAPPING,
            Row::Event => &EVENT_MAPPING,
            Row::Message => &MESSAGE_MAPPING,
        }
    }

    /// What only a mapping of such rows states.
    fn read(self, of: &Object<'_>) -> Option<OneRowPer> {
        match self {
            Row::Inquiry => inquiry_rows(of).map(OneRowPer::Inquiry),
            Row::Event => event_rows(of).map(OneRowPer::Event),
            Row::Message => message_rows(of).map(OneRowPer::Message),
        }
    }
}

/// Read a mapping; `None` if something was noted.
///
/// Every part is read before the first lack is given up on, so that all problems are told at once.
pub(super) fn mapping(cursor: &Cursor<'_>) -> Option<Mapping> {
    let any = cursor.object_with_names(&MAPPING)?;
    let row = any.need("one_row_per")?.word(ROWS)?;
    let of = cursor.object(row.shape())?;
    let delimiter = optional(&of, "delimiter", delimiter);
    let missing = optional(&of, "missing", texts);
    let keep = optional(&of, "keep", |at| all(at, condition));
    let window = optional(&of, "window", window);
    let time_column = of.need("time").and_then(|at| time(&at));
    let channel = optional(&of, "channel", label);
    let topic = optional(&of, "topic", label);
    let priority = optional(&of, "priority", label);
    let language = optional(&of, "language", label);
    let limits = optional(&of, "limits", limits);
    let rows = row.read(&of);
    Some(Mapping {
        delimiter: delimiter?.unwrap_or(b','),
        missing: missing?.unwrap_or_default(),
        keep: keep?.unwrap_or_default(),
        window: window?,
        time: time_column?,
        channel: channel?,
        topic: topic?,
        priority: priority?,
        language: language?,
        one_row_per: rows?,
        limits: limits?.unwrap_or_default(),
    })
}

/// What stands under a key that may be left out: `None` where it was noted, `Some(None)` without the key.
fn optional<T>(
    of: &Object<'_>,
    key: &'static str,
    read: impl FnOnce(&Cursor<'_>) -> Option<T>,
) -> Option<Option<T>> {
    match of.get(key) {
        None => Some(None),
        Some(at) => read(&at).map(Some),
    }
}

fn inquiry_rows(of: &Object<'_>) -> Option<InquiryRows> {
    let id = optional(of, "id", column);
    let unit = optional(of, "unit", label);
    let customer = optional(of, "customer", column);
    let first_response = optional(of, "first_response", moment);
    let resolution = optional(of, "resolution", moment);
    let hand_overs = optional(of, "hand_overs", column);
    let handling = optional(of, "handling", length);
    Some(InquiryRows {
        id: id?,
        unit: unit?,
        customer: customer?,
        first_response: first_response?,
        resolution: resolution?,
        hand_overs: hand_overs?,
        handling: handling?,
    })
}

fn event_rows(of: &Object<'_>) -> Option<EventRows> {
    let case = of.need("case").and_then(|at| column(&at));
    let updated = optional(of, "updated", time);
    let state = optional(of, "state", column);
    let unit = optional(of, "unit", label);
    let customer = optional(of, "customer", column);
    let first_response = optional(of, "first_response", case_moment);
    let resolution = optional(of, "resolution", case_moment);
    let counted = optional(of, "hand_overs", hand_overs);
    let handling = optional(of, "handling", length);
    Some(EventRows {
        case: case?,
        updated: updated?,
        state: state?,
        unit: unit?,
        customer: customer?,
        first_response: first_response?,
        resolution: resolution?,
        hand_overs: counted?,
        handling: handling?,
    })
}

fn message_rows(of: &Object<'_>) -> Option<MessageRows> {
    let needed = |key: &'static str| of.need(key).and_then(|at| column(&at));
    let (id, parent, author) = (needed("id"), needed("parent"), needed("author"));
    let inbound = of.need("inbound").and_then(|at| condition(&at));
    let replies = [("direct", Reply::Direct), ("anywhere in thread", Reply::AnywhereInThread)];
    let first_response = optional(of, "first_response", |at| at.word(&replies));
    let pseudonyms = optional(of, "pseudonyms", |at| at.flag());
    let unit = optional(of, "unit", accounts);
    Some(MessageRows {
        id: id?,
        parent: parent?,
        author: author?,
        inbound: inbound?,
        first_response: first_response?.unwrap_or(Reply::Direct),
        pseudonyms: pseudonyms?.unwrap_or(false),
        unit: unit?,
    })
}

/// The name of a column, or its place: `#3`.
fn column(at: &Cursor<'_>) -> Option<String> {
    at.name().map(String::from)
}

fn delimiter(at: &Cursor<'_>) -> Option<u8> {
    let text = at.text()?;
    match text.as_bytes() {
        &[byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Some(byte),
        _ => {
            at.fail_with_help(
                "out-of-range",
                format!("{} is not one character", quote(text)),
                "write `,`, `;` or `\\t`",
            );
            None
        }
    }
}

fn texts(at: &Cursor<'_>) -> Option<Vec<String>> {
    all(at, |item| item.text().map(String::from))
}

/// Every item of a list; all are read before the first that is wrong ends it.
fn all<T>(at: &Cursor<'_>, read: impl Fn(&Cursor<'_>) -> Option<T>) -> Option<Vec<T>> {
    let each: Vec<Option<T>> = at.items()?.iter().map(read).collect();
    each.into_iter().collect()
}

fn window(at: &Cursor<'_>) -> Option<Window> {
    let of = at.object(&WINDOW)?;
    let edge = |key: &'static str| {
        let at = of.need(key)?;
        let text = at.text()?;
        let moment = text.parse::<jiff::civil::DateTime>().ok();
        let moment = moment.and_then(|moment| jiff::tz::Offset::UTC.to_timestamp(moment).ok());
        if moment.is_none() {
            at.fail_with_help(
                "unreadable",
                format!("{} is not a date with a time", quote(text)),
                "write it like `2017-10-31 00:00`",
            );
        }
        moment.map(|moment| moment.as_second())
    };
    let (from, to) = (edge("from"), edge("to"));
    let (from_seconds, to_seconds) = (from?, to?);
    if to_seconds <= from_seconds {
        let shown =
            |key: &'static str| of.get(key).and_then(|at| at.text().map(quote)).unwrap_or_default();
        let (from, to) = (shown("from"), shown("to"));
        let message = match from_seconds == to_seconds {
            true => {
                format!("this window is empty: it begins at {from}, and {to} is no longer in it")
            }
            false => format!("this window ends at {to}, before it begins at {from}"),
        };
        let help =
            "`to` is where the window ends, itself not in it: for one day it is the day after";
        at.fail_with_help("out-of-order", message, help);
        return None;
    }
    Some(Window { from_seconds, to_seconds })
}

fn time(at: &Cursor<'_>) -> Option<TimeColumn> {
    let of = at.object(&TIME_COLUMN)?;
    let needed = |key: &'static str| of.need(key).and_then(|at| column(&at));
    let (column, format) = (needed("column"), needed("format"));
    Some(TimeColumn { column: column?, format: format? })
}

fn length(at: &Cursor<'_>) -> Option<DurationColumn> {
    let of = at.object(&DURATION_COLUMN)?;
    let column = of.need("column").and_then(|at| column(&at));
    let unit = of.need("unit").and_then(|unit| {
        unit.word(&[
            ("seconds", DurationUnit::Seconds),
            ("minutes", DurationUnit::Minutes),
            ("hours", DurationUnit::Hours),
            ("days", DurationUnit::Days),
            ("clock", DurationUnit::Clock),
        ])
    });
    Some(DurationColumn { column: column?, unit: unit? })
}

fn label(at: &Cursor<'_>) -> Option<Label> {
    if matches!(at.node.value, Value::Text(_)) {
        return at.name().map(|name| Label::Constant(name.into()));
    }
    let of = at.object(&LABEL)?;
    match (of.get("constant"), of.get("column")) {
        (Some(constant), None) => constant.name().map(|name| Label::Constant(name.into())),
        (None, Some(named)) => {
            let column = column(&named);
            let rows = [("first", CaseRow::First), ("last", CaseRow::Last)];
            let from = optional(&of, "from", |at| at.word(&rows));
            let names = optional(&of, "names", names);
            let most_frequent = optional(&of, "most_frequent", count);
            let pseudonyms = optional(&of, "pseudonyms", |at| at.flag());
            Some(Label::Column(LabelColumn {
                column: column?,
                from: from?.unwrap_or_default(),
                names: names?.unwrap_or_default(),
                most_frequent: most_frequent?,
                pseudonyms: pseudonyms?.unwrap_or(false),
            }))
        }
        _ => {
            at.fail_with_help(
                "missing-key",
                "a name comes from somewhere",
                "state either `column` or `constant`",
            );
            None
        }
    }
}

fn accounts(at: &Cursor<'_>) -> Option<Accounts> {
    let of = at.object(&ACCOUNTS)?;
    let names = optional(&of, "names", names);
    let most_frequent = optional(&of, "most_frequent", count);
    Some(Accounts { names: names?.unwrap_or_default(), most_frequent: most_frequent? })
}

/// What values stand for.
fn names(at: &Cursor<'_>) -> Option<Vec<(String, String)>> {
    let each: Vec<Option<(String, String)>> = at
        .entries()?
        .iter()
        .map(|(value, name)| Some(((*value).to_owned(), name.name()?.to_owned())))
        .collect();
    each.into_iter().collect()
}

fn count(at: &Cursor<'_>) -> Option<usize> {
    at.whole(0, 1_000_000).map(|count| count as usize)
}

fn moment(at: &Cursor<'_>) -> Option<Moment> {
    let (tag, body) = at.tagged(&MOMENT)?;
    if tag == "at" { time(&body).map(Moment::At) } else { length(&body).map(Moment::After) }
}

fn case_moment(at: &Cursor<'_>) -> Option<CaseMoment> {
    let (tag, body) = at.tagged(&CASE_MOMENT)?;
    match tag {
        "last_row" => moment(&body).map(CaseMoment::LastRow),
        "first_update" => condition(&body).map(CaseMoment::FirstUpdate),
        _ => condition(&body).map(CaseMoment::LastUpdate),
    }
}

fn hand_overs(at: &Cursor<'_>) -> Option<HandOvers> {
    let (tag, body) = at.tagged(&HAND_OVERS)?;
    let column = column(&body)?;
    Some(match tag {
        "changes_of" => HandOvers::ChangesOf(column),
        "maximum_of" => HandOvers::MaximumOf(column),
        _ => HandOvers::OthersIn(column),
    })
}

fn condition(at: &Cursor<'_>) -> Option<Condition> {
    let of = at.object(&CONDITION)?;
    let column = of.need("column").and_then(|at| column(&at));
    let tests = ["is", "one_of", "none_of", "missing", "present"];
    let stated: Vec<&'static str> = tests.into_iter().filter(|test| of.has(test)).collect();
    let [test] = stated.as_slice() else {
        at.fail_with_help(
            "missing-key",
            "a condition makes one test",
            "state one of `is`, `one_of`, `none_of`, `missing`, `present`",
        );
        return None;
    };
    let value = of.get(test)?;
    let stated = |test: Test| {
        let flag = value.flag()?;
        if !flag {
            value.fail("out-of-range", "this test is stated with `true` or left out");
        }
        flag.then_some(test)
    };
    let test = match *test {
        "is" => value.text().map(|only| Test::OneOf(vec![only.into()])),
        "one_of" => texts(&value).map(Test::OneOf),
        "none_of" => texts(&value).map(Test::NoneOf),
        "missing" => stated(Test::Missing),
        _ => stated(Test::Present),
    };
    Some(Condition { column: column?, test: test? })
}

fn limits(at: &Cursor<'_>) -> Option<Limits> {
    let of = at.object(&LIMITS)?;
    let whole = |key: &'static str| optional(&of, key, |at| at.whole(1, 1 << 40));
    let (bytes, rows, row_bytes) = (whole("bytes"), whole("rows"), whole("row_bytes"));
    let usual = Limits::default();
    Some(Limits {
        bytes: bytes?.unwrap_or(usual.bytes),
        rows: rows?.unwrap_or(usual.rows),
        row_bytes: row_bytes?.unwrap_or(usual.row_bytes),
    })
}
