//! One person's days: all of them together are what the run has booked.

use orgsim::model::{Design, Model};
use orgsim::scenario::{Overlay, Source, load};
use orgsim::sim::{BINS, Diarist, Diary, Stretch, Task, Unobserved, Watch, run};
use orgsim::units::SimTime;

use crate::support::model;

/// Minutes by what they went to, within the time that counts.
struct Booked {
    counts: (SimTime, SimTime),
    bins: [f64; BINS],
    overtime: f64,
    last: SimTime,
}

impl Diarist for Booked {
    fn was_at(&mut self, Stretch { span, occupation, overtime }: Stretch) {
        assert_eq!(self.last, span.0, "stretches leave no gap");
        assert!(span.0 < span.1);
        self.last = span.1;
        let counted = span.1.min(self.counts.1).since(span.0.max(self.counts.0)).minutes();
        let bins = occupation.bins();
        for bin in &bins {
            self.bins[*bin as usize] += counted / bins.len() as f64;
        }
        if overtime && !bins.is_empty() {
            self.overtime += counted;
        }
    }
}

/// The minutes of all people of a role, each looked at in a run of its own.
fn told(model: &Model, design: &Design, role: u32, people: usize) -> ([f64; BINS], f64) {
    let watch = Watch::default();
    let mut sum = ([0.0; BINS], 0.0);
    for person in 0..people as u32 {
        let nothing = Booked {
            counts: (model.study.warm_up, model.study.horizon()),
            bins: [0.0; BINS],
            overtime: 0.0,
            last: SimTime::ZERO,
        };
        let mut diary = Diary::of(role, person, nothing);
        let outcome = run(&Task::of(model, design, &watch, 0), &mut diary);
        diary.close(outcome.until);
        let Booked { bins, overtime, .. } = diary.diarist;
        sum.0.iter_mut().zip(bins).for_each(|(sum, bin)| *sum += bin);
        sum.1 += overtime;
    }
    sum
}

/// Every role's diaries beside its tally.
fn expect_diaries_to_add_up(model: &Model) {
    let watch = Watch::default();
    for design in &model.designs {
        let outcome = run(&Task::of(model, design, &watch, 0), &mut Unobserved);
        for (id, role) in design.organization.roles() {
            let Some(people) = role.persons() else { continue };
            let (bins, overtime) = told(model, design, id.0, people);
            let booked = &outcome.roles[id.index()];
            let near = |told: f64, micros: u128| (told - micros as f64 / 6e7).abs() < 0.001;
            let all: Vec<(f64, u128)> = bins.into_iter().zip(booked.bins).collect();
            let name = (&design.name, &role.name);
            assert!(all.iter().all(|&(told, micros)| near(told, micros)), "{name:?}: {all:?}");
            assert!(near(overtime, booked.overtime), "{name:?}: {overtime} {}", booked.overtime);
        }
    }
}

#[test]
fn the_days_of_everybody_add_up_to_what_the_quickstart_books() {
    let source = Source::read("scenarios/quickstart.json".as_ref(), 1_000_000).expect("it ships");
    let short = Overlay::default()
        .set("experiment.run_for=1 week")
        .and_then(|overlay| overlay.set("experiment.warm_up=2 days"))
        .expect("assignments");
    let model = load(&source, &short).expect("it is a scenario").model;
    expect_diaries_to_add_up(&model);
}

#[test]
fn so_do_those_of_people_with_slots_overtime_absences_duties_and_endless_tasks() {
    let text = r#"{ "orgsim": 1,
        "customers": {
            "channels": { "x": { "share": "40%" }, "y": { "share": "60%" } },
            "streams": { "inquiries": { "messages": "6/hour" }, "mentions": { "mentions": "2/hour" } },
            "topics": { "all": { "share": "100%", "work": { "exponential": { "mean": "12m" } } } } },
        "designs": { "D": { "graph": {
            "roles": {
                "chat": { "people": 3, "desk": {}, "slots": 3, "open": "daily 08:00-20:00", "shift_end": "finish",
                          "turnover": "300%/year", "absence": { "share": "10%", "lasts": { "exponential": { "mean": "1 day" } } } },
                "front": { "people": 2, "desk": {}, "knows": { "generic": "60%" }, "open": "daily 07:00-21:00", "shift_end": "finish" },
                "back": { "people": 2, "desk": {}, "meetings": "4h/week",
                          "proactive": { "endless": { "task": { "exponential": { "mean": "20m" } } } } } },
            "links": [ { "intake": { "from": "x", "to": "chat" } }, { "intake": { "to": "front" } },
                       { "route": { "from": "front", "to": "back", "when": "unknown", "warm": true, "give_up": "30m" } },
                       { "listen": { "to": "front" } } ] } } },
        "experiment": { "run_for": "3 weeks", "warm_up": "1 week", "repeat": 1, "seed": 5 } }"#;
    expect_diaries_to_add_up(&model(text));
}
