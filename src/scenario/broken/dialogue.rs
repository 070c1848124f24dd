//! Conversations that cannot be.

use expect_test::expect;

use super::{check, plain};

#[test]
fn nobody_says_anything_at_a_plain_desk() {
    check(
        r#"{ "orgsim": 1,
  "customers": { "plain": true, "messages": "9/hour", "behavior": { "reopens_after": "2 days" } },
  "designs": { "A": { "dialogue": { "deflects": "10% of replies" }, "graph": {
    "roles": { "desk": { "people": 1, "service": "6m" } },
    "links": [ { "intake": { "to": "desk" } } ] } } } }"#,
        expect![[r#"
            error[no-effect]: `reopens_after` has no effect: nobody comes back
             --> broken.json:2:86
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "reopens_after": "2 days" } },
              |                                                                                      ^^^^^^^^
              |
              = help: state `reopens`, or leave this out

            error[no-effect]: no desk of this design answers customers
             --> broken.json:3:23
              |
            3 |   "designs": { "A": { "dialogue": { "deflects": "10% of replies" }, "graph": {
              |                       ^^^^^^^^^^
              |
              = help: plain desks of a network serve; they say nothing

        "#]],
    );
}

#[test]
fn not_everybody_comes_back_for_ever() {
    check(
        &plain(
            r#""messages": "9/hour", "behavior": { "induced": "100%", "wrong_guess": "120%" }"#,
            "",
            "",
            "",
        ),
        expect![[r#"
            error[endless-conversation]: everybody comes back, again and again
             --> broken.json:2:80
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "induced": "100%", "wrong_guess": "120%" } },
              |                                                                                ^^^^^^
              |
              = help: leave some who do not

            error[out-of-range]: `120%` is more than everything
             --> broken.json:2:103
              |
            2 |   "customers": { "plain": true, "messages": "9/hour", "behavior": { "induced": "100%", "wrong_guess": "120%" } },
              |                                                                                                       ^^^^^^
              |
              = help: shares lie between 0% and 100%

        "#]],
    );
}
