//! `orgsim new --archetype`: a scenario of nobody's answers with one design.

use serde_json::{Map, Value, json};

use super::new::{Answers, a_day, document, guessed};

/// Tags of the archetypes a scenario can begin with.
pub const ARCHETYPES: &[&str] = &[
    "centralized",
    "decentralized",
    "hub_and_spoke",
    "dandelion",
    "holistic",
    "touchpoint",
    "outsourced",
    "one_person",
];

/// What comes in a day where one person answers everything, in place of the usual guess: work for about three quarters of
/// the time (assumption).
const FOR_ONE: f64 = 65.0;

/// The scenario of nobody's answers with one design, of this archetype; `None` if there is none.
pub fn document_of(archetype: &str) -> Option<Value> {
    if !ARCHETYPES.contains(&archetype) {
        return None;
    }
    let vendor_per_hour = (archetype == "outsourced").then_some(20.0);
    let mut scenario = document(&Answers { vendor_per_hour, ..Answers::default() });
    let words = archetype.replace('_', " ");
    scenario["about"] = json!(format!(
        "A first scenario with one design, {words}. Nobody was asked: documented defaults stand in, as notes say, to be checked first."
    ));
    let all = scenario.as_object_mut()?;
    // a range may be about a design that is gone
    all.shift_remove("it_depends_on");
    let designs = all.get_mut("designs")?.as_object_mut()?;
    designs.retain(|_, design| design.get(archetype).is_some());
    if designs.is_empty() {
        let body = split_by_load(archetype)?;
        designs.insert("This one".into(), json!({ archetype: body }));
    }
    if archetype == "one_person" {
        for_one(all)?;
    }
    Some(scenario)
}

/// One person costs what one costs, has nobody to ask and nobody who reviews, and gets what one can do.
fn for_one(all: &mut Map<String, Value>) -> Option<()> {
    let experiment = all.get_mut("experiment")?.as_object_mut()?;
    experiment.retain(|key, _| !["hold_equal", "note"].contains(&key.as_str()));
    all.shift_remove("practice");
    let people = all.get_mut("people")?.as_object_mut()?;
    people.retain(|kind, _| ["care agent", "note"].contains(&kind.as_str()));
    people.insert("note".into(), guessed(&["care agent"]));
    all.get_mut("customers")?["messages"] = json!(a_day(FOR_ONE));
    Some(())
}

/// A plan whose people the load splits, for the cost held equal; the one person is one. Heads are assumptions to begin with:
/// the split decides on those who answer.
fn split_by_load(archetype: &str) -> Option<Value> {
    let mut body = match archetype {
        "dandelion" => json!({
            "corporate": { "strategist": 1 }, "each_sub_hub": { "care agent": 2, "strategist": 0.25 },
            "experts_of_each_unit": 0.1,
        }),
        "holistic" => json!({
            "hub": { "care agent": 5, "strategist": 1 }, "each_unit": { "employee": 15 },
            "experts_of_each_unit": 0.1, "hub_helps_after": "2h",
        }),
        "touchpoint" => {
            json!({ "care agent": 10, "strategist": 1, "experts_of_each_unit": 0.2 })
        }
        "one_person" => {
            return Some(json!({ "care agent": 1, "open": "daily 08:00-20:00" }));
        }
        _ => return None,
    };
    body["staff"] = json!("balanced");
    body["open"] = json!("daily 08:00-20:00");
    body["approval"] = json!("6% of replies");
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;
    use crate::scenario::{Overlay, Scenario, Source, load as read, render};

    #[test]
    fn one_person_is_busy_and_reviews_nothing() {
        let document = document_of("one_person").expect("its tag is known");
        let source = Source::new("new.json", document.to_string());
        let Scenario { model, guessed, .. } =
            read(&source, &Overlay::default()).expect("it can be read");
        let roles = load(&model.world, &model.practice, &model.designs[0].organization).roles;
        let [busy] = [roles[0].utilization().expect("one is counted")];
        assert!(0.74 < busy && busy < 0.81, "{busy}");
        assert_eq!((roles.len(), document.get("practice")), (1, None));
        assert!(guessed.iter().any(|guess| guess == "customers.messages"));
        assert!(!guessed.iter().any(|guess| guess == "people.strategist"));
    }

    #[test]
    fn every_archetype_can_be_begun_with() {
        for archetype in ARCHETYPES {
            let document = document_of(archetype).expect("its tag is known");
            let designs = document["designs"].as_object().expect("designs have names");
            assert_eq!(designs.len(), 1, "{archetype}");
            let text = serde_json::to_string_pretty(&document).expect("a document is JSON");
            let source = Source::new("new.json", text);
            let scenario = match read(&source, &Overlay::default()) {
                Ok(scenario) => scenario,
                Err(problems) => panic!("{}", render(&source, &problems, false)),
            };
            let told = render(&source, &scenario.warnings, false);
            assert!(scenario.warnings.is_empty(), "{archetype}: {told}");
            let model = &scenario.model;
            let roles = load(&model.world, &model.practice, &model.designs[0].organization).roles;
            for role in roles {
                let busy = role.utilization().expect("people are counted");
                assert!(0.05 < busy && busy < 0.8, "{archetype}: {} is busy {busy}", role.name);
            }
        }
        assert_eq!(document_of("matrix"), None);
    }
}
