//! `orgsim new`: a scenario from ten answers, each of which may be "don't know".

use serde_json::{Map, Value, json};

use super::guessed::BEGINS;
use super::new_posts::{DESIGNS, Posts, Staffed};
use super::{Overlay, Source, load};
use crate::units::{PAID_WEEKS_A_YEAR, counted, grouped};

/// The first-meeting sheet. `None` stands for "don't know": the documented default, marked as a guess.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Messages a day.
    pub messages_per_day: Option<f64>,
    /// Share of messages that need a reply, in percent.
    pub need_reply_percent: Option<f64>,
    /// Channels and rough shares, in percent.
    pub channels: Option<Vec<(String, f64)>>,
    /// Names of the business units whose matters these are.
    pub business_units: Option<Vec<String>>,
    /// Of ten inquiries, how many the front line can answer alone.
    pub front_line_answers_of_ten: Option<f64>,
    /// People who answer today, and what one costs a year.
    pub people: Option<(f64, f64)>,
    /// Opening hours.
    pub open: Option<String>,
    /// Share of replies somebody must approve, in percent, and how many minutes one review takes, if that is known.
    pub approval: Option<(f64, Option<f64>)>,
    /// What was promised, as a goal, and to whom.
    pub promise: Option<(String, String)>,
    /// Price of a vendor's hour; 0 where there is none.
    pub vendor_per_hour: Option<f64>,
    /// Sign or code of all money, if one was written: `$` otherwise.
    pub currency: Option<String>,
    /// What was understood otherwise than it was typed, in the order of the answers, to be told.
    pub understood: Vec<String>,
}

/// A question of the sheet: the key of its answer, what is asked, and an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The field of [`Answers`].
    pub key: &'static str,
    /// What is asked.
    pub asked: &'static str,
    /// An answer to go by.
    pub example: &'static str,
}

/// The ten questions, in the order in which they are asked.
pub const QUESTIONS: &[Question] = &[
    Question { key: "messages_per_day", asked: "How many messages a day?", example: "300" },
    Question {
        key: "need_reply_percent",
        asked: "Of 100 messages, how many need a reply?",
        example: "43",
    },
    Question {
        key: "channels",
        asked: "Which channels, with rough shares?",
        example: "x 40, facebook 30, messenger 30",
    },
    Question {
        key: "business_units",
        asked: "Which business units' matters are they?",
        example: "phones, tablets, repairs",
    },
    Question {
        key: "front_line_answers_of_ten",
        asked: "Of 10 inquiries, how many can the front line answer alone?",
        example: "8",
    },
    Question {
        key: "people",
        asked: "How many people answer, and what does one cost a year?",
        example: "10 at 66800",
    },
    Question { key: "open", asked: "When are you open?", example: "daily 08:00-20:00" },
    Question {
        key: "approval",
        asked: "Of 100 replies, how many must somebody approve, and how much work is one review?",
        example: "6, 3m",
    },
    Question {
        key: "promise",
        asked: "What was promised, and to whom?",
        example: "answered within 6h >= 60%, the board",
    },
    Question {
        key: "vendor_per_hour",
        asked: "What does a vendor cost an hour, if there is one?",
        example: "20",
    },
];

/// A scenario that compares the archetypes these answers allow, at equal cost: each with as many leads and experts beside
/// those who answer as its work takes, and with what is left of the money for those who answer.
pub fn document(answers: &Answers) -> Value {
    let (people, _) = answers.people.unwrap_or(PEOPLE);
    let usual = Staffed::beside(people);
    let draft = written(answers, &usual);
    // answers that contradict each other are told of when what is written is read
    match load(&Source::new("a draft", draft.to_string()), &Overlay::default()) {
        Ok(scenario) => written(answers, &usual.for_the_work(&scenario.model)),
        Err(_) => draft,
    }
}

/// The scenario with these people beside those who answer.
fn written(answers: &Answers, staffed: &Staffed) -> Value {
    let (approved, review) = approval(answers);
    let need = answers.need_reply_percent.unwrap_or(43.0);
    let unknown = 100.0 - 10.0 * answers.front_line_answers_of_ten.unwrap_or(8.0);
    let messages = answers.messages_per_day.unwrap_or(300.0);
    let (goal, whom) = answers.promise.clone().unwrap_or_else(|| {
        (
            "answered within 6h >= 60%".into(),
            "half of all customers expect a reply the same day".into(),
        )
    });
    let units = units(answers);
    let budget = Budget::of(answers, units.len() as f64, staffed);
    let guesses = guesses(answers);
    let channels = channels(answers);
    let about = format!(
        "Made from ten questions, for {} on {}; guesses: {}.{} {}{}",
        counted(units.len(), "business unit", "business units"),
        counted(channels.len(), "channel", "channels"),
        guesses.join(", "),
        understood(answers),
        beside(answers, &budget),
        doubts(&budget, review)
    );
    let needed = json!({ "share": percent(need), "need_reply": "100%", "work": "6m" });
    let needless = json!({ "share": percent(100.0 - need), "need_reply": "0%", "work": "1m" });
    let mut document = json!({
        "orgsim": 1,
        "question": "Who should answer our customers?",
        "about": about,
        "objectives": [ { "id": "promise", "why": whom, "goal": goal } ],
        "customers": {
            "messages": a_day(messages),
            "week": "support_b2c",
            "business_units": units,
            "need_unit_knowledge": percent(unknown),
            "channels": channels,
            "topics": { "needs a reply": needed, "needs none": needless },
        },
        "practice": { "review": format!("{}m", number(review)) },
        "people": people(answers, &budget),
        "designs": designs(answers, &budget),
        "experiment": { "run_for": "13 weeks", "warm_up": "1 week", "repeat": 30, "seed": 2013,
            "hold_equal": { "cost": money(answers, budget.total, "year"), "within": "3%" } },
        "it_depends_on": [
            { "what": "customers.need_unit_knowledge", "from": percent(f64::min(5.0, unknown)), "to": percent(f64::max(80.0, unknown)),
                "source": source(answers.front_line_answers_of_ten.is_some()) },
            { "what": "customers.messages", "from": a_day(in_short(messages / 3.0)), "to": a_day(2.0 * messages),
                "source": source(answers.messages_per_day.is_some()) },
        ],
    });
    if let Some(all) = document.as_object_mut().filter(|_| approved <= 0.0) {
        // where nothing is reviewed, how long a review takes changes nothing
        all.shift_remove("practice");
    }
    note_guesses(&mut document, &guesses);
    document
}

/// What was understood otherwise than it was typed.
fn understood(answers: &Answers) -> String {
    match answers.understood.as_slice() {
        [] => String::new(),
        told => format!(" Understood: {}.", told.join("; ")),
    }
}

/// Share of replies to be approved in per cent, and minutes of a review, by what is known of them.
fn approval(answers: &Answers) -> (f64, f64) {
    let (share, review) = answers.approval.unwrap_or((APPROVAL.0, None));
    (share, review.unwrap_or(APPROVAL.1))
}

/// Whom the designs have beside those who answer, and what that makes of the money.
fn beside(answers: &Answers, budget: &Budget) -> String {
    let &Budget { people, cost, total, .. } = budget;
    let a_year = |amount| told_a_year(answers, amount);
    let designs = budget.designs();
    let each = |told: &dyn Fn(&str) -> String| {
        by_design(&designs.iter().map(|&design| (design, told(design))).collect::<Vec<_>>())
    };
    let vendor = match answers.vendor_per_hour {
        None => " A vendor is left out: nobody knew its price.",
        Some(price) if 0.0 < price && budget.vendor.is_none() => {
            " A vendor is left out: those who would have to take over from it cost all there is."
        }
        Some(_) => "",
    };
    format!(
        "Nobody asked who leads and who is asked: each design has as many as its work takes. Strategists or leads of units, at \
         least one to every ten of those who answer today: {}. Experts of each unit: {}. All designs cost {}: beside {} who \
         answer{} for {} up to {} more for leads and experts, and what a design does not need for these goes to more who answer. \
         Those who answer: {}.{vendor}",
        each(&|design| number(budget.staffed.of(design).leads)),
        each(&|design| number(budget.staffed.of(design).expert)),
        a_year(total),
        number(people),
        if (people - 1.0).abs() < 1e-9 { "s" } else { "" },
        a_year(people * cost),
        a_year(total - people * cost),
        each(&|design| match budget.vendor.filter(|_| design == "Outsourced") {
            Some((vendor, own)) => format!("{} and {} of a vendor", number(own), number(vendor)),
            None => number(to_tenths(budget.front(design))),
        }),
    )
}

/// What each design has of something: once where all have the same, else with the names of those that have it.
fn by_design(each: &[(&str, String)]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (design, told) in each {
        match groups.iter_mut().find(|(known, _)| *known == told.as_str()) {
            Some((_, designs)) => designs.push(design),
            None => groups.push((told, vec![design])),
        }
    }
    match groups.as_slice() {
        [(told, _)] => format!("{told} in each design"),
        _ => {
            let told = groups.iter().map(|(told, names)| format!("{told} ({})", names.join(", ")));
            told.collect::<Vec<_>>().join(", ")
        }
    }
}

/// What somebody should look at before anything is run.
fn doubts(budget: &Budget, review: f64) -> String {
    let mut doubts = String::new();
    let front = budget.staffed.front * budget.people / budget.front("Centralized");
    if 1.0 < front {
        doubts.push_str(&format!(
            " Those who answer have work for {:.0}% of their time in a central team: what they cannot do waits for ever or is \
             given up.",
            100.0 * front
        ));
    }
    let designs = budget.designs();
    let leads = designs.iter().map(|design| budget.staffed.of(design).leads).fold(0.0, f64::max);
    if budget.people < leads {
        doubts.push_str(&format!(
            " More lead and review, {}, than answer: is a review of {} minutes all work, or mostly waiting?",
            number(leads),
            number(review)
        ));
    }
    doubts
}

/// Whose word a swept input is.
fn source(answered: bool) -> &'static str {
    if answered { "your answer; how far it may be off is ours" } else { "assumption" }
}

/// Replies to be approved in per cent, and minutes that takes, where nobody knew.
pub(super) const APPROVAL: (f64, f64) = (6.0, 3.0);
/// People who answer, and what a year of one costs, where nobody knew.
const PEOPLE: (f64, f64) = (10.0, 66_800.0);
/// A year of a strategist or an expert, where one who answers costs what nobody knew: elsewhere as many times that pay.
const SENIOR: f64 = 141_000.0;

/// The business units.
fn units(answers: &Answers) -> Vec<String> {
    stated(&answers.business_units)
        .unwrap_or_else(|| ["unit A", "unit B", "unit C", "unit D"].map(String::from).to_vec())
}

/// What was said, if anything was.
fn stated<T: Clone>(list: &Option<Vec<T>>) -> Option<Vec<T>> {
    list.clone().filter(|list| !list.is_empty())
}

/// An amount in the currency of the answers.
fn money(answers: &Answers, amount: f64, per: &str) -> String {
    money_in(answers.currency.as_deref().unwrap_or("$"), amount, per)
}

/// An amount a year in a sentence, as every answer spells it: `$360,000 a year`, `CHF 360,000 a year`.
fn told_a_year(answers: &Answers, amount: f64) -> String {
    let currency = answers.currency.as_deref().unwrap_or("$");
    let apart = if currency.ends_with(char::is_alphabetic) { " " } else { "" };
    format!("{currency}{apart}{} a year", grouped(amount, 0))
}

/// Where the money stands that all designs cost: that for those who answer, and for those of whom nobody was asked.
const BUDGET: &str = "experiment.hold_equal.cost";

/// Whether somebody knew what a vendor costs, and there is one.
fn has_vendor(answers: &Answers) -> bool {
    answers.vendor_per_hour.is_some_and(|price| 0.0 < price)
}

/// The places of the document that rest on no answer.
fn guesses(answers: &Answers) -> Vec<&'static str> {
    [
        (answers.messages_per_day.is_some(), "customers.messages"),
        (answers.need_reply_percent.is_some(), "customers.topics"),
        // how long a message takes is asked of nobody
        (answers.need_reply_percent.is_none(), "customers.topics.*.work"),
        (stated(&answers.channels).is_some(), "customers.channels"),
        (stated(&answers.business_units).is_some(), "customers.business_units"),
        (answers.front_line_answers_of_ten.is_some(), "customers.need_unit_knowledge"),
        (answers.people.is_some(), "people.care agent"),
        (answers.open.is_some(), "designs.*.open"),
        (answers.approval.is_some(), "designs.*.approval"),
        // where nothing is reviewed, nobody need know how long that takes
        (
            answers.approval.is_some_and(|(share, review)| share <= 0.0 || review.is_some()),
            "practice.review",
        ),
        (answers.promise.is_some(), "objectives"),
        // of whom nobody was asked
        (false, "people.strategist"),
        (false, "people.line expert"),
        (answers.people.is_none() && !has_vendor(answers), "people.*.hours"),
        (!has_vendor(answers), "people.vendor.paid"),
        (false, BUDGET),
    ]
    .into_iter()
    .filter(|(known, _)| !known)
    .map(|(_, what)| what)
    .collect()
}

/// Say beside each block which of it nobody knew.
fn note_guesses(document: &mut Value, guesses: &[&str]) {
    for (block, at) in [
        ("customers.", "/customers"),
        ("people.", "/people"),
        ("designs.", "/designs"),
        ("practice.", "/practice"),
        ("objectives", "/objectives/0"),
    ] {
        let own = guesses.iter().filter_map(|guess| guess.strip_prefix(block));
        let keys: Vec<&str> = own.map(|key| if key.is_empty() { "goal" } else { key }).collect();
        if let (false, Some(object)) = (keys.is_empty(), document.pointer_mut(at)) {
            object["note"] = guessed(&keys);
        }
    }
    document["experiment"]["note"] = json!(format!(
        "{BEGINS}hold_equal.cost. It pays for leads and experts of whom nobody was asked"
    ));
}

/// A note that these keys are guesses.
pub(super) fn guessed(keys: &[&str]) -> Value {
    json!(format!("{BEGINS}{}. {CHECK}", keys.join(", ")))
}

/// The channels with their shares: whole tenths of a percent, the last one taking the rest, so that they sum exactly.
fn channels(answers: &Answers) -> Map<String, Value> {
    let list = stated(&answers.channels).unwrap_or_else(|| {
        [
            ("x", 30.0),
            ("facebook", 12.0),
            ("messenger", 28.0),
            ("instagram", 12.0),
            ("linkedin", 6.0),
            ("reviews", 12.0),
        ]
        .map(|(name, share)| (name.to_owned(), share))
        .to_vec()
    });
    let total: f64 = list.iter().map(|(_, share)| share).sum();
    let mut left = 100.0;
    let count = list.len();
    let mut channels = Map::new();
    for (i, (name, share)) in list.into_iter().enumerate() {
        let share = if i + 1 == count { left } else { (share / total * 1000.0).round() / 10.0 };
        left = ((left - share) * 10.0).round() / 10.0;
        let private = PRIVATE.contains(&name.to_lowercase().as_str());
        let mut channel = json!({ "share": percent(share) });
        if private {
            channel["private"] = json!(true);
        }
        channels.insert(name, channel);
    }
    channels
}

/// What all designs cost, and who stands in each of them.
struct Budget<'a> {
    staffed: &'a Staffed,
    /// A year of everybody, in every design.
    total: f64,
    /// Those who answer today, and what a year of one costs.
    people: f64,
    cost: f64,
    /// What a year of a strategist or an expert costs.
    senior: f64,
    units: f64,
    /// A vendor's people and the company's own who take over from them, where there is a price and money for both.
    vendor: Option<(f64, f64)>,
}

impl<'a> Budget<'a> {
    /// The money for today's people and for those beside them in the design that takes most of these.
    fn of(answers: &Answers, units: f64, staffed: &'a Staffed) -> Budget<'a> {
        let (people, cost) = answers.people.unwrap_or(PEOPLE);
        let senior = (SENIOR / PEOPLE.1 * cost / 100.0).round() * 100.0;
        let mut budget = Budget { staffed, total: 0.0, people, cost, senior, units, vendor: None };
        let beside = |design: &&str| budget.beside(design);
        let most = budget.designs().iter().map(beside).fold(0.0, f64::max);
        budget.total = people * cost + most;
        budget.vendor = answers.vendor_per_hour.and_then(|price| budget.vendors(price));
        budget
    }

    /// The designs that there are, an absent vendor's left out.
    fn designs(&self) -> Vec<&'static str> {
        let there = |design: &&str| *design != "Outsourced" || self.vendor.is_some();
        DESIGNS.into_iter().filter(there).collect()
    }

    /// A year of those beside the people who answer.
    fn beside(&self, design: &str) -> f64 {
        let Posts { leads, expert, .. } = self.staffed.of(design);
        self.senior * (leads + expert * self.units)
    }

    /// How many can answer for what is left of the money, if all of them are the company's own.
    fn front(&self, design: &str) -> f64 {
        (self.total - self.beside(design)) / self.cost
    }

    /// Vendors at this price of an hour, and the company's own who take over from them, for what is left of the money.
    fn vendors(&self, price: f64) -> Option<(f64, f64)> {
        let design = "Outsourced";
        let (left, vendor) = (self.total - self.beside(design), price * 40.0 * PAID_WEEKS_A_YEAR);
        let own = self.staffed.of(design).beside_a_vendor(left, self.cost, vendor);
        let own = in_steps(own);
        let vendors = in_steps((left - own * self.cost) / vendor);
        (0.0 < price && 0.0 < vendors).then_some((vendors, own))
    }
}

fn in_steps(heads: f64) -> f64 {
    (heads * 20.0).round() / 20.0
}

fn to_tenths(heads: f64) -> f64 {
    (heads * 10.0).round() / 10.0
}

/// Heads as somebody would type them, fine enough that many units together have as many as they should.
fn typed(heads: f64) -> f64 {
    let steps = if heads < 1.0 { 1000.0 } else { 100.0 };
    (heads * steps).round() / steps
}

/// The archetypes, each for the same money.
fn designs(answers: &Answers, budget: &Budget) -> Value {
    let units = budget.units;
    let open = answers.open.clone().unwrap_or_else(|| "daily 08:00-20:00".into());
    let (approval, _) = approval(answers);
    let approval = format!("{} of replies", percent(approval));
    let [central, hub, unit, vendor] = DESIGNS.map(|design| budget.staffed.of(design));
    let all = budget.front(DESIGNS[1]);
    let spoke = typed(hub.at_each_spoke(all, units));
    let mut designs = json!({
        "Centralized": { "centralized": {
            "care agent": typed(budget.front(DESIGNS[0])), "strategist": central.leads,
            "experts_of_each_unit": central.expert, "open": open, "approval": approval } },
        "Hub and spoke": { "hub_and_spoke": {
            "hub": { "care agent": typed(all - units * spoke), "strategist": hub.leads },
            "each_spoke": { "care agent": spoke }, "experts_of_each_unit": hub.expert,
            "hub_helps_after": "2h", "open": open, "approval": approval } },
        "Decentralized": { "decentralized": {
            "each_unit": { "care agent": typed(budget.front(DESIGNS[2]) / units), "strategist": typed(unit.leads / units) },
            "experts_of_each_unit": unit.expert,
            "own_accounts": true, "open": open, "approval": approval } },
    });
    if let Some((vendors, own)) = budget.vendor {
        designs["Outsourced"] = json!({ "outsourced": {
            "vendor": vendors, "care agent": own, "strategist": vendor.leads, "experts_of_each_unit": vendor.expert,
            "open": open, "vendor_open": open, "approval": approval } });
    }
    designs
}

fn people(answers: &Answers, budget: &Budget) -> Value {
    let a_year = |amount| money(answers, amount, "year");
    let mut people = json!({
        "care agent": { "cost": a_year(budget.cost), "hours": "28h/week" },
        "strategist": { "cost": a_year(budget.senior), "hours": "28h/week" },
        "line expert": { "cost": a_year(budget.senior), "hours": "28h/week" },
    });
    if let Some(price) = answers.vendor_per_hour.filter(|_| has_vendor(answers)) {
        people["vendor"] = json!({ "cost": money(answers, price, "hour"), "paid": "40h/week", "hours": "28h/week" });
    }
    people
}

/// Channels on which nobody else reads along, by their usual names.
const PRIVATE: [&str; 8] =
    ["messenger", "whatsapp", "direct messages", "chat", "mail", "e-mail", "email", "phone"];
/// What to do about a guess.
const CHECK: &str = "Nobody knew; a documented default stands in, to be checked first";

pub(super) fn a_day(messages: f64) -> String {
    format!("{}/day", number(messages))
}

/// In two digits.
fn in_short(number: f64) -> f64 {
    format!("{number:.1e}").parse().unwrap_or(number)
}

fn percent(share: f64) -> String {
    format!("{}%", number(share.clamp(0.0, 100.0)))
}

/// Money in a currency that is a sign before the amount or a code behind it.
pub(super) fn money_in(currency: &str, amount: f64, per: &str) -> String {
    // sums of products miss whole amounts by less than anybody can pay
    let whole = (amount - amount.round()).abs() < 0.005;
    let amount = grouped(amount, if whole { 0 } else { 2 });
    match currency.chars().all(char::is_alphabetic) {
        true => format!("{amount} {currency}/{per}"),
        false => format!("{currency}{amount}/{per}"),
    }
}

/// A number without needless digits.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overlay, Scenario, Source, load, render};

    fn loads(answers: &Answers) -> Scenario {
        let text = serde_json::to_string_pretty(&document(answers)).expect("a document is JSON");
        let source = Source::new("new.json", text);
        load(&source, &Overlay::default())
            .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
    }

    #[test]
    fn knowing_nothing_gives_a_scenario_of_guesses() {
        let scenario = loads(&Answers::default());
        let guesses = [
            "practice.review",
            "people.strategist",
            "people.line expert",
            "customers.messages",
            "customers.topics",
            "customers.channels",
            "customers.business_units",
            "customers.need_unit_knowledge",
            "people.care agent",
            "designs.*.open",
            "designs.*.approval",
            "objectives.0.goal",
            BUDGET,
        ];
        let mut told: Vec<&str> = scenario.guessed.iter().map(String::as_str).collect();
        told.sort_by_key(|told| guesses.iter().position(|guess| guess == told));
        assert_eq!(told, guesses);
        let private: Vec<&str> = (scenario.model.world.channels.iter())
            .filter(|channel| channel.private)
            .map(|channel| channel.name.as_str())
            .collect();
        assert_eq!(private, ["messenger"]);
        let about = document(&Answers::default())["about"].as_str().unwrap_or_default().to_owned();
        assert!(about.contains("customers.need_unit_knowledge"));
        assert!(about.ends_with("A vendor is left out: nobody knew its price."), "{about}");
    }

    #[test]
    fn whole_money_has_no_cents() {
        for (amount, told) in [(0.1 + 0.2 + 4.7, "€5/year"), (0.1 + 0.2, "€0.30/year")] {
            assert_eq!(money_in("€", amount, "year"), told);
        }
    }

    #[test]
    fn what_differs_by_design_is_told_by_design() {
        let each = |told: [&str; 3]| {
            by_design(
                &["A", "B and C", "D"].into_iter().zip(told.map(String::from)).collect::<Vec<_>>(),
            )
        };
        assert_eq!(each(["1"; 3]), "1 in each design");
        assert_eq!(each(["5.15", "0.9", "0.9"]), "5.15 (A), 0.9 (B and C, D)");
    }

    #[test]
    fn what_is_understood_and_what_is_guessed_of_an_answer_is_told() {
        let mut answers = Answers::default();
        answers.note("people", "12 at $5,500 a month").unwrap();
        answers.note("approval", "5%").unwrap();
        let document = document(&answers);
        let about = document["about"].as_str().unwrap();
        assert!(about.contains("$5,500/month is $66,000/year"), "{about}");
        assert_eq!(document["people"]["care agent"]["cost"], "$66,000/year");
        let guessed = loads(&answers).guessed;
        assert!(guessed.iter().any(|guess| guess == "practice.review"));
        assert!(!guessed.iter().any(|guess| guess == "designs.*.approval"));
        answers.note("approval", "none").unwrap();
        assert!(!loads(&answers).guessed.iter().any(|guess| guess == "practice.review"));
    }

    #[test]
    fn money_stands_in_the_currency_of_the_answers() {
        let mut answers = Answers::default();
        answers.note("people", "12 at 58,000 CHF").unwrap();
        assert_eq!(document(&answers)["people"]["care agent"]["cost"], "58,000 CHF/year");
        let scenario = loads(&answers);
        assert_eq!(scenario.currency.as_deref(), Some("CHF"));
        assert!(scenario.guessed.iter().any(|guess| guess == "people.strategist"));
    }

    #[test]
    fn what_to_look_at_twice_is_said() {
        let about = |answers: Answers| document(&answers)["about"].as_str().unwrap().to_owned();
        let usual = about(Answers::default());
        assert!(!usual.contains("work for") && !usual.contains("a review of"), "{usual}");
        let much = about(Answers { messages_per_day: Some(1200.0), ..Answers::default() });
        assert!(much.contains("% of their time in a central team"), "{much}");
        let slow = about(Answers { approval: Some((50.0, Some(60.0))), ..Answers::default() });
        assert!(slow.contains("a review of 60 minutes all work"), "{slow}");
        let pay =
            Answers { people: Some((5.0, 6e6)), currency: Some("¥".into()), ..Answers::default() };
        let senior = &document(&pay)["people"]["strategist"]["cost"];
        assert_eq!(senior, "¥12,664,700/year");
    }

    #[test]
    fn who_knows_everything_is_told_only_whom_nobody_asked_about() {
        let answers = Answers {
            messages_per_day: Some(120.0),
            need_reply_percent: Some(50.0),
            channels: Some(vec![("mail".into(), 1.0), ("x".into(), 1.0), ("forum".into(), 1.0)]),
            business_units: Some(vec!["north".into(), "south".into()]),
            front_line_answers_of_ten: Some(7.0),
            people: Some((6.0, 50_000.0)),
            open: Some("weekdays 9-17".into()),
            approval: Some((10.0, Some(4.0))),
            promise: Some(("answered within 24h >= 80%".into(), "the board".into())),
            vendor_per_hour: Some(18.0),
            currency: None,
            understood: Vec::new(),
        };
        let mut told = loads(&answers).guessed;
        told.sort();
        let unasked = [
            "customers.topics.*.work",
            BUDGET,
            "people.*.hours",
            "people.line expert",
            "people.strategist",
            "people.vendor.paid",
        ];
        assert_eq!(told, unasked);
        expect_test::expect!["Made from ten questions, for 2 business units on 3 channels; guesses: customers.topics.*.work, people.strategist, people.line expert, people.*.hours, people.vendor.paid, experiment.hold_equal.cost. Nobody asked who leads and who is asked: each design has as many as its work takes. Strategists or leads of units, at least one to every ten of those who answer today: 0.6 in each design. Experts of each unit: 0.3 (Centralized, Outsourced), 0.1 (Hub and spoke, Decentralized). All designs cost $426,600 a year: beside 6 who answer for $300,000 a year up to $126,600 a year more for leads and experts, and what a design does not need for these goes to more who answer. Those who answer: 6 (Centralized), 6.8 (Hub and spoke, Decentralized), 3 and 4 of a vendor (Outsourced)."].assert_eq(document(&answers)["about"].as_str().unwrap());
        assert_eq!(QUESTIONS.len(), 10);
        let swiss = Answers { currency: Some("CHF".into()), ..answers };
        assert_eq!(told_a_year(&swiss, 360_000.0), "CHF 360,000 a year");
    }
}
