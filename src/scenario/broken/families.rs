//! Plans of archetypes, contracts and sites that do not hold together.

use expect_test::expect;

use super::check;

/// A scenario of two units and two channels with one design.
fn with(design: &str) -> String {
    format!(
        r#"{{ "orgsim": 1,
  "customers": {{ "messages": "9/hour", "business_units": ["a", "b"], "channels": {{ "x": {{}}, "mail": {{}} }} }},
  "designs": {{ "Only": {{
    {design}
  }} }} }}"#
    )
}

#[test]
fn each_unit_has_one_brand_and_spokes_are_there_to_be_spoken_of() {
    let of = |more: &str| {
        with(&format!(
            r#""dandelion": {{ "corporate": {{ "strategist": 1 }},
      "each_sub_hub": {{ "care agent": 2, "strategist": 0.5 }}, {more} }}"#
        ))
    };
    check(
        &of(r#""brands": { "one": ["a", "a"] }"#),
        expect![[r#"
        error[missing-key]: no brand has `b`
         --> broken.json:5:63
          |
        5 |       "each_sub_hub": { "care agent": 2, "strategist": 0.5 }, "brands": { "one": ["a", "a"] } }
          |                                                               ^^^^^^^^

        error[duplicate-name]: `a` stands in two brands, or twice
         --> broken.json:5:88
          |
        5 |       "each_sub_hub": { "care agent": 2, "strategist": 0.5 }, "brands": { "one": ["a", "a"] } }
          |                                                                                        ^^^

    "#]],
    );
    check(
        &of(r#""hub_helps_after": "2h""#),
        expect![[r#"
            error[missing-key]: `hub_helps_after` is about spokes, and there are none
             --> broken.json:5:82
              |
            5 |       "each_sub_hub": { "care agent": 2, "strategist": 0.5 }, "hub_helps_after": "2h" }
              |                                                                                  ^^^^
              |
              = help: state `each_spoke`, or leave this out

        "#]],
    );
}

#[test]
fn people_of_a_channel_are_stated_once() {
    let of = |more: &str| with(&format!(r#""touchpoint": {{ "strategist": 1, {more} }}"#));
    check(
        &of(r#""care agent": 4, "channels": { "x": { "care agent": 1 } }"#),
        expect![[r#"
        error[two-tags]: the people of `x` are stated twice
         --> broken.json:4:69
          |
        4 |     "touchpoint": { "strategist": 1, "care agent": 4, "channels": { "x": { "care agent": 1 } } }
          |                                                                     ^^^
          |
          = help: state them for each channel, or all together beside `channels`

    "#]],
    );
    check(
        &of(r#""channels": { "x": { "care agent": 1 } }"#),
        expect![[r#"
        error[missing-post]: missing here: people who answer (post `front`)
         --> broken.json:4:5
          |
        4 |     "touchpoint": { "strategist": 1, "channels": { "x": { "care agent": 1 } } }
          |     ^^^^^^^^^^^^
          |
          = help: state how many, as in `"care agent": 1`

    "#]],
    );
    check(
        &of(r#""care agent": 4, "channels": { "male": { "unit": "a" } }"#),
        expect![[r#"
            error[unknown-channel]: no channel is named `male`
             --> broken.json:4:69
              |
            4 |     "touchpoint": { "strategist": 1, "care agent": 4, "channels": { "male": { "unit": "a" } } }
              |                                                                     ^^^^^^
              |
              = help: did you mean `mail`?

        "#]],
    );
}

#[test]
fn nobody_approves_only_where_the_author_says_so() {
    check(
        &with(r#""centralized": { "care agent": 4 }"#),
        expect![[r#"
        error[missing-post]: missing here: somebody who approves (post `strategist`)
         --> broken.json:4:5
          |
        4 |     "centralized": { "care agent": 4 }
          |     ^^^^^^^^^^^^^
          |
          = help: state how many, as in `"strategist": 1`, or let nobody approve: `"approval": "0% of replies"`

    "#]],
    );
}

#[test]
fn people_in_places_stand_nowhere_else() {
    check(
        &with(
            r#""hub_and_spoke": { "care agent": 4, "hub": { "care agent": 4, "strategist": 1 }, "each_spoke": { "care agent": 1 } }"#,
        ),
        expect![[r#"
            error[unknown-key]: `care agent` is not a key of `hub_and_spoke`
             --> broken.json:4:24
              |
            4 |     "hub_and_spoke": { "care agent": 4, "hub": { "care agent": 4, "strategist": 1 }, "each_spoke": { "care agent": 1 } }
              |                        ^^^^^^^^^^^^
              |
              = help: people stand in their place here: write `care agent` under `hub`

        "#]],
    );
}

#[test]
fn contracts_are_laid_over_plans_and_say_each_thing_once() {
    let of = |open: &str, contract: &str| {
        with(&format!(
            r#""centralized": {{ "care agent": 4, "strategist": 1, "open": "{open}" }},
    "contract": {contract}"#
        ))
    };
    let day = "daily 08:00-20:00";
    check(
        &of("always", r#"{ "vendor": 2, "takes": "nights and weekends" }"#),
        expect![[r#"
        error[empty-hours]: the company's own people are always there
         --> broken.json:5:5
          |
        5 |     "contract": { "vendor": 2, "takes": "nights and weekends" }
          |     ^^^^^^^^^^

    "#]],
    );
    check(
        &of(day, r#"{ "vendor": 2, "takes": "everything", "after": "2h" }"#),
        expect![[r#"
        error[two-tags]: only a vendor who takes what waits does so after a while
         --> broken.json:5:64
          |
        5 |     "contract": { "vendor": 2, "takes": "everything", "after": "2h" }
          |                                                                ^^^^
          |
          = help: leave `after` out, or write `"takes": "what waits"`

    "#]],
    );
    check(
        &of(day, r#"{ "vendor": 2, "takes": "what waits" }"#),
        expect![[r#"
        error[missing-key]: `contract` needs `after`
         --> broken.json:5:5
          |
        5 |     "contract": { "vendor": 2, "takes": "what waits" }
          |     ^^^^^^^^^^

    "#]],
    );
    check(
        &with(
            r#""graph": { "roles": { "r": { "people": 1, "service": "5m" } }, "links": [ { "intake": { "to": "r" } } ] },
    "contract": { "vendor": 2, "takes": "everything" }"#,
        ),
        expect![[r#"
            error[no-plan]: a contract is laid over an archetype, and this is an explicit graph
             --> broken.json:5:5
              |
            5 |     "contract": { "vendor": 2, "takes": "everything" }
              |     ^^^^^^^^^^
              |
              = help: state the vendor as a role of the graph, with `vendor` and `open`

        "#]],
    );
}

#[test]
fn shares_of_sites_sum_to_all_of_the_people() {
    check(
        &with(
            r#""centralized": { "care agent": 4, "strategist": 1, "sites": { "here": { "share": "60%", "open": "always" }, "there": { "share": "60%", "open": "always" } } }"#,
        ),
        expect![[r#"
            error[shares-sum]: shares sum to 120%, not 100%
             --> broken.json:4:56
              |
            4 |     "centralized": { "care agent": 4, "strategist": 1, "sites": { "here": { "share": "60%", "open": "always" }, "there": { "share": "...
              |                                                        ^^^^^^^
              |
              = help: 20% is too much

        "#]],
    );
}
