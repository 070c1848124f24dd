//! Numbers, units and shares that cannot be.

use expect_test::expect;

use super::{Overlay, Source, check, load, plain};

#[test]
fn row_7_numbers_out_of_this_world() {
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "a": { "priority": 1e999 } }"#,
            r#""desk": { "people": 9007199254740993, "service": { "gamma": { "mean": "6m", "cv": 1e999 } } }"#,
            "",
            r#""repeat": -0"#,
        ),
        expect![[r#"
            error[out-of-range]: `1e999` is not a whole number between 1 and 255
             --> broken.json:2:86
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "priority": 1e999 } } },
              |                                                                                      ^^^^^

            error[out-of-range]: `9007199254740993` is out of range
             --> broken.json:4:36
              |
            4 |     "roles": { "desk": { "people": 9007199254740993, "service": { "gamma": { "mean": "6m", "cv": 1e999 } } } },
              |                                    ^^^^^^^^^^^^^^^^
              |
              = help: numbers are 0 or lie between 1e-12 and 1e12

            error[out-of-range]: `1e999` is out of range
             --> broken.json:4:98
              |
            4 |     "roles": { "desk": { "people": 9007199254740993, "service": { "gamma": { "mean": "6m", "cv": 1e999 } } } },
              |                                                                                                  ^^^^^
              |
              = help: numbers are 0 or lie between 1e-12 and 1e12

            error[out-of-range]: `-0` is not a whole number between 1 and 1000000
             --> broken.json:6:29
              |
            6 |   "experiment": { "repeat": -0 } }
              |                             ^^

        "#]],
    );
    check(
        &plain(r#""messages": NaN"#, "", "", ""),
        expect![[r#"
        error[syntax]: an unexpected word
         --> broken.json:2:45
          |
        2 |   "customers": { "plain": true, "messages": NaN },
          |                                             ^^^
          |
          = help: texts stand between double quotes

    "#]],
    );
    check(
        &plain(
            "",
            r#""desk": { "people": 1, "service": { "gamma": { "mean": "6m", "cv": 1e-320 } } }"#,
            "",
            "",
        ),
        expect![[r#"
        error[out-of-range]: `1e-320` is out of range
         --> broken.json:4:83
          |
        4 |     "roles": { "desk": { "people": 1, "service": { "gamma": { "mean": "6m", "cv": 1e-320 } } } },
          |                                                                                   ^^^^^^
          |
          = help: numbers are 0 or lie between 1e-12 and 1e12

    "#]],
    );
}

#[test]
fn row_8_quantities_below_zero_or_out_of_order() {
    check(
        &plain(
            r#""messages": "-9/hour", "behavior": { "patience": { "law": "-5m" } }"#,
            r#""desk": { "people": -1, "service": { "uniform": { "min": "6m", "max": "5m" } } },
    "b": { "people": 1, "service": { "triangular": { "min": "1m", "mode": "9m", "max": "5m" } } },
    "c": { "people": 1, "service": { "lognormal": { "mean": "5m", "cv": -1 } } }"#,
            r#"{ "intake": { "to": "desk" } }, { "intake": { "to": "b" } }, { "intake": { "to": "c" } }"#,
            "",
        ),
        expect![[r#"
            error[negative]: `-9/hour` is negative
             --> broken.json:2:45
              |
            2 |   "customers": { "plain": true, "messages": "-9/hour", "behavior": { "patience": { "law": "-5m" } } },
              |                                             ^^^^^^^^^
              |
              = help: nobody un-arrives

            error[negative]: `-5m` is negative
             --> broken.json:2:91
              |
            2 |   "customers": { "plain": true, "messages": "-9/hour", "behavior": { "patience": { "law": "-5m" } } },
              |                                                                                           ^^^^^
              |
              = help: time only runs forward

            error[negative]: `-1` is not between 0 and 1000000
             --> broken.json:4:36
              |
            4 |     "roles": { "desk": { "people": -1, "service": { "uniform": { "min": "6m", "max": "5m" } } },
              |                                    ^^

            error[out-of-order]: `max` (5m) is less than `min` (6m)
             --> broken.json:4:86
              |
            4 |     "roles": { "desk": { "people": -1, "service": { "uniform": { "min": "6m", "max": "5m" } } },
              |                                                                                      ^^^^

            error[out-of-order]: `max` (5m) is less than `mode` (9m)
             --> broken.json:5:88
              |
            5 |     "b": { "people": 1, "service": { "triangular": { "min": "1m", "mode": "9m", "max": "5m" } } },
              |                                                                                        ^^^^

            error[negative]: `-1` is not between 0 and 1000000
             --> broken.json:6:73
              |
            6 |     "c": { "people": 1, "service": { "lognormal": { "mean": "5m", "cv": -1 } } } },
              |                                                                         ^^

        "#]],
    );
    check(
        &plain(r#""messages": "0/hour""#, "", "", ""),
        expect![[r#"
        warning[no-arrivals]: nothing ever arrives here
         --> broken.json:2:45
          |
        2 |   "customers": { "plain": true, "messages": "0/hour" },
          |                                             ^^^^^^^^
          |
          = help: leave the stream out, or give it a rate above zero

    "#]],
    );
}

#[test]
fn row_9_units_are_obligatory() {
    check(
        &plain(
            r#""messages": "9", "need_unit_knowledge": 0.2, "business_units": ["a"]"#,
            r#""desk": { "people": 1, "service": 5 }, "b": { "people": 1, "service": "5" }"#,
            r#"{ "intake": { "to": "desk" } }, { "intake": { "to": "b" } }"#,
            r#""hold_equal": { "cost": "1,000,000/year" }"#,
        ),
        expect![[r#"
            error[missing-unit]: `9` does not say per what
             --> broken.json:2:45
              |
            2 |   "customers": { "plain": true, "messages": "9", "need_unit_knowledge": 0.2, "business_units": ["a"] },
              |                                             ^^^
              |
              = help: write how many per what: `300/day`, `0.9/hour`, `27/week`

            error[missing-unit]: `0.2` has no unit
             --> broken.json:2:73
              |
            2 |   "customers": { "plain": true, "messages": "9", "need_unit_knowledge": 0.2, "business_units": ["a"] },
              |                                                                         ^^^
              |
              = help: write it as a text with its unit, like `"22%"`

            error[missing-unit]: `5` has no unit
             --> broken.json:4:50
              |
            4 |     "roles": { "desk": { "people": 1, "service": 5 }, "b": { "people": 1, "service": "5" } },
              |                                                  ^
              |
              = help: write it as a text with its unit, like `"5m"`

            error[missing-unit]: `5` has no unit
             --> broken.json:4:86
              |
            4 |     "roles": { "desk": { "people": 1, "service": 5 }, "b": { "people": 1, "service": "5" } },
              |                                                                                      ^^^
              |
              = help: write a number with a unit: `45s`, `5m`, `2h 30m`, `34 days`, `13 weeks`

            error[missing-unit]: `1,000,000/year` has no currency
             --> broken.json:6:43
              |
            6 |   "experiment": { "hold_equal": { "cost": "1,000,000/year" } } }
              |                                           ^^^^^^^^^^^^^^^^
              |
              = help: write an amount with its currency, and per what: `$66,800/year`, `€20/hour`, `1,000,000 CHF/year`

        "#]],
    );
    check(
        &plain("", r#""desk": { "people": 1, "service": "90h" }"#, "", ""),
        expect![[r#"
            warning[too-much-work]: `desk` has work for 81000% of its time
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 1, "service": "90h" } },
              |                ^^^^^^
              |
              = help: what comes in, minutes of work and hours of people: is each in the unit that was meant? If so, what cannot be done waits for ever or gives up

            warning[long-work]: hands-on work of 3d 18h on average
             --> broken.json:4:50
              |
            4 |     "roles": { "desk": { "people": 1, "service": "90h" } },
              |                                                  ^^^^^
              |
              = help: check the unit: `m` is minutes, `h` hours

        "#]],
    );
}

#[test]
fn row_10_shares_that_do_not_sum() {
    let topics = |a: &str, b: &str| {
        format!(
            r#""messages": "9/hour", "topics": {{ "a": {{ "share": "{a}" }}, "b": {{ "share": "{b}" }} }}"#
        )
    };
    check(
        &plain(&topics("50%", "49%"), "", "", ""),
        expect![[r#"
        error[shares-sum]: shares sum to 99%, not 100%
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "50%" }, "b": { "share": "49%" } } },
          |                                                       ^^^^^^^^
          |
          = help: 1% is missing

    "#]],
    );
    check(
        &plain(&topics("50%", "51%"), "", "", ""),
        expect![[r#"
        error[shares-sum]: shares sum to 101%, not 100%
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "50%" }, "b": { "share": "51%" } } },
          |                                                       ^^^^^^^^
          |
          = help: 1% is too much

    "#]],
    );
    check(
        &plain(&topics("0%", "0%"), "", "", ""),
        expect![[r#"
        error[shares-sum]: shares sum to 0%, not 100%
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "0%" }, "b": { "share": "0%" } } },
          |                                                       ^^^^^^^^
          |
          = help: 100% is missing

    "#]],
    );
    check(
        &plain(&topics("-1%", "101%"), "", "", ""),
        expect![[r#"
        error[negative]: `-1%` is negative
         --> broken.json:2:83
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "-1%" }, "b": { "share": "101%" } } },
          |                                                                                   ^^^^^
          |
          = help: shares lie between 0% and 100%

        error[out-of-range]: `101%` is more than everything
         --> broken.json:2:108
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "share": "-1%" }, "b": { "share": "101%" } } },
          |                                                                                                            ^^^^^^
          |
          = help: shares lie between 0% and 100%

    "#]],
    );
    check(&plain(&topics("50%", "50.00000001%"), "", "", ""), expect![[""]]);
}

#[test]
fn row_35_seeds() {
    check(&plain("", "", "", r#""seed": 18446744073709551615"#), expect![[""]]);
    check(&plain("", "", "", r#""seed": 0"#), expect![[""]]);
    check(
        &plain("", "", "", r#""seed": 18446744073709551616"#),
        expect![[r#"
        error[out-of-range]: `18446744073709551616` is not a whole number between 0 and 18446744073709551615
         --> broken.json:6:27
          |
        6 |   "experiment": { "seed": 18446744073709551616 } }
          |                           ^^^^^^^^^^^^^^^^^^^^

    "#]],
    );
    check(
        &plain("", "", "", r#""seed": -1"#),
        expect![[r#"
        error[negative]: `-1` is not a whole number between 0 and 18446744073709551615
         --> broken.json:6:27
          |
        6 |   "experiment": { "seed": -1 } }
          |                           ^^

    "#]],
    );
}

#[test]
fn standing_work_is_stated_in_one_way() {
    check(
        r#"{ "orgsim": 1, "customers": { "messages": "9/day" },
  "people": { "care agent": { "cost": "$1/year", "listening": { "hours": "2h/week", "share": "5%" },
    "meetings": { "share": 0.1, "session": "1h", "every": "1 day" }, "training": { "share": "0%" } } },
  "designs": { "A": { "one_person": { "care agent": 1 } } } }"#,
        expect![[r#"
            error[two-tags]: `hours` and `share` say the same in two ways
             --> broken.json:2:94
              |
            2 |   "people": { "care agent": { "cost": "$1/year", "listening": { "hours": "2h/week", "share": "5%" },
              |                                                                                              ^^^^
              |
              = help: keep one of the two

            error[two-tags]: `session` and `every` say the same in two ways
             --> broken.json:3:59
              |
            3 |     "meetings": { "share": 0.1, "session": "1h", "every": "1 day" }, "training": { "share": "0%" } } },
              |                                                           ^^^^^^^
              |
              = help: keep one of the two

            error[out-of-range]: nothing of the time is given to it
             --> broken.json:3:93
              |
            3 |     "meetings": { "share": 0.1, "session": "1h", "every": "1 day" }, "training": { "share": "0%" } } },
              |                                                                                             ^^^^

        "#]],
    );
}

#[test]
fn warm_ups_that_are_to_be_found() {
    check(&plain("", "", "", r#""warm_up": "by MSER-5""#), expect![[""]]);
    check(
        &plain("", "", "", r#""warm_up": "MSER5""#),
        expect![[r#"
        error[unknown-word]: `MSER5` means nothing here
         --> broken.json:6:30
          |
        6 |   "experiment": { "warm_up": "MSER5" } }
          |                              ^^^^^^^
          |
          = help: a warm-up that is to be found is `by MSER-5`

    "#]],
    );
    check(
        &plain("", "", "", r#""warm_up": "by MSER-5", "kind": "from empty""#),
        expect![[r#"
        error[two-tags]: only a study of `typical weeks` has a `warm_up`
         --> broken.json:6:30
          |
        6 |   "experiment": { "warm_up": "by MSER-5", "kind": "from empty" } }
          |                              ^^^^^^^^^^^
          |
          = help: leave it out, or choose another `kind`

    "#]],
    );
    let text = plain("", "", "", "");
    let end = text.rfind('}').expect("it ends");
    let changed = r#"{ "later": { "set": { "experiment.warm_up": "by MSER-5" } } }"#;
    let text = format!("{},\n  \"what_if\": {changed} }}", text[..end].trim_end());
    check(
        &text,
        expect![[r#"
        error[no-effect]: a change cannot have its warm-up found: all of a run share one
         --> broken.json:7:16
          |
        7 |   "what_if": { "later": { "set": { "experiment.warm_up": "by MSER-5" } } } }
          |                ^^^^^^^
          |
          = help: state a length here, or `by MSER-5` in `experiment`

    "#]],
    );
}

#[test]
fn branches_of_a_mixture_have_bare_shares_too() {
    let of = |first: &str, second: &str| {
        let law = format!(
            r#""desk": {{ "people": 2, "service": {{ "mixture": [
    {{ "share": {first}, "law": "5m" }}, {{ "share": {second}, "law": "15m" }} ] }} }}"#
        );
        plain("", &law, "", "")
    };
    let mean = |text: String| {
        let source = super::Source::new("mine.json", text);
        let scenario = super::load(&source, &super::Overlay::default()).expect("it is sound");
        let organization = &scenario.model.designs[0].organization;
        match &organization.role(crate::model::RoleId(0)).work {
            crate::model::Work::Serve { service, .. } => service[0].mean(),
            work => panic!("{work:?}"),
        }
    };
    // 0.3 of 5 and 0.7 of 15 minutes
    for means in [mean(of("0.3", "0.7")), mean(of("\"30%\"", "\"70%\""))] {
        assert!((means - 12.0).abs() < 1e-12, "{means}");
    }
    check(
        &of("0.3", "0.8"),
        expect![[r#"
        error[shares-sum]: shares sum to 110%, not 100%
         --> broken.json:4:52
          |
        4 |     "roles": { "desk": { "people": 2, "service": { "mixture": [
          |                                                    ^^^^^^^^^
          |
          = help: 10% is too much

    "#]],
    );
}

#[test]
fn whole_numbers_may_be_written_with_a_point_or_an_exponent() {
    let repeats = |repeat: &str| {
        let text = plain("", "", "", &format!(r#""repeat": {repeat}"#));
        let scenario =
            load(&Source::from_bytes("broken.json", text.as_bytes()), &Overlay::default());
        scenario.ok().map(|scenario| scenario.model.study.replications)
    };
    assert_eq!([repeats("1e2"), repeats("3.0"), repeats("7")], [Some(100), Some(3), Some(7)]);
    assert_eq!([repeats("2.5"), repeats("1e-1"), repeats("-3.0"), repeats("1e9")], [None; 4]);
}

#[test]
fn the_word_for_all_what_ifs_names_none() {
    let what_if = r#""repeat": 2 }, "what_if": { "all": { "set": { "experiment.repeat": 3 } }"#;
    check(
        &plain("", "", "", what_if),
        expect![[r#"
        error[duplicate-name]: `all` is the word for all what-ifs
         --> broken.json:6:47
          |
        6 |   "experiment": { "repeat": 2 }, "what_if": { "all": { "set": { "experiment.repeat": 3 } } } }
          |                                               ^^^^^
          |
          = help: rename this one

    "#]],
    );
}

#[test]
fn a_confidence_is_never_certainty() {
    check(
        &plain("", "", "", r#""repeat": 2, "confidence": "99.9999%""#),
        expect![[r#"
        error[out-of-range]: confidence lies between 50% and 99.99%
         --> broken.json:6:46
          |
        6 |   "experiment": { "repeat": 2, "confidence": "99.9999%" } }
          |                                              ^^^^^^^^^^

    "#]],
    );
}
