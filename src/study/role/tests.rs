//! Role cards on a small model of two archetypes.

use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use super::{Deed, RoleCard, Tie, role_cards};
use crate::experiment::Options;
use crate::experiment::examples::{model_of_desks, run_with};
use crate::model::{LinkKind, MeasureId, Model, StreamKind};
use crate::scenario::{Overlay, Source, StatedValues, load};
use crate::study::{Build, Workbench};

/// The model with its first design alone.
fn centralized(heads: f64) -> Model {
    let mut model = model_of_desks(heads);
    model.designs.truncate(1);
    model
}

/// The cards of all roles; settings are answered by `build`.
fn cards(build: &Build<'_>) -> Vec<RoleCard> {
    cards_of(&centralized(6.0), build)
}

pub(super) fn cards_of(model: &Model, build: &Build<'_>) -> Vec<RoleCard> {
    let stop = AtomicBool::new(false);
    let options = Options::plain(2, &stop);
    let stated = StatedValues::of_json(&Value::Null);
    let bench = Workbench { stated: &stated, build, units: 2 };
    role_cards(model, None, None, &bench, &options)
}

pub(super) fn refused(_: &[(String, Value)]) -> Result<Model, String> {
    Err("nothing may be set here".into())
}

pub(super) fn card<'c>(cards: &'c [RoleCard], name: &str) -> &'c RoleCard {
    cards.iter().find(|card| card.role == name).unwrap()
}

#[test]
fn a_card_tells_the_numbers_of_the_run() {
    let cards = cards(&refused);
    let result = run_with(&centralized(6.0), 2);
    for (card, role) in cards.iter().zip(&result.designs[0].roles) {
        assert_eq!(card.role, role.name);
        assert_eq!(card.week.busy, role.number("utilization").interval, "{}", card.role);
        let shares: f64 = card.week.bins.iter().map(|spent| spent.share.mean).sum();
        assert!((shares - 1.0).abs() < 0.005, "{}: {shares}", card.role);
    }
}

#[test]
fn what_one_role_passes_the_other_gets() {
    let cards = cards(&refused);
    let weekly = |role: &str, inward: bool, kind: LinkKind| {
        let contacts = &card(&cards, role).contacts;
        let found =
            contacts.iter().filter(|line| line.inward == inward && line.kind == Tie::Link(kind));
        found.map(|line| line.per_week.unwrap().mean).sum::<f64>()
    };
    let approved = weekly("strategist", true, LinkKind::Approve);
    assert!(1.0 < approved, "{approved}");
    assert!((approved - weekly("desk", false, LinkKind::Approve)).abs() < 1e-9);
    let asked: f64 = cards
        .iter()
        .filter(|card| card.role != "desk")
        .map(|card| weekly(&card.role, true, LinkKind::Consult))
        .sum();
    assert!((asked - weekly("desk", false, LinkKind::Consult)).abs() < 1e-9, "{asked}");
    let came = card(&cards, "desk")
        .contacts
        .iter()
        .find(|line| matches!(line.kind, Tie::Link(LinkKind::Intake { .. })));
    // Four an hour, all week.
    let came = came.unwrap().per_week.unwrap();
    assert!((came.mean - 4.0 * 168.0).abs() < 4.0 * came.half_width.unwrap(), "{came:?}");
}

#[test]
fn a_role_is_filled_so_that_it_is_three_quarters_busy() {
    let cards = cards(&refused);
    let desk = card(&cards, "desk");
    let hours = desk.week.hours_of_a_head.unwrap();
    let heads = desk.need.heads.unwrap();
    let busy = (desk.need.inquiries + desk.need.mentions) / (heads * hours);
    assert!((busy - super::RIGHTLY_BUSY).abs() < 1e-9, "{busy}");
}

#[test]
fn a_day_without_the_only_approver_is_felt() {
    let away = |settings: &[(String, Value)]| {
        let [(path, value)] = settings else { return Err("one setting only".into()) };
        if path != "absences" {
            return Err("not that one".into());
        }
        let gone = &value[0];
        assert_eq!(
            (&gone["design"], &gone["replaced_after"]),
            (&json!("Centralized"), &json!("24h"))
        );
        let mut model = centralized(6.0);
        let organization = &mut model.designs[0].organization;
        let id = organization.find(gone["who"].as_str().unwrap()).unwrap();
        // Away for good, in place of the day that a scenario would take out.
        let role = organization.role_mut(id);
        let crate::model::People::Some(people) = &mut role.people else { panic!("people") };
        people.remove(0);
        Ok(model)
    };
    let cards = cards(&away);
    let strategist = card(&cards, "strategist");
    assert_eq!(strategist.risk.alone_approves_for, ["desk"]);
    assert!(strategist.is_one_person());
    let effect = &strategist.risk.away.as_ref().unwrap().effects[0];
    assert!(effect.gain.mean < 0.0, "{effect:?}");
}

#[test]
fn the_only_desk_that_answers_is_needed_by_all() {
    let cards = cards(&refused);
    assert!((card(&cards, "desk").risk.needed_by - 1.0).abs() < 1e-9);
    assert!(card(&cards, "strategist").risk.needed_by < 1e-9);
    assert!(cards.iter().all(|card| card.split.tried.is_empty() && card.risk.away.is_none()));
}

/// Replies are read in the customer's language, and questions put in the company's own.
#[test]
fn who_reads_must_speak_and_who_is_asked_need_not() {
    let mut model = centralized(6.0);
    let world = std::sync::Arc::make_mut(&mut model.world);
    world.languages = ["English", "German"].map(String::from).to_vec();
    for stream in &mut world.streams {
        stream.mix.languages = crate::model::Shares::new(&[0.6, 0.4]).unwrap();
    }
    let organization = &model.designs[0].organization;
    model.designs[0].organization = organization.relinked(|_, _, link| {
        let mut link = link.clone();
        if link.kind == LinkKind::Approve {
            link.filter.languages = vec![crate::model::LanguageId(0)];
        }
        Some(link)
    });
    model.objectives[0].languages = vec![crate::model::LanguageId(1)];
    let stop = AtomicBool::new(false);
    let options = Options::plain(2, &stop);
    let stated = StatedValues::of_json(&Value::Null);
    let bench = Workbench { stated: &stated, build: &refused, units: 2 };
    let cards = role_cards(&model, None, None, &bench, &options);
    let goal = model.objectives[0].id.clone();
    let english = ("English".to_owned(), Vec::new());
    let desk = card(&cards, "desk");
    assert_eq!(desk.must_speak, [english.clone(), ("German".into(), vec![goal.clone()])]);
    assert_eq!(desk.aims[0].languages, ["German"]);
    // it approves English drafts only, and so does no more for a goal about German than to be asked
    let strategist = card(&cards, "strategist");
    assert_eq!(strategist.must_speak, [english]);
    let about_german = strategist.aims.iter().filter(|aim| aim.objective == goal);
    let deeds: Vec<Deed> = about_german.flat_map(|aim| aim.deeds.clone()).collect();
    assert_eq!(deeds, [Deed::Advises]);
    let experts = cards.iter().filter(|card| card.role.ends_with("expert"));
    assert_eq!(experts.map(|expert| expert.must_speak.len()).collect::<Vec<_>>(), [0, 0]);
}

#[test]
fn parts_of_the_load_add_up_to_the_whole() {
    let model = centralized(6.0);
    let (world, practice) = (&model.world, &model.practice);
    let organization = &model.designs[0].organization;
    let whole = crate::model::load(world, practice, organization);
    let part = |questions: bool| {
        let counts = |_, topic: crate::model::TopicId, _| (topic.0 == 0) == questions;
        crate::model::load_of(world, practice, organization, &counts)
    };
    let (questions, complaints) = (part(true), part(false));
    for (role, whole) in whole.roles.iter().enumerate() {
        let of = |load: &crate::model::Load| load.roles[role].hours.reactive();
        assert!((of(&questions) + of(&complaints) - whole.hours.reactive()).abs() < 1e-9);
        assert!(of(&questions) < whole.hours.reactive(), "{} has work of both kinds", whole.name);
    }
}

#[test]
fn nobody_looks_for_mentions_where_there_are_none() {
    let listens = |model: &Model| {
        let cards = cards_of(model, &refused);
        cards
            .iter()
            .flat_map(|card| &card.contacts)
            .any(|line| line.kind == Tie::Link(LinkKind::Listen))
    };
    let with = centralized(6.0);
    assert!(listens(&with));
    let mut world = (*with.world).clone();
    world.streams.retain(|stream| stream.kind == StreamKind::Inquiries);
    assert!(!listens(&Model { world: world.into(), ..with }));
}

#[test]
fn a_vendor_is_not_measured_by_mentions_that_it_never_meets() {
    let source = Source::new(
        "vendor.json",
        r#"{ "orgsim": 1,
        "customers": { "messages": "60/day", "need_unit_knowledge": "0%", "mentions_worth_answering": "20/day" },
        "people": { "vendor": { "cost": "$20/hour" } },
        "designs": { "A": {
            "centralized": { "care agent": 3, "strategist": 1, "listens": false },
            "contract": { "vendor": 2, "takes": "what waits", "after": "2h", "terms": { "price_per_case": "$3" } } } },
        "experiment": { "run_for": "2 weeks", "warm_up": "1 week", "repeat": 2 } }"#,
    );
    let scenario = load(&source, &Overlay::default()).expect("it is sound");
    let stated = StatedValues::of(&source, &Overlay::default());
    let build = |_: &[(String, Value)]| Ok(scenario.model.clone());
    let stop = AtomicBool::new(false);
    let options = Options::plain(2, &stop);
    let bench = Workbench { stated: &stated, build: &build, units: 0 };
    let plan = scenario.plans[0].as_ref();
    let cards = role_cards(&scenario.model, plan, None, &bench, &options);
    let vendor = card(&cards, "vendor desk");
    assert!(vendor.fees.is_some_and(|fees| 0.0 < fees.mean), "{:?}", vendor.fees);
    let mut effects = vendor.risk.away.iter().flat_map(|away| &away.effects);
    assert!(effects.all(|effect| effect.quantity != MeasureId::MentionsReached.into()));
    let mentions = |tried: &super::Tried| tried.what.contains("mentions");
    assert!(!vendor.split.tried.iter().any(mentions), "{:?}", vendor.split.tried);
}
