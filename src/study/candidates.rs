//! The fixed list of single changes.

use super::longer_hours::longer_hours;
use super::setting::{Settings, Workbench};
use crate::model::{Calendar, Employer, People, Role};
use crate::scenario::{CountedHeads, DesignEntry, HeadsAt, PlanChange};
use crate::units::SimTime;

/// A change to be tried.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) what: String,
    pub(super) settings: Settings,
}

/// Most kinds of people of whom one more is tried.
const MOST_KINDS: usize = 4;

/// Every change on the list that the design's entry in the scenario allows: opening hours,
/// approvals, the hub's help, who owns what, one more head of each kind (at each desk, where the load decides how many
/// there are), and the proactive policy.
///
/// What an entry does not state stands at its default, which a change may still differ from; those
/// that do not fit the design are refused when the model is made, and passed over.
pub(super) fn candidates(design: &str, bench: &Workbench<'_>) -> Vec<Candidate> {
    let Some(entry) = bench.stated.design(design) else { return Vec::new() };
    let change = |change: PlanChange, what: &str| {
        let settings = Settings(vec![entry.change(change)?]);
        Some(Candidate { what: what.into(), settings })
    };
    let mut all = Vec::new();
    all.extend(change(PlanChange::NoApproval, "no routine approvals"));
    let around = "the same people spread around the clock, at the price of night work";
    let around = change(PlanChange::AlwaysOpen, around);
    all.extend(around.filter(|_| fills_the_clock(design, true, bench)));
    all.extend(longer_hours(&entry));
    let vendor = change(PlanChange::VendorAlwaysOpen, "the vendor round the clock");
    all.extend(vendor.filter(|_| fills_the_clock(design, false, bench)));
    for (of, what) in [
        (PlanChange::VendorAnswersEverything, "a vendor that may answer everything"),
        (PlanChange::HubHelpsAfter(30), "help from the hub after 30 minutes"),
        (PlanChange::UnitMattersToSpokes, "all of a unit's matters sent to its spoke"),
        (PlanChange::OneAccount, "one shared account instead of one per unit"),
    ] {
        all.extend(change(of, what));
    }
    if (bench.build)(&[]).is_ok_and(|model| model.world.has_mentions()) {
        let policies: &[(PlanChange, &str)] = match entry.listens() {
            true => &[
                (PlanChange::KeepFree(1), "one person kept free of mentions"),
                (PlanChange::Listens(false), "no mentions for those who answer"),
            ],
            false => &[(PlanChange::Listens(true), "mentions for those who answer, when idle")],
        };
        all.extend(policies.iter().filter_map(|&(of, what)| change(of, what)));
    }
    match entry.is_staffed_by_load() {
        true => all.extend(one_more_there(design, &entry, bench)),
        false => all.extend(one_more(&entry, bench)),
    }
    all
}

/// Whether the hours of the people at each desk that answers, of the company's own or of its vendors', are enough for one
/// of them to be there at any time of the week: 168 hours a week at least.
///
/// With fewer, hours that are added are hours in which nobody is there.
fn fills_the_clock(design: &str, own: bool, bench: &Workbench<'_>) -> bool {
    let Ok(model) = (bench.build)(&[]) else { return false };
    let Some(design) = model.designs.iter().find(|of| of.name == design) else { return false };
    let desks = design.organization.roles().map(|(_, role)| role);
    let mut desks =
        desks.filter(|role| role.answers() && (role.employer == Employer::Own) == own).peekable();
    desks.peek().is_some() && desks.all(|role| 1.0 - 1e-9 <= there(role))
}

/// How many of a role's people are there on average over a week.
fn there(role: &Role) -> f64 {
    let share = |calendar: &Calendar| calendar.open_share(SimTime::WEEK);
    match &role.people {
        People::Infinite => f64::INFINITY,
        People::Some(people) => people
            .iter()
            .map(|of| of.present * share(of.calendar.as_deref().unwrap_or(&role.calendar)))
            .sum(),
    }
}

/// One more head at each of the largest desks, where the load decides how many there are.
fn one_more_there(design: &str, entry: &DesignEntry, bench: &Workbench<'_>) -> Vec<Candidate> {
    let Ok(model) = (bench.build)(&[]) else { return Vec::new() };
    let Some(design) = model.designs.iter().find(|of| of.name == design) else { return Vec::new() };
    let mut roles: Vec<(&str, f64)> = design
        .organization
        .roles()
        .filter_map(|(_, role)| Some((role.name.as_str(), role.headcount()?)))
        .filter(|(_, heads)| 0.0 < *heads)
        .collect();
    roles.sort_by(|a, b| b.1.total_cmp(&a.1));
    roles.truncate(MOST_KINDS);
    let one = |(role, heads): (&str, f64)| {
        // to a hundredth, which a reader can type
        let people = (100.0 * (heads + 1.0)).round() / 100.0;
        let settings = unheld(Settings(vec![entry.people_at(&[(role, people)])]), bench);
        Candidate { what: format!("one more head at {role}"), settings }
    };
    roles.into_iter().map(one).collect()
}

/// The same settings, with costs let go where they are held equal.
pub(super) fn unheld(settings: Settings, bench: &Workbench<'_>) -> Settings {
    match bench.stated.costs_let_go() {
        Some((path, value)) => settings.and(path, value),
        None => settings,
    }
}

/// One more head of each kind the entry counts; among several units, one head more in all.
fn one_more(entry: &DesignEntry, bench: &Workbench<'_>) -> Vec<Candidate> {
    let one = |of: CountedHeads| {
        let more = if of.in_each_unit { 1.0 / bench.units.max(1) as f64 } else { 1.0 };
        // to a hundredth, which a reader can type; of many units to a thousandth, as their heads are stated
        let steps = if more < 0.1 { 1000.0 } else { 100.0 };
        let heads = (steps * (of.heads + more)).round() / steps;
        let where_to = match of.at {
            HeadsAt::Hub => " at the hub",
            HeadsAt::Spokes => " in the spokes",
            HeadsAt::Plan | HeadsAt::Units => "",
        };
        let settings = unheld(Settings::one(of.path, heads), bench);
        Candidate { what: format!("one more {}{where_to}", of.who), settings }
    };
    entry.heads().into_iter().take(MOST_KINDS).map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{Model, Stream, StreamKind};
    use crate::scenario::StatedValues;

    fn stated(designs: Value, experiment: Value) -> StatedValues {
        StatedValues::of_json(&json!({ "designs": designs, "experiment": experiment }))
    }

    fn list(entry: Value, held: bool) -> Vec<(String, String)> {
        let experiment = if held { json!({ "hold_equal": { "cost": "$1" } }) } else { json!({}) };
        let stated = stated(json!({ "Hub": entry }), experiment);
        let build = |_: &[(String, Value)]| -> Result<Model, String> { Err("never built".into()) };
        let bench = Workbench { stated: &stated, build: &build, units: 4 };
        let all = candidates("Hub", &bench);
        all.into_iter().map(|c| (c.what, c.settings.arguments())).collect()
    }

    #[test]
    fn the_list_follows_what_the_entry_states() {
        let hub = json!({ "hub_and_spoke": {
            "hub": { "care agent": 6 }, "each_spoke": { "care agent": 0.7 },
            "open": "always", "approval": "6% of replies", "hub_helps_after": "2h",
            "experts_of_each_unit": 0.2,
        }});
        let list = list(hub, true);
        let has =
            |what: &str| list.iter().find(|(name, _)| name == what).map(|(_, set)| set.as_str());
        assert_eq!(
            has("no routine approvals"),
            Some("--set \"designs.Hub.approval=0% of replies\"")
        );
        assert!(list.iter().all(|(name, _)| !name.contains("around the clock")), "{list:?}");
        assert_eq!(
            has("one more care agent in the spokes"),
            Some(
                "--set \"designs.Hub.each_spoke.care agent=0.95\" \
                 --set experiment.hold_equal.within=100%"
            )
        );
        assert_eq!(
            has("one more expert"),
            Some(
                "--set designs.Hub.experts_of_each_unit=0.45 --set experiment.hold_equal.within=100%"
            )
        );
        assert!(has("help from the hub after 30 minutes").is_some());
        assert_eq!(has("one shared account instead of one per unit"), None);
    }

    #[test]
    fn hours_grow_however_they_are_spelled() {
        let set = |open: Value, what: &str| {
            let list = list(json!({ "centralized": { "care agent": 3, "open": open } }), false);
            let of = list.iter().find(|(name, _)| name == what);
            of.map(|(_, set)| set.clone()).unwrap_or_default()
        };
        let longer = "the same people over two hours more a day";
        assert!(set(json!("weekdays 9-17"), longer).contains("open=weekdays 08:00-18:00"));
        assert!(set(json!("Mon-Sat 9-20"), longer).contains("open=Mon-Sat 08:00-21:00"));
        let zoned = json!({ "hours": "Mon-Fri 9-17", "zone": "Europe/Berlin" });
        assert!(set(zoned, longer).contains("open.hours=weekdays 08:00-18:00"));
        let weekend = "the same people at weekends as well";
        assert!(set(json!("Mon-Fri 9-17"), weekend).contains("open=daily 09:00-17:00"));
        let sunday = "the same people on Sundays as well";
        assert!(set(json!("Mon-Sat 9-20"), sunday).contains("open=daily 09:00-20:00"));
    }

    #[test]
    fn mentions_are_a_lever_only_where_there_are_any() {
        use crate::experiment::examples::model_of_desks;
        let stated = stated(json!({ "Desk": { "centralized": {} } }), json!({}));
        for mentions in [false, true] {
            let build = move |_: &[(String, Value)]| -> Result<Model, String> {
                let mut model = model_of_desks(6.0);
                let world = std::sync::Arc::make_mut(&mut model.world);
                world.streams.retain(|stream| stream.kind == StreamKind::Inquiries);
                if mentions {
                    let stream = world.streams[0].clone();
                    world.streams.push(Stream { kind: StreamKind::Mentions, ..stream });
                }
                Ok(model)
            };
            let bench = Workbench { stated: &stated, build: &build, units: 2 };
            let all = candidates("Desk", &bench);
            let told = all.iter().filter(|change| change.what.contains("mentions")).count();
            assert_eq!(told, if mentions { 2 } else { 0 });
        }
    }

    /// Whether spreading people around the clock is on the list of a design that so many people answer.
    fn offers_nights(heads: f64, body: Value) -> bool {
        use crate::experiment::examples::model_of_desks;
        let model = model_of_desks(heads);
        let name = model.designs[0].name.clone();
        let stated = stated(json!({ &name: { "centralized": body } }), json!({}));
        let build = |_: &[(String, Value)]| -> Result<Model, String> { Ok(model_of_desks(heads)) };
        let bench = Workbench { stated: &stated, build: &build, units: 2 };
        let all = candidates(&name, &bench);
        all.iter().any(|change| change.what.contains("at the price of night work"))
    }

    #[test]
    fn people_are_spread_around_the_clock_only_where_they_can_fill_it() {
        // each head is there for 28 of the 168 hours of a week
        let enough = 6.0;
        let open = json!({ "open": "daily 08:00-20:00" });
        assert!(1.0 < enough, "{enough}");
        assert!(offers_nights(enough, open.clone()));
        assert!(!offers_nights(enough - 1.0, open.clone()));
        assert!(!offers_nights(enough, json!({ "open": "always" })));
        let sites =
            json!({ "open": "daily 08:00-20:00", "sites": { "Porto": { "open": "always" } } });
        assert!(!offers_nights(enough, sites));
    }

    #[test]
    fn where_the_load_decides_one_more_head_is_tried_at_each_large_desk() {
        use crate::experiment::examples::model_of_desks;
        let design = json!({ "decentralized": { "staff": { "busy": "75%" } }, "edits": [1] });
        let stated = stated(json!({ "Decentralized": design }), json!({}));
        let build = |_: &[(String, Value)]| -> Result<Model, String> { Ok(model_of_desks(6.0)) };
        let bench = Workbench { stated: &stated, build: &build, units: 2 };
        let all = candidates("Decentralized", &bench).into_iter();
        let more = all.filter(|change| change.what.starts_with("one more"));
        let told: Vec<String> = more
            .map(|change| format!("{}: {}", change.what, change.settings.arguments()))
            .collect();
        expect_test::expect![[r#"
            one more head at phones desk: --set 'designs.Decentralized.edits=[1,{"change":{"role":"phones desk","people":4.0}}]'
            one more head at tablets desk: --set 'designs.Decentralized.edits=[1,{"change":{"role":"tablets desk","people":4.0}}]'
            one more head at phones expert: --set 'designs.Decentralized.edits=[1,{"change":{"role":"phones expert","people":2.0}}]'
            one more head at tablets expert: --set 'designs.Decentralized.edits=[1,{"change":{"role":"tablets expert","people":2.0}}]'"#]].assert_eq(&told.join("\n"));
    }

    #[test]
    fn one_head_more_among_three_units_is_typed_to_a_hundredth() {
        let design = json!({ "decentralized": { "each_unit": { "care agent": 0.55 } } });
        let stated = stated(json!({ "Lines": design }), json!({}));
        let build = |_: &[(String, Value)]| -> Result<Model, String> { Err("never built".into()) };
        let bench = Workbench { stated: &stated, build: &build, units: 3 };
        let all = candidates("Lines", &bench);
        let more = all.iter().find(|change| change.what == "one more care agent").unwrap();
        assert_eq!(more.settings.arguments(), "--set \"designs.Lines.each_unit.care agent=0.88\"");
    }

    #[test]
    fn an_unknown_design_has_nothing_to_change() {
        assert!(list(Value::Null, false).iter().all(|(what, _)| !what.starts_with("one more")));
    }
}
