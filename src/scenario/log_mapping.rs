//! The mapping of a recorded log: which column means what. Here only its form is checked; whoever reads the
//! log compares it with the file's header.

use super::cursor::{Cursor, Object};
use super::keys::{
    CASE_MOMENT, CONDITION, DURATION_COLUMN, EVENT_MAPPING, HAND_OVERS, INQUIRY_MAPPING, LABEL,
    LIMITS, MAPPING, MESSAGE_MAPPING, MOMENT, Shape, TIME_COLUMN, WINDOW,
};
use super::names::quote;
use super::tree::Value;

/// Check the form of a mapping; `None` if something was noted.
pub(super) fn mapping(cursor: &Cursor<'_>) -> Option<()> {
    let any = cursor.object_with_names(&MAPPING)?;
    let shape: &'static Shape = any.need("one_row_per")?.word(&[
        ("inquiry", &INQUIRY_MAPPING),
        ("event", &EVENT_MAPPING),
        ("message", &MESSAGE_MAPPING),
    ])?;
    let of = cursor.object(shape)?;
    let each = [
        of.get("delimiter").map(|at| delimiter(&at)),
        of.get("missing").map(|at| texts(&at)),
        of.get("keep").map(|at| all(&at, condition)),
        of.get("window").map(|at| window(&at)),
        Some(of.need("time").and_then(|at| time(&at))),
        of.get("channel").map(|at| label(&at)),
        of.get("topic").map(|at| label(&at)),
        of.get("priority").map(|at| label(&at)),
        of.get("limits").map(|at| limits(&at)),
        Some(rows(&of, shape)),
    ];
    each.into_iter().flatten().collect()
}

/// The keys that only this kind of row has.
fn rows(of: &Object<'_>, shape: &'static Shape) -> Option<()> {
    let has = |key| shape.keys.contains(&key);
    let text = |key: &'static str| {
        if has(key) { of.get(key).map(|at| at.name().map(|_| ())) } else { None }
    };
    let needed = |key: &'static str| Some(of.need(key).and_then(|at| at.name()).map(|_| ()));
    let either =
        |key: &'static str, check: fn(&Cursor<'_>) -> Option<()>| of.get(key).map(|at| check(&at));
    let each: Vec<Option<Option<()>>> = match shape.what {
        what if what == INQUIRY_MAPPING.what => vec![
            text("id"),
            text("customer"),
            text("hand_overs"),
            either("unit", label),
            either("first_response", moment),
            either("resolution", moment),
            either("handling", length),
        ],
        what if what == EVENT_MAPPING.what => vec![
            needed("case"),
            text("state"),
            text("customer"),
            either("updated", time),
            either("unit", label),
            either("first_response", case_moment),
            either("resolution", case_moment),
            either("hand_overs", hand_overs),
            either("handling", length),
        ],
        _ => vec![
            needed("id"),
            needed("parent"),
            needed("author"),
            Some(of.need("inbound").and_then(|at| condition(&at))),
            either("first_response", |at| at.word(&[("direct", ()), ("anywhere in thread", ())])),
            either("pseudonyms", |at| at.flag().map(|_| ())),
        ],
    };
    each.into_iter().flatten().collect()
}

fn delimiter(at: &Cursor<'_>) -> Option<()> {
    let text = at.text()?;
    if !matches!(text.as_bytes(), [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r'))
    {
        at.fail_with_help(
            "out-of-range",
            format!("{} is not one character", quote(text)),
            "write `,`, `;` or `\\t`",
        );
        return None;
    }
    Some(())
}

fn texts(at: &Cursor<'_>) -> Option<()> {
    at.items()?.iter().map(|item| item.text().map(|_| ())).collect()
}

fn all(at: &Cursor<'_>, check: fn(&Cursor<'_>) -> Option<()>) -> Option<()> {
    at.items()?.iter().map(check).collect()
}

fn window(at: &Cursor<'_>) -> Option<()> {
    let of = at.object(&WINDOW)?;
    let edge = |key: &'static str| {
        let at = of.need(key)?;
        let text = at.text()?;
        let moment = text.parse::<jiff::civil::DateTime>();
        if moment.is_err() {
            at.fail_with_help(
                "unreadable",
                format!("{} is not a date with a time", quote(text)),
                "write it like `2017-10-31 00:00`",
            );
        }
        moment.ok()
    };
    let (from, to) = (edge("from"), edge("to"));
    if to? <= from? {
        at.fail("out-of-order", "this window ends before it begins");
        return None;
    }
    Some(())
}

fn time(at: &Cursor<'_>) -> Option<()> {
    named(&at.object(&TIME_COLUMN)?, &["column", "format"])
}

fn length(at: &Cursor<'_>) -> Option<()> {
    let of = at.object(&DURATION_COLUMN)?;
    let column = named(&of, &["column"]);
    let words = ["seconds", "minutes", "hours", "days", "clock"].map(|word| (word, ()));
    let unit = of.need("unit").and_then(|unit| unit.word(&words));
    column.and(unit)
}

fn named(of: &Object<'_>, keys: &[&'static str]) -> Option<()> {
    let each: Vec<Option<()>> =
        keys.iter().map(|key| of.need(key).and_then(|at| at.name()).map(|_| ())).collect();
    each.into_iter().collect()
}

fn label(at: &Cursor<'_>) -> Option<()> {
    if matches!(at.node.value, Value::Text(_)) {
        return at.name().map(|_| ());
    }
    let of = at.object(&LABEL)?;
    match (of.get("constant"), of.get("column")) {
        (Some(constant), None) => constant.name().map(|_| ()),
        (None, Some(column)) => {
            let each = [
                Some(column.name().map(|_| ())),
                of.get("from").map(|from| from.word(&[("first", ()), ("last", ())])),
                of.get("names").map(|names| {
                    names.entries()?.iter().map(|(_, name)| name.name().map(|_| ())).collect()
                }),
                of.get("most_frequent").map(|most| most.whole(0, 1_000_000).map(|_| ())),
                of.get("pseudonyms").map(|flag| flag.flag().map(|_| ())),
            ];
            each.into_iter().flatten().collect()
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

fn moment(at: &Cursor<'_>) -> Option<()> {
    let (tag, body) = at.tagged(&MOMENT)?;
    if tag == "at" { time(&body) } else { length(&body) }
}

fn case_moment(at: &Cursor<'_>) -> Option<()> {
    let (tag, body) = at.tagged(&CASE_MOMENT)?;
    if tag == "last_row" { moment(&body) } else { condition(&body) }
}

fn hand_overs(at: &Cursor<'_>) -> Option<()> {
    at.tagged(&HAND_OVERS)?.1.name().map(|_| ())
}

fn condition(at: &Cursor<'_>) -> Option<()> {
    let of = at.object(&CONDITION)?;
    let column = named(&of, &["column"]);
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
    let test = match *test {
        "is" => value.text().map(|_| ()),
        "one_of" | "none_of" => texts(&value),
        _ => value.flag().and_then(|flag| {
            if !flag {
                value.fail("out-of-range", "this test is stated with `true` or left out");
            }
            flag.then_some(())
        }),
    };
    column.and(test)
}

fn limits(at: &Cursor<'_>) -> Option<()> {
    let of = at.object(&LIMITS)?;
    ["bytes", "rows", "row_bytes"]
        .into_iter()
        .filter_map(|key| of.get(key))
        .map(|at| at.whole(1, 1 << 40).map(|_| ()))
        .collect()
}
