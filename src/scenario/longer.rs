//! Opening hours that are longer than those of a text, in the words of the format.

use super::text::{DAY, Hours, hours};
use super::written::week_in_words;

/// Opening hours that begin an hour sooner and end an hour later on each day, as far as the day goes, and by how many minutes
/// a day they are longer at least; `None` of hours that pass midnight, that cannot be read, or that leave no hour of a day.
pub(super) fn longer_days(open: &str) -> Option<(u32, String)> {
    let mut week = within_days(open)?;
    let mut least = DAY;
    for day in week.days.iter_mut() {
        let before: u32 = length(day);
        if [0, DAY].contains(&before) {
            continue;
        }
        let (first, last) = (0, day.len() - 1);
        day[first].0 = day[first].0.saturating_sub(60);
        day[last].1 = (day[last].1 + 60).min(DAY);
        least = least.min(length(day) - before);
    }
    (60..DAY).contains(&least).then(|| (least, in_words(&week)))
}

/// The days from Monday on which these opening hours are closed, and hours that are open then as on most days; `None` where
/// there is no such day, or of hours that pass midnight or cannot be read.
pub(super) fn all_days(open: &str) -> Option<(Vec<usize>, String)> {
    let mut week = within_days(open)?;
    let closed: Vec<usize> = (0..7).filter(|&day| week.days[day].is_empty()).collect();
    let as_often = |of: &Vec<(u32, u32)>| week.days.iter().filter(|day| *day == of).count();
    let open_days = week.days.iter().rev().filter(|day| !day.is_empty());
    let usual = open_days.max_by_key(|day| as_often(day))?.clone();
    if closed.is_empty() {
        return None;
    }
    closed.iter().for_each(|&day| week.days[day].clone_from(&usual));
    Some((closed, in_words(&week)))
}

/// The hours of a week, none of which passes midnight.
fn within_days(open: &str) -> Option<Hours> {
    let week = hours(open).ok()?;
    week.days.iter().flatten().all(|&(_, end)| end <= DAY).then_some(week)
}

fn length(day: &[(u32, u32)]) -> u32 {
    day.iter().map(|(start, end)| end - start).sum()
}

fn in_words(week: &Hours) -> String {
    let words = week_in_words(&week.days);
    match &week.zone {
        Some(zone) => format!("{words} {zone}"),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_grow_at_both_ends_as_far_as_they_go() {
        for (open, expected) in [
            ("daily 08:00-20:00", Some((120, "daily 07:00-21:00"))),
            ("weekdays 9-17:30", Some((120, "weekdays 08:00-18:30"))),
            ("Mon-Sat 9-20", Some((120, "Mon-Sat 08:00-21:00"))),
            (
                "weekdays 08:00-20:00, Sat 10-16",
                Some((120, "weekdays 07:00-21:00, Sat 09:00-17:00")),
            ),
            ("Tue-Sun 7-13 Europe/Berlin", Some((120, "Tue-Sun 06:00-14:00 Europe/Berlin"))),
            ("Mon-Fri 9-12 and 14-18", Some((120, "weekdays 08:00-12:00 and 14:00-19:00"))),
            ("daily 00:30-23:00", Some((90, "daily 00:00-24:00"))),
            ("daily 00:00-20:00", Some((60, "daily 00:00-21:00"))),
            (
                "weekdays 9-17, Sat 00:00-24:00",
                Some((120, "weekdays 08:00-18:00, Sat 00:00-24:00")),
            ),
            ("daily 00:15-24:00", None),
            ("daily 00:00-24:00", None),
            ("always", None),
            ("daily 22:00-06:00", None),
            ("never", None),
        ] {
            let told = longer_days(open);
            assert_eq!(
                told.as_ref().map(|(more, hours)| (*more, hours.as_str())),
                expected,
                "{open}"
            );
        }
    }

    #[test]
    fn closed_days_get_the_hours_of_most_days() {
        for (open, expected) in [
            ("weekdays 9-17", Some((&[5, 6][..], "daily 09:00-17:00"))),
            (
                "Mon-Fri 9-17, Sat 10-14",
                Some((&[6], "weekdays 09:00-17:00, Sat 10:00-14:00, Sun 09:00-17:00")),
            ),
            ("Tue-Sun 7-13", Some((&[0], "daily 07:00-13:00"))),
            ("daily 9-17", None),
            ("weekdays 22:00-06:00", None),
        ] {
            let told = all_days(open);
            assert_eq!(
                told.as_ref().map(|(days, hours)| (&days[..], hours.as_str())),
                expected,
                "{open}"
            );
        }
    }
}
