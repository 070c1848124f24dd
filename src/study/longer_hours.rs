//! Longer opening hours for the same people, as changes to be tried.

use super::candidates::Candidate;
use super::setting::Settings;
use crate::scenario::DesignEntry;

/// Longer days and more days, wherever a plan states its hours as a text; its own people's and those of all sites at once.
pub(super) fn longer_hours(entry: &DesignEntry) -> Vec<Candidate> {
    let longer = entry.longer_days().map(|(minutes, settings)| {
        let more = if minutes < 120 { "an hour" } else { "two hours" };
        let what = format!("the same people over {more} more a day");
        Candidate { what, settings: Settings(settings) }
    });
    let more_days = entry.all_days().map(|(days, settings)| {
        let days = days.map_or("on all other days".into(), |days| on(&days));
        let what = format!("the same people {days} as well");
        Candidate { what, settings: Settings(settings) }
    });
    longer.into_iter().chain(more_days).collect()
}

/// `at weekends`, `on Sundays`, `on Mondays and Tuesdays`, `on all other days`.
fn on(days: &[usize]) -> String {
    const NAMES: [&str; 7] =
        ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
    match days {
        [5, 6] => "at weekends".into(),
        [_, _, _, ..] => "on all other days".into(),
        _ => {
            let names: Vec<&str> = days.iter().map(|&day| NAMES[day]).collect();
            format!("on {}", names.join(" and "))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::scenario::{PathAndValue, StatedValues};

    fn told(body: &Value) -> Vec<(String, Vec<PathAndValue>)> {
        let stated = StatedValues::of_json(&json!({ "designs": { "A": { "centralized": body } } }));
        let all = longer_hours(&stated.design("A").unwrap());
        all.into_iter().map(|of| (of.what, of.settings.0)).collect()
    }

    #[test]
    fn days_are_told_in_words() {
        assert_eq!(on(&[0, 1]), "on Mondays and Tuesdays");
        assert_eq!(
            [on(&[5, 6]), on(&[6]), on(&[0, 5, 6])].join(", "),
            "at weekends, on Sundays, on all other days"
        );
    }

    #[test]
    fn hours_grow_at_all_sites_at_once() {
        let body = json!({
            "open": "weekdays 09:00-17:00",
            "sites": {
                "Porto": { "open": "weekdays 8-18" },
                "Oslo": { "open": { "hours": "Mon-Sat 10:00-23:30" } },
                "Night": { "open": "always" },
            },
        });
        let text = |path: &str, hours: &str| (path.to_owned(), Value::from(hours));
        let days = [
            text("designs.A.open", "weekdays 08:00-18:00"),
            text("designs.A.sites.Porto.open", "weekdays 07:00-19:00"),
            text("designs.A.sites.Oslo.open.hours", "Mon-Sat 09:00-24:00"),
        ];
        let week = [
            text("designs.A.open", "daily 09:00-17:00"),
            text("designs.A.sites.Porto.open", "daily 08:00-18:00"),
            text("designs.A.sites.Oslo.open.hours", "daily 10:00-23:30"),
        ];
        assert_eq!(
            told(&body),
            [
                ("the same people over an hour more a day".to_owned(), days.to_vec()),
                ("the same people on all other days as well".to_owned(), week.to_vec()),
            ]
        );
        assert_eq!(told(&json!({ "sites": { "Night": { "open": "always" } } })), []);
        assert_eq!(told(&json!({ "care agent": 3 })), []);
    }
}
