//! Languages that nobody has, and languages that nobody speaks.

use expect_test::expect;

use super::{check, plain};

const TWO: &str = r#""messages": "9/hour", "languages": { "English": "60%", "German": "40%" }"#;

#[test]
fn a_language_is_one_that_customers_have() {
    check(
        &plain(
            TWO,
            r#""desk": { "people": 3, "service": "6m", "speaks": ["Germn", "English"] }"#,
            r#"{ "intake": { "to": "desk", "languages": ["french"] } }"#,
            "",
        ),
        expect![[r#"
            error[unknown-language]: no language is named `Germn`
             --> broken.json:4:67
              |
            4 |     "roles": { "desk": { "people": 3, "service": "6m", "speaks": ["Germn", "English"] } },
              |                                                                   ^^^^^^^
              |
              = help: did you mean `German`?

            error[unknown-language]: no language is named `french`
             --> broken.json:5:58
              |
            5 |     "links": [ { "intake": { "to": "desk", "languages": ["french"] } } ] } } },
              |                                                          ^^^^^^^^
              |
              = help: known here: `English`, `German`

        "#]],
    );
    check(
        &plain(
            r#""messages": "9/hour", "streams": { "abroad": { "messages": "1/hour", "languages": "German" } }"#,
            r#""desk": { "people": [{ "speaks": ["English"] }], "service": "6m" }"#,
            "",
            "",
        ),
        expect![[r#"
            error[missing-key]: a language is named here, but the customers have none
             --> broken.json:2:115
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "streams": { "abroad": { "messages": "1/hour", "languages": "German" } } },
              |                                                                                                                   ^^^^^^^^
              |
              = help: name them: `"customers": { "languages": ["English", "German"], … }`

            error[missing-key]: a language is named here, but the customers have none
             --> broken.json:4:39
              |
            4 |     "roles": { "desk": { "people": [{ "speaks": ["English"] }], "service": "6m" } },
              |                                       ^^^^^^^^
              |
              = help: name them: `"customers": { "languages": ["English", "German"], … }`

        "#]],
    );
}

#[test]
fn languages_have_names_and_shares_that_sum_to_all() {
    check(
        &plain(
            r#""messages": "9/hour", "languages": { "English": "60%", "German": "30%" }"#,
            r#""desk": { "people": 3, "service": "6m" }"#,
            "",
            "",
        ),
        expect![[r#"
            error[shares-sum]: shares sum to 90%, not 100%
             --> broken.json:2:55
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "languages": { "English": "60%", "German": "30%" } },
              |                                                       ^^^^^^^^^^^
              |
              = help: 10% is missing

        "#]],
    );
    check(
        &plain(r#""messages": "9/hour", "languages": []"#, "", "", ""),
        expect![[r#"
        error[missing-key]: there are no languages
         --> broken.json:2:55
          |
        2 |   "customers": { "plain": true, "messages": "9/hour", "languages": [] },
          |                                                       ^^^^^^^^^^^
          |
          = help: name some, or leave this out

    "#]],
    );
    check(
        &plain(TWO, r#""desk": { "people": 3, "service": "6m", "speaks": [] }"#, "", ""),
        expect![[r#"
            error[out-of-range]: no language
             --> broken.json:4:56
              |
            4 |     "roles": { "desk": { "people": 3, "service": "6m", "speaks": [] } },
              |                                                        ^^^^^^^^
              |
              = help: name one, or leave this out: then it is all of them

        "#]],
    );
}

#[test]
fn cases_wait_for_ever_where_nobody_speaks_their_language() {
    let roles = r#""desk": { "people": 3, "service": "6m", "speaks": ["English"] }, "abroad": { "people": 1, "service": "6m" }"#;
    check(
        &plain(TWO, roles, r#"{ "intake": { "to": "desk" } }"#, ""),
        expect![[r#"
        error[language-nobody-speaks]: nobody at `desk` speaks `German`, in which cases come there
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 3, "service": "6m", "speaks": ["English"] }, "abroad": { "people": 1, "service": "6m" } },
          |                ^^^^^^
          |
          = help: let somebody there speak it, or lead it elsewhere: `languages` on the links

        warning[unreachable-role]: nothing ever reaches `abroad`
         --> broken.json:4:81
          |
        4 |     "roles": { "desk": { "people": 3, "service": "6m", "speaks": ["English"] }, "abroad": { "people": 1, "service": "6m" } },
          |                                                                                 ^^^^^^^^
          |
          = help: add a link to it, or leave it out

    "#]],
    );
    // led by language, all is well
    check(
        &plain(
            TWO,
            roles,
            r#"{ "intake": { "to": "desk", "languages": ["English"] } }, { "intake": { "to": "abroad" } }"#,
            "",
        ),
        expect![[""]],
    );
    // what no intake is for reaches nobody
    check(
        &plain(TWO, "", r#"{ "intake": { "to": "desk", "languages": ["English"] } }"#, ""),
        expect![[r#"
            warning[no-intake]: 40.0% of the inquiries reach nobody; they come from `inbox`
             --> broken.json:5:5
              |
            5 |     "links": [ { "intake": { "to": "desk", "languages": ["English"] } } ] } } },
              |     ^^^^^^^
              |
              = help: give each channel an intake without a filter, last

        "#]],
    );
}

#[test]
fn what_would_change_nothing_about_languages_is_refused() {
    check(
        &plain(
            TWO,
            r#""desk": { "people": "infinite", "service": "6m", "speaks": ["English"] }"#,
            "",
            "",
        ),
        expect![[r#"
            error[no-effect]: `speaks` has no effect where people are infinitely many: some speak each language
             --> broken.json:4:65
              |
            4 |     "roles": { "desk": { "people": "infinite", "service": "6m", "speaks": ["English"] } },
              |                                                                 ^^^^^^^^
              |
              = help: state a number of people, or leave it out

        "#]],
    );
    check(
        &plain(
            TWO,
            r#""desk": { "people": 2, "service": "6m" }, "back": { "people": 1, "service": "6m" }"#,
            r#"{ "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "10%", "languages": ["German"], "risk": ["high"] } }"#,
            "",
        ),
        expect![[r#"
            error[no-effect]: `languages` has no effect on a route by `share`
             --> broken.json:5:107
              |
            5 |     "links": [ { "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "back", "share": "10%", "languages": ["German"], "r...
              |                                                                                                           ^^^^^^^^^^^
              |
              = help: plain desks tell topics apart, and nothing else

            error[no-effect]: `risk` has no effect on a route by `share`
             --> broken.json:5:132
              |
            5 | ...desk", "to": "back", "share": "10%", "languages": ["German"], "risk": ["high"] } } ] } } },
              |                                                                  ^^^^^^
              |
              = help: plain desks tell topics apart, and nothing else

        "#]],
    );
    check(
        r#"{ "orgsim": 1,
  "objectives": [ { "id": "a", "languages": ["German"] }, { "id": "b", "goal": "answered >= 10%", "languages": ["Dutch"] } ],
  "customers": { "plain": true, "messages": "9/hour", "languages": ["English", "German"] },
  "designs": { "A": { "graph": {
    "roles": { "desk": { "people": 2, "service": "6m" } }, "links": [ { "intake": { "to": "desk" } } ] } } } }"#,
        expect![[r#"
            error[no-goal]: `languages` restricts a `goal`, and there is none
             --> broken.json:2:32
              |
            2 |   "objectives": [ { "id": "a", "languages": ["German"] }, { "id": "b", "goal": "answered >= 10%", "languages": ["Dutch"] } ],
              |                                ^^^^^^^^^^^
              |
              = help: state the goal, or leave this to the objectives that serve it

            error[unknown-language]: no language is named `Dutch`
             --> broken.json:2:113
              |
            2 |   "objectives": [ { "id": "a", "languages": ["German"] }, { "id": "b", "goal": "answered >= 10%", "languages": ["Dutch"] } ],
              |                                                                                                                 ^^^^^^^
              |
              = help: known here: `English`, `German`

            warning[no-goal-serves]: no goal serves `a`
             --> broken.json:2:27
              |
            2 |   "objectives": [ { "id": "a", "languages": ["German"] }, { "id": "b", "goal": "answered >= 10%", "languages": ["Dutch"] } ],
              |                           ^^^
              |
              = help: state its `goal`, or an objective with one that `serves` it: how would one know that it works?

        "#]],
    );
}
