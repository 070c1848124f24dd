//! Settings of how the people of a role spend their week: where the file states them, and what sets them.

use serde_json::{Value, json};

use super::overlay::PathAndValue;
use super::staffing::duty_key;
use super::stated::StatedValues;
use crate::model::DutyKind;

/// A kind of standing work in the file: of a kind of people, or of a role of an explicit graph.
#[derive(Debug, Clone)]
pub struct StandingHours {
    /// The path of its hours, which may be a part of what is stated.
    path: String,
    /// Whether the file states it there.
    pub is_stated: bool,
}

impl StandingHours {
    fn new(place: &str, kind: DutyKind, stated: Option<Value>) -> StandingHours {
        let inner = if stated.as_ref().is_some_and(Value::is_object) { ".hours" } else { "" };
        let path = format!("{place}.{}{inner}", duty_key(kind));
        StandingHours { path, is_stated: stated.is_some() }
    }

    /// What makes it so many hours a week, in digits.
    pub fn hours_a_week(&self, hours: &str) -> PathAndValue {
        (self.path.clone(), format!("{hours}h/week").into())
    }
}

impl StatedValues {
    /// The standing work that people of a kind have, whatever their role is.
    pub fn standing_hours_of_kind(&self, people: &str, kind: DutyKind) -> StandingHours {
        let place = format!("people.{people}");
        let stated = self.get(&format!("{place}.{}", duty_key(kind)));
        StandingHours::new(&place, kind, stated)
    }

    /// The standing work of a role that the explicit graph of a design states.
    pub fn standing_hours_of_role(
        &self,
        design: &str,
        role: &str,
        kind: DutyKind,
    ) -> StandingHours {
        let entry = self.get(&format!("designs.{design}"));
        let at = |entry: &Value| {
            entry.get("graph")?.get("roles")?.get(role)?.get(duty_key(kind)).cloned()
        };
        StandingHours::new(&role_of_graph(design, role), kind, entry.as_ref().and_then(at))
    }

    /// What takes one person of a role out for a day, numbered from 1, beside the absences that are stated.
    pub fn without_one_for_a_day(&self, design: &str, role: &str, day: u64) -> PathAndValue {
        let mut all = match self.get("absences") {
            Some(Value::Array(stated)) => stated,
            _ => Vec::new(),
        };
        all.push(json!({
            "who": role, "design": design, "from": format!("day {day}"), "replaced_after": "24h",
        }));
        ("absences".into(), Value::Array(all))
    }
}

/// What makes this percentage of the replies of a plan's desks wait for approval, in digits.
pub fn approval_of_plan(design: &str, percent: &str) -> PathAndValue {
    approval(&format!("designs.{design}"), percent)
}

/// What makes this percentage of the replies of a role of an explicit graph wait for approval, in digits.
pub fn approval_of_role(design: &str, role: &str, percent: &str) -> PathAndValue {
    approval(&format!("{}.desk", role_of_graph(design, role)), percent)
}

fn approval(place: &str, percent: &str) -> PathAndValue {
    (format!("{place}.approval"), format!("{percent}% of replies").into())
}

fn role_of_graph(design: &str, role: &str) -> String {
    format!("designs.{design}.graph.roles.{role}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated() -> StatedValues {
        StatedValues::of_json(&json!({
            "people": { "agent": { "meetings": "2h/week", "training": { "hours": "1h/week" } } },
            "designs": { "A": { "graph": { "roles": { "no. 1": { "content": "3h/week" } } } } },
            "absences": [1],
        }))
    }

    #[test]
    fn standing_work_is_set_where_its_hours_are_stated() {
        let stated = stated();
        let set = |of: StandingHours| (of.is_stated, of.hours_a_week("4").0);
        let kind = |kind| set(stated.standing_hours_of_kind("agent", kind));
        assert_eq!(kind(DutyKind::Meetings), (true, "people.agent.meetings".into()));
        assert_eq!(kind(DutyKind::Training), (true, "people.agent.training.hours".into()));
        assert_eq!(kind(DutyKind::Vendor), (false, "people.agent.vendor_management".into()));
        let role = |kind| set(stated.standing_hours_of_role("A", "no. 1", kind));
        let content = "designs.A.graph.roles.no. 1.content".to_owned();
        assert_eq!(role(DutyKind::Content), (true, content));
        assert!(!role(DutyKind::Meetings).0);
    }

    #[test]
    fn an_absence_is_added_to_those_that_are_there() {
        let (path, value) = stated().without_one_for_a_day("A", "no. 1", 2);
        let day =
            json!({ "who": "no. 1", "design": "A", "from": "day 2", "replaced_after": "24h" });
        assert_eq!((path.as_str(), value), ("absences", json!([1, day])));
    }

    #[test]
    fn approval_is_set_for_a_plan_or_for_a_role() {
        let plan = ("designs.A.approval".to_owned(), json!("5% of replies"));
        assert_eq!(approval_of_plan("A", "5"), plan);
        let (path, _) = approval_of_role("A", "desk", "5");
        assert_eq!(path, "designs.A.graph.roles.desk.desk.approval");
    }
}
