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

#[test]
fn a_draft_that_no_reviewer_reads_is_told_with_the_link_that_would_be_for_it() {
    let topics = r#""messages": "9/hour", "languages": { "English": "60%", "German": "40%" }, "topics": { "a": { "work": "5m" }, "press": { "work": "5m", "approval": "always" } }"#;
    let roles = |lead: &str, approval: &str| {
        format!(
            r#""desk": {{ "people": 3, "desk": {{ "approval": "{approval}" }} }}, "lead": {{ "people": 3, {lead}"desk": {{ "answer": false }} }}"#
        )
    };
    let links = r#"{ "intake": { "to": "desk" } }, { "approve": { "from": "desk", "to": "lead", "languages": ["English"] } }"#;
    // the reviewer would read it
    check(
        &plain(topics, &roles("", "12.5% of replies"), links, ""),
        expect![[r#"
            warning[unreviewed]: replies of `desk` in `German` about `press` go out without the approval that they always need
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "approval": "12.5% of replies" } }, "lead": { "people": 3, "desk": { "answer": false ...
              |                ^^^^^^
              |
              = help: let its `approve` link to `lead` be for `German` as well: `languages`

            warning[unreviewed]: replies of `desk` in `German` go out without approval, though 12.5% of its replies need it
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "approval": "12.5% of replies" } }, "lead": { "people": 3, "desk": { "answer": false ...
              |                ^^^^^^
              |
              = help: let its `approve` link to `lead` be for `German` as well: `languages`

        "#]],
    );
    // nobody who approves reads it
    check(
        &plain(topics, &roles(r#""speaks": ["English"], "#, "0% of replies"), links, ""),
        expect![[r#"
            warning[unreviewed]: replies of `desk` in `German` about `press` go out without the approval that they always need
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "approval": "0% of replies" } }, "lead": { "people": 3, "speaks": ["English"], "desk"...
              |                ^^^^^^
              |
              = help: let somebody at `lead` speak `German` and its `approve` link there be for that, or add one to a role that does

        "#]],
    );
    // no language makes a difference where nobody is asked about a topic
    check(
        &plain(topics, &roles("", "0% of replies"), r#"{ "intake": { "to": "desk" } }"#, ""),
        expect![[r#"
            warning[unreviewed]: replies of `desk` about `press` go out without the approval that they always need
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "approval": "0% of replies" } }, "lead": { "people": 3, "desk": { "answer": false } } },
              |                ^^^^^^
              |
              = help: add an `approve` link from it to whoever approves, or leave out the topic's `approval`

            warning[unreachable-role]: nothing ever reaches `lead`
             --> broken.json:4:82
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "approval": "0% of replies" } }, "lead": { "people": 3, "desk": { "answer": false } } },
              |                                                                                  ^^^^^^
              |
              = help: add a link to it, or leave it out

        "#]],
    );
    // a link for the rest closes the hole
    let rest = format!("{links}, {}", r#"{ "approve": { "from": "desk", "to": "lead" } }"#);
    check(&plain(topics, &roles("", "12.5% of replies"), &rest, ""), expect![[""]]);
}

#[test]
fn a_draft_to_who_went_public_and_one_above_the_authority_are_told_likewise() {
    let world = r#""messages": "9/hour", "languages": { "English": "60%", "German": "40%" }, "behavior": { "goes_public": "10%" }, "expect_reply_within": { "1h": "50%" }, "topics": { "a": { "work": "5m", "risk": { "high": "10%" } } }"#;
    let roles = |authority: &str| {
        format!(
            r#""desk": {{ "people": 3, "desk": {{ {authority} }} }}, "lead": {{ "people": 3, "speaks": ["German"], "desk": {{ "answer": false }} }}"#
        )
    };
    let links = r#"{ "intake": { "to": "desk" } }, { "approve": { "from": "desk", "to": "lead", "languages": ["German"] } }"#;
    let text = plain(world, &roles(r#""authority": "medium""#), links, "");
    let text =
        text.replace("\"designs\"", "\"practice\": { \"approve_loud\": \"50%\" }, \"designs\"");
    check(
        &text,
        expect![[r#"
            warning[unreviewed]: replies of `desk` in `English` about `a` go out without approval, though their risk is above its authority
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "authority": "medium" } }, "lead": { "people": 3, "speaks": ["German"], "desk": { "an...
              |                ^^^^^^
              |
              = help: let somebody at `lead` speak `English` and its `approve` link there be for that, or add one to a role that does

            warning[unreviewed]: replies of `desk` in `English` go out without approval, though customers who went public are due it
             --> broken.json:4:16
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "authority": "medium" } }, "lead": { "people": 3, "speaks": ["German"], "desk": { "an...
              |                ^^^^^^
              |
              = help: let somebody at `lead` speak `English` and its `approve` link there be for that, or add one to a role that does

            warning[hardly-any-work]: `lead` has work for only 0.61% of its time
             --> broken.json:4:76
              |
            4 |     "roles": { "desk": { "people": 3, "desk": { "authority": "medium" } }, "lead": { "people": 3, "speaks": ["German"], "desk": { "an...
              |                                                                            ^^^^^^
              |
              = help: what comes in, minutes of work and hours of people: is each in the unit that was meant?

        "#]],
    );
}

/// A builder keeps links of approval for what reviewers read, and what that leaves open is told.
#[test]
fn an_archetype_whose_approver_reads_some_languages_only_says_so() {
    check(
        r#"{ "orgsim": 1,
  "customers": { "messages": "9/hour", "languages": ["English", "German"], "topics": { "a": { "work": "5m" } } },
  "people": { "strategist": { "cost": "$90,000/year", "speaks": ["English"] } },
  "designs": { "A": { "centralized": { "care agent": 9, "strategist": 1, "open": "always", "approval": "30% of replies" } } } }"#,
        expect![[r#"
            warning[unreviewed]: replies of `desk` in `German` go out without approval, though 30% of its replies need it
             --> broken.json:4:16
              |
            4 |   "designs": { "A": { "centralized": { "care agent": 9, "strategist": 1, "open": "always", "approval": "30% of replies" } } } }
              |                ^^^
              |
              = help: let somebody at `strategist` speak `German` and its `approve` link there be for that, or add one to a role that does

        "#]],
    );
}

#[test]
fn people_who_alone_read_a_language_may_have_too_much_to_do() {
    let people = |german: u32| {
        format!(
            r#""desk": {{ "people": [{{ "count": 5, "speaks": ["English"] }}, {{ "count": {german}, "speaks": ["German"] }}], "service": "20m" }}"#
        )
    };
    check(
        &plain(TWO, &people(1), "", ""),
        expect![[r#"
        warning[too-much-work]: one of the 6 people of `desk` has work for 120% of their time in what nobody else there reads: `German`
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": [{ "count": 5, "speaks": ["English"] }, { "count": 1, "speaks": ["German"] }], "service": "20m" } },
          |                ^^^^^^
          |
          = help: let more of its people speak it (`speaks`), or lead some of it elsewhere; what cannot be done waits for ever or gives up

    "#]],
    );
    check(&plain(TWO, &people(2), "", ""), expect![[""]]);
}
