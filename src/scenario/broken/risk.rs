//! Risks that do not add up, and what is at stake with nobody to approve it.

use expect_test::expect;

use super::{check, plain};
use crate::scenario::{Overlay, Source, load};

#[test]
fn shares_of_risk_are_at_most_everything() {
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "a": { "risk": { "medium": "70%", "high": "40%" } } }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
            error[shares-sum]: shares sum to 110%
             --> broken.json:2:74
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "risk": { "medium": "70%", "high": "40%" } } } },
              |                                                                          ^^^^^^
              |
              = help: what is neither of medium nor of high risk is of low risk: together they are at most 100%

        "#]],
    );
}

#[test]
fn levels_of_risk_have_three_names() {
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "a": { "risk": "hihg" } }"#,
            r#""desk": { "people": 3, "desk": { "authority": "none" } }, "lead": { "people": 1, "desk": { "answer": false } }"#,
            r#"{ "intake": { "to": "desk" } }, { "approve": { "from": "desk", "to": "lead", "risk": [] } }"#,
            "",
        ),
        expect![[r#"
            error[unknown-word]: `hihg` means nothing here
             --> broken.json:2:82
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "risk": "hihg" } } },
              |                                                                                  ^^^^^^
              |
              = help: did you mean `high`?

            error[unknown-word]: `none` means nothing here
             --> broken.json:4:62
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "authority": "none" } }, "lead": { "people": 1, "desk": { "answer": false } } },
              |                                                              ^^^^^^
              |
              = help: known here: `low`, `medium`, `high`

            error[out-of-range]: no level of risk
             --> broken.json:5:93
              |
            5 |     "links": [ { "intake": { "to": "desk" } }, { "approve": { "from": "desk", "to": "lead", "risk": [] } } ] } } },
              |                                                                                             ^^^^^^
              |
              = help: name `low`, `medium` or `high`

        "#]],
    );
}

#[test]
fn what_is_above_a_desks_authority_needs_somebody_who_approves_it() {
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "a": { "work": "5m", "risk": { "medium": "70%", "high": "10%" } } }"#,
            r#""desk": { "people": 3, "desk": { "authority": "low" } }, "lead": { "people": 3, "desk": { "answer": false } }"#,
            r#"{ "intake": { "to": "desk" } }, { "approve": { "from": "desk", "to": "lead", "risk": ["medium"] } }"#,
            "",
        ),
        expect![[r#"
            warning[unreviewed]: replies of `desk` about `a` go out without approval, though their risk is above its authority
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "authority": "low" } }, "lead": { "people": 3, "desk": { "answer": false } } },
              |                ^^^^^^
              |
              = help: add an `approve` link from it to whoever approves at that risk, or give it more `authority`

        "#]],
    );
}

#[test]
fn what_a_change_leaves_without_effect_is_no_error() {
    let text = |what_if: &str| {
        format!(
            r#"{{ "orgsim": 1, "customers": {{ "messages": "9/hour", "topics": {{ "fraud": {{ "share": "100%", "risk": "high" }} }} }},
  "designs": {{ "A": {{ "centralized": {{ "care agent": 8, "strategist": 8, "open": "always", "authority": "low" }} }} }}{what_if} }}"#
        )
    };
    let trust = r#", "what_if": { "trust our people": { "set": { "designs.*.authority": "high" } } },
  "it_depends_on": [ { "what": "designs.*.authority", "try": ["low", "high"] } ]"#;
    check(&text(trust), expect![""]);
    let set = |text: &str, assignment: &str| {
        let overlay = Overlay::default().set(assignment).unwrap();
        let loaded = load(&Source::new("mine.json", text), &overlay);
        let found = loaded.map_or_else(|problems| problems, |scenario| scenario.warnings);
        let idle = found.into_iter().filter(|of| of.code == "no-effect");
        idle.map(|of| format!("{:?}: {}", of.severity, of.message)).collect::<Vec<_>>()
    };
    let idle = "Warning: `risk` has no effect: every desk may answer at any risk";
    assert_eq!(set(&text(""), "designs.*.authority=high"), [idle]);
    // what the file itself leaves without effect stays wrong, and so does a change that changes nothing
    let bold = text("").replace(r#""authority": "low""#, r#""authority": "high""#);
    assert_eq!(set(&bold, "experiment.seed=7"), [idle.replace("Warning", "Error")]);
    assert_eq!(
        set(&bold.replace(r#", "risk": "high""#, ""), "customers.topics.fraud.risk=medium"),
        [idle.replace("Warning", "Error")]
    );
}

#[test]
fn a_risk_that_no_desk_minds_and_an_authority_that_nothing_is_above_do_nothing() {
    let roles =
        |authority: &str| format!(r#""desk": {{ "people": 3, "desk": {{ {authority} }} }}"#);
    check(
        &plain(
            r#""messages": "9/hour", "topics": { "a": { "work": "5m", "risk": "high" } }"#,
            &roles(""),
            "",
            "",
        ),
        expect![[r#"
            error[no-effect]: `risk` has no effect: every desk may answer at any risk
             --> broken.json:2:96
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "topics": { "a": { "work": "5m", "risk": "high" } } },
              |                                                                                                ^^^^^^
              |
              = help: state the `authority` of a design or a desk, or leave this out

        "#]],
    );
    check(
        &plain("", &roles(r#""authority": "medium""#), "", ""),
        expect![[r#"
        error[no-effect]: the `authority` of `desk` has no effect: no topic is of more than medium risk
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 3, "desk": { "authority": "medium" } } },
          |                ^^^^^^
          |
          = help: state the `risk` of topics, or leave `authority` out

    "#]],
    );
}
