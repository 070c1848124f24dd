//! The page: HTML with everything in it, for mail, screen and paper.

use std::collections::BTreeMap;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use sha2::{Digest, Sha256};

use super::figures::Figure;
use super::text::{base64, embedded};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// One script, in the order of its parts.
const SCRIPT: &str = concat!(
    "(function () {\n\"use strict\";\n",
    include_str!("script/base.js"),
    include_str!("script/figures.js"),
    include_str!("script/answer.js"),
    include_str!("script/dials.js"),
    include_str!("script/stage.js"),
    include_str!("script/day.js"),
    include_str!("script/replay.js"),
    include_str!("script/start.js"),
    "})();\n"
);

/// Most bytes of a page: what any mail takes.
pub const LARGEST: usize = 1_000_000;

/// The page of a contract as HTML: one file, nothing loaded from anywhere.
///
/// All texts of the contract are shown as they are, whatever they hold. The policy in the page's head forbids
/// everything but its own style sheet and script, by fingerprint, and pictures inside the file; so even text
/// that slipped through as markup could not act.
///
/// # Panics
/// If the template built into the program is broken.
pub fn page(contract: &serde_json::Value, figures: &[Figure]) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", TEMPLATE).expect("the built-in template is sound");
    let template = environment.get_template("page").expect("it was just added");
    let pictures: Vec<Value> =
        figures.iter().map(|figure| Value::from_safe_string(inline(&figure.svg))).collect();
    let hash = |text: &str| base64(&Sha256::digest(text.as_bytes()));
    template
        .render(context! {
            page => Value::from(Serde(shown(contract))),
            pictures,
            data => Value::from_safe_string(embedded(contract)),
            style => Value::from_safe_string(STYLE.to_owned()),
            script => Value::from_safe_string(SCRIPT.to_owned()),
            style_hash => hash(STYLE),
            script_hash => hash(SCRIPT),
        })
        .expect("the built-in template uses what it is given")
}

/// What the template shows: results and recorded days are for the script alone, and of thousands of roles they are most of it.
fn shown(contract: &serde_json::Value) -> BTreeMap<&str, &serde_json::Value> {
    let entries = contract.as_object().into_iter().flatten();
    let shown = entries.filter(|(key, _)| !["results", "replay"].contains(&key.as_str()));
    shown.map(|(key, value)| (key.as_str(), value)).collect()
}

/// An SVG as part of a page: without the declaration that only a file of its own may have.
fn inline(svg: &str) -> String {
    svg.find("<svg").map_or(String::new(), |start| svg[start..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::FORMULA_SIGNS;
    use crate::report::contract::examples::{hostile, ordinary};

    #[test]
    fn names_from_outside_are_inert() {
        let (contract, figures) = hostile();
        let html = page(&contract, &figures);
        for forbidden in
            ["<script>alert", "<img", "<!-- ", "onerror=alert(1)>", "\u{2028}", "\u{202e}", "<?xml"]
        {
            assert!(!html.contains(forbidden), "{forbidden:?} got through");
        }
        assert_eq!(html.matches("<script").count(), 2, "our data and our script");
        assert_eq!(html.matches("</script>").count(), 2);
    }

    #[test]
    fn tables_made_on_the_page_know_the_same_formulas_as_those_of_the_folder() {
        let guard = SCRIPT.lines().find(|line| line.contains("isNaN(Number(text))")).unwrap();
        let signs = guard.split_once("*[").and_then(|(_, rest)| rest.split_once("]/")).unwrap().0;
        let signs: Vec<char> = signs.chars().filter(|&sign| sign != '\\').collect();
        assert_eq!(signs, FORMULA_SIGNS);
    }

    #[test]
    fn nothing_is_loaded_and_only_our_style_and_script_act() {
        let (contract, figures) = ordinary();
        let html = page(&contract, &figures);
        let hash = |text: &str| base64(&Sha256::digest(text.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data: blob:",
            hash(STYLE),
            hash(SCRIPT)
        );
        assert!(html.contains(&policy));
        let between = |from: &str, to: &str| -> Vec<String> {
            html.split(from).skip(1).map(|rest| rest.split(to).next().unwrap().to_owned()).collect()
        };
        assert_eq!(between("<style>", "</style>"), [STYLE]);
        assert_eq!(between("<script>", "</script>"), [SCRIPT]);
        for forbidden in ["https://", "<link", " src=", "style=\"", "onclick="] {
            assert!(!html.contains(forbidden), "{forbidden:?}");
        }
        let foreign = html.replace("http://www.w3.org/2000/svg", "");
        assert!(!foreign.contains("http://"));
    }

    #[test]
    fn a_reason_for_waiting_has_one_color_everywhere() {
        for cause in 0..10 {
            let rule = STYLE.split(&format!(".c{cause} {{")).nth(1).expect("it has a rule");
            let rule = rule.split('}').next().unwrap_or_default();
            for color in crate::present::plot::cause_colors(cause) {
                assert!(rule.contains(&color.to_lowercase()), "{color} in {rule}");
            }
        }
    }

    #[test]
    fn the_page_carries_the_contract_it_was_made_from() {
        let (contract, figures) = ordinary();
        let html = page(&contract, &figures);
        let start = html.find("<script type=\"application/json\" id=\"page-data\">").unwrap();
        let data = html[start..].split_once('>').unwrap().1.split("</script>").next().unwrap();
        assert_eq!(data, embedded(&contract));
        assert!(serde_json::from_str::<serde_json::Value>(data).is_ok());
    }
}
