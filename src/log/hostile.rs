//! Whatever the bytes: a log or findings, never a panic.

use super::*;
use crate::model::Severity;
use proptest::prelude::*;

const MINUTES: &str = "%Y-%m-%d %H:%M";

fn mappings() -> Vec<Mapping> {
    let time = || TimeColumn::new("t", MINUTES);
    let inquiry = InquiryRows {
        id: Some("a".into()),
        unit: Some(Label::column("b")),
        customer: Some("c".into()),
        first_response: Some(Moment::At(TimeColumn::new("d", "%s"))),
        resolution: Some(Moment::After(DurationColumn {
            column: "e".into(),
            unit: DurationUnit::Clock,
        })),
        hand_overs: Some("c".into()),
        handling: Some(DurationColumn { column: "e".into(), unit: DurationUnit::Days }),
    };
    let event = EventRows {
        case: "a".into(),
        updated: Some(TimeColumn::new("d", "%s")),
        state: Some("b".into()),
        unit: Some(Label::column("b")),
        customer: Some("c".into()),
        first_response: Some(CaseMoment::FirstUpdate(Condition::present("b"))),
        resolution: Some(CaseMoment::LastUpdate(Condition::is("b", "1"))),
        hand_overs: Some(HandOvers::ChangesOf("c".into())),
        handling: Some(DurationColumn { column: "e".into(), unit: DurationUnit::Seconds }),
    };
    let message = MessageRows {
        id: "a".into(),
        parent: "b".into(),
        author: "c".into(),
        inbound: Condition::is("e", "1"),
        first_response: Reply::Direct,
        pseudonyms: true,
        unit: Some(Accounts { names: vec![("z".into(), "y".into())], most_frequent: Some(1) }),
    };
    let label = LabelColumn { column: "b".into(), most_frequent: Some(1), ..Default::default() };
    [OneRowPer::Inquiry(inquiry), OneRowPer::Event(event), OneRowPer::Message(message)]
        .map(|rows| Mapping {
            missing: vec!["?".into()],
            channel: Some(Label::Column(label.clone())),
            topic: Some(Label::column("e")),
            priority: Some(Label::column("b")),
            language: Some(Label::Column(LabelColumn {
                pseudonyms: true,
                names: vec![("?".into(), "".into())],
                ..label.clone()
            })),
            ..Mapping::new(time(), rows)
        })
        .to_vec()
}

/// Read the file in each style; where it is a log, sum it up.
fn read_every_way(file: &[u8]) {
    for mapping in mappings() {
        match read(file, &mapping) {
            Ok(log) => {
                let rows: u64 = log.inquiries.iter().map(|inquiry| u64::from(inquiry.rows)).sum();
                assert!(rows <= log.rows_read);
                assert!(log.inquiries.is_sorted_by_key(|it| (it.arrival_seconds, it.row)));
                assert!(log.findings.iter().all(|found| found.severity == Severity::Warning));
                let profile = LogProfile::of(&log);
                assert_eq!(
                    profile.channel_mix.0.iter().map(|(_, n)| n).sum::<u64>() as usize,
                    log.inquiries.len()
                );
                serde_json::to_string(&profile).expect("a profile is JSON");
            }
            Err(found) => {
                assert!(found.iter().any(|found| found.severity == Severity::Error));
            }
        }
    }
}

fn cell() -> impl Strategy<Value = Vec<u8>> {
    let texts = [
        "",
        "?",
        "0",
        "1",
        "2",
        "1.0",
        "7:30",
        "-1",
        "99999999999999999999",
        "1500000000",
        "-9e300",
    ];
    let times = ["2026-03-02 09:00", "9999-12-31 23:59", "-009999-01-01 00:00", "2026-02-30 09:00"];
    let bytes: [&[u8]; 5] = [b"\xFF", b"\0", b"\r", b"\"a\nb\"", b"\""];
    let known = texts.iter().chain(&times).map(|text| text.as_bytes().to_vec());
    proptest::sample::select(known.chain(bytes.map(<[u8]>::to_vec)).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        rng_seed: proptest::test_runner::RngSeed::Fixed(27),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_are_answered(file: Vec<u8>) {
        read_every_way(&file);
        read_every_way(&[b"t,a,b,c,d,e\n", &file[..]].concat());
    }

    #[test]
    fn any_cells_are_answered(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 6), 0..30),
        end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let mut file = format!("t,a,b,c,d,e{end}").into_bytes();
        for (i, row) in rows.into_iter().enumerate() {
            if i % 2 == 0 {
                file.extend(b"2026-03-02 09:00,");
                file.extend(row[1..].join(&b','));
            } else {
                file.extend(row.join(&b','));
            }
            file.extend(end.as_bytes());
        }
        read_every_way(&file);
    }

    #[test]
    fn any_format_is_answered(format in "(%[-_^#0-9]{0,2}[a-zA-Z%:.]|[ -~]){0,8}", value in "[ -~]{0,12}") {
        let mut mapping = Mapping::new(TimeColumn::new("t", format), OneRowPer::Inquiry(InquiryRows::default()));
        mapping.delimiter = b'\t';
        let _ = read(format!("t\n{value}\n").as_bytes(), &mapping);
    }
}
