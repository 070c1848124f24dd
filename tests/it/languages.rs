//! Languages: who speaks what the customer writes, against the queues that this makes.

use expect_test::expect;
use orgsim::model::{From, LanguageId, LinkKind, Model, People, RoleId, load, structure};
use orgsim::sim::{Bin, Cause, Happening, Outcome, Scope, Unobserved};
use orgsim::stats::queueing::ManyServers;
use serde_json::{Value, json};

use crate::causes::{INTAKE, STEADY, check, scenario};
use crate::place::Place;
use crate::support::{
    everything, expect_near, expect_precise, history, model, numbers, replicate, simulate, watched,
};

/// Five messages an hour, two of them in German; an hour of work each.
const BOTH: &str = r#""messages": "5/hour", "languages": { "English": "60%", "German": "40%" }"#;
const HOUR: &str = r#""service": { "exponential": { "mean": "1h" } }"#;

fn plain(roles: &str, links: &str) -> Model {
    scenario(BOTH, "", roles, links, STEADY)
}

/// Mean hours of wait at a role, in each replication.
fn wait(outcomes: &[Outcome], role: usize) -> Vec<f64> {
    let of = |outcome: &Outcome| {
        let wait = &outcome.roles[role].wait;
        wait.sum_minutes() / 60.0 / wait.n() as f64
    };
    outcomes.iter().map(of).collect()
}

fn erlang(rate: f64, servers: u32) -> f64 {
    ManyServers::new(rate, 1.0, servers).expect("it is not too much").wait_mean()
}

/// Thinned Poisson streams: a desk for each language is a queue of its own, whether it is a desk or a part of one.
#[test]
fn two_languages_with_people_of_their_own_are_two_queues() {
    let apart = plain(
        &format!(
            r#""english": {{ "people": 4, "speaks": ["English"], {HOUR} }},
               "german": {{ "people": 3, "speaks": ["German"], {HOUR} }}"#
        ),
        r#"{ "intake": { "to": "english", "languages": ["English"] } },
           { "intake": { "to": "german", "languages": ["German"] } }"#,
    );
    let outcomes = replicate(&apart);
    for (role, rate, servers) in [(0, 3.0, 4), (1, 2.0, 3)] {
        let waits = wait(&outcomes, role);
        expect_near(&format!("wait with {servers} servers"), &waits, erlang(rate, servers));
        expect_precise("wait", &waits, 0.02);
    }
    let together = plain(
        &format!(
            r#""desk": {{ "people": [{{ "count": 4, "speaks": ["English"] }}, {{ "count": 3, "speaks": ["German"] }}], {HOUR} }}"#
        ),
        INTAKE,
    );
    let one = simulate(&together, 0);
    let sums = |outcome: &Outcome| -> (u64, u128, u128) {
        let roles = outcome.roles.iter();
        roles.fold((0, 0, 0), |(n, wait, inside), role| {
            let more = (role.wait.sum_micros(), role.inside.sum_micros());
            (n + role.wait.n(), wait + more.0, inside + more.1)
        })
    };
    assert_eq!(sums(&one), sums(&outcomes[0]), "the same customers meet the same queues");
    let load = load(&apart.world, &apart.practice, &apart.designs[0].organization);
    let busy: Vec<f64> = load.roles.iter().map(|role| role.erlangs()).collect();
    assert!((busy[0] - 3.0).abs() < 1e-9 && (busy[1] - 2.0).abs() < 1e-9, "{busy:?}");
}

/// Where everybody speaks all, languages are in nobody's way: one queue, and the same bytes as without them.
#[test]
fn people_who_speak_both_are_one_queue() {
    let pool = plain(&format!(r#""desk": {{ "people": 7, {HOUR} }}"#), INTAKE);
    let waits = wait(&replicate(&pool), 0);
    expect_near("wait", &waits, erlang(5.0, 7));
    expect_precise("wait", &waits, 0.03);
    let without = scenario(
        r#""messages": "5/hour""#,
        "",
        &format!(r#""desk": {{ "people": 7, {HOUR} }}"#),
        INTAKE,
        STEADY,
    );
    assert_eq!(numbers(&simulate(&pool, 0)), numbers(&simulate(&without, 0)));
    let named = plain(
        &format!(r#""desk": {{ "people": 7, "speaks": ["German", "English"], {HOUR} }}"#),
        INTAKE,
    );
    assert_eq!(numbers(&simulate(&pool, 0)), numbers(&simulate(&named, 0)));
}

/// Half of the day nobody speaks German: a quarter of a day's half on average, and English has no wait at all.
#[test]
fn a_language_waits_for_the_hours_in_which_somebody_speaks_it() {
    let model = scenario(
        r#""messages": "2/hour", "languages": { "English": "60%", "German": "40%" },
           "topics": { "all": { "work": { "constant": "0s" } } }"#,
        "",
        r#""desk": { "desk": {}, "people": [
            { "speaks": ["English"] }, { "open": "daily 08:00-20:00", "speaks": ["German"] } ] }"#,
        INTAKE,
        r#""kind": "typical weeks", "warm_up": "480h", "run_for": "19,992h", "follow": "4 weeks", "repeat": 24, "seed": 1"#,
    );
    let mut watch = everything();
    let of = |language| Scope { languages: vec![LanguageId(language)], ..Scope::default() };
    watch.scopes.extend([of(0), of(1)]);
    let outcomes: Vec<Outcome> = (0..model.study.replications)
        .map(|replication| watched(&model, replication, &watch, &mut Unobserved))
        .collect();
    let hours = |scope: usize| -> Vec<f64> {
        let of = |outcome: &Outcome| {
            let scope = &outcome.scopes[scope];
            scope.first_response_micros as f64 / 3.6e9 / scope.answered as f64
        };
        outcomes.iter().map(of).collect()
    };
    assert!(hours(1).iter().all(|&hours| hours <= 0.0));
    expect_near("first response in German", &hours(2), 0.5 * 6.0);
    expect_precise("first response in German", &hours(2), 0.02);
    let share: Vec<f64> = outcomes
        .iter()
        .map(|outcome| outcome.scopes[2].needing as f64 / outcome.scopes[0].needing as f64)
        .collect();
    expect_near("share in German", &share, 0.4);
    let organization = &model.designs[0].organization;
    let shape = structure(&model.world, &model.practice, organization);
    let told: Vec<(u32, bool, f64)> = shape
        .uncovered_languages
        .iter()
        .map(|gap| (gap.language.0, gap.channel.is_some(), gap.hours))
        .collect();
    assert_eq!(told, [(0, false, 0.0), (1, false, 84.0), (0, true, 0.0), (1, true, 84.0)]);
    assert!(shape.uncovered_hours <= 0.0);
    let lone: Vec<u32> = shape.lone_speakers.iter().map(|lone| lone.language.0).collect();
    assert_eq!(lone, [0, 1]);
}

/// Questions are put in the company's own words; drafts are read in the customer's. So an expert need not speak German,
/// and a reviewer must: what nobody may read there goes out as it is.
#[test]
fn who_is_asked_need_not_speak_the_language_and_who_approves_must() {
    let behind = |link: &str, expert: &str| {
        scenario(
            r#""messages": "1/hour", "languages": { "English": "60%", "German": "40%" },
               "topics": { "all": { "work": { "constant": "0s" } } }"#,
            r#""consult": { "exponential": { "mean": "20m" } }, "review": { "exponential": { "mean": "1h" } }"#,
            &format!(
                r#""desk": {{ "people": "infinite", "desk": {{ "ladder": ["consult"], "approval": "100% of replies" }}, "knows": {{ "generic": "0%" }} }},
                   "other": {{ "people": 1, {expert} "desk": {{ "answer": false }} }}"#
            ),
            &format!(r#"{INTAKE}, {{ "{link}": {{ "from": "desk", "to": "other" }} }}"#),
            STEADY,
        )
    };
    let (all, english) = (behind("consult", ""), behind("consult", r#""speaks": ["English"],"#));
    assert_eq!(numbers(&simulate(&all, 0)), numbers(&simulate(&english, 0)));
    let organization = &english.designs[0].organization;
    let expert = organization.role(RoleId(1));
    assert!(!expert.understands(LanguageId(1)));
    let to_english = scenario(
        r#""messages": "1/hour", "languages": { "English": "60%", "German": "40%" },
           "topics": { "all": { "work": { "constant": "0s" } } }"#,
        r#""review": { "exponential": { "mean": "1h" } }"#,
        r#""desk": { "people": "infinite", "desk": { "approval": "100% of replies" } },
           "lead": { "people": 1, "speaks": ["English"], "desk": { "answer": false } }"#,
        &format!(
            r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "lead", "languages": ["English"] }} }}"#
        ),
        STEADY,
    );
    // an M/M/1 queue of reviews in English, and no wait in German
    check(&to_english, &[(Cause::Approval, 0.6 / (1.0 - 0.6))]);
}

/// Ten people, of whom two read what the others do not: the role is half busy, and its German and French pile up by
/// what is beyond those two, though each language alone leaves them time.
#[test]
fn the_work_of_those_who_alone_read_a_language_is_foretold() {
    let desk = |french: &str| {
        scenario(
            &format!(
                r#""topics": {{ "all": {{ "work": {{ "exponential": {{ "mean": "1h" }} }} }} }},
                   "languages": {{ "English": "50%", "German": "25%", "French": "25%" }}, "messages": "0/hour",
                   "streams": {{ "home": {{ "messages": "3/hour", "languages": "English" }},
                                 "east": {{ "messages": "1.3/hour", "languages": "German" }},
                                 "west": {{ "messages": "{french}/hour", "languages": "French" }} }}"#
            ),
            "",
            r#""desk": { "desk": {}, "people": [{ "count": 8, "speaks": ["English"] }, { "speaks": ["German"] }, { "speaks": ["German", "French"] }] }"#,
            INTAKE,
            r#""kind": "typical weeks", "warm_up": "500h", "run_for": "20,000h", "follow": "0s", "repeat": 8, "seed": 1"#,
        )
    };
    let foretold = |model: &Model| {
        let organization = &model.designs[0].organization;
        let load = load(&model.world, &model.practice, organization);
        let group = orgsim::model::readers(&model.world, &model.practice, organization);
        (load.roles[0].utilization().unwrap(), group[0].clone().expect("they differ"))
    };
    let (over, under) = (desk("0.9"), desk("0.3"));
    let (whole, group) = foretold(&over);
    assert!((whole - 0.52).abs() < 1e-9, "{whole}");
    assert_eq!((group.languages, group.persons), (vec![LanguageId(1), LanguageId(2)], 2));
    assert!((group.utilization - 1.1).abs() < 1e-9, "{}", group.utilization);
    let (_, group) = foretold(&under);
    assert!((group.utilization - 0.8).abs() < 1e-9, "{}", group.utilization);
    // both are never idle once they are behind, so 0.2 an hour more come than are done
    let left = |model: &Model| -> Vec<f64> {
        let of = |outcome: &Outcome| outcome.scopes[0].open as f64 / 20_000.0;
        replicate(model).iter().map(of).collect()
    };
    expect_near("growth an hour", &left(&over), 0.2);
    assert!(left(&under).iter().all(|&open| open < 0.005), "{:?}", left(&under));
}

/// An English desk whose German cases a German desk takes over once they have waited.
#[test]
fn another_desk_helps_out_in_its_language_only() {
    let model = scenario(
        r#""messages": "1/hour", "languages": { "English": "60%", "German": "40%" },
           "topics": { "all": { "work": { "constant": "0s" } } }"#,
        "",
        r#""desk": { "people": 1, "speaks": ["English"], "desk": {} },
           "abroad": { "people": 1, "speaks": ["German"], "desk": {} }"#,
        &format!(
            r#"{INTAKE}, {{ "overflow": {{ "from": "desk", "to": "abroad", "languages": ["German"], "after": "3h" }} }}"#
        ),
        STEADY,
    );
    check(&model, &[(Cause::Line, 0.4 * 3.0)]);
}

/// Ten people, of whom two read what the others do not, one of them by day and one of them not about bills.
#[test]
fn check_tells_who_alone_reads_a_language_and_topics_for_which_nobody_is_there() {
    let place = Place::new();
    place.write(
        "readers.json",
        r#"{ "orgsim": 1,
  "customers": {
    "messages": "5/hour", "languages": { "English": "60%", "German": "24%", "French": "16%" },
    "channels": { "x": { "share": "80%" }, "mail": { "share": "20%", "private": true } },
    "topics": { "question": { "share": "75%", "work": "1h" }, "bill": { "share": "25%", "work": "1h" } } },
  "designs": { "Ten": { "graph": {
    "roles": { "desk": { "desk": {}, "people": [
      { "count": 8, "speaks": ["English"] },
      { "open": "daily 08:00-20:00", "speaks": ["German"] },
      { "speaks": ["German", "French"], "skills": ["question"] } ] } },
    "links": [{ "intake": { "to": "desk" } }] } } },
  "experiment": { "run_for": "4 weeks", "repeat": 2, "seed": 1 } }"#,
    );
    let ran = place.run(&["check", "readers.json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let (_, design) = ran.out.split_once("\nDESIGN  ").expect("there is one");
    let (design, _) = design.split_once("\n\n").expect("more follows");
    expect![[r#"
        Ten: 10 people
          role                      heads  present  arrivals/h  minutes each  erlangs   busy
          desk                         10     9.50        6.36          39.6     4.20    44%
          desk: 2 of its 10 people alone read German, French, busy for 112% at least: more than can be done
          100% of first replies by somebody who knows, 1.00 desks away on average
          100% of inquiries need desk
          one person alone answers in French, at desk
          nobody there for bill on x, written in French in 168 of 168 hours a week
          nobody there for bill on mail, written in French in 168 of 168 hours a week
          nobody there for bill on x, written in German in 84.0 of 168 hours a week
          and 1 more topic without anybody at times"#]].assert_eq(design);
    let ran = place.run(&["check", "readers.json", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let design = &told["designs"][0];
    let readers = &design["roles"][0]["busiest_readers"];
    assert_eq!(
        (&readers["languages"], &readers["persons"]),
        (&json!(["German", "French"]), &json!(2))
    );
    let least = readers["utilization_at_least"].as_f64().expect("it is told");
    assert!((least - 1.1196694214876033).abs() < 1e-9, "{least}");
    let gap = |channel: &str, language: &str, hours: f64| json!({ "topic": "bill", "channel": channel, "language": language, "hours_per_week": hours });
    assert_eq!(
        design["structure"]["uncovered_by_topic"],
        json!([
            gap("x", "French", 168.0),
            gap("mail", "French", 168.0),
            gap("x", "German", 84.0),
            gap("mail", "German", 84.0)
        ])
    );
}

/// A firm of three units, in which some people speak one language each.
fn firm(people: &Value, design: &Value) -> Model {
    let document = json!({
        "orgsim": 1,
        "customers": {
            "messages": "200/day", "mentions_worth_answering": "20/day",
            "languages": { "English": "50%", "German": "30%", "French": "20%" },
            "business_units": ["a", "b", "c"], "need_unit_knowledge": "35%",
            "channels": { "x": { "share": "60%" }, "mail": { "share": "40%", "private": true } },
            "topics": {
                "question": { "share": "60%", "need_reply": "80%", "work": "6m" },
                "legal": { "share": "10%", "approval": "always" },
                "chatter": { "share": "30%", "need_reply": "5%", "work": "1m" }
            }
        },
        "people": people,
        "designs": { "Only": design },
        "experiment": { "warm_up": "1 week", "run_for": "3 weeks", "follow": "3 weeks", "repeat": 2, "seed": 3 }
    });
    model(&document.to_string())
}

/// Nobody reads, answers or approves what they do not speak, and what came in is answered in the end.
#[track_caller]
fn only_in_their_own_words(model: &Model) {
    let organization = &model.designs[0].organization;
    let history = history(model, 0);
    let mut languages = std::collections::BTreeMap::new();
    let (mut worked, mut abroad) = (0, 0);
    for (_, number, happening) in &history.told {
        match happening {
            Happening::Arrived { language, .. } => {
                languages.insert(*number, LanguageId(language.expect("they are told apart")));
            }
            Happening::Started { role, person, work } => {
                let language = languages[number];
                let People::Some(people) = &organization.role(RoleId(*role)).people else {
                    panic!("everybody is counted")
                };
                let person = &people[person.expect("they are counted") as usize - 1];
                let asked = *work == Bin::ConsultGiven;
                assert!(asked || person.understands(language), "{work:?} at {role} by {person:?}");
                worked += 1;
                abroad += u32::from(language.0 != 0);
            }
            _ => {}
        }
    }
    assert!(1000 < worked && 200 < abroad, "{worked} pieces of work, {abroad} not in English");
    let outcome = simulate(model, 0);
    let scope = &outcome.scopes[0];
    let lost = scope.needing - scope.answered - scope.gave_up - scope.open;
    assert!(lost * 20 < scope.needing, "{lost} of {} were refused", scope.needing);
    assert!(scope.open * 100 < scope.needing, "{} of {} are open", scope.open, scope.needing);
}

#[test]
fn an_archetype_leads_every_message_to_somebody_who_speaks_its_language() {
    let people = json!({
        "care agent": { "cost": "$66,800/year", "hours": "28h/week", "speaks": ["English"] },
        "abroad": { "cost": "$66,800/year", "hours": "28h/week", "post": "front", "speaks": ["German", "French"] },
        "strategist": { "cost": "$141,000/year", "hours": "28h/week" },
        "line expert": { "cost": "$141,000/year", "hours": "28h/week", "for_social": "30%", "speaks": ["English"] },
        "vendor": { "cost": "$30/hour", "speaks": ["English"] }
    });
    let hub = json!({ "hub_and_spoke": {
        "hub": { "care agent": 6, "strategist": 1 }, "each_spoke": { "abroad": 3 } } });
    only_in_their_own_words(&firm(&people, &hub));
    let sites = json!({ "centralized": { "care agent": 12, "strategist": 1, "sites": {
        "London": { "open": "daily 08:00-20:00" },
        "Basel": { "open": "daily 07:00-19:00", "share": "50%", "speaks": ["German", "French"] }
    } } });
    let sites = {
        let mut sites = sites;
        sites["centralized"]["sites"]["London"]["share"] = json!("50%");
        sites
    };
    only_in_their_own_words(&firm(&people, &sites));
    let front = json!({
        "hub_and_spoke": { "hub": { "abroad": 6, "strategist": 1 }, "each_spoke": { "abroad": 2 } },
        "contract": { "takes": "everything", "vendor": 6 }
    });
    let vendor = firm(&people, &front);
    only_in_their_own_words(&vendor);
    let organization = &vendor.designs[0].organization;
    let desk = organization.find("vendor desk").expect("it is under contract");
    let intakes: Vec<&Vec<LanguageId>> = organization
        .links()
        .filter(|(from, to, link)| {
            let taken = matches!(link.kind, LinkKind::Intake { .. });
            *to == desk && taken && matches!(from, From::Channel(_))
        })
        .map(|(_, _, link)| &link.filter.languages)
        .collect();
    assert_eq!(intakes, [&vec![LanguageId(0)], &vec![LanguageId(0)]]);
}

/// What customers bring does not depend on languages, nor on who speaks them.
#[test]
fn customers_keep_all_else_when_languages_are_told_apart() {
    let people = json!({ "care agent": { "cost": "$66,800/year", "hours": "28h/week" } });
    let design = json!({ "centralized": { "care agent": 10, "strategist": 1, "approval": "0% of replies" } });
    let with = firm(&people, &design);
    let without = crate::support::with_world(&with, |world| {
        world.languages.clear();
        for stream in &mut world.streams {
            stream.mix.languages = orgsim::model::Shares::none();
        }
    });
    assert_eq!(numbers(&simulate(&with, 0)), numbers(&simulate(&without, 0)));
}
