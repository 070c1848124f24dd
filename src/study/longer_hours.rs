//! Longer opening hours for the same people, as changes to be tried.

use serde_json::{Map, Value};

use super::candidates::Candidate;
use super::setting::Settings;
use crate::scenario::{all_days, longer_days};

/// Longer days and more days, at each place whose hours a plan states as a text; its own people's and those of all sites
/// at once.
pub(super) fn longer_hours(root: &str, body: &Map<String, Value>) -> Vec<Candidate> {
    let stated = stated_hours(body);
    let everywhere = |hours: Vec<(String, String)>| {
        let all = hours.into_iter().map(|(key, open)| (format!("{root}.{key}"), open));
        all.fold(Settings::default(), |settings, (path, open)| settings.and(path, open))
    };
    let mut all = Vec::new();
    let longer = changed(&stated, longer_days);
    if let Some(minutes) = longer.iter().map(|(_, (minutes, _))| *minutes).min() {
        let more = if minutes < 120 { "an hour" } else { "two hours" };
        let hours = longer.into_iter().map(|(key, (_, open))| (key, open)).collect();
        let what = format!("the same people over {more} more a day");
        all.push(Candidate { what, settings: everywhere(hours) });
    }
    let more_days = changed(&stated, all_days);
    if let Some((_, (days, _))) = more_days.first() {
        let alike = more_days.iter().all(|(_, (closed, _))| closed == days);
        let days = if alike { on(days) } else { "on all other days".into() };
        let hours = more_days.into_iter().map(|(key, (_, open))| (key, open)).collect();
        let what = format!("the same people {days} as well");
        all.push(Candidate { what, settings: everywhere(hours) });
    }
    all
}

/// The places whose hours can be changed so, under their keys.
fn changed<T>(stated: &[(String, &str)], to: impl Fn(&str) -> Option<T>) -> Vec<(String, T)> {
    stated.iter().filter_map(|(key, open)| Some((key.clone(), to(open)?))).collect()
}

/// The opening hours that a plan states as a text, and under which keys: of its own people, and of its sites.
fn stated_hours(body: &Map<String, Value>) -> Vec<(String, &str)> {
    let own = match body.get("open") {
        Some(Value::String(open)) => Some(("open".to_owned(), open.as_str())),
        Some(Value::Object(open)) => {
            open.get("hours").and_then(Value::as_str).map(|hours| ("open.hours".to_owned(), hours))
        }
        _ => None,
    };
    let sites = body.get("sites").and_then(Value::as_object).into_iter().flatten();
    let sites = sites.filter_map(|(name, site)| {
        let open = site.get("open")?;
        match open.as_str() {
            Some(hours) => Some((format!("sites.{name}.open"), hours)),
            None => Some((format!("sites.{name}.open.hours"), open.get("hours")?.as_str()?)),
        }
    });
    own.into_iter().chain(sites).collect()
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
    use super::*;
    use serde_json::json;

    fn told(body: &Value) -> Vec<(String, Vec<(String, Value)>)> {
        let all = longer_hours("designs.A", body.as_object().unwrap());
        all.into_iter().map(|of| (of.what, of.settings.pairs())).collect()
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
