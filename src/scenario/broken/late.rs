//! Times at which nothing can happen any more.

use expect_test::expect;

use super::{Overlay, Source, check, load, plain};
use crate::model::{People, Person, RoleId};
use crate::units::SimTime;

/// Codes and places of what is found about times.
fn places(text: &str) -> Vec<String> {
    let source = Source::new("mine.json", text);
    let found = load(&source, &Overlay::default()).map_or_else(|it| it, |it| it.warnings);
    let found =
        found.iter().filter(|it| ["out-of-order", "too-late", "nobody-leaves"].contains(&it.code));
    found.map(|it| format!("{} {}", it.code, it.pointer)).collect()
}

/// A run of two weeks after one, followed for one more: customers come until week 3 begins, and the last go in the week after.
const RUN: &str = r#""run_for": "2 weeks", "warm_up": "1 week", "follow": "1 week", "repeat": 2"#;

#[test]
fn a_run_goes_on_no_longer_than_there_are_dates() {
    let found = |start: &str| {
        let source =
            Source::new("mine.json", plain("", "", "", &format!(r#""start": "{start}", {RUN}"#)));
        let problems = load(&source, &Overlay::default()).err().unwrap_or_default();
        problems.iter().map(|it| format!("{} {}", it.code, it.pointer)).collect::<Vec<_>>()
    };
    assert_eq!(found("9999-12-20"), ["out-of-range /experiment/start"]);
    assert!(found("9999-01-04").is_empty());
}

#[test]
fn a_stream_ends_after_it_begins() {
    let of = |times: &str| {
        let stream = format!(r#""streams": {{ "s": {{ "messages": "9/hour", {times} }} }}"#);
        plain(&stream, "", "", RUN)
    };
    check(
        &of(r#""from": "week 2", "until": "week 1""#),
        expect![[r#"
            error[out-of-order]: this stream ends no later than it begins, so nothing of it ever comes
             --> broken.json:2:102
              |
            2 |   "customers": { "plain": true, "streams": { "s": { "messages": "9/hour", "from": "week 2", "until": "week 1" } } },
              |                                                                                                      ^^^^^^^^
              |
              = help: let `until` be later than `from`; without `from` it begins with the run, the warm-up included

        "#]],
    );
    let wrong = ["out-of-order /customers/streams/s/until"];
    assert_eq!(places(&of(r#""from": "week 2", "until": "week 2""#)), wrong);
    assert!(places(&of(r#""from": "week 2", "until": "week 2 Monday 00:01""#)).is_empty());
    let late = ["too-late /customers/streams/s/from"];
    assert_eq!(places(&of(r#""from": "week 3""#)), late);
}

#[test]
fn what_begins_after_the_end_of_the_run_is_told_with_its_place() {
    let text = |week: u32, run: &str| {
        let surge =
            |week: u32| format!(r#"{{ "times": 3, "from": "week {week}", "for": "1 day" }}"#);
        let absence = |week: u32| {
            format!(r#"{{ "who": "desk", "from": "week {week}", "replaced_after": "3 days" }}"#)
        };
        let customers =
            format!(r#""messages": "9/hour", "stop_after": 50, "surges": [ {} ]"#, surge(week));
        let desk = r#""desk": { "people": 2, "service": "6m" }"#;
        let text = plain(&customers, desk, "", run);
        let end = text.rfind('}').expect("it ends");
        format!(
            r#"{}, "absences": [ {} ], "what_if": {{
    "storm": {{ "surge": {} }},
    "gone": {{ "leaves": [ {} ] }} }} }}"#,
            text[..end].trim_end(),
            absence(week + 1),
            surge(week),
            absence(week + 1)
        )
    };
    assert!(places(&text(2, RUN)).is_empty(), "whoever came is still followed in week 3");
    let expected = [
        "too-late /customers/surges/0/from",
        "too-late /absences/0/from",
        "too-late /what_if/storm/surge/from",
        "too-late /what_if/gone/leaves/0/from",
    ];
    assert_eq!(places(&text(3, RUN)), expected);
    // what has no end, or one that is yet to be found
    assert!(places(&text(900, r#""kind": "until done", "repeat": 2"#)).is_empty());
    let found = r#""run_for": "2 weeks", "warm_up": "by MSER-5", "repeat": 2"#;
    assert!(places(&text(3, found)).is_empty());
}

#[test]
fn each_absence_takes_out_another_until_nobody_is_left() {
    let away = |from: &str, length: &str| {
        format!(r#"{{ "who": "desk", "from": "{from}", "replaced_after": "{length}" }}"#)
    };
    let text = |all: &[String]| {
        let desk = r#""desk": { "people": 2.5, "service": "6m" }"#;
        let text = plain("", desk, "", r#""run_for": "4 weeks", "repeat": 2"#);
        let end = text.rfind('}').expect("it ends");
        format!(r#"{}, "absences": [ {} ] }}"#, text[..end].trim_end(), all.join(", "))
    };
    let shares = |text: &str| -> Vec<f64> {
        let source = Source::new("absences", text);
        let model = load(&source, &Overlay::default()).expect("a sound file").model;
        let role = model.designs[0].organization.role(RoleId(0));
        let People::Some(people) = &role.people else { panic!("there are some") };
        let hours = |person: &Person| person.calendar.as_ref().unwrap_or(&role.calendar).clone();
        let weeks = |person: &Person| {
            hours(person).open_between(SimTime::ZERO, SimTime::WEEK.times(5)).hours() / 168.0
        };
        people.iter().map(weeks).collect()
    };
    let there = |all: &[String]| shares(&text(all));
    let two = away("week 2", "2 weeks");
    assert_eq!(there(&[]), [5.0, 5.0, 5.0]);
    assert_eq!(there(std::slice::from_ref(&two)), [3.0, 5.0, 5.0]);
    assert_eq!(there(&[two.clone(), two.clone()]), [3.0, 3.0, 5.0]);
    assert_eq!(there(&[two.clone(), away("week 3", "2 weeks")]), [3.0, 3.0, 5.0]);
    assert_eq!(there(&[away("week 1", "1 week"), two.clone()]), [2.0, 5.0, 5.0]);
    // somebody else leaves, though there for half of the time alone
    let one = |more: &str| {
        let text = text(&[two.clone(), away("week 3", "2 weeks")]);
        let text = text.replace("\"people\": 2.5", &format!("\"people\": {more}"));
        shares(&text)
    };
    assert_eq!(one("1.5"), [3.0, 3.0]);
    let all = vec![two; 4];
    assert_eq!(there(&all[..3]), [3.0, 3.0, 3.0]);
    assert_eq!(places(&text(&all)), ["nobody-leaves /absences/3/who"]);
}
