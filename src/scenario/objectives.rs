//! Objectives, what they serve, and their goals.

use super::cursor::{Cursor, Object};
use super::designs::Designed;
use super::keys::OBJECTIVE;
use super::languages::named;
use super::names::{fold, quote};
use super::people::noted_currency;
use super::scope::Scope;
use super::text::{goal, money_of, turned};
use crate::model::{
    Better, Goal, LinkKind, Measure, MeasureId, Objective, Role, Strategy, TopicId, World,
};

/// An objective in its place among those that it serves and that serve it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its id.
    pub id: String,
    /// How many stand above it.
    pub depth: usize,
    /// Why it matters.
    pub why: Option<String>,
    /// Its goal as written; `None` for a strategy, which others serve.
    pub goal: Option<String>,
}

/// Whether the goals are about what there is: in a network whose roles serve and nothing else nobody replies.
pub(super) fn of_service(cursor: &Cursor<'_>, objectives: &[Objective]) {
    let exist: Vec<&str> = SERVICE.iter().map(|id| id.measure().name).collect();
    for item in cursor.items().unwrap_or_default() {
        let text = |key: &str| item.child(key).and_then(|at| Some((at.text()?.to_owned(), at)));
        let (Some((id, _)), Some((_, at))) = (text("id"), text("goal")) else { continue };
        let found = objectives.iter().find(|of| of.id == id);
        let Some(of) = found.filter(|of| !of.goal.measure.is_of_service()) else { continue };
        at.fail_with_help(
            "unknown-measure",
            format!(
                "{} is not measured in a plain network, whose desks serve and send no replies",
                quote(of.goal.measure.name)
            ),
            format!("measured there: {}", exist.join(", ")),
        );
    }
}

/// Warns of goals on what never happens: nothing is measured, so no design meets them.
pub(super) fn never_measured(
    cursor: &Cursor<'_>,
    objectives: &[Objective],
    world: &World,
    designs: &[Designed],
) {
    let some_role = |has: fn(&Role) -> bool| {
        designs.iter().any(|of| of.design.organization.roles().any(|(_, role)| has(role)))
    };
    let listens = |of: &Designed| {
        of.design.organization.links().any(|(_, _, link)| link.kind == LinkKind::Listen)
    };
    let promises = |role: &Role| role.terms.as_ref().is_some_and(|terms| terms.promise.is_some());
    let missing = |measure: &Measure| {
        Some(match measure.id {
            MeasureId::MoodAtEnd | MeasureId::LeftWorse if world.mood.is_none() => {
                "customers have no `mood`"
            }
            MeasureId::ExceptionsAbove | MeasureId::ExceptionsMended
                if world.topics.iter().all(|topic| topic.exceptions <= 0.0) =>
            {
                "no topic has `exceptions`"
            }
            MeasureId::MentionsReached
            | MeasureId::MentionsReachedValue
            | MeasureId::MentionAgeMean
            | MeasureId::Unwelcome
                if !world.has_mentions() =>
            {
                "there are no `mentions`"
            }
            MeasureId::MentionAgeMean | MeasureId::Unwelcome if !designs.iter().any(listens) => {
                "no desk works on mentions"
            }
            MeasureId::VendorPromises if !some_role(promises) => {
                "no vendor's `terms` hold a promise"
            }
            MeasureId::CostPerSettled
                if designs.iter().all(|of| of.design.cost_per_year <= 0.0) =>
            {
                "no design costs anything"
            }
            _ => return None,
        })
    };
    for item in cursor.items().unwrap_or_default() {
        let text = |key: &str| item.child(key).and_then(|at| Some((at.text()?.to_owned(), at)));
        let (Some((id, _)), Some((_, at))) = (text("id"), text("goal")) else { continue };
        let measure = objectives.iter().find(|of| of.id == id).map(|of| of.goal.measure);
        if let Some((measure, why)) = measure.and_then(|of| Some((of, missing(of)?))) {
            at.warn(
                "never-measured",
                format!("{} is never measured: {why}", quote(measure.name)),
                "no design can meet this goal; state what it is about, or leave it out",
            );
        }
    }
}

/// Most objectives: each may be judged over inquiries of its own, which are counted apart.
const MOST_OBJECTIVES: usize = 1000;
/// Measures that every plain network has.
const SERVICE: [MeasureId; 5] = [
    MeasureId::SettledInConversation,
    MeasureId::TimeToSettleMean,
    MeasureId::GaveUp,
    MeasureId::BusiestRole,
    MeasureId::CostPerSettled,
];

/// What the file says about one objective.
struct Entry<'c> {
    at: Cursor<'c>,
    name: Cursor<'c>,
    id: String,
    why: Option<String>,
    goal: Option<Goal>,
    /// The name of what it serves, and its position among the entries once that is known.
    serves: Option<Cursor<'c>>,
    above: Option<usize>,
}

/// The objectives with a goal, in their order of priority, and all of them as a tree: each beneath what it serves.
pub(super) fn objectives(
    cursor: &Cursor<'_>,
    world: &World,
    scope: &Scope,
    text: &str,
) -> (Vec<Objective>, Vec<Stated>) {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut restricted: Vec<Objective> = Vec::new();
    let items = cursor.items().unwrap_or_default();
    if MOST_OBJECTIVES < items.len() {
        cursor.fail_with_help(
            "too-many-objectives",
            format!(
                "there are {} objectives, and no more than {MOST_OBJECTIVES} are judged",
                items.len()
            ),
            "keep those that somebody decides by",
        );
        return (restricted, Vec::new());
    }
    for item in &items {
        let Some((entry, objective)) = entry(item, world, scope) else { continue };
        unlike(&entry, &entries, text);
        entries.push(entry);
        restricted.extend(objective);
    }
    join(&mut entries);
    if circles(&entries) {
        return (restricted, Vec::new());
    }
    let dangling = |entry: &Entry<'_>| entry.serves.is_some() && entry.above.is_none();
    if !entries.iter().any(dangling) {
        audit(&entries);
    }
    for objective in &mut restricted {
        let at = entries.iter().position(|entry| entry.id == objective.id);
        objective.serves = at.map_or(Vec::new(), |at| {
            let above = |&at: &usize| entries[at].above;
            let line = std::iter::successors(entries[at].above, above);
            let strategy =
                |at: usize| Strategy { id: entries[at].id.clone(), why: entries[at].why.clone() };
            line.map(strategy).collect()
        });
    }
    (restricted, tree(&entries))
}

/// Whether the id is another than those before.
fn unlike(entry: &Entry<'_>, before: &[Entry<'_>], text: &str) {
    if let Some(first) = before.iter().find(|known| known.id == entry.id) {
        let (line, column) = super::tree::line_and_column(text, first.at.node.range.start);
        entry.name.fail_with_help(
            "duplicate-name",
            format!("{} is the id of two objectives", quote(&entry.id)),
            format!("the first begins on line {line}, column {column}; rename one of them"),
        );
    } else if let Some(other) = before.iter().find(|known| fold(&known.id) == fold(&entry.id)) {
        entry.at.warn(
            "look-alike-names",
            format!("{} looks like {}", quote(&entry.id), quote(&other.id)),
            "they are two different names; rename one of them",
        );
    }
}

/// Find what each objective serves.
fn join(entries: &mut [Entry<'_>]) {
    let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    for entry in entries {
        let named = entry.serves.clone();
        entry.above = named.and_then(|at| at.position("unknown-objective", "objective", &ids));
    }
}

/// Whether some objectives serve each other in a circle; each circle is a problem.
fn circles(entries: &[Entry<'_>]) -> bool {
    let mut told = vec![false; entries.len()];
    for start in 0..entries.len() {
        let mut circle = vec![start];
        while let Some(above) = entries[*circle.last().expect("it begins somewhere")].above
            && above != start
            && !circle.contains(&above)
        {
            circle.push(above);
        }
        let closes = entries[*circle.last().expect("it begins somewhere")].above == Some(start);
        if !closes || told[start] {
            continue;
        }
        circle.iter().for_each(|&at| told[at] = true);
        let name = |at: usize| quote(&entries[at].id);
        let line: Vec<String> = circle[1..].iter().chain([&start]).map(|&at| name(at)).collect();
        let at = entries[start].serves.as_ref().expect("what closes a circle serves something");
        at.fail_with_help(
            "objectives-in-a-circle",
            format!("{} serves {}", name(start), line.join(", which serves ")),
            "one of them must be what the others are for: leave its `serves` away",
        );
    }
    told.contains(&true)
}

/// What the tree lacks: strategies without a goal beneath, goals that serve nothing.
fn audit(entries: &[Entry<'_>]) {
    let mut measured: Vec<bool> = entries.iter().map(|entry| entry.goal.is_some()).collect();
    for (at, _) in entries.iter().enumerate().filter(|(_, entry)| entry.goal.is_some()) {
        let line = std::iter::successors(entries[at].above, |&at| entries[at].above);
        line.for_each(|above| measured[above] = true);
    }
    for (entry, _) in entries.iter().zip(&measured).filter(|(_, measured)| !**measured) {
        entry.name.warn(
            "no-goal-serves",
            format!("no goal serves {}", quote(&entry.id)),
            "state its `goal`, or an objective with one that `serves` it: how would one know that it works?",
        );
    }
    let tops: Vec<&str> = entries
        .iter()
        .enumerate()
        .filter(|(at, entry)| entry.above.is_none() && serve(entries, *at))
        .map(|(_, entry)| entry.id.as_str())
        .collect();
    for (at, entry) in entries.iter().enumerate() {
        let alone = entry.goal.is_some() && entry.serves.is_none() && !serve(entries, at);
        if alone && !tops.is_empty() {
            let names: Vec<String> = tops.iter().map(|top| quote(top)).collect();
            entry.name.warn(
                "serves-no-strategy",
                format!(
                    "{} serves nothing, while others serve {}",
                    quote(&entry.id),
                    names.join(" and ")
                ),
                "say what it `serves`, or ask what it is for",
            );
        }
    }
}

/// Whether any objective serves this one.
fn serve(entries: &[Entry<'_>], at: usize) -> bool {
    entries.iter().any(|entry| entry.above == Some(at))
}

/// All objectives, each followed by those that serve it.
fn tree(entries: &[Entry<'_>]) -> Vec<Stated> {
    let mut stated = Vec::with_capacity(entries.len());
    let beneath = |above: Option<usize>| {
        (0..entries.len()).rev().filter(move |&at| entries[at].above == above)
    };
    let mut next: Vec<(usize, usize)> = beneath(None).map(|at| (at, 0)).collect();
    while let Some((at, depth)) = next.pop() {
        let Entry { id, why, goal, .. } = &entries[at];
        let goal = goal.as_ref().map(|goal| goal.text.clone());
        stated.push(Stated { id: id.clone(), depth, why: why.clone(), goal });
        next.extend(beneath(Some(at)).map(|at| (at, depth + 1)));
    }
    stated
}

/// One objective, and what it measures if it has a goal.
fn entry<'c>(
    cursor: &Cursor<'c>,
    world: &World,
    scope: &Scope,
) -> Option<(Entry<'c>, Option<Objective>)> {
    let of = cursor.object(&OBJECTIVE)?;
    let name = of.need("id");
    let id = name.as_ref().and_then(|id| id.name().map(String::from));
    let stated = of.get("goal");
    let goal =
        stated.as_ref().and_then(|at| at.read("a goal such as `answered within 6h >= 60%`", goal));
    match &goal {
        _ if stated.is_none() => nothing_to_restrict(&of),
        Some(goal) if !goal.measure.is_told_by_part() => has_no_parts(&of, goal),
        _ => {}
    }
    if let (Some(goal), Some(at)) = (&goal, &stated) {
        wrong_way(at, goal);
        money_of(goal).and_then(|price| noted_currency(at, &price));
    }
    let channels = scope.channels(of.get("channels"));
    let topics = topics(&of, world, scope);
    let mut segments = scope.segments(of.get("segments"));
    segments.sort_unstable();
    segments.dedup();
    let languages = match of.get("languages") {
        Some(at) => named(&at, &scope.languages)?,
        None => Vec::new(),
    };
    let why = of.get("why").and_then(|why| why.text().map(String::from));
    // a goal that cannot be read is told already
    let broken = stated.is_some() && goal.is_none();
    let id = id.filter(|_| !broken)?;
    let objective = goal.clone().map(|goal| Objective {
        id: id.clone(),
        why: why.clone(),
        goal,
        channels,
        topics,
        segments,
        languages,
        serves: Vec::new(),
    });
    let entry = Entry {
        at: cursor.clone(),
        name: name?,
        id,
        why,
        goal,
        serves: of.get("serves"),
        above: None,
    };
    Some((entry, objective))
}

/// Warn of a goal that is met by doing badly.
fn wrong_way(at: &Cursor<'_>, goal: &Goal) {
    let (better, asked) = match (goal.measure.better, goal.at_least) {
        (Better::Lower, true) => ("less", "at least so much"),
        (Better::Higher, false) => ("more", "at most so much"),
        _ => return,
    };
    at.warn(
        "wrong-way",
        format!(
            "of {} {better} is better, and this goal asks for {asked}",
            quote(goal.measure.name)
        ),
        format!("if that was not meant, write `{}`", turned(&goal.text)),
    );
}

/// Keys that restrict a goal to a part of the inquiries.
const PARTS: [&str; 5] = ["channels", "topics", "stages", "segments", "languages"];

/// What is measured of all people and all money together has no part.
fn has_no_parts(of: &Object<'_>, goal: &Goal) {
    for key in PARTS {
        if let Some(at) = of.get(key) {
            at.fail_with_help(
                "not-by-part",
                format!("{} is of all inquiries together, so `{key}` cannot restrict it", quote(goal.measure.name)),
                "leave this out, or choose a measure that each inquiry has, such as `answered within 6h`",
            );
        }
    }
}

/// Where there is no goal, there is nothing of which a part could be meant.
fn nothing_to_restrict(of: &Object<'_>) {
    for key in PARTS {
        if let Some(at) = of.get(key) {
            at.fail_with_help(
                "no-goal",
                format!("`{key}` restricts a `goal`, and there is none"),
                "state the goal, or leave this to the objectives that serve it",
            );
        }
    }
}

/// The topics that a goal is about, those of its stages among them.
fn topics(of: &Object<'_>, world: &World, scope: &Scope) -> Vec<TopicId> {
    let mut topics = scope.topics(of.get("topics"));
    for item in of.get("stages").and_then(|list| list.items()).into_iter().flatten() {
        let Some(stage) = item.text() else { continue };
        let of_stage = world.topics_of_stage(stage);
        if of_stage.is_empty() {
            let help = item
                .meant(stage, &world.stages())
                .unwrap_or_else(|| "state a `life_cycle` at the topics".into());
            item.fail_with_help(
                "unknown-stage",
                format!("no topic is of the stage {}", quote(stage)),
                help,
            );
        }
        topics.extend(of_stage);
    }
    topics.sort_unstable();
    topics.dedup();
    topics
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overlay, Source, load};

    #[test]
    fn each_objective_knows_what_it_serves_all_the_way_up() {
        let text = r#"{ "orgsim": 1,
            "objectives": [
                { "id": "prompt", "serves": "keep customers", "goal": "answered within 6h >= 60%" },
                { "id": "grow", "why": "the owners want it" },
                { "id": "be present", "serves": "grow", "goal": "answered >= 10%" },
                { "id": "keep customers", "serves": "grow", "why": "one in five leaves" },
                { "id": "night", "serves": "prompt", "goal": "answered within 24h >= 90%", "why": "they sleep" }
            ],
            "customers": { "messages": "1/hour", "channels": { "x": {} } },
            "designs": { "A": { "one_person": { "care agent": 1 } } } }"#;
        let scenario = load(&Source::new("test.json", text), &Overlay::default()).unwrap();
        let tree: Vec<(&str, usize)> =
            scenario.strategy.iter().map(|of| (of.id.as_str(), of.depth)).collect();
        let expected =
            [("grow", 0), ("be present", 1), ("keep customers", 1), ("prompt", 2), ("night", 3)];
        assert_eq!(tree, expected);
        let objectives = &scenario.model.objectives;
        let ids: Vec<&str> = objectives.iter().map(|of| of.id.as_str()).collect();
        assert_eq!(ids, ["prompt", "be present", "night"], "goals keep their order");
        let above = |at: usize| -> Vec<&str> {
            objectives[at].serves.iter().map(|above| above.id.as_str()).collect()
        };
        assert_eq!(above(2), ["prompt", "keep customers", "grow"]);
        assert_eq!(above(1), ["grow"]);
        assert_eq!(scenario.audit[0].because.as_deref(), Some("one in five leaves"));
        let found: Vec<&str> = scenario.warnings.iter().map(|of| of.code).collect();
        assert!(!found.iter().any(|code| code.contains("serves")), "{found:?}");
    }

    /// Codes and places of what is found, errors and warnings.
    fn found(objectives: &str, topic: &str) -> Vec<String> {
        let text = format!(
            r#"{{ "orgsim": 1, "objectives": [ {objectives} ],
            "customers": {{ "messages": "1/hour", "channels": {{ "x": {{}} }}, "topics": {{ "t": {topic} }} }},
            "designs": {{ "A": {{ "one_person": {{ "care agent": 1 }} }} }} }}"#
        );
        let loaded = load(&Source::new("test.json", text), &Overlay::default());
        let all = loaded.map_or_else(|problems| problems, |scenario| scenario.warnings);
        let goals = all.into_iter().filter(|of| of.pointer.starts_with("/objectives"));
        goals.map(|of| format!("{} {}", of.code, of.pointer)).collect()
    }

    #[test]
    fn a_goal_that_doing_badly_meets_is_warned_of() {
        let of = |goal: &str| found(&format!(r#"{{ "id": "a", "goal": "{goal}" }}"#), "{}");
        let warned = ["wrong-way /objectives/0/goal"];
        assert_eq!(of("gave up waiting >= 10%"), warned);
        assert_eq!(of("answered within 6h ≤ 60%"), warned);
        for sound in [
            "gave up waiting <= 10%",
            "answered within 6h >= 60%",
            "replies per answered inquiry <= 2",
        ] {
            assert!(of(sound).is_empty(), "{sound}");
        }
    }

    #[test]
    fn a_goal_is_in_the_currency_of_the_file() {
        let of = |goal: &str| {
            let text = format!(
                r#"{{ "orgsim": 1, "objectives": [ {{ "id": "a", "goal": "cost of one settled inquiry <= {goal}" }} ],
                "people": {{ "care agent": {{ "cost": "$66,800/year" }} }}, "customers": {{ "messages": "1/hour" }},
                "designs": {{ "A": {{ "one_person": {{ "care agent": 1 }} }} }} }}"#
            );
            let loaded = load(&Source::new("test.json", text), &Overlay::default());
            loaded.map_or_else(|problems| problems[0].pointer.clone(), |_| "sound".into())
        };
        assert_eq!(of("$20"), "sound");
        assert_eq!(of("20 USD"), "sound");
        assert_eq!(of("€20"), "/objectives/0/goal");
    }

    #[test]
    fn a_goal_that_cannot_be_judged_is_told() {
        let whole = r#"{ "id": "a", "goal": "busiest role <= 90%", "channels": ["x"] }"#;
        assert_eq!(found(whole, "{}"), ["not-by-part /objectives/0/channels"]);
        let every = r#"{ "id": "a", "goal": "busiest role <= 90%" }"#;
        assert!(found(every, "{}").is_empty());
        let mended = r#"{ "id": "a", "goal": "exceptions put right >= 90%" }"#;
        assert_eq!(found(mended, "{}"), ["never-measured /objectives/0/goal"]);
        assert!(found(mended, r#"{ "exceptions": "10%" }"#).is_empty());
    }
}
