//! Segments that cannot be.

use expect_test::expect;

use super::{check, plain};

const SEGMENTS: &str = r#""messages": "9/hour", "channels": { "x": { "share": "30%" }, "mail": { "share": "70%" } },
    "segments": "#;

#[test]
fn segments_name_channels_topics_and_shares_that_exist() {
    check(
        &plain(
            &format!(
                "{SEGMENTS} {{ \"loud\": {{ \"share\": \"40%\", \"channels\": [\"y\"], \"topics\": {{ \"anthing\": 2 }} }},\n\"usual\": {{ \"share\": \"50%\", \"channels\": {{ \"x\": 0, \"mail\": 0 }} }} }}"
            ),
            "",
            "",
            "",
        ),
        expect![[r#"
            error[shares-sum]: shares sum to 90%, not 100%
             --> broken.json:3:5
              |
            3 |     "segments":  { "loud": { "share": "40%", "channels": ["y"], "topics": { "anthing": 2 } },
              |     ^^^^^^^^^^
              |
              = help: 10% is missing

            error[unknown-channel]: no channel is named `y`
             --> broken.json:3:59
              |
            3 |     "segments":  { "loud": { "share": "40%", "channels": ["y"], "topics": { "anthing": 2 } },
              |                                                           ^^^
              |
              = help: did you mean `x`?

            error[unknown-topic]: no topic is named `anthing`
             --> broken.json:3:88
              |
            3 |     "segments":  { "loud": { "share": "40%", "channels": ["y"], "topics": { "anthing": 2 } },
              |                                                                                        ^
              |
              = help: did you mean `anything`?

            error[all-zero]: this segment has no channel to write on or about
             --> broken.json:4:28
              |
            4 | "usual": { "share": "50%", "channels": { "x": 0, "mail": 0 } } } },
              |                            ^^^^^^^^^^
              |
              = help: leave `channels` out where it has all of them

        "#]],
    );
    check(
        &plain(
            &format!("{SEGMENTS} {{ \"loud\": {{ \"share\": \"40%\" }}, \"usual\": {{}} }}"),
            "",
            "",
            "",
        ),
        expect![[r#"
            error[missing-share]: 1 of 2 state a share
             --> broken.json:3:5
              |
            3 |     "segments":  { "loud": { "share": "40%" }, "usual": {} } },
              |     ^^^^^^^^^^
              |
              = help: state a share for each, or for none to have them equal

        "#]],
    );
}

#[test]
fn a_segment_larger_than_its_channels_is_told() {
    check(
        &plain(
            &format!(
                "{SEGMENTS} {{ \"loud\": {{ \"share\": \"50%\", \"channels\": [\"x\"] }}, \"usual\": {{ \"share\": \"50%\" }} }}"
            ),
            "",
            "",
            "",
        ),
        expect![[r#"
            warning[segment-share]: `loud` come out as 30.0% of the customers, not 50.0%
             --> broken.json:3:20
              |
            3 |     "segments":  { "loud": { "share": "50%", "channels": ["x"] }, "usual": { "share": "50%" } } },
              |                    ^^^^^^
              |
              = help: its channels and topics have another share of the messages: widen them, or state the share that fits

            warning[segment-share]: `usual` come out as 70.0% of the customers, not 50.0%
             --> broken.json:3:67
              |
            3 |     "segments":  { "loud": { "share": "50%", "channels": ["x"] }, "usual": { "share": "50%" } } },
              |                                                                   ^^^^^^^
              |
              = help: its channels and topics have another share of the messages: widen them, or state the share that fits

        "#]],
    );
}

#[test]
fn a_goal_names_a_segment_that_exists() {
    check(
        r#"{ "orgsim": 1,
  "objectives": [ { "id": "a", "goal": "answered >= 60%", "segments": ["lod"] } ],
  "customers": { "messages": "9/hour", "segments": { "loud": {}, "usual": {} } },
  "designs": { "A": { "centralized": { "care agent": 2, "strategist": 1 } } } }"#,
        expect![[r#"
            error[unknown-segment]: no segment is named `lod`
             --> broken.json:2:72
              |
            2 |   "objectives": [ { "id": "a", "goal": "answered >= 60%", "segments": ["lod"] } ],
              |                                                                        ^^^^^
              |
              = help: did you mean `loud`?

        "#]],
    );
}
