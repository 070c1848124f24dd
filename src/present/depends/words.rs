//! Inputs in leaders' words: a label, and a clause that a number completes.

use serde_json::Value;

use crate::scenario::{DEFAULTS, Track};
use crate::study::Input;

/// How an input is spoken of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Its name.
    pub(super) label: String,
    /// What a number says of it; `#` stands for the number, `~` for its unit.
    clause: String,
}

/// Paths, with `*` for any name: label and clause. `@` stands for the name at the first `*`.
const KNOWN: &[(&str, &str, &str)] = &[
    ("customers.messages", "Messages~", "# messages~ come in"),
    (
        "customers.need_unit_knowledge",
        "Inquiries only a business unit can answer",
        "#~ of inquiries need a business unit's knowledge",
    ),
    (
        "customers.mentions_worth_answering",
        "Mentions worth answering~",
        "# mentions~ are worth answering",
    ),
    ("customers.busy_days_vary_by", "How much days differ", "days differ by #~"),
    (
        "customers.behavior.recontact",
        "Customers who write again when kept waiting",
        "#~ of customers kept waiting write again",
    ),
    (
        "customers.behavior.wrong_guess",
        "Customers who pick a wrong unit's account",
        "#~ of customers pick a wrong unit's account",
    ),
    (
        "customers.behavior.patience.times_deadline",
        "Patience of customers",
        "customers wait #~ times as long as they expect to",
    ),
    (
        "customers.behavior.patience.silent",
        "Customers who give up without a word",
        "#~ of those who give up say nothing",
    ),
    (
        "customers.behavior.wish_to_continue",
        "Unsettled customers who go on",
        "#~ of unsettled customers go on with the conversation",
    ),
    ("customers.topics.*.work", "Work on a case", "a case takes #~"),
    (
        "customers.topics.*.not_settled_at_first",
        "Cases that no first reply can settle",
        "#~ of cases cannot be settled by a first reply",
    ),
    ("customers.topics.*.share", "Share of @", "#~ of messages are about @"),
    (
        "customers.channels.*.half_life",
        "How long posts stay fresh",
        "posts lose half of their freshness in #~",
    ),
    ("practice.triage", "Reading and sorting a message", "reading and sorting a message takes #~"),
    (
        "practice.consult",
        "An expert's work on a question",
        "an expert's work on a question takes #~",
    ),
    ("practice.review", "Review of a reply", "the review of a reply takes #~"),
    (
        "practice.legal_review",
        "Review of a delicate reply",
        "the review of a delicate reply takes #~",
    ),
    ("practice.engage", "Work on a mention", "a mention takes #~"),
    ("practice.triage_errs", "Messages sorted wrongly", "#~ of messages are sorted wrongly"),
    (
        "practice.error",
        "Wrong answers of people who know",
        "#~ of answers of people who know are wrong",
    ),
    ("practice.other_team", "Hand-over to another team", "a hand-over to another team is like #~"),
    (
        "practice.other_team.keeps",
        "Context kept when another team takes over",
        "#~ of the context is kept when another team takes over",
    ),
    (
        "practice.other_company",
        "Hand-over to another company",
        "a hand-over to another company is like #~",
    ),
    (
        "knowledge.own_generic",
        "General matters our people know",
        "our people know #~ of general matters",
    ),
    (
        "knowledge.vendor_generic",
        "General matters a vendor knows",
        "a vendor knows #~ of general matters",
    ),
    (
        "knowledge.own_unit",
        "What a unit's people know of its matters",
        "a unit's people know #~ of its matters",
    ),
    (
        "knowledge.other_units",
        "What others know of a unit's matters",
        "others know #~ of a unit's matters",
    ),
    (
        "practice.other_team.delay",
        "Delay of a hand-over to another team",
        "a hand-over to another team takes #~",
    ),
    (
        "practice.other_company.keeps",
        "Context kept when another company takes over",
        "#~ of the context is kept when another company takes over",
    ),
    (
        "practice.other_company.delay",
        "Delay of a hand-over to another company",
        "a hand-over to another company takes #~",
    ),
    (
        "practice.shared_tool",
        "Hand-over within a shared tool",
        "a hand-over within a shared tool is like #~",
    ),
    (
        "practice.shared_tool.keeps",
        "Context kept within a shared tool",
        "#~ of the context is kept within a shared tool",
    ),
    (
        "practice.shared_tool.delay",
        "Delay of a hand-over within a shared tool",
        "a hand-over within a shared tool takes #~",
    ),
    (
        "practice.caught",
        "Wrong drafts that a reviewer catches",
        "a reviewer catches #~ of wrong drafts",
    ),
    (
        "knowledge.employee",
        "What other employees know of their unit's matters",
        "other employees know #~ of their unit's matters",
    ),
    ("customers.streams.*.messages", "Messages of @~", "# messages~ of @ come in"),
    ("customers.languages.*", "Customers who write in @", "#~ of customers write in @"),
    ("customers.business_units.*", "Inquiries about @", "#~ of inquiries are about @"),
    ("people.*.cost", "Cost of one @", "one @ costs #~"),
    ("people.*.hours", "Worked hours of @", "@ works #~"),
    ("people.*.content", "Content made by @", "@ makes content for #~"),
    ("people.*.listening", "Listening by @", "@ listens for #~"),
    ("people.*.training", "Training of @", "@ is trained for #~"),
    ("people.*.meetings", "Meetings of @", "@ is in meetings for #~"),
    ("people.*.for_social", "Share of a week that @ gives", "@ gives #~ of the week"),
    ("designs.*.open", "Opening hours of @", "@ is open #~"),
    (
        "designs.*.contract.terms.price_per_case",
        "Price of a case that the vendor of @ answers",
        "the vendor of @ is paid #~ a case",
    ),
    ("designs.*.terms.price_per_case", "Price of a case", "a case costs #~"),
    ("designs.*.vendor_open", "Opening hours of the vendor", "the vendor is open #~"),
    ("designs.*.approval", "Replies that must be approved", "#~ must be approved"),
    ("experiment.hold_equal.cost", "Budget~", "the budget is #~"),
];

impl Words {
    /// The words for an input: known ones, those of its default, or its path.
    pub(super) fn of(input: &Input) -> Words {
        let unit = input.track().map_or(String::new(), |track| unit(track.around().1));
        let (label, clause) = spoken_of(&input.what);
        Words { label: with_unit(&label, &unit), clause: clause.replace('~', &unit) }
    }

    /// The clause with a number in it: `370–400 messages a day come in`.
    pub(super) fn clause(&self, number: &str) -> String {
        self.clause.replace('#', number)
    }

    /// The label inside of a sentence.
    pub(super) fn inside(&self) -> String {
        let mut letters = self.label.chars();
        match letters.next() {
            Some(first) => first.to_lowercase().chain(letters).collect(),
            None => String::new(),
        }
    }
}

/// What an input is called, with the unit that its range counts it in.
pub fn dial_label(input: &Input) -> String {
    Words::of(input).label
}

/// What an input is called, whatever its unit: known words, those of its default, or its path.
pub fn input_label(path: &str) -> String {
    spoken_of(path).0.trim_end_matches('~').to_owned()
}

/// Label and clause of a path.
fn spoken_of(path: &str) -> (String, String) {
    known(path)
        .or_else(|| documented(path))
        .unwrap_or_else(|| (format!("`{path}`"), format!("`{path}` is #~")))
}

/// A label with the unit it is counted by; who is paid by the hour has a price, not a cost.
fn with_unit(label: &str, unit: &str) -> String {
    if let Some(whose) = label.strip_prefix("Cost of one ").filter(|_| unit == " an hour") {
        return format!("Price of {} {whose}'s hour", article(whose));
    }
    match label.strip_suffix('~') {
        Some(label) if unit.starts_with(" a") => format!("{label}{unit}"),
        Some(label) => label.to_owned(),
        None => label.to_owned(),
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

fn known(path: &str) -> Option<(String, String)> {
    let segments: Vec<&str> = path.split('.').collect();
    KNOWN.iter().find_map(|(pattern, label, clause)| {
        let keys: Vec<&str> = pattern.split('.').collect();
        // names may hold dots, so a star takes what the others leave
        let star = keys.iter().position(|key| *key == "*");
        let name = match star {
            None => (keys == segments).then(String::new)?,
            Some(at) => {
                let after = keys.len() - at - 1;
                let long_enough = keys.len() <= segments.len();
                let fits = long_enough
                    && keys[..at] == segments[..at]
                    && keys[at + 1..] == segments[segments.len() - after..];
                let name = fits.then(|| segments[at..segments.len() - after].join("."))?;
                if name == "*" { "every design".to_owned() } else { name.trim_matches('"').into() }
            }
        };
        let label = match name.as_str() {
            "every design" => label.split(" of @").next().unwrap_or(label).replace('@', "each"),
            name => label.replace('@', name),
        };
        Some((label, clause.replace('@', &name)))
    })
}

fn documented(path: &str) -> Option<(String, String)> {
    let default = DEFAULTS.iter().find(|default| default.key == path)?;
    let mut letters = default.meaning.chars();
    let first = letters.next()?.to_uppercase();
    Some((first.chain(letters).collect(), format!("{}: #~", default.meaning)))
}

/// What stands behind a number, as it is spoken: `/day` as ` a day`.
pub(super) fn unit(after: &str) -> String {
    match after.trim() {
        "/hour" | "/h" => " an hour".into(),
        "/day" | "/d" => " a day".into(),
        "/week" | "/w" => " a week".into(),
        "/month" => " a month".into(),
        "/year" | "/y" => " a year".into(),
        _ => after.to_owned(),
    }
}

/// A bracket of two numbers of a track, without their unit: `41–47`, `$14–16`.
pub(super) fn bracket(track: &Track, low: f64, high: f64) -> String {
    let (before, _) = track.around();
    format!("{before}{}–{}", track.digits(low), track.digits(high))
}

/// One number of a track without its unit: `400`, `$14`.
pub(super) fn bare(track: &Track, number: f64) -> String {
    format!("{}{}", track.around().0, track.digits(number))
}

/// One number of a track with its unit, as it is spoken: `400 a day`.
pub(super) fn spoken(track: &Track, number: f64) -> String {
    format!("{}{}", bare(track, number), unit(track.around().1))
}

/// A value as it is written; a law in words.
pub fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => in_words(value),
        Value::Array(all) => all.iter().map(written).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// A law or another object in a few words: `20m on average`, `5m on average (lognormal, cv 1.5)`.
fn in_words(value: &Value) -> String {
    let Value::Object(of) = value else { return written(value) };
    if let Some((name, law)) = of.iter().next().filter(|_| of.len() == 1)
        && let Some(told) = law_in_words(name, law)
    {
        return told;
    }
    let parts = of.iter().map(|(key, value)| match law_in_words(key, value) {
        Some(law) => format!("else {law}"),
        None if value.is_object() => format!("{}: {}", key.replace('_', " "), in_words(value)),
        None => format!("{} {}", key.replace('_', " "), written(value)),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// A law by its middle, then its form; `None` for what is no law.
fn law_in_words(name: &str, of: &Value) -> Option<String> {
    let of = of.as_object()?;
    let middle = |key: &str, words: &str| Some(format!("{} {words}", written(of.get(key)?)));
    let told = middle("mean", "on average").or_else(|| middle("median", "in the middle"))?;
    let rest = of.iter().filter(|(key, _)| !["mean", "median"].contains(&key.as_str()));
    let rest: Vec<String> =
        rest.map(|(key, value)| format!("{} {}", key.replace('_', " "), written(value))).collect();
    Some(if rest.is_empty() { told } else { format!("{told} ({name}, {})", rest.join(", ")) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::present::depends::made_up_dial;

    fn of(what: &str) -> Words {
        Words::of(&made_up_dial(what, &[]).input)
    }

    #[test]
    fn inputs_have_words_of_leaders_or_their_path() {
        assert_eq!(of("customers.messages").clause("370–400"), "370–400 messages come in");
        assert_eq!(
            of("customers.languages.French").clause("30"),
            "30 of customers write in French"
        );
        assert_eq!(of("people.vendor.cost").label, "Cost of one vendor");
        assert_eq!(of("designs.*.open").label, "Opening hours");
        assert_eq!(of("designs.No. 1.open").label, "Opening hours of No. 1");
        assert_eq!(of("practice.search").label, "Looking something up");
        assert_eq!(of("customers.streams.x").clause("3"), "`customers.streams.x` is 3");
        assert_eq!(of("customers.streams.Asia.messages").label, "Messages of Asia");
        assert_eq!(of("people.care agent.content").label, "Content made by care agent");
        assert_eq!(of("practice.shared_tool.keeps").label, "Context kept within a shared tool");
        assert_eq!(of("practice.review").inside(), "review of a reply");
    }

    #[test]
    fn who_is_paid_by_the_hour_has_a_price() {
        assert_eq!(with_unit("Cost of one vendor", " an hour"), "Price of a vendor's hour");
        assert_eq!(with_unit("Cost of one care agent", " a year"), "Cost of one care agent");
        assert_eq!(with_unit("Messages~", " a day"), "Messages a day");
        assert_eq!(input_label("customers.messages"), "Messages");
    }

    #[test]
    fn no_words_of_experts_are_used() {
        for (_, label, clause) in KNOWN {
            for word in crate::present::words::FORBIDDEN {
                let told = format!("{label} {clause}").to_lowercase();
                assert!(!told.contains(&word.to_lowercase()), "{word} in {told}");
            }
        }
    }

    #[test]
    fn objects_are_told_in_a_few_words() {
        let law = json!({ "lognormal": { "mean": "5m", "cv": 1.5 } });
        assert_eq!(written(&law), "5m on average (lognormal, cv 1.5)");
        let hand_over = json!({ "delay": { "exponential": { "mean": "20m" } }, "keeps": "50%" });
        assert_eq!(written(&hand_over), "delay: 20m on average, keeps 50%");
        let expected = json!({ "lognormal": { "median": "33m", "sigma": 1.83 }, "none": "33%" });
        let told = written(&expected);
        assert!(told.contains("33m in the middle (lognormal, sigma 1.83)"), "{told}");
        assert!(!told.contains(['{', '"']), "{told}");
        assert_eq!((unit("/day"), unit("%")), (" a day".into(), "%".into()));
    }
}
