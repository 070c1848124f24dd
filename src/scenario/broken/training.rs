//! Training that teaches nothing.

use expect_test::expect;

use super::{check, plain};

fn trained(duty: &str, rest: &str) -> String {
    plain("", &format!(r#""desk": {{ "people": 3, {duty}, {rest} }}"#), "", "")
}

#[test]
fn only_training_teaches_and_it_says_what_and_for_how_long() {
    check(
        &trained(
            r#""meetings": { "hours": "2h/week", "teaches": { "up_to": "90%", "learns_in": "40h", "half_life": "365 days" } }"#,
            r#""desk": {}"#,
        ),
        expect![[r#"
            error[no-effect]: only training teaches
             --> broken.json:4:73
              |
            4 |     "roles": { "desk": { "people": 3, "meetings": { "hours": "2h/week", "teaches": { "up_to": "90%", "learns_in": "40h", "half_life":...
              |                                                                         ^^^^^^^^^
              |
              = help: state it at `training`, or leave it out

        "#]],
    );
    check(
        &trained(
            r#""training": { "hours": "2h/week", "teaches": { "up_to": { "generc": "90%" }, "learns_in": "0h" } }"#,
            r#""desk": {}"#,
        ),
        expect![[r#"
            error[missing-key]: what training teaches needs `half_life`
             --> broken.json:4:73
              |
            4 |     "roles": { "desk": { "people": 3, "training": { "hours": "2h/week", "teaches": { "up_to": { "generc": "90%" }, "learns_in": "0h" ...
              |                                                                         ^^^^^^^^^

            error[unknown-key]: `generc` is not a key of what training leads up to
             --> broken.json:4:97
              |
            4 |     "roles": { "desk": { "people": 3, "training": { "hours": "2h/week", "teaches": { "up_to": { "generc": "90%" }, "learns_in": "0h" ...
              |                                                                                                 ^^^^^^^^
              |
              = help: did you mean `generic`?

            error[out-of-range]: this length of time must be more than zero
             --> broken.json:4:129
              |
            4 | ...week", "teaches": { "up_to": { "generc": "90%" }, "learns_in": "0h" } }, "desk": {} } },
              |                                                                   ^^^^

        "#]],
    );
}

#[test]
fn what_everybody_knows_is_not_taught() {
    let training = r#""training": { "hours": "2h/week", "teaches": { "up_to": "90%", "learns_in": "40h", "half_life": "365 days" } }"#;
    check(
        &trained(training, r#""desk": {}, "knows": { "generic": "95%" }"#),
        expect![[r#"
        error[no-effect]: the training of `desk` teaches nothing that its people do not know
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 3, "training": { "hours": "2h/week", "teaches": { "up_to": "90%", "learns_in": "40h", "half_life":...
          |                ^^^^^^
          |
          = help: let it lead `up_to` more than they know, or leave `teaches` out

    "#]],
    );
    check(
        &trained(training, r#""service": "6m""#),
        expect![[r#"
        error[no-effect]: the training of `desk` teaches nothing that its people do not know
         --> broken.json:4:16
          |
        4 |     "roles": { "desk": { "people": 3, "training": { "hours": "2h/week", "teaches": { "up_to": "90%", "learns_in": "40h", "half_life":...
          |                ^^^^^^
          |
          = help: let it lead `up_to` more than they know, or leave `teaches` out

    "#]],
    );
}
