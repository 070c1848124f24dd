//! Customers who cannot come as they are said to.

use expect_test::expect;

use super::{Overlay, Source, check, load, plain};

fn stream(text: &str) -> String {
    plain(&format!("\"streams\": {{ \"s\": {{ {text} }} }}"), "", "", "")
}

#[test]
fn keys_that_do_not_fit_how_a_stream_comes() {
    check(
        &stream(r#""gaps": "5m", "week": "flat", "from": "week 2""#),
        expect![[r#"
        error[no-effect]: `week` has no effect on a stream with `gaps`
         --> broken.json:2:75
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "gaps": "5m", "week": "flat", "from": "week 2" } } },
          |                                                                           ^^^^^^
          |
          = help: leave it out, or state another way in which the stream comes

        error[no-effect]: `from` has no effect on a stream with `gaps`
         --> broken.json:2:91
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "gaps": "5m", "week": "flat", "from": "week 2" } } },
          |                                                                                           ^^^^^^^^
          |
          = help: leave it out, or state another way in which the stream comes

    "#]],
    );
    check(
        &stream(r#""at_start": 3, "batches": 2, "stop_after": 2"#),
        expect![[r#"
        error[no-effect]: `batches` has no effect on a stream with `at_start`
         --> broken.json:2:79
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "at_start": 3, "batches": 2, "stop_after": 2 } } },
          |                                                                               ^
          |
          = help: leave it out, or state another way in which the stream comes

        error[no-effect]: `stop_after` has no effect on a stream with `at_start`
         --> broken.json:2:96
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "at_start": 3, "batches": 2, "stop_after": 2 } } },
          |                                                                                                ^
          |
          = help: leave it out, or state another way in which the stream comes

    "#]],
    );
    check(
        &stream(r#""gaps": "5m", "members": { "count": 3, "away": "1h" }"#),
        expect![[r#"
        error[two-tags]: stream `s` says twice when its messages come
         --> broken.json:2:46
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "gaps": "5m", "members": { "count": 3, "away": "1h" } } } },
          |                                              ^^^
          |
          = help: state one of `messages`, `mentions`, `every`, `gaps`, `modulated`, `members`, `at_start` and `log`

    "#]],
    );
    check(
        &plain(r#""batches": 3, "streams": { "s": { "every": "5m" } }"#, "", "", ""),
        expect![[r#"
            error[missing-key]: `batches` needs `messages`
             --> broken.json:2:44
              |
            2 |   "customers": { "plain": true, "batches": 3, "streams": { "s": { "every": "5m" } } },
              |                                            ^
              |
              = help: a stream under `streams` has `batches` of its own

        "#]],
    );
}

#[test]
fn a_mix_of_what_the_customers_have_none_of() {
    check(
        &stream(r#""messages": "3/hour", "business_units": { "cars": "100%" }"#),
        expect![[r#"
        error[unknown-unit-name]: no business unit is named `cars`
         --> broken.json:2:103
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "messages": "3/hour", "business_units": { "cars": "100%" } } } },
          |                                                                                                       ^^^^^^
          |
          = help: name them first, in `business_units` of the customers

    "#]],
    );
}

#[test]
fn gaps_members_and_batches_of_nothing() {
    check(
        &stream(r#""gaps": "0s""#),
        expect![[r#"
        error[zero-time-loop]: gaps between arrivals of no length: everybody would come at once, for ever
         --> broken.json:2:61
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "gaps": "0s" } } },
          |                                                             ^^^^
          |
          = help: state a length above zero

    "#]],
    );
    check(
        &stream(
            r#""members": { "count": 0, "away": { "uniform": { "min": "0s", "max": "0s" } } }"#,
        ),
        expect![[r#"
        error[out-of-range]: `0` is not a whole number between 1 and 1000000
         --> broken.json:2:75
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "members": { "count": 0, "away": { "uniform": { "min": "0s", "max": "0s" } } } } ...
          |                                                                           ^

        error[zero-time-loop]: times away of no length: everybody would come at once, for ever
         --> broken.json:2:78
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "members": { "count": 0, "away": { "uniform": { "min": "0s", "max": "0s" } } } } ...
          |                                                                              ^^^^^^
          |
          = help: state a length above zero

    "#]],
    );
    check(
        &stream(r#""every": "5m", "batches": { "geometric": { "mean": 0.5 } }"#),
        expect![[r#"
        error[out-of-range]: `0.5` is not between 1 and 100000
         --> broken.json:2:104
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "every": "5m", "batches": { "geometric": { "mean": 0.5 } } } } },
          |                                                                                                        ^^^

    "#]],
    );
    check(
        &stream(r#""every": "5m", "batches": { "sizes": [[1, "50%"], [4, "40%"]] }"#),
        expect![[r#"
        error[shares-sum]: shares sum to 90%, not 100%
         --> broken.json:2:81
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "every": "5m", "batches": { "sizes": [[1, "50%"], [4, "40%"]] } } } },
          |                                                                                 ^^^^^^^
          |
          = help: 10% is missing

    "#]],
    );
}

#[test]
fn states_without_end_or_way_back() {
    check(
        &stream(
            r#""modulated": { "states": { "calm": { "messages": "2/hour" }, "storm": { "messages": "9/hour", "to": { "clam": "1/hour" } } } }"#,
        ),
        expect![[r#"
        error[missing-key]: `calm` does not say when it ends
         --> broken.json:2:80
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "modulated": { "states": { "calm": { "messages": "2/hour" }, "storm": { "messages...
          |                                                                                ^^^^^^
          |
          = help: state the rates of change, `"to": { "storm": "0.1/hour" }`, or how long it `lasts`

        error[unknown-state]: no state is named `clam`
         --> broken.json:2:163
          |
        2 | ..."2/hour" }, "storm": { "messages": "9/hour", "to": { "clam": "1/hour" } } } } } } },
          |                                                                 ^^^^^^^^
          |
          = help: did you mean `calm`?

    "#]],
    );
    check(
        &stream(
            r#""modulated": { "states": { "calm": { "messages": "2/hour", "to": { "storm": "1/hour" } }, "storm": { "messages": "9/hour", "lasts": "1h", "then": "storm" } } }"#,
        ),
        expect![[r#"
        error[no-way-back]: no way leads from `storm` to `calm`
         --> broken.json:2:68
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "modulated": { "states": { "calm": { "messages": "2/hour", "to": { "storm": "1/ho...
          |                                                                    ^^^^^^^^
          |
          = help: each state must be reached from each, or it is not part of the long run

    "#]],
    );
    check(
        &stream(
            r#""modulated": { "states": { "calm": { "messages": "0/hour", "to": { "storm": "1/hour" } }, "storm": { "messages": "0/hour", "lasts": "1h" } } }"#,
        ),
        expect![[r#"
        error[all-zero]: nothing arrives in any of these states
         --> broken.json:2:68
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "modulated": { "states": { "calm": { "messages": "0/hour", "to": { "storm": "1/ho...
          |                                                                    ^^^^^^^^
          |
          = help: give one of them a rate above zero

    "#]],
    );
    check(
        &stream(
            r#""modulated": { "states": { "calm": { "messages": "1/hour", "lasts": "1h", "to": { "storm": "1/hour" } }, "storm": { "messages": "0/hour", "lasts": "1h" } }, "start": "strom" }"#,
        ),
        expect![[r#"
        error[two-tags]: `to` says already how long this state lasts
         --> broken.json:2:121
          |
        2 |   "customers": { "plain": true, "streams": { "s": { "modulated": { "states": { "calm": { "messages": "1/hour", "lasts": "1h", "to": {...
          |                                                                                                                         ^^^^
          |
          = help: keep `to`, or state `lasts` and `then`

    "#]],
    );
}

#[test]
fn row_39_waves_below_zero() {
    check(
        &plain(
            r#""messages": "9/hour", "week": { "period": "24h", "sines": [{ "swing": "80%" }, { "swing": "60%", "cycles": 2 }] }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
            error[negative]: the rate is -0.220 times the stated one at 20h 16m
             --> broken.json:2:82
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "week": { "period": "24h", "sines": [{ "swing": "80%" }, { "swing": "60%", "cyc...
              |                                                                                  ^^^^^^^
              |
              = help: swings that sum to at most 1 keep it above zero

        "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "week": { "period": "24h", "line": [["0h", 0], ["8h", 0]] }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
        error[all-zero]: all of these factors are zero
         --> broken.json:2:82
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "week": { "period": "24h", "line": [["0h", 0], ["8h", 0]] } },
          |                                                                                  ^^^^^^

    "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "week": { "period": "24h", "line": [["0h", 1]], "steps": [["0h", 1]] }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
        error[two-tags]: this week says twice how it goes
         --> broken.json:2:103
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "week": { "period": "24h", "line": [["0h", 1]], "steps": [["0h", 1]] } },
          |                                                                                                       ^^^^^^^
          |
          = help: keep one of `steps`, `sines` and `line`

    "#]],
    );
}

#[test]
fn trying_again_where_nobody_fails() {
    check(
        &plain(
            r#""messages": "9/hour", "behavior": { "when_leaving": { "after": "5m" } }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
        error[no-effect]: `when_leaving` has no effect: nobody loses patience in a queue
         --> broken.json:2:69
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "when_leaving": { "after": "5m" } } },
          |                                                                     ^^^^^^^^^^^^^^
          |
          = help: state `patience` with the scope `queue`, or leave this out

    "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "behavior": { "when_turned_away": { "after": "5m" } }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
        error[no-effect]: `when_turned_away` has no effect: no desk turns anybody away
         --> broken.json:2:69
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "when_turned_away": { "after": "5m" } } },
          |                                                                     ^^^^^^^^^^^^^^^^^^
          |
          = help: give a role a `waiting_room`, or leave this out

    "#]],
    );
    check(
        &plain(r#""messages": "9/hour", "behavior": { "reopens": "9%" }"#, "", "", ""),
        expect![[r#"
            error[no-effect]: `reopens` has no effect: no desk writes replies
             --> broken.json:2:80
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "reopens": "9%" } },
              |                                                                                ^^^^
              |
              = help: leave it out, or make a role a `desk`

        "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "behavior": { "when_turned_away": { "after": "0s", "at_most": 0 } }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
        error[zero-time-loop]: times until the next attempt of no length: everybody would come at once, for ever
         --> broken.json:2:100
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "when_turned_away": { "after": "0s", "at_most": 0 } } },
          |                                                                                                    ^^^^
          |
          = help: state a length above zero

    "#]],
    );
}

#[test]
fn row_38_laws_without_a_variance_or_without_anything() {
    let codes = |law: &str| -> Vec<&'static str> {
        let desk = format!("\"desk\": {{ \"people\": 1, \"service\": {law} }}");
        let source = Source::new("broken.json", plain("", &desk, "", ""));
        let findings = match load(&source, &Overlay::default()) {
            Ok(scenario) => scenario.warnings,
            Err(problems) => problems,
        };
        findings.iter().map(|finding| finding.code).collect()
    };
    let pareto = codes(r#"{ "pareto": { "mean": "5m", "alpha": 1.5 } }"#);
    assert!(pareto.contains(&"infinite-variance"), "{pareto:?}");
    let nothing = codes(
        r#"{ "truncated": { "law": { "uniform": { "min": "1m", "max": "2m" } }, "min": "3m", "max": "4m" } }"#,
    );
    assert!(nothing.contains(&"bad-law"), "{nothing:?}");
    for sound in [
        r#"{ "truncated": { "law": { "lognormal": { "mean": "5m", "cv": 100 } }, "max": "2h" } }"#,
        r#"{ "gamma": { "scale": "5m", "shape": 0.001 } }"#,
    ] {
        assert!(!codes(sound).contains(&"bad-law"), "{sound}");
    }
    for wide in [
        r#"{ "lognormal": { "mean": "5m", "cv": 100 } }"#,
        r#"{ "lognormal": { "median": "5m", "sigma": 3 } }"#,
        r#"{ "gamma": { "scale": "5m", "shape": 0.001 } }"#,
        r#"{ "hyperexponential": { "mean": "5m", "cv": 11 } }"#,
        r#"{ "shifted": { "by": "1s", "law": { "weibull": { "mean": "5m", "cv": 40 } } } }"#,
    ] {
        assert!(codes(wide).contains(&"wide-law"), "{wide}: {:?}", codes(wide));
    }
    for (law, fine) in [
        (r#"{ "exponential": { "mean": "0.4us" } }"#, true),
        (r#""99us""#, true),
        (r#"{ "exponential": { "mean": "101us" } }"#, false),
        (r#"{ "constant": "0s" }"#, false),
    ] {
        assert_eq!(codes(law).contains(&"too-fine"), fine, "{law}: {:?}", codes(law));
    }
    for narrow in [
        r#"{ "lognormal": { "mean": "5m", "cv": 10 } }"#,
        r#"{ "truncated": { "law": { "lognormal": { "mean": "5m", "cv": 100 } }, "max": "2h" } }"#,
        r#"{ "truncated": { "law": { "pareto": { "mean": "5m", "alpha": 1.5 } }, "max": "2h" } }"#,
    ] {
        let found = codes(narrow);
        assert!(
            !found.iter().any(|code| code.contains("-law") || code.contains("variance")),
            "{narrow}: {found:?}"
        );
    }
    check(
        &plain(
            "",
            r#""desk": { "people": 1, "service": { "lognormal": { "mean": "5m", "cv": 100 } } }"#,
            "",
            "",
        ),
        expect![[r#"
            warning[wide-law]: the standard deviation of this law is 100 times its mean: few values make up most of the mean, and a run hardly meets them
             --> broken.json:4:52
              |
            4 |     "roles": { "desk": { "people": 1, "service": { "lognormal": { "mean": "5m", "cv": 100 } } } },
              |                                                    ^^^^^^^^^^^
              |
              = help: state a `cv` of at most 10, or cut the law off with `truncated`

        "#]],
    );
    let half = codes(r#"{ "gamma": { "mean": "5m", "shape": 2 } }"#);
    assert!(half.contains(&"two-tags"), "{half:?}");
}

/// The codes and messages of what is found.
fn found(text: &str) -> Vec<String> {
    let findings = match load(&Source::new("broken.json", text), &Overlay::default()) {
        Ok(scenario) => scenario.warnings,
        Err(problems) => problems,
    };
    findings.into_iter().map(|it| format!("{}: {}", it.code, it.message)).collect()
}

#[test]
fn nothing_is_said_to_surge_that_does_not() {
    let surge = r#""surges": [{ "times": 3, "from": "day 2", "for": "1 day" }]"#;
    let of = |streams: &str, surge: &str| {
        let customers = format!(r#""streams": {{ {streams} }}, {surge}"#);
        found(&plain(&customers, "", "", r#""run_for": "9 days""#))
    };
    let clock = r#""clock": { "every": "5m" }"#;
    let random = r#""calls": { "messages": "9/hour" }"#;
    let none = of(clock, surge);
    assert!(none[0].starts_with("no-effect: nothing surges: no stream"), "{none:?}");
    let part = of(&format!("{clock}, {random}"), surge);
    assert!(part[0].starts_with("no-effect: only part of the inquiries surges"), "{part:?}");
    assert_eq!(of(random, surge), [""; 0]);
    let nobody = surge.replace(" }]", r#", "channel": "mail" }]"#);
    let channels = r#""calls": { "messages": "9/hour" } }, "channels": { "phone": { "share": "100%" }, "mail": { "share": "0%" }"#;
    let nobody = of(channels, &nobody);
    assert!(nobody[0].contains("nothing surges: no inquiries are of this unit"), "{nobody:?}");
    let gone = of(
        r#""calls": { "messages": "9/hour", "until": "day 1" }, "more": { "messages": "9/hour", "from": "day 4" }"#,
        surge,
    );
    assert!(
        gone[0].contains("nothing surges: no stream with a rate of `messages` comes at this time"),
        "{gone:?}"
    );
}

#[test]
fn what_comes_round_for_ever_takes_a_second_at_least() {
    for (wrong, said) in [
        (
            r#""modulated": { "states": { "a": { "messages": "9/hour", "lasts": "1us" }, "b": { "messages": "1/hour", "lasts": "1h" } } }"#,
            "a state lasts less than a second",
        ),
        (
            r#""modulated": { "states": { "a": { "messages": "9/hour", "to": { "b": "100000000/hour" } }, "b": { "messages": "1/hour", "lasts": "1h" } } }"#,
            "a state lasts less than a second",
        ),
        (
            r#""messages": "9/hour", "week": { "period": "1us", "sines": [{ "swing": "50%" }] }"#,
            "must be a second at least",
        ),
    ] {
        let told = found(&stream(wrong));
        assert!(told.iter().any(|told| told.contains(said)), "{wrong}: {told:?}");
    }
    let block = r#""desk": { "people": 1, "service": "6m", "block": "1us" }"#;
    let told = found(&plain("", block, "", ""));
    assert!(told.iter().any(|told| told.contains("must be a second at least")), "{told:?}");
}

#[test]
fn more_units_and_channels_than_can_be_laid_out_are_refused() {
    let list = |n: usize| (0..n).map(|i| format!(r#""n{i}""#)).collect::<Vec<_>>().join(", ");
    let units = |n| {
        found(&plain(
            &format!(r#""messages": "9/hour", "business_units": [{}]"#, list(n)),
            "",
            "",
            "",
        ))
    };
    assert!(units(201)[0].starts_with("too-many-names: 201 names, and 200"), "{:?}", units(201));
    assert!(!units(200).iter().any(|it| it.starts_with("too-many")), "{:?}", units(200));
    let channels = |n: usize| {
        let all: Vec<String> = (0..n).map(|i| format!(r#""n{i}": {{}}"#)).collect();
        found(&plain(
            &format!(r#""messages": "9/hour", "channels": {{ {} }}"#, all.join(", ")),
            "",
            "",
            "",
        ))
    };
    let told = channels(1001);
    assert!(told.iter().any(|it| it.starts_with("too-many-names: 1001")), "{told:?}");
    let alike = found(&plain(
        r#""messages": "9/hour", "business_units": ["phones", "Phones "]"#,
        "",
        "",
        "",
    ));
    assert!(alike.iter().any(|it| it.starts_with("look-alike-names")), "{alike:?}");
}
