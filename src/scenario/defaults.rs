//! What holds where the file says nothing: one table, which both reading and `check --defaults` use.

/// A documented default, in the language of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Default {
    /// Where the file could say otherwise; `*` stands for any name.
    pub key: &'static str,
    /// The value, as JSON.
    pub value: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Where it is from: published, or assumed.
    pub source: &'static str,
    /// Between what it may lie, where that is known or assumed.
    pub range: Option<Bounds>,
}

/// The ends of what a default may be instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The low end, as JSON.
    pub low: &'static str,
    /// The high end, as JSON.
    pub high: &'static str,
    /// Where the range is from: published, or assumed.
    pub source: &'static str,
}

const ASSUMED: &str = "assumption";
const RULE: &str = "rule of the format";

macro_rules! defaults {
    ($($key:literal: $value:literal, $meaning:literal, $source:expr
        $(, $low:literal .. $high:literal $by:literal)?;)*) => {
        /// All defaults, in the order of the file.
        pub const DEFAULTS: &[Default] = &[$(Default {
            key: $key, value: $value, meaning: $meaning, source: $source,
            range: bounds!($($low, $high, $by)?),
        }),*];
    };
}

macro_rules! bounds {
    () => {
        None
    };
    ($low:literal, $high:literal, $by:literal) => {
        Some(Bounds { low: $low, high: $high, source: $by })
    };
}

/// The default of the value at these steps from the root; `None` where there is none.
pub(super) fn default_at(steps: &[String]) -> Option<serde_json::Value> {
    let mut steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    // between a design's name and its keys stands how it is organized
    let laid_over = matches!(steps[..], ["designs", _, "contract", "approval" | "authority"]);
    if steps.first() == Some(&"designs") && 3 < steps.len() && !laid_over {
        steps.remove(2);
    }
    DEFAULTS.iter().find_map(|default| {
        let keys: Vec<&str> = default.key.split('.').collect();
        let alike = |(key, step): (&&str, &&str)| *key == "*" || key == step;
        if steps.len() < keys.len() || !keys.iter().zip(&steps).all(alike) {
            return None;
        }
        let whole: serde_json::Value = serde_json::from_str(default.value).ok()?;
        steps[keys.len()..].iter().try_fold(whole, |value, key| value.get(key).cloned())
    })
}

defaults! {
    "customers.week": r#""flat""#, "how messages spread over the week", RULE;
    "customers.busy_days_vary_by": r#""22%""#, "coefficient of variation of the factor that makes whole days busy or slack", ASSUMED, r#""10%""# .. r#""50%""# "assumption";
    "customers.need_unit_knowledge": r#""0%""#, "share of inquiries whose answer only their business unit knows", RULE;
    "customers.channels": r#"{ "inbox": { "share": "100%" } }"#, "channels, where none are named", RULE;
    "customers.channels.*.half_life": r#""24h""#, "time in which a post loses half of its freshness", ASSUMED;
    "customers.channels.*.private": "false", "whether only the company reads the channel", RULE;
    "customers.topics": r#"{ "anything": { "share": "100%" } }"#, "topics, where none are named", RULE;
    "customers.topics.*.need_reply": r#""100%""#, "share of a topic's inquiries that need a reply", RULE;
    "customers.topics.*.work": r#""5m""#, "hands-on time of a case over all its turns", "published, LiveAgent: 5 min a social case", r#""3m""# .. r#""12m""# "published, social care: 3 to 12 minutes a case";
    "customers.topics.*.work.cv": "1.2", "coefficient of variation of hands-on times that are given by their mean, lognormal", "published form, Brown et al. 2005; size assumed";
    "customers.topics.*.not_settled_at_first": r#""30%""#, "share of a topic's inquiries that no first reply can settle", ASSUMED, r#""10%""# .. r#""50%""# "assumption";
    "customers.expect_reply_within": r#"{ "none": "33%", "lognormal": { "median": "33m", "sigma": 1.83 } }"#, "how soon customers expect a reply", "published, The Social Habit 2012: 32% within 30 min, 42% within an hour, 67% within a day";
    "customers.behavior.patience.times_deadline": "4", "patience as a multiple of the customer's own deadline", ASSUMED, "1" .. "10" "assumption";
    "customers.behavior.patience.without_deadline": r#"{ "exponential": { "mean": "24h" } }"#, "patience of customers without a deadline", ASSUMED;
    "customers.behavior.patience.scope": r#""reply""#, "what patience is measured over", RULE;
    "customers.behavior.patience.silent": r#""50%""#, "share of leavers who say nothing, so that the dead case is still worked", "published, silent abandonment: 30 to 67%", r#""30%""# .. r#""67%""# "published, silent abandonment: 30 to 67%";
    "customers.behavior.recontact": r#""25%""#, "probability of writing again once the deadline has passed", "published, ClickZ: 26% turn to another channel", r#""10%""# .. r#""50%""# "assumption";
    "customers.behavior.wrong_guess": r#""20%""#, "probability that a customer picks a wrong unit's account, where units have accounts of their own", ASSUMED, r#""5%""# .. r#""40%""# "assumption";
    "customers.behavior.wish_to_continue": r#""80%""#, "probability that an unsettled customer goes on with the conversation", ASSUMED;
    "customers.behavior.reply_delay": r#"{ "lognormal": { "median": "2h", "sigma": 1.2 } }"#, "time until a customer who is not settled writes again", ASSUMED;
    "customers.behavior.gives_up_deflected": r#""76%""#, "probability that a customer who is sent elsewhere gives up", "published: 76% of deflected conversations had no further interaction";
    "customers.behavior.follows_to_private": r#""80%""#, "probability that a customer who is asked to write in private does so", ASSUMED;
    "customers.behavior.reopens_after": r#"{ "exponential": { "mean": "3 days" } }"#, "time until a customer finds that what seemed settled is not", ASSUMED;
    "customers.behavior.induced_after": r#"{ "exponential": { "mean": "3 days" } }"#, "time until a customer whom a timely answer has moved asks something else", ASSUMED;
    "customers.behavior.crowd.forget_after": r#""30 days""#, "time after which nobody reacts to a post any more", ASSUMED;
    "customers.behavior.crowd.reply_within": r#""60m""#, "how soon a reply must come to calm those who look on", "direction published, Herhausen et al.: within the hour; size assumed";
    "customers.mood.intensity": "1", "how strongly customers act on their mood; 0 for moods that do not exist", ASSUMED;
    "customers.mood.at_arrival": "0", "mean mood at arrival: 0 is even, -1 annoyed, 1 pleased", RULE;
    "customers.mood.spread": "0.5", "standard deviation of the mood at arrival, heavy-tailed", ASSUMED;
    "customers.mood.waiting": "0.3", "mood lost for each length of the customer's own deadline waited, four at most", "direction published, ClickZ: 38% more negative if not answered in time; size assumed";
    "customers.mood.timely": "0.2", "mood won by a first reply within the deadline", "direction published, ClickZ: 14% more positive; size assumed";
    "customers.mood.knowing": "0.3", "mood won by a right answer", ASSUMED;
    "customers.mood.canned": "0.4", "mood lost by a reply that answers nothing", "direction published, Einwiller and Steilen 2015; size assumed";
    "customers.mood.wrong": "0.8", "mood lost by a wrong answer", ASSUMED;
    "customers.mood.human": "0.4", "mood won or lost by how good whoever writes is with people", ASSUMED;
    "customers.mood.noise": "0.2", "standard deviation of what each reply does beside that, heavy-tailed", ASSUMED;
    "practice.triage": r#""30s""#, "reading a message and deciding what it is", ASSUMED, r#""6s""# .. r#""1m""# "assumption";
    "practice.recognize": r#""1m""#, "finding out that a case belongs elsewhere or is a duplicate", ASSUMED;
    "practice.ask": r#""2m""#, "explaining a case to an expert", ASSUMED;
    "practice.consult": r#"{ "lognormal": { "mean": "5m", "cv": 1.5 } }"#, "an expert's work on a question", ASSUMED, r#"{ "lognormal": { "mean": "5m", "cv": 1.5 } }"# .. r#"{ "lognormal": { "mean": "30m", "cv": 1.5 } }"# "assumption";
    "practice.review": r#""3m""#, "routine review of a reply", ASSUMED, r#""1m""# .. r#""10m""# "assumption";
    "practice.legal_review": r#""15m""#, "review of a reply that must always be approved", ASSUMED, r#""5m""# .. r#""60m""# "assumption";
    "practice.search": r#""3m""#, "looking something up", ASSUMED;
    "practice.engage": r#""4m""#, "one engagement with a mention", ASSUMED, r#""2m""# .. r#""8m""# "assumption";
    "practice.first_reply": r#""65%""#, "share of a case's work that its first reply takes", ASSUMED;
    "practice.later_reply": r#""70%""#, "share of a case's work that each later reply takes", ASSUMED;
    "practice.brief_reply": r#""20%""#, "share of a reply's work that one takes which answers nothing", ASSUMED;
    "practice.rework": r#""50%""#, "share of a reply's work that reworking it takes", ASSUMED;
    "practice.reread": r#""50%""#, "share of a reply's work that goes into re-reading when all context is lost", "published rule of thumb: half of what one knows is lost per hand-off";
    "practice.triage_errs": r#""2%""#, "share of messages that triage judges wrongly, each way", ASSUMED, r#""0%""# .. r#""10%""# "assumption";
    "practice.error": r#""4%""#, "share of knowing replies that are wrong", ASSUMED, r#""1%""# .. r#""20%""# "assumption";
    "practice.guess_wrong": r#""30%""#, "share of guesses that are wrong", ASSUMED;
    "practice.guess_times": "1.2", "how much longer a guess takes than a knowing reply", ASSUMED;
    "practice.search_finds": r#""30%""#, "share of unknown answers that a search finds", ASSUMED;
    "practice.approve_loud": r#""0%""#, "share of replies to customers who have gone public that must be approved", RULE;
    "practice.caught": r#""60%""#, "share of wrong drafts that a reviewer catches", ASSUMED;
    "practice.context_settles": r#""30%""#, "share of a first reply's settling power that needs the whole context", ASSUMED;
    "practice.scan": r#"{ "exponential": { "mean": "15m" } }"#, "delay before a mention can be seen", ASSUMED;
    "practice.find": r#"{ "exponential": { "mean": "20m" } }"#, "listening on one channel after which a given mention there is found, where roles have listening hours", ASSUMED;
    "practice.orphaned": r#"{ "exponential": { "mean": "2 days" } }"#, "how long a case that was lost between desks lies before somebody finds it", ASSUMED;
    "practice.policy_change": r#"{ "exponential": { "mean": "90 days" } }"#, "from one change of a topic's policy to the next", ASSUMED;
    "practice.change_concerns": r#""20%""#, "share of a topic's inquiries that a change of its policy concerns", ASSUMED;
    "practice.notice": r#"{ "exponential": { "mean": "10m" } }"#, "until somebody at a desk notices a post that several desks see", ASSUMED;
    "practice.claim_shows": r#""5m""#, "until the other desks can see that one has claimed a post", ASSUMED;
    "practice.left_to_others": r#""10%""#, "probability that a desk leaves to the others a post that is nobody's", ASSUMED;
    "practice.confer": r#""2m""#, "talking a case through at a warm hand-off, by both sides", ASSUMED;
    "practice.decide": r#""10m""#, "a superior's work on an exception", ASSUMED;
    "practice.decisions": r#"{ "desk": { "rework": "30%", "quick_fix": "30%" }, "lead": { "rework": "50%", "quick_fix": "30%" }, "head": { "rework": "70%", "quick_fix": "20%" } }"#, "what is decided about exceptions at the desk, one level up and further up; the rest is ignored", "assumption, in the manner of VDT: the higher, the more is reworked";
    "practice.shared_tool": r#"{ "delay": { "exponential": { "mean": "2m" } }, "keeps": "80%" }"#, "hand-off within one shared tool", ASSUMED;
    "practice.other_team": r#"{ "delay": { "exponential": { "mean": "20m" } }, "keeps": "50%" }"#, "hand-off to another team", "delay assumed; context, published rule of thumb", r#"{ "delay": { "exponential": { "mean": "6m" } }, "keeps": "95%" }"# .. r#"{ "delay": { "exponential": { "mean": "60m" } }, "keeps": "40%" }"# "assumption";
    "practice.other_company": r#"{ "delay": { "exponential": { "mean": "60m" } }, "keeps": "50%" }"#, "hand-off to another company", "delay assumed; context, published rule of thumb", r#"{ "delay": { "exponential": { "mean": "18m" } }, "keeps": "95%" }"# .. r#"{ "delay": { "exponential": { "mean": "3h" } }, "keeps": "40%" }"# "assumption";
    "knowledge.own_generic": r#""90%""#, "share of generic matters that the company's own front line knows", ASSUMED;
    "knowledge.vendor_generic": r#""75%""#, "share of generic matters that a vendor knows", ASSUMED;
    "knowledge.own_unit": r#""85%""#, "share of a unit's matters that its own people know", ASSUMED;
    "knowledge.other_units": r#""15%""#, "share of a unit's matters that everybody else knows", ASSUMED;
    "knowledge.expert": r#""100%""#, "share of a unit's matters that its expert knows", RULE;
    "knowledge.strategist": r#""100%""#, "share of generic matters that a strategist knows", RULE;
    "knowledge.employee": r#""75%""#, "share of their own unit's matters that employees outside the team know", ASSUMED;
    "people.care agent": r#"{ "cost": "$66,800/year", "hours": "28h/week", "post": "front" }"#, "people who answer", "published pay, loaded; hours after leave, sickness and training";
    "people.analyst": r#"{ "cost": "$80,000/year", "hours": "28h/week", "post": "analyst" }"#, "people who look for mentions", "published pay, loaded";
    "people.strategist": r#"{ "cost": "$141,000/year", "hours": "28h/week", "post": "strategist" }"#, "people who approve", "published pay, loaded";
    "people.vendor": r#"{ "cost": "$20/hour", "paid": "40h/week", "hours": "28h/week", "post": "vendor" }"#, "a vendor's people", "published range $10 to $30 an hour, weak";
    "people.employee": r#"{ "cost": "$80,000/year", "hours": "28h/week", "for_social": "3%", "post": "employee" }"#, "employees outside the team who give some of their time", "pay and share of the week assumed";
    "people.*.paid": r#""40h/week""#, "paid hours a week of somebody with an hourly price", RULE;
    "people.*.hours": r#""28h/week""#, "worked hours a week of a full-time head, after leave, sickness and training", "published: 1,456 h a year", r#""25.9h/week""# .. r#""32h/week""# "published: 20 to 35% of paid time is leave, sickness, training and the like";
    "people.*.session": r#""1h""#, "length of one session of meetings, training, listening or other standing work", ASSUMED;
    "people.*.absence.lasts": r#"{ "exponential": { "mean": "2 days" } }"#, "how long a spell of absence lasts", ASSUMED;
    "people.*.turnover.vacancy": r#""34 days""#, "time to fill an empty place", "published: 34 days to fill a seat";
    "people.*.turnover.newcomer": r#"{ "speed": "53%", "knowledge": "70%", "learns_in": "120 days" }"#, "what a newcomer can do on the first day, and the time constant of learning", "speed published: 53% of tenured in the first month; knowledge and time assumed";
    "people.*.with_people": r#""50%""#, "how good people are with people: 50% is usual and changes nothing", RULE;
    "people.*.for_social": r#""100%""#, "share of the week given to social", RULE;
    "designs.*.open": r#""daily 08:00-20:00""#, "opening hours of the company's own people", ASSUMED;
    "designs.*.vendor_open": r#""daily 08:00-20:00""#, "opening hours of the vendor", ASSUMED;
    "designs.*.approval": r#""6% of replies""#, "share of replies that must be approved", ASSUMED;
    "designs.*.contract.approval": r#""as the design says""#, "share of a contract's vendor's replies that must be approved", RULE;
    "designs.*.contract.authority": r#""as the design says""#, "highest risk at which a contract's vendor answers without asking", RULE;
    "designs.*.listens": "true", "whether the front line works on mentions while nothing else waits", ASSUMED;
    "designs.*.keep_free": "0", "people who must stay free when somebody turns to a mention", ASSUMED;
    "designs.*.own_accounts": "true", "whether each unit has accounts of its own", RULE;
    "designs.*.may_answer": r#""playbook only""#, "what a vendor may answer", ASSUMED;
    "designs.*.route": r#""what the hub does not know""#, "what a hub sends on to the units", RULE;
    "designs.*.employees_round": r#""12h""#, "length of the rounds in which each employee is there once", ASSUMED;
    "designs.*.shift_end": r#""suspend""#, "what happens to work in hand when its person leaves", ASSUMED;
    "designs.*.discipline": r#""priority""#, "which case next", ASSUMED;
    "designs.*.block": r#""30m""#, "length of the blocks in which people share the opening hours", RULE;
    "designs.*.graph.links.policy.refresh": r#""14 days""#, "how late a change of policy reaches the role", ASSUMED;
    "designs.*.graph.roles.*.open": r#""always""#, "opening hours of a role", RULE;
    "designs.*.graph.roles.*.discipline": r#""first come""#, "which case next", RULE;
    "designs.*.graph.roles.*.draw": r#""per visit""#, "whether a repeated visit is drawn anew", RULE;
    "designs.*.graph.roles.*.proactive": r#""never""#, "work on mentions", RULE;
    "experiment.kind": r#""typical weeks""#, "kind of study", RULE;
    "experiment.run_for": r#""13 weeks""#, "length of what counts", RULE;
    "experiment.warm_up": r#""1 week""#, "stretch before it that is discarded", RULE;
    "experiment.follow": r#""2 weeks""#, "how long the last inquiries are followed past the end", RULE;
    "experiment.repeat": "30", "independent repetitions", RULE;
    "experiment.seed": "2013", "master seed of all randomness", RULE;
    "experiment.confidence": r#""95%""#, "confidence of every interval", RULE;
    "experiment.repeat_at_most": "1000", "repetitions after which none is added for the sake of precision", RULE;
    "experiment.knock_out_day": r#""week 1 Tuesday""#, "day on which knock-outs take roles out", RULE;
    "experiment.hold_equal.within": r#""2%""#, "largest deviation from what is held equal", RULE;
    "experiment.worth_noticing.share": r#""2 points""#, "smallest difference between shares worth noticing", ASSUMED;
    "experiment.worth_noticing.time": r#""10m""#, "smallest difference between times worth noticing", ASSUMED;
    "experiment.worth_noticing.money": "1", "smallest difference of money worth noticing, in the scenario's currency, for each million of the budget held equal", ASSUMED;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_json_and_stands_once() {
        for (i, default) in DEFAULTS.iter().enumerate() {
            assert!(
                serde_json::from_str::<serde_json::Value>(default.value).is_ok(),
                "{}",
                default.key
            );
            let sound = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
            let ends = default.range.map(|of| of.low != of.high && sound(of.low) && sound(of.high));
            assert_ne!(ends, Some(false), "{}", default.key);
            assert!(DEFAULTS[..i].iter().all(|other| other.key != default.key), "{}", default.key);
        }
    }

    #[test]
    fn the_book_has_every_range() {
        let book = include_str!("../book/sources.md");
        let bare = |text: &str| text.trim_matches('"').to_owned();
        for default in DEFAULTS {
            let Some(Bounds { low, high, source }) = default.range else { continue };
            let row =
                format!("| `{}` | `{}` | `{}` | {source} |", default.key, bare(low), bare(high));
            assert!(book.contains(&row), "{row}");
        }
    }

    #[test]
    fn the_default_of_a_place_is_found_through_tags_and_blocks() {
        let at = |steps: &[&str]| {
            default_at(&steps.iter().map(|&step| step.to_owned()).collect::<Vec<_>>())
        };
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(at(&["practice", "review"]), json(r#""3m""#));
        assert_eq!(at(&["practice", "other_team", "keeps"]), json(r#""50%""#));
        assert_eq!(
            at(&["designs", "Hub", "hub_and_spoke", "approval"]),
            json(r#""6% of replies""#)
        );
        let of_a_contract = |key: &str| at(&["designs", "Hub", "contract", key]);
        assert_eq!(of_a_contract("approval"), json(r#""as the design says""#));
        assert_eq!(of_a_contract("may_answer"), json(r#""playbook only""#));
        assert_eq!(at(&["people", "vendor", "cost"]), json(r#""$20/hour""#));
        assert_eq!(at(&["people", "wizard", "hours"]), json(r#""28h/week""#));
        assert_eq!(at(&["practice"]), None);
    }
}
