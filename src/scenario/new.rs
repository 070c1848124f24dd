//! `orgsim new`: a scenario from ten answers, each of which may be "don't know".

use serde_json::{Map, Value, json};

use super::guessed::BEGINS;
use super::new_posts::{CLIENT, Posts, Staffed};
use super::{Overlay, Source, load};
use crate::units::grouped;

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
    /// Share of replies somebody must approve, in percent, and how many minutes one review takes.
    pub approval: Option<(f64, f64)>,
    /// What was promised, as a goal, and to whom.
    pub promise: Option<(String, String)>,
    /// Price of a vendor's hour; 0 where there is none.
    pub vendor_per_hour: Option<f64>,
    /// Sign or code of all money, if one was written: `$` otherwise.
    pub currency: Option<String>,
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

/// A scenario that compares the archetypes these answers allow, at equal cost: with as many leads and experts beside those
/// who answer as the work takes, the same in all designs.
pub fn document(answers: &Answers) -> Value {
    let (people, _) = answers.people.unwrap_or(PEOPLE);
    let usual = Posts::beside(people);
    let draft = written(answers, Staffed { posts: usual, front: 0.0 });
    // answers that contradict each other are told of when what is written is read
    match load(&Source::new("a draft", draft.to_string()), &Overlay::default()) {
        Ok(scenario) => written(answers, usual.for_the_work(&scenario.model)),
        Err(_) => draft,
    }
}

/// The scenario with these people beside those who answer.
fn written(answers: &Answers, staffed: Staffed) -> Value {
    let (approved, review) = answers.approval.unwrap_or(APPROVAL);
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
    let budget = Budget::of(answers, units.len() as f64, staffed.posts);
    let guesses = guesses(answers);
    let channels = channels(answers);
    let about = format!(
        "Made from ten questions, for {} on {}; guesses: {}. {}{}",
        counted(units.len(), "business unit"),
        counted(channels.len(), "channel"),
        guesses.join(", "),
        beside(answers, &budget),
        doubts(&budget, staffed.front, review)
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

/// Whom all designs have beside those who answer, and what that makes of the money.
fn beside(answers: &Answers, budget: &Budget) -> String {
    let Budget { posts, people, cost, .. } = *budget;
    let a_year = |amount| money(answers, amount, "year");
    let experts = match posts.expert {
        some if some <= 1.0 => {
            format!("an expert of each unit for {} of the week", percent(100.0 * some))
        }
        many => format!("{} experts of each unit", number(many)),
    };
    let vendor = match answers.vendor_per_hour {
        None => " A vendor is left out: nobody knew its price.",
        Some(price) if 0.0 < price && budget.vendors(price).0 <= 0.0 => {
            " A vendor is left out: those who would have to take over from it cost all there is."
        }
        Some(_) => "",
    };
    let one = |number: f64| (number - 1.0).abs() < 1e-9;
    format!(
        "Nobody asked who leads and who is asked: beside {} who answer{} for {} each design has {} strategist{} or lead{} of \
         units, one to every ten who answer unless the work takes more, and {experts}, as the work takes, for {} more. All designs cost {}.{vendor}",
        number(people),
        if one(people) { "s" } else { "" },
        a_year(people * cost),
        number(posts.leads),
        if one(posts.leads) { "" } else { "s" },
        if one(posts.leads) { "" } else { "s" },
        a_year(budget.total - people * cost),
        a_year(budget.total),
    )
}

/// What somebody should look at before anything is run.
fn doubts(budget: &Budget, front: f64, review: f64) -> String {
    let mut doubts = String::new();
    if 1.0 < front {
        doubts.push_str(&format!(
            " Those who answer have work for {:.0}% of their time in a central team: what they cannot do waits for ever or is \
             given up.",
            100.0 * front
        ));
    }
    if budget.people < budget.posts.leads {
        doubts.push_str(&format!(
            " More lead and review, {}, than answer: is a review of {} minutes all work, or mostly waiting?",
            number(budget.posts.leads),
            number(review)
        ));
    }
    doubts
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
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

/// The places of the document that rest on no answer.
fn guesses(answers: &Answers) -> Vec<&'static str> {
    [
        (answers.messages_per_day.is_some(), "customers.messages"),
        (answers.need_reply_percent.is_some(), "customers.topics"),
        (stated(&answers.channels).is_some(), "customers.channels"),
        (stated(&answers.business_units).is_some(), "customers.business_units"),
        (answers.front_line_answers_of_ten.is_some(), "customers.need_unit_knowledge"),
        (answers.people.is_some(), "people.care agent"),
        (answers.open.is_some(), "designs.*.open"),
        (answers.approval.is_some(), "designs.*.approval"),
        (answers.promise.is_some(), "objectives"),
        // of whom nobody was asked
        (false, "people.strategist"),
        (false, "people.line expert"),
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
        ("objectives", "/objectives/0"),
    ] {
        let own = guesses.iter().filter_map(|guess| guess.strip_prefix(block));
        let keys: Vec<&str> = own.map(|key| if key.is_empty() { "goal" } else { key }).collect();
        if let (false, Some(object)) = (keys.is_empty(), document.pointer_mut(at)) {
            object["note"] = json!(format!("{BEGINS}{}. {CHECK}", keys.join(", ")));
        }
    }
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

/// What all designs may cost, and what stands in each of them whatever the design.
struct Budget {
    posts: Posts,
    /// A year of everybody.
    total: f64,
    /// Of that, those beside the people who answer.
    beside: f64,
    /// Care agents of one central team, and what a year of one costs.
    people: f64,
    cost: f64,
    /// What a year of a strategist or an expert costs.
    senior: f64,
    units: f64,
}

impl Budget {
    fn of(answers: &Answers, units: f64, posts: Posts) -> Budget {
        let (people, cost) = answers.people.unwrap_or(PEOPLE);
        let senior = (SENIOR / PEOPLE.1 * cost / 100.0).round() * 100.0;
        let beside = senior * (posts.leads + posts.expert * units);
        Budget { posts, total: people * cost + beside, beside, people, cost, senior, units }
    }

    /// Vendors at this price of an hour, and the company's own who take over from them, for what is left of the money.
    fn vendors(&self, price: f64) -> (f64, f64) {
        let (left, vendor) = (self.total - self.beside, price * 40.0 * super::people::WEEKS_A_YEAR);
        let own = self.posts.vendors.map_or(0.0, |each| left / (self.cost + each * vendor));
        let own = in_steps(own).max(CLIENT);
        ((left - own * self.cost) / vendor, own)
    }
}

fn in_steps(heads: f64) -> f64 {
    (heads * 20.0).round() / 20.0
}

/// The archetypes, each for the same money.
fn designs(answers: &Answers, budget: &Budget) -> Value {
    let &Budget { posts: Posts { leads, .. }, people, units, .. } = budget;
    let open = answers.open.clone().unwrap_or_else(|| "daily 08:00-20:00".into());
    let (approval, _) = answers.approval.unwrap_or(APPROVAL);
    let approval = format!("{} of replies", percent(approval));
    // to a thousandth, so that all units together have as many
    let of_each = |heads: f64| (heads / units * 1000.0).round() / 1000.0;
    let (lead, spoke) = (of_each(leads), of_each((people * 5.6).round() / 20.0));
    let mut designs = json!({
        "Centralized": { "centralized": { "care agent": people, "strategist": leads, "open": open, "approval": approval } },
        "Hub and spoke": { "hub_and_spoke": {
            "hub": { "care agent": people - units * spoke, "strategist": leads },
            "each_spoke": { "care agent": spoke },
            "hub_helps_after": "2h", "open": open, "approval": approval } },
        "Decentralized": { "decentralized": {
            "each_unit": { "care agent": of_each(people), "strategist": lead },
            "own_accounts": true, "open": open, "approval": approval } },
    });
    if let Some(price) = answers.vendor_per_hour.filter(|price| 0.0 < *price) {
        let (vendor, client) = budget.vendors(price);
        if 0.0 < vendor {
            designs["Outsourced"] = json!({ "outsourced": {
                "vendor": in_steps(vendor), "care agent": client, "strategist": leads,
                "open": open, "vendor_open": open, "approval": approval } });
        }
    }
    if 1.0 < budget.posts.expert {
        // every unit has one expert of itself
        let more = |unit: &String| json!({ "change": { "role": format!("{unit} expert"), "people": budget.posts.expert } });
        let edits: Vec<Value> = self::units(answers).iter().map(more).collect();
        for design in designs.as_object_mut().into_iter().flat_map(|all| all.values_mut()) {
            design["edits"] = json!(edits);
        }
    }
    designs
}

fn people(answers: &Answers, budget: &Budget) -> Value {
    let a_year = |amount| money(answers, amount, "year");
    let mut people = json!({
        "care agent": { "cost": a_year(budget.cost), "hours": "28h/week" },
        "strategist": { "cost": a_year(budget.senior), "hours": "28h/week" },
        "line expert": { "cost": a_year(budget.senior), "hours": "28h/week",
            "for_social": percent(100.0 * budget.posts.expert.min(1.0)) },
    });
    if let Some(price) = answers.vendor_per_hour.filter(|price| 0.0 < *price) {
        people["vendor"] = json!({ "cost": money(answers, price, "hour"), "paid": "40h/week", "hours": "28h/week" });
    }
    people
}

/// Channels on which nobody else reads along, by their usual names.
const PRIVATE: [&str; 8] =
    ["messenger", "whatsapp", "direct messages", "chat", "mail", "e-mail", "email", "phone"];
/// What to do about a guess.
const CHECK: &str = "Nobody knew; a documented default stands in, to be checked first";

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

/// The scenario of nobody's answers with one design, of this archetype; `None` if there is none.
pub fn document_of(archetype: &str) -> Option<Value> {
    if !ARCHETYPES.contains(&archetype) {
        return None;
    }
    let mut scenario = document(&Answers { vendor_per_hour: Some(20.0), ..Answers::default() });
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
        all.get_mut("experiment")?.as_object_mut()?.shift_remove("hold_equal");
    }
    Some(scenario)
}

/// A plan whose people the load splits, for the cost held equal; the one person is one.
fn split_by_load(archetype: &str) -> Option<Value> {
    let center = json!({ "strategist": 1, "analyst": 1 });
    let mut body = match archetype {
        "dandelion" => json!({
            "corporate": center, "each_sub_hub": { "care agent": 2, "strategist": 0.25 },
        }),
        "holistic" => json!({
            "hub": { "care agent": 5, "strategist": 1, "analyst": 1 },
            "each_unit": { "employee": 15 }, "hub_helps_after": "2h",
        }),
        "touchpoint" => json!({ "care agent": 10, "strategist": 1, "analyst": 1 }),
        "one_person" => {
            return Some(json!({ "care agent": 1, "open": "weekdays 09:00-17:00" }));
        }
        _ => return None,
    };
    body["staff"] = json!("balanced");
    body["open"] = json!("daily 08:00-20:00");
    body["approval"] = json!("6% of replies");
    Some(body)
}

fn a_day(messages: f64) -> String {
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
fn money_in(currency: &str, amount: f64, per: &str) -> String {
    let amount = grouped(amount, if amount.fract() == 0.0 { 0 } else { 2 });
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
    fn every_archetype_can_be_begun_with() {
        for archetype in ARCHETYPES {
            let document = document_of(archetype).expect("its tag is known");
            let designs = document["designs"].as_object().expect("designs have names");
            assert_eq!(designs.len(), 1, "{archetype}");
            let text = serde_json::to_string_pretty(&document).expect("a document is JSON");
            let source = Source::new("new.json", text);
            if let Err(problems) = load(&source, &Overlay::default()) {
                panic!("{}", render(&source, &problems, false));
            }
        }
        assert_eq!(document_of("matrix"), None);
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
        assert!(!usual.contains("work for") && !usual.contains("review"), "{usual}");
        let much = about(Answers { messages_per_day: Some(1200.0), ..Answers::default() });
        assert!(much.contains("% of their time in a central team"), "{much}");
        let slow = about(Answers { approval: Some((50.0, 60.0)), ..Answers::default() });
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
            approval: Some((10.0, 4.0)),
            promise: Some(("answered within 24h >= 80%".into(), "the board".into())),
            vendor_per_hour: Some(18.0),
            currency: None,
        };
        assert_eq!(loads(&answers).guessed, ["people.strategist", "people.line expert"]);
        expect_test::expect!["Made from ten questions, for 2 business units on 3 channels; guesses: people.strategist, people.line expert. Nobody asked who leads and who is asked: beside 6 who answer for $300,000/year each design has 0.6 strategists or leads of units, one to every ten who answer unless the work takes more, and an expert of each unit for 30% of the week, as the work takes, for $126,600/year more. All designs cost $426,600/year."].assert_eq(document(&answers)["about"].as_str().unwrap());
        assert_eq!(QUESTIONS.len(), 10);
    }
}
