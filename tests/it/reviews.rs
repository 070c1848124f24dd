//! Approvals by several, side by side and one after the other, against exact answers.

use orgsim::model::{Relief, RoleId, load, reliefs, staying};
use orgsim::sim::{Bin, Cause, Outcome};

use crate::causes::{INTAKE, STEADY, UNTIL_DONE, check, scenario};
use crate::support::{expect_near, numbers, replicate, simulate};

const HOUR: &str = r#""review": { "exponential": { "mean": "1h" } }"#;
const MANY: &str = r#""kind": "typical weeks", "warm_up": "500h", "run_for": "10,000h", "follow": "4 weeks", "repeat": 24, "seed": 1"#;

/// A desk of many people whose every reply two roles approve.
fn two(practice: &str, reviewer: &str, links: &str, desk: &str) -> orgsim::model::Model {
    scenario(
        r#""messages": "0.5/hour", "topics": { "all": { "work": { "constant": "0s" } } }"#,
        &format!("{HOUR}{practice}"),
        &format!(
            r#""desk": {{ "people": "infinite", "desk": {{ "approval": "100% of replies" {desk} }} }},
               "a": {{ {reviewer}, "desk": {{}} }}, "b": {{ {reviewer}, "desk": {{}} }}"#
        ),
        &format!("{INTAKE}, {links}"),
        MANY,
    )
}

const SIDE_BY_SIDE: &str = r#"{ "approve": { "from": "desk", "to": "a", "step": 1 } }, { "approve": { "from": "desk", "to": "b", "step": 1 } }"#;
const IN_A_ROW: &str = r#"{ "approve": { "from": "desk", "to": "b", "step": 2 } }, { "approve": { "from": "desk", "to": "a", "step": 1 } }"#;
const MANY_PEOPLE: &str = r#""people": 40"#;

/// The longer of two exponential hours takes an hour and a half on average; one after the other take two.
#[test]
fn two_reviewers_take_as_long_as_the_slower_and_in_a_row_as_both() {
    check(&two("", r#""people": "infinite""#, SIDE_BY_SIDE, ""), &[(Cause::Approval, 1.5)]);
    check(&two("", r#""people": "infinite""#, IN_A_ROW, ""), &[(Cause::Approval, 2.0)]);
}

/// A fork and join of two M/M/1 desks: (12 − ρ)/8 · 1/(μ − λ) (Flatto and Hahn 1984; Nelson and Tantawi 1988).
#[test]
fn two_busy_reviewers_are_a_fork_and_join() {
    let model = two("", r#""people": 1"#, SIDE_BY_SIDE, "");
    check(&model, &[(Cause::Approval, (12.0 - 0.5) / 8.0 / 0.5)]);
}

/// Two reviewers, each with an own number of hours a draft on average, and so many of each.
fn unequal(per_hour: f64, times: [f64; 2], count: u32) -> orgsim::model::Model {
    let reviewer = |times: f64| {
        format!(
            r#""people": [{{ "count": {count}, "times": {times} }}], "desk": {{ "answer": false }}"#
        )
    };
    scenario(
        &format!(
            r#""messages": "{per_hour}/hour", "topics": {{ "all": {{ "work": {{ "constant": "0s" }} }} }}"#
        ),
        HOUR,
        &format!(
            r#""desk": {{ "people": "infinite", "desk": {{ "approval": "100% of replies" }} }},
               "a": {{ {} }}, "b": {{ {} }}"#,
            reviewer(times[0]),
            reviewer(times[1])
        ),
        &format!("{INTAKE}, {SIDE_BY_SIDE}"),
        MANY,
    )
}

/// The longer of two exponential times, E max = 1/μ₁ + 1/μ₂ − 1/(μ₁ + μ₂), where nobody waits for a reviewer.
#[test]
fn the_slower_of_two_unlike_reviewers_is_the_longer_of_two_unlike_exponentials() {
    for [a, b] in [[1.0_f64, 2.0], [0.5, 3.0]] {
        let exact = a + b - 1.0 / (1.0 / a + 1.0 / b);
        check(&unequal(0.5, [a, b], 40), &[(Cause::Approval, exact)]);
    }
}

/// Mean hours until both of two M/M/1 desks of these rates are done with a case that comes to both.
///
/// Exact but for a cut at many cases: who comes finds (i, j) with the probabilities of the chain that both queues make
/// (Poisson arrivals see time averages), and then waits for the later of i + 1 and j + 1 services, by first steps.
fn fork_and_join(arrivals: f64, rates: [f64; 2]) -> f64 {
    const MOST: [usize; 2] = [60, 120];
    let [first, second] = rates;
    let at = |i: usize, j: usize| i * MOST[1] + j;
    let mut chance = vec![1.0 / (MOST[0] * MOST[1]) as f64; MOST[0] * MOST[1]];
    for _ in 0..4000 {
        let mut moved = 0.0;
        for i in 0..MOST[0] {
            for j in 0..MOST[1] {
                let full = i + 1 == MOST[0] || j + 1 == MOST[1];
                let leaves = if full { 0.0 } else { arrivals }
                    + if 0 < i { first } else { 0.0 }
                    + if 0 < j { second } else { 0.0 };
                let mut comes =
                    if 0 < i && 0 < j { arrivals * chance[at(i - 1, j - 1)] } else { 0.0 };
                if i + 1 < MOST[0] {
                    comes += first * chance[at(i + 1, j)];
                }
                if j + 1 < MOST[1] {
                    comes += second * chance[at(i, j + 1)];
                }
                let new = comes / leaves;
                moved += (new - chance[at(i, j)]).abs();
                chance[at(i, j)] = new;
            }
        }
        let all: f64 = chance.iter().sum();
        chance.iter_mut().for_each(|share| *share /= all);
        if moved < 1e-13 {
            break;
        }
    }
    let mut later = vec![0.0; (MOST[0] + 1) * (MOST[1] + 1)];
    let of = |i: usize, j: usize| i * (MOST[1] + 1) + j;
    for i in 0..=MOST[0] {
        for j in 0..=MOST[1] {
            later[of(i, j)] = match (i, j) {
                (0, j) => j as f64 / second,
                (i, 0) => i as f64 / first,
                (i, j) => {
                    (1.0 + first * later[of(i - 1, j)] + second * later[of(i, j - 1)])
                        / (first + second)
                }
            };
        }
    }
    let states = (0..MOST[0]).flat_map(|i| (0..MOST[1]).map(move |j| (i, j)));
    states.map(|(i, j)| chance[at(i, j)] * later[of(i + 1, j + 1)]).sum()
}

/// Branches of unlike rates that share their arrivals, against the chain that they make.
#[test]
fn two_busy_reviewers_of_unlike_rates_are_a_fork_and_join() {
    // of like rates it is the formula of Flatto and Hahn
    let alike = fork_and_join(0.5, [1.0, 1.0]);
    assert!((alike - (12.0 - 0.5) / 8.0 / 0.5).abs() < 1e-6, "{alike}");
    let exact = fork_and_join(0.25, [1.0, 0.5]);
    // above the slower alone, below both as if they were independent
    assert!(4.0 < exact && exact < 4.0 / 3.0 + 4.0 - 1.0, "{exact}");
    check(&unequal(0.25, [1.0, 2.0], 1), &[(Cause::Approval, exact)]);
}

fn hours_a_case(outcomes: &[Outcome], role: usize, bin: Bin) -> Vec<f64> {
    let of =
        |o: &Outcome| o.roles[role].bins[bin as usize] as f64 / 3.6e9 / (0.5 * o.counted.hours());
    outcomes.iter().map(of).collect()
}

/// Every draft is wrong and whoever reads it sees that. The first "no" comes after half an hour on average, when both
/// have worked as long; reworked, it takes the slower of the two again, and an hour of each.
#[test]
fn the_first_no_ends_a_step_and_what_was_done_counts() {
    let practice = r#", "error": "100%", "caught": "100%", "rework": "0%""#;
    let outcomes =
        check(&two(practice, MANY_PEOPLE, SIDE_BY_SIDE, ""), &[(Cause::Approval, 0.5 + 1.5)]);
    for role in [1, 2] {
        expect_near("reviewing", &hours_a_case(&outcomes, role, Bin::Approval), 0.5 + 1.0);
    }
    assert!(outcomes.iter().all(|o| o.scopes[0].wrong == 0));
}

/// Wrong drafts, of which each reviewer sees half. In a row with a first: she reads it again after her own "no" and after
/// his, unless only objectors are asked again.
#[test]
fn only_objectors_read_again_what_they_had_not_approved() {
    let practice = r#", "error": "100%", "caught": "50%", "rework": "0%""#;
    for (desk, first, second) in [("", 1.75, 1.25), (r#", "only_objectors": true"#, 1.5, 1.25)] {
        let model = two(practice, MANY_PEOPLE, IN_A_ROW, desk);
        let outcomes = check(&model, &[(Cause::Approval, first + second)]);
        expect_near("the first", &hours_a_case(&outcomes, 1, Bin::Approval), first);
        expect_near("the second", &hours_a_case(&outcomes, 2, Bin::Approval), second);
        let wrong: Vec<f64> = outcomes
            .iter()
            .map(|o| o.scopes[0].wrong as f64 / o.scopes[0].replies as f64)
            .collect();
        expect_near("wrong", &wrong, 0.25);
        let load = load(&model.world, &model.practice, &model.designs[0].organization);
        for (role, exact) in [(1, first), (2, second)] {
            let found = load.roles[role].hours.approval / 84.0;
            assert!((found - exact).abs() < 1e-9, "{found} {exact}");
        }
    }
}

/// Nobody reviews before eight; what is written at six is due after half an hour.
#[test]
fn a_late_review_goes_where_the_link_says() {
    let with = |overdue: &str| {
        let model = scenario(
            r#""topics": { "all": { "work": { "constant": "10m" } } }, "streams": { "one": { "every": "6h", "stop_after": 1 } }"#,
            r#""review": { "constant": "20m" }"#,
            r#""desk": { "people": 1, "desk": { "approval": "100% of replies" } },
               "lead": { "people": 1, "desk": {}, "open": "daily 08:00-20:00" }, "head": { "people": 1, "desk": {} }"#,
            &format!(
                r#"{INTAKE}, {{ "report": {{ "from": "lead", "to": "head" }} }},
                   {{ "approve": {{ "from": "desk", "to": "lead", "timeout": "30m", "overdue": "{overdue}" }} }}"#
            ),
            UNTIL_DONE,
        );
        let scope = simulate(&model, 0).scopes.remove(0);
        let idle = model.designs[0].organization.unreachable_roles();
        (scope.settled_micros / 60_000_000, scope.holding_replies, idle)
    };
    let nobody_above = vec![RoleId(2)];
    assert_eq!(with("go ahead"), (40, 0, nobody_above.clone()));
    assert_eq!(with("next level"), (60, 0, vec![]));
    assert_eq!(with("holding reply"), (140, 1, nobody_above));
}

/// A step of one is a reviewer like any other.
#[test]
fn one_reviewer_in_a_step_is_a_reviewer() {
    let with = |step: &str| {
        let link = format!(r#"{{ "approve": {{ "from": "desk", "to": "a" {step} }} }}"#);
        let mut outcome = simulate(&two("", r#""people": 1"#, &link, ""), 0);
        outcome.visits = Default::default();
        outcome.events = 0;
        numbers(&outcome)
    };
    assert_eq!(with(""), with(r#", "step": 1"#));
}

/// Ten minutes a draft, twenty drafts an hour, and a draft that has waited a quarter of an hour goes out: an M/M/1 queue with
/// constant patience (Baccelli and Hebuterne 1981), which has an end although there is work for twice the time.
#[test]
fn drafts_that_go_on_unreviewed_do_not_pile_up() {
    let with = |late: &str| {
        scenario(
            r#""messages": "20/hour", "topics": { "all": { "work": { "constant": "0s" } } }, "behavior": { "wish_to_continue": "0%" }"#,
            r#""review": { "exponential": { "mean": "10m" } }, "error": "0%""#,
            r#""desk": { "people": "infinite", "desk": { "approval": "100% of replies" } }, "lead": { "people": 1, "desk": { "answer": false } }"#,
            &format!(
                r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "lead", "timeout": "15m" {late} }} }}"#
            ),
            r#""kind": "typical weeks", "warm_up": "50h", "run_for": "1,000h", "repeat": 24, "seed": 1"#,
        )
    };
    let (arrive, done, patience) = (20.0f64, 6.0f64, 0.25f64);
    let gap = done - arrive;
    let waits = (1.0 - (-gap * patience).exp()) / gap;
    let idle = 1.0 / (1.0 + arrive * waits + arrive * (-gap * patience).exp() / done);
    let model = with("");
    let busy: Vec<f64> = replicate(&model)
        .iter()
        .map(|o| o.roles[1].bins[Bin::Approval as usize] as f64 / o.counted.micros() as f64)
        .collect();
    expect_near("busy", &busy, 1.0 - idle);
    let told = |model: &orgsim::model::Model| {
        let (world, organization) = (&model.world, &model.designs[0].organization);
        let (load, lead) = (load(world, &model.practice, organization), RoleId(1));
        let stays = staying(world, &model.practice, organization, &load, lead);
        (stays.expect("one person"), reliefs(world, &model.practice, organization, &load, lead))
    };
    assert_eq!(told(&model), (0.0, vec![Relief::Withdrawn]));
    let (stays, reliefs) = told(&with(r#", "overdue": "holding reply""#));
    assert!((stays - 20.0 / 6.0).abs() < 1e-9 && reliefs.is_empty(), "{stays} {reliefs:?}");
}

/// Half of the drafts wait as long as it takes, and are too many alone.
#[test]
fn drafts_that_wait_as_long_as_it_takes_pile_up_beside_those_that_go_on() {
    let with = |second: &str| {
        let model = scenario(
            r#""messages": "20/hour", "channels": { "a": { "share": "50%" }, "b": { "share": "50%" } },
               "topics": { "all": { "work": { "constant": "0s" } } }, "behavior": { "wish_to_continue": "0%" }"#,
            r#""review": { "exponential": { "mean": "10m" } }"#,
            r#""one": { "people": "infinite", "desk": { "approval": "100% of replies" } },
               "other": { "people": "infinite", "desk": { "approval": "100% of replies" } },
               "lead": { "people": 1, "desk": { "answer": false } }"#,
            &format!(
                r#"{{ "intake": {{ "from": "a", "to": "one" }} }}, {{ "intake": {{ "from": "b", "to": "other" }} }},
                   {{ "approve": {{ "from": "one", "to": "lead", "timeout": "15m" }} }},
                   {{ "approve": {{ "from": "other", "to": "lead" {second} }} }}"#
            ),
            STEADY,
        );
        let (world, organization) = (&model.world, &model.designs[0].organization);
        let (load, lead) = (load(world, &model.practice, organization), RoleId(2));
        let stays = staying(world, &model.practice, organization, &load, lead);
        (stays.expect("one person"), reliefs(world, &model.practice, organization, &load, lead))
    };
    let (stays, reliefs) = with("");
    assert!((stays - 10.0 / 6.0).abs() < 1e-9 && reliefs.is_empty(), "{stays} {reliefs:?}");
    let (stays, reliefs) = with(r#", "timeout": "1h""#);
    assert!(stays.abs() < 1e-9 && reliefs == [Relief::Withdrawn], "{stays} {reliefs:?}");
}

/// Three ways in which work may go on without whoever is asked for it.
#[test]
fn questions_panels_and_exceptions_may_go_on_without_an_answer() {
    let relieved = |practice: &str, desk: &str, links: &str| {
        let model = scenario(
            r#""messages": "20/hour", "topics": { "all": { "work": { "constant": "0s" }, "exceptions": "100%" } }, "behavior": { "wish_to_continue": "0%" }"#,
            &format!(r#""review": "10m", "decide": "10m", "consult": "10m" {practice}"#),
            &format!(
                r#""desk": {{ "people": "infinite", "desk": {{ {desk} }}, "knows": {{ "generic": 0 }} }},
                   "lead": {{ "people": 1, "desk": {{ "answer": false }} }}, "beside": {{ "people": 1, "desk": {{ "answer": false }} }}"#
            ),
            &format!("{INTAKE}, {links}"),
            STEADY,
        );
        let (world, organization) = (&model.world, &model.designs[0].organization);
        let load = load(world, &model.practice, organization);
        reliefs(world, &model.practice, organization, &load, RoleId(1))
    };
    let review = r#""approval": "100% of replies""#;
    let two = |steps: [u8; 2]| {
        let [a, b] = steps;
        format!(
            r#"{{ "approve": {{ "from": "desk", "to": "lead", "step": {a} }} }}, {{ "approve": {{ "from": "desk", "to": "beside", "step": {b} }} }}"#
        )
    };
    assert_eq!(relieved("", review, &two([1, 1])), [Relief::Withdrawn]);
    assert_eq!(relieved("", review, &two([1, 2])), []);
    let asked = |late: &str| {
        let link = format!(r#"{{ "consult": {{ "from": "desk", "to": "lead" {late} }} }}"#);
        relieved("", r#""ladder": ["consult"]"#, &link)
    };
    assert_eq!(asked(r#", "timeout": "30m""#), [Relief::Withdrawn]);
    assert_eq!(asked(""), []);
    let decided = |late: &str| {
        let link = format!(r#"{{ "report": {{ "from": "desk", "to": "lead" {late} }} }}"#);
        relieved("", r#""centralization": "100%""#, &link)
    };
    assert_eq!(decided(r#", "timeout": "30m""#), [Relief::Withdrawn]);
    assert_eq!(decided(""), []);
}
