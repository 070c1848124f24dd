//! What holds for every chart, whatever the data.

use super::*;
use crate::sim::Bin;
use resvg::usvg::roxmltree;

/// Names nobody should have, and what may never come of them.
const NAMES: [&str; 8] = [
    "</title><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "evil \u{202E}gnp.exe \u{1B}[31m",
    "emoji 🙂 and e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} and \u{200B}nothing",
    "A name of exactly sixty characters, which is long for a name",
    "line\nbreak \u{2028} and <!-- comment ]]> &amp;",
    "",
    "javascript:alert(1) '&#x3C;'",
];

fn caption(name: &str) -> Caption {
    Caption::new(name).subtitle(name).alt(format!("alt {name}")).note(name)
}

fn estimate(value: f64, half: f64) -> Estimate {
    Estimate { value, low: value - half, high: value + half }
}

/// One picture per chart, of the first `n` names; `odd` slips in values that cannot be drawn.
fn pictures(n: usize, odd: f64) -> Vec<(&'static str, String)> {
    let names = || NAMES.iter().cycle().take(n).map(|name| (*name).to_owned());
    let numbered = || names().enumerate().map(|(at, name)| (at as f64, name));
    let title = NAMES[n % NAMES.len()];
    let scale = Scale::Number(NAMES[1].to_owned());

    let point = |minutes, share| CurvePoint { minutes, share, low: share - 0.01, high: odd };
    let curves = curves(&Curves {
        caption: caption(title),
        designs: numbered()
            .map(|(at, name)| Curve {
                name,
                points: vec![
                    point(0.0, 0.0),
                    point(odd, 0.3),
                    point(50.0, 0.3 + at / 20.0),
                    point(9e3, 0.9),
                ],
            })
            .collect(),
        references: names().map(|label| Reference { minutes: 360.0, label }).collect(),
    });
    let workload = workload(&Workload {
        caption: caption(title),
        unit: WorkUnit::Share,
        rows: names()
            .map(|name| WorkloadRow {
                design: name.clone(),
                role: name,
                values: vec![(Bin::Answer, 0.4), (Bin::Rework, odd), (Bin::Idle, 0.3)],
                busy: NAMES[0].to_owned(),
            })
            .collect(),
        guide: true,
    });
    let causes = causes(&Causes {
        caption: caption(title),
        causes: NAMES.iter().zip(0..).map(|(name, at)| ((*name).to_owned(), at)).collect(),
        designs: numbered()
            .map(|(at, design)| CauseRow {
                design,
                hours: vec![at, odd, 1.0, -1.0],
                luck: Some(odd),
            })
            .collect(),
    });
    let scatter = scatter(&Scatter {
        caption: caption(title),
        x_name: NAMES[0].to_owned(),
        x_scale: Scale::Share,
        x_better: Better::Higher,
        y_name: NAMES[2].to_owned(),
        y_scale: scale.clone(),
        y_better: Better::Lower,
        designs: numbered()
            .map(|(at, name)| TradePoint {
                name,
                x: estimate(at / 10.0, 0.02),
                y: if at < 1.0 { estimate(odd, odd) } else { estimate(at, odd) },
            })
            .collect(),
    });
    let hour = |hour, value| TimePoint { hour, value, low: odd, high: value + 1.0 };
    let timeline = timeline(&Timeline {
        caption: caption(title),
        quantity: NAMES[3].to_owned(),
        scale: scale.clone(),
        designs: numbered()
            .map(|(at, name)| TimeLine {
                name,
                points: vec![hour(0.0, at), hour(80.0, odd), hour(167.0, 2.0 * at)],
            })
            .collect(),
        open: vec![(8.0, 20.0), (odd, 40.0)],
        span: None,
    });
    let differences = differences(&Differences {
        caption: caption(title),
        measures: names()
            .map(|measure| DifferenceGroup {
                measure,
                scale: scale.clone(),
                better: Better::Lower,
                too_small: Some(odd),
                pairs: numbered()
                    .map(|(at, pair)| Difference { pair, difference: estimate(at, odd) })
                    .collect(),
            })
            .collect(),
    });
    let organization = organization(&OrgPicture {
        caption: caption(title),
        channels: names().map(|name| OrgChannel { name, private: true }).collect(),
        roles: numbered()
            .map(|(at, name)| OrgRole {
                unit: (at < 3.0).then(|| name.clone()),
                name,
                employer_vendor: true,
                heads: odd,
                busy: Some(odd),
                layer: None,
            })
            .collect(),
        links: (0..n * n)
            .map(|at| OrgLink {
                from: if at % 3 == 0 {
                    LinkEnd::Channel(at % (n + 1))
                } else {
                    LinkEnd::Role(at % n)
                },
                to: at / n,
                kind: LinkKind::ALL[at % 6],
                label: names().nth(at % n),
            })
            .collect(),
    });
    let worths = worths(&Worths {
        caption: caption(title),
        designs: names()
            .map(|name| WorthGroup {
                name: name.clone(),
                rows: numbered()
                    .map(|(at, name)| WorthRow {
                        booked: if at < 1.0 { odd } else { 40.0 * at },
                        text: name.clone(),
                        changes: names()
                            .take(at as usize % 4)
                            .map(|text| WorthMark {
                                text,
                                whole: at < 3.0,
                                spared: estimate(30.0 - 20.0 * at, odd),
                            })
                            .collect(),
                        name,
                    })
                    .collect(),
                note: name,
            })
            .collect(),
    });
    vec![
        ("worths", worths),
        ("curves", curves),
        ("workload", workload),
        ("causes", causes),
        ("scatter", scatter),
        ("timeline", timeline),
        ("differences", differences),
        ("organization", organization),
    ]
}

#[test]
fn every_picture_is_well_formed_and_has_words() {
    for n in [0, 1, 4, 8, 12] {
        for (chart, svg) in pictures(n, 0.05) {
            let xml = roxmltree::Document::parse(&svg)
                .unwrap_or_else(|error| panic!("{chart} of {n}: {error}"));
            let root = xml.root_element();
            assert_eq!(root.attribute("role"), Some("img"), "{chart}");
            let words = |tag| {
                root.children().find(|child| child.has_tag_name(tag)).and_then(|child| child.text())
            };
            assert!(words("desc").is_some_and(|text| text.starts_with("alt")), "{chart} of {n}");
            assert!(root.children().any(|child| child.has_tag_name("title")), "{chart} of {n}");
        }
    }
}

#[test]
fn names_are_text_and_nothing_else() {
    const TAGS: [&str; 9] =
        ["svg", "g", "title", "desc", "rect", "path", "text", "polyline", "polygon"];
    // Each name is the headline once.
    let all = (1..=NAMES.len()).flat_map(|n| pictures(n, 0.05));
    for (chart, svg) in all {
        let xml = roxmltree::Document::parse(&svg).unwrap();
        for node in xml.descendants().filter(roxmltree::Node::is_element) {
            assert!(TAGS.contains(&node.tag_name().name()), "{chart}: {node:?}");
            let active = |name: &str| name.starts_with("on") || name == "href" || name == "style";
            assert!(
                !node.attributes().any(|attribute| active(attribute.name())),
                "{chart}: {node:?}"
            );
        }
        assert!(xml.descendants().all(|node| !node.is_comment() && !node.is_pi()), "{chart}");
        let unseen = |letter: char| letter.is_control() && letter != '\n';
        assert!(!svg.contains(unseen), "{chart}");
        assert!(!svg.contains(['\u{202E}', '\u{200B}', '\u{2028}']), "{chart}");
    }
}

#[test]
fn what_is_not_finite_is_never_drawn() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for n in [1, 3, 8] {
            for (chart, svg) in pictures(n, odd) {
                let numbers = svg.split('"').skip(1).step_by(2);
                for attribute in numbers {
                    let odd = attribute.contains("NaN") || attribute.contains("inf");
                    assert!(!odd, "{chart} of {n} holds {attribute}");
                }
            }
        }
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(pictures(8, 0.05), pictures(8, 0.05));
}

#[test]
fn every_picture_becomes_a_png_of_its_size() {
    for (chart, svg) in pictures(4, 0.05) {
        let xml = roxmltree::Document::parse(&svg).unwrap();
        let side =
            |name| xml.root_element().attribute(name).and_then(|side| side.parse::<u32>().ok());
        let png = svg_to_png(&svg, 2.0).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n", "{chart}");
        let of = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!(
            (Some(of(16) / 2), Some(of(20) / 2)),
            (side("width"), side("height")),
            "{chart}"
        );
    }
}

/// Texts of a picture stay on the sheet; widths are those of the bundled font.
#[test]
fn no_text_is_cut_by_the_edge() {
    for n in [1, 4, 8] {
        for (chart, svg) in pictures(n, 0.05) {
            let xml = roxmltree::Document::parse(&svg).unwrap();
            let number = |node: &roxmltree::Node, name| {
                node.attribute(name).and_then(|text| text.parse::<f64>().ok())
            };
            let sheet = number(&xml.root_element(), "width").unwrap();
            for text in xml.descendants().filter(|node| node.has_tag_name("text")) {
                let (words, bold) =
                    (text.text().unwrap_or(""), text.attribute("font-weight").is_some());
                let width = font::width(words, number(&text, "font-size").unwrap(), bold);
                let x = number(&text, "x").unwrap();
                let left = match text.attribute("text-anchor") {
                    Some("middle") => x - width / 2.0,
                    Some("end") => x - width,
                    _ => x,
                };
                assert!(-0.5 <= left && left + width <= sheet + 0.5, "{chart} of {n}: {words}");
                assert!(
                    12.0 <= number(&text, "font-size").unwrap(),
                    "{chart}: {words} is too small"
                );
            }
        }
    }
}
