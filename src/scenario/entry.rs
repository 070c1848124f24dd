//! The entry of a design in the file, and the settings that change it.

use serde_json::{Map, Value, json};

use super::longer::{all_days, longer_days};
use super::overlay::PathAndValue;
use super::stated::StatedValues;

/// The entry of a design as it is stated, and how the file says changes of it.
///
/// What an entry does not state stands at its default, which a change may still differ from; changes
/// that do not fit the design are refused when the model is made.
#[derive(Debug, Clone)]
pub struct DesignEntry {
    /// The path of the entry.
    root: String,
    /// What was edited about it before.
    edits: Vec<Value>,
    /// What stands under the name of its archetype.
    plan: Map<String, Value>,
}

/// A change that the plan of a design may have a place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanChange {
    /// No reply waits for routine approval.
    NoApproval,
    /// The company's own people are spread around the clock.
    AlwaysOpen,
    /// The vendor works around the clock.
    VendorAlwaysOpen,
    /// The vendor may answer everything.
    VendorAnswersEverything,
    /// The hub helps a spoke after so many minutes.
    HubHelpsAfter(u32),
    /// All matters of a unit go to its spoke.
    UnitMattersToSpokes,
    /// All units share one account.
    OneAccount,
    /// So many people are kept free of mentions.
    KeepFree(u32),
    /// Whether those who answer look after mentions as well.
    Listens(bool),
}

/// People of one kind, as a plan counts them.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedHeads {
    /// Who they are.
    pub who: String,
    /// Where they are.
    pub at: HeadsAt,
    /// Whether so many are in each business unit.
    pub in_each_unit: bool,
    /// How many.
    pub heads: f64,
    /// The path of their number.
    pub path: String,
}

/// Where a plan counts people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadsAt {
    /// In the organization as a whole.
    Plan,
    /// At the hub.
    Hub,
    /// In each business unit.
    Units,
    /// In each spoke.
    Spokes,
}

impl PlanChange {
    /// What makes the change in the plan of a design, whatever the plan states.
    pub fn of_plan(self, design: &str) -> PathAndValue {
        let (key, value) = self.setting();
        (format!("designs.{design}.{key}"), value)
    }

    /// The key of the plan, and the value it takes.
    fn setting(self) -> (&'static str, Value) {
        match self {
            PlanChange::NoApproval => ("approval", json!("0% of replies")),
            PlanChange::AlwaysOpen => ("open", json!("always")),
            PlanChange::VendorAlwaysOpen => ("vendor_open", json!("always")),
            PlanChange::VendorAnswersEverything => ("may_answer", json!("everything")),
            PlanChange::HubHelpsAfter(minutes) => ("hub_helps_after", json!(format!("{minutes}m"))),
            PlanChange::UnitMattersToSpokes => ("route", json!("all unit matters")),
            PlanChange::OneAccount => ("own_accounts", json!(false)),
            PlanChange::KeepFree(people) => ("keep_free", json!(people)),
            PlanChange::Listens(yes) => ("listens", json!(yes)),
        }
    }

    /// Whether a plan states what the change is about.
    fn concerns(self, plan: &Map<String, Value>) -> bool {
        match self {
            // where sites divide the people, they set the hours
            PlanChange::AlwaysOpen => plan.contains_key("open") && !plan.contains_key("sites"),
            PlanChange::HubHelpsAfter(_) | PlanChange::UnitMattersToSpokes => {
                plan.contains_key("hub")
            }
            PlanChange::KeepFree(_) | PlanChange::Listens(_) => true,
            PlanChange::NoApproval
            | PlanChange::VendorAlwaysOpen
            | PlanChange::VendorAnswersEverything
            | PlanChange::OneAccount => plan.contains_key(self.setting().0),
        }
    }
}

impl StatedValues {
    /// The entry of a design; `None` where there is none of this name.
    pub fn design(&self, design: &str) -> Option<DesignEntry> {
        let root = format!("designs.{design}");
        let entry = self.get(&root)?;
        let edits = entry.get("edits").and_then(Value::as_array).cloned().unwrap_or_default();
        Some(DesignEntry { root, edits, plan: self.plan(design) })
    }

    /// What lets costs go where they are held equal, so that a design may cost more than the others.
    pub fn costs_let_go(&self) -> Option<PathAndValue> {
        self.get("experiment.hold_equal")?;
        Some(("experiment.hold_equal.within".into(), json!("100%")))
    }
}

impl DesignEntry {
    /// What makes a change; `None` where the plan states nothing that it is about, or is so already.
    pub fn change(&self, change: PlanChange) -> Option<PathAndValue> {
        let (key, value) = change.setting();
        let differs = self.plan.get(key) != Some(&value);
        (differs && change.concerns(&self.plan)).then(|| (format!("{}.{key}", self.root), value))
    }

    /// Whether those who answer look after mentions as well.
    pub fn listens(&self) -> bool {
        self.plan.get("listens").and_then(Value::as_bool).unwrap_or(true)
    }

    /// Whether the load decides how many people there are.
    pub fn is_staffed_by_load(&self) -> bool {
        self.plan.get("staff").is_some_and(|staff| staff != "as stated")
    }

    /// What gives roles so many people.
    pub fn people_at(&self, roles: &[(&str, f64)]) -> PathAndValue {
        let edit =
            |(role, people): &(&str, f64)| json!({ "change": { "role": role, "people": people } });
        let edits = self.edits.iter().cloned().chain(roles.iter().map(edit)).collect();
        (format!("{}.edits", self.root), Value::Array(edits))
    }

    /// The people that the plan counts, kind by kind.
    pub fn heads(&self) -> Vec<CountedHeads> {
        let places = [
            ("", HeadsAt::Plan),
            ("hub", HeadsAt::Hub),
            ("each_unit", HeadsAt::Units),
            ("each_spoke", HeadsAt::Spokes),
        ];
        let counted = |(place, at): (&str, HeadsAt)| {
            let (inside, of_place) = match at {
                HeadsAt::Plan => (self.root.clone(), Some(&self.plan)),
                _ => {
                    let of_place = self.plan.get(place).and_then(Value::as_object);
                    (format!("{}.{place}", self.root), of_place)
                }
            };
            let kind = move |(kind, value): (&String, &Value)| {
                let heads = value.as_f64().filter(|_| kind != "keep_free")?;
                let is_expert = kind == "experts_of_each_unit";
                Some(CountedHeads {
                    who: if is_expert { "expert".into() } else { kind.clone() },
                    at,
                    in_each_unit: is_expert || matches!(at, HeadsAt::Units | HeadsAt::Spokes),
                    heads,
                    path: format!("{inside}.{kind}"),
                })
            };
            of_place.into_iter().flatten().filter_map(kind).collect::<Vec<_>>()
        };
        places.into_iter().flat_map(counted).collect()
    }

    /// What makes each day of its people and of its sites longer where that can be, and by how many minutes at least; `None`
    /// where it can be nowhere.
    pub fn longer_days(&self) -> Option<(u32, Vec<PathAndValue>)> {
        let longer = self.changed_hours(longer_days);
        let least = longer.iter().map(|(_, (minutes, _))| *minutes).min()?;
        Some((least, longer.into_iter().map(|(path, (_, open))| (path, open.into())).collect()))
    }

    /// What opens its people and its sites on the days on which they are closed, and which these days are, from Monday on, where
    /// they are everywhere the same; `None` where no hours can be changed so.
    pub fn all_days(&self) -> Option<(Option<Vec<usize>>, Vec<PathAndValue>)> {
        let more = self.changed_hours(all_days);
        let (_, (days, _)) = more.first()?;
        let alike = more.iter().all(|(_, (closed, _))| closed == days).then(|| days.clone());
        Some((alike, more.into_iter().map(|(path, (_, open))| (path, open.into())).collect()))
    }

    /// The places whose hours can be changed so, by path.
    fn changed_hours<T>(&self, to: impl Fn(&str) -> Option<T>) -> Vec<(String, T)> {
        let changed =
            |(key, open): (String, &str)| Some((format!("{}.{key}", self.root), to(open)?));
        self.stated_hours().into_iter().filter_map(changed).collect()
    }

    /// The opening hours that the plan states as a text, and under which keys: of its own people, and of its sites.
    fn stated_hours(&self) -> Vec<(String, &str)> {
        let own = match self.plan.get("open") {
            Some(Value::String(open)) => Some(("open".to_owned(), open.as_str())),
            Some(Value::Object(open)) => {
                let hours = open.get("hours").and_then(Value::as_str);
                hours.map(|hours| ("open.hours".to_owned(), hours))
            }
            _ => None,
        };
        let sites = self.plan.get("sites").and_then(Value::as_object).into_iter().flatten();
        let sites = sites.filter_map(|(name, site)| {
            let open = site.get("open")?;
            match open.as_str() {
                Some(hours) => Some((format!("sites.{name}.open"), hours)),
                None => Some((format!("sites.{name}.open.hours"), open.get("hours")?.as_str()?)),
            }
        });
        own.into_iter().chain(sites).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(plan: Value) -> DesignEntry {
        let scenario = json!({ "designs": { "A": { "centralized": plan, "edits": [1] } } });
        StatedValues::of_json(&scenario).design("A").expect("it is there")
    }

    #[test]
    fn a_change_is_none_where_it_concerns_nothing_or_is_there_already() {
        let plan = entry(json!({ "approval": "6% of replies", "open": "always" }));
        let approval = ("designs.A.approval".to_owned(), json!("0% of replies"));
        assert_eq!(plan.change(PlanChange::NoApproval), Some(approval));
        for change in [PlanChange::AlwaysOpen, PlanChange::HubHelpsAfter(30)] {
            assert_eq!(plan.change(change), None, "{change:?}");
        }
        let listens = ("designs.A.listens".to_owned(), json!(false));
        assert_eq!(plan.change(PlanChange::Listens(false)), Some(listens), "a default is no value");
        assert!(StatedValues::of_json(&json!({})).design("A").is_none());
    }

    #[test]
    fn people_of_roles_are_edits_after_those_that_are_there() {
        let edits = json!([1, { "change": { "role": "agent", "people": 2.5 } }]);
        let set = entry(json!({})).people_at(&[("agent", 2.5)]);
        assert_eq!(set, ("designs.A.edits".to_owned(), edits));
    }

    #[test]
    fn heads_are_found_wherever_a_plan_counts_them() {
        let plan =
            json!({ "keep_free": 1, "experts_of_each_unit": 0.5, "each_spoke": { "agent": 2 } });
        let heads = entry(plan).heads();
        let told =
            heads.iter().map(|of| (of.who.as_str(), of.at, of.in_each_unit, of.path.as_str()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ("expert", HeadsAt::Plan, true, "designs.A.experts_of_each_unit"),
                ("agent", HeadsAt::Spokes, true, "designs.A.each_spoke.agent"),
            ]
        );
    }
}
