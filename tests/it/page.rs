//! The page a run leaves, as far as that can be told without a browser: `.ci/page` opens it in one.

use serde_json::Value;

use crate::place::Place;

/// The document that a page carries.
fn document(page: &str) -> Value {
    let start =
        page.find("<script type=\"application/json\" id=\"page-data\">").expect("it has data");
    let data = page[start..].split_once('>').expect("the element opens").1;
    let data = data.split("</script>").next().expect("the element ends");
    serde_json::from_str(data).expect("data is JSON")
}

#[test]
fn the_page_is_small_and_says_what_the_results_say() {
    let place = Place::new();
    let ran = place.run(&["run", "small.json", "--quiet", "--what-if", "all"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let read = |name: &str| {
        std::fs::read_to_string(place.path().join("output/small").join(name)).expect(name)
    };
    let page = read("report.html");
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    let (document, results) = (document(&page), read("results.json"));
    let results: Value = serde_json::from_str(&results).expect("results are JSON");
    assert_eq!(document["orgsim_page"], 1);
    assert_eq!(document["results"]["scores"], results["scores"]);
    for (number, design) in results["designs"].as_array().unwrap().iter().enumerate() {
        let full = &design["scopes"][0]["measures"]["answered_within_1h"];
        let own = &document["results"]["designs"][number]["scopes"][0]["measures"];
        assert_eq!(own["answered_within_1h"]["mean"], full["mean"]);
        assert_eq!(own["answered_within_1h"]["half_width"], full["half_width"]);
    }
    let days = document["replay"]["days"].as_array().expect("a day was recorded");
    assert_eq!(days[0]["kind"], "ordinary");
    assert_eq!(days[0]["designs"].as_array().unwrap().len(), 2);
    assert_eq!(document["replay"]["graphs"].as_array().unwrap().len(), 2);
    let titles: Vec<&str> =
        document["parts"].as_array().unwrap().iter().filter_map(|of| of["id"].as_str()).collect();
    for part in ["goals", "results", "designs", "coverage", "what-if", "roles", "method", "data"] {
        assert!(titles.contains(&part), "{part} is missing among {titles:?}");
    }
}

#[test]
fn a_plain_network_has_a_page_without_days_and_scores() {
    let place = Place::new();
    let mm1 = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/queueing/mm1.json");
    let ran = place.run(&["run", mm1, "--quiet", "--replications", "2", "--out", "plain"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let page = std::fs::read_to_string(place.path().join("plain/report.html")).expect("a page");
    let document = document(&page);
    assert_eq!((&document["plain"], &document["replay"]), (&Value::Bool(true), &Value::Null));
    assert!(!page.contains("class=\"panel\""));
}
