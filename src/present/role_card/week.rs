//! What a role's week is spent on, what waits on it, and what it takes.

use super::voice::{Voice, plain, rough_heads, tenths};
use crate::present::document::{Block, Section};
use crate::present::numbers::{heads, share};
use crate::sim::Bin;
use crate::stats::Interval;
use crate::study::{RIGHTLY_BUSY, Rights, RoleCard, Spent};
use crate::units::counted;

/// A second in minutes: shorter waits are none.
const A_SECOND: f64 = 1.0 / 60.0;

/// A part of a week in words.
fn spent_on(bin: Bin, rights: &Rights) -> &'static str {
    match bin {
        Bin::Answer => "answering customers",
        Bin::Triage => "reading and sorting new messages",
        Bin::Rework => "doing replies again that came back",
        Bin::HandOff => "reading up on cases passed over",
        Bin::Approval => match (rights.decides_for.is_empty(), rights.approves()) {
            (true, _) => "approving colleagues' replies",
            (false, true) => "approving colleagues' replies, deciding exceptions",
            (false, false) => "deciding colleagues' exceptions",
        },
        Bin::ConsultGiven => "answering colleagues' questions",
        Bin::ConsultSought => "asking and looking things up",
        Bin::Coordination => "meetings",
        Bin::Training => "training",
        Bin::Proactive => "people who speak about us",
        Bin::Content => "content",
        Bin::Vendor => "managing the vendor",
        Bin::Idle => "free for whatever comes next",
        Bin::Absent => "ill or away",
    }
}

/// The week as a table: hours of one head, of all together, and the share.
pub(super) fn week(card: &RoleCard, voice: Voice<'_>) -> Section {
    let week = &card.week;
    if week.bins.is_empty() {
        return Section::new("What the week looks like", Vec::new());
    }
    let several = card.heads.is_some_and(|heads| 1.05 < heads);
    let mut head = vec!["A typical week".to_owned()];
    if week.hours_of_a_head.is_some() {
        let one = if several { "hours, one full post" } else { "hours" };
        head.push(one.into());
    }
    if several {
        head.push("hours, all".into());
    }
    head.push("share".into());
    let each = heads_hours(card);
    let row = |spent: &Spent| {
        let mut row = vec![spent_on(spent.on, &card.rights).to_owned()];
        if let Some(each) = each {
            row.push(voice.hours(times(spent.share, each)));
        }
        if let Some(all) = spent.hours.filter(|_| several) {
            row.push(voice.hours(all));
        }
        row.push(voice.share(spent.share));
        row
    };
    let mut rows = vec![head];
    rows.extend(week.bins.iter().map(row));
    Section::new("What the week looks like", vec![Block::Say(presence(card)), Block::Table(rows)])
}

/// Hours of the column that every role has: one head's, or the whole role's where it is less than one.
fn heads_hours(card: &RoleCard) -> Option<f64> {
    let week = &card.week;
    match card.heads {
        Some(heads) if 1.05 < heads => week.hours_of_a_head,
        _ => week.paid_hours,
    }
}

/// An interval in another unit.
fn times(of: Interval, factor: f64) -> Interval {
    let half_width = of.half_width.map(|half_width| half_width * factor);
    Interval { mean: of.mean * factor, half_width, ..of }
}

/// Who is there, and when.
fn presence(card: &RoleCard) -> String {
    let week = &card.week;
    let open = counted(plain(week.open_hours), "hour", "hours");
    let Some(paid) = week.paid_hours else {
        return format!("As many people as it takes, {open} a week.");
    };
    let (full, persons) = (card.heads.unwrap_or(0.0), card.persons.unwrap_or(0));
    let who = match full {
        full if (full - persons as f64).abs() < 0.005 => counted(persons, "person", "people"),
        full if full < 1.0 => {
            format!("{} of a full post ({})", heads(full), counted(persons, "person", "persons"))
        }
        full => format!("{} full posts ({})", heads(full), counted(persons, "person", "persons")),
    };
    let all = if persons == 1 { "" } else { " together" };
    let overtime = week.overtime.filter(|overtime| 0.001 <= overtime.mean);
    let overtime = overtime.map_or(String::new(), |overtime| {
        format!(", overtime of {} included", share(overtime.mean, None))
    });
    format!(
        "{who}, {} a week{all}{overtime}; the place is open {open} a week.",
        counted(plain(paid), "hour", "hours")
    )
}

/// What waits on the role.
pub(super) fn waiting(card: &RoleCard, voice: Voice<'_>) -> Section {
    let waiting = &card.waiting;
    let mut lines = Vec::new();
    if let Some(busy) = card.week.busy {
        let room = match busy.mean {
            share if 0.9 < share => ", with next to no room for busy days",
            share if RIGHTLY_BUSY < share => ", with little room for busy days",
            _ => "",
        };
        lines.push(format!("It is busy {} of its paid time{room}.", voice.share(busy)));
    }
    if let Some(visits) = waiting.visits.filter(|visits| 0.0 < visits.mean) {
        lines.push(format!(
            "{} pieces of work come to it in a week (new, returned and asked ones).",
            voice.cases(visits)
        ));
    }
    if let Some((number, wait)) = waiting.number.zip(waiting.wait) {
        let slowest = waiting.slowest_tenth.filter(|slowest| A_SECOND <= slowest.mean);
        let slowest = slowest.map_or(String::new(), |slowest| {
            format!(", one in ten longer than {}", voice.time(slowest))
        });
        lines.push(format!(
            "{} wait for it on average; a wait takes {}{slowest}.",
            voice.cases(number),
            voice.time(wait)
        ));
    }
    if let Some(most) = waiting.most.filter(|most| 0.0 < most.mean) {
        lines.push(format!("The most that ever waited at once: {}.", voice.cases(most)));
    }
    Section::new("What waits on it", lines.into_iter().map(Block::Item).collect())
}

/// Hours and heads that the present load takes.
pub(super) fn need(card: &RoleCard) -> Section {
    let (need, week) = (&card.need, &card.week);
    let Some(a_head) = week.hours_of_a_head else {
        return Section::new("Hours and people it takes", Vec::new());
    };
    let mut lines = Vec::new();
    let parts = [
        (need.inquiries, "inquiries"),
        (need.mentions, "its share of all mentions"),
        (need.planned, "other planned work"),
        (need.standing, "meetings and training"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(hours, _)| 0.05 <= *hours)
        .map(|(hours, what)| format!("{what} {}", plain(*hours)))
        .collect();
    let calculated = 0.05 <= need.inquiries + need.mentions + need.planned;
    if calculated {
        lines.push(format!(
            "By calculation, hours of work a week if nobody gave up waiting: {}.",
            parts.join(", ")
        ));
    }
    if let Some(measured) = need.measured {
        let hours = counted(tenths(measured.mean, measured.half_width), "hour", "hours");
        lines.push(format!("In the run it worked {hours} a week."));
    }
    let target = share(RIGHTLY_BUSY, None);
    let has = card.heads.map_or(String::new(), |now| format!("; it has {}", heads(now)));
    let takes = |full: f64| {
        let posts = match full {
            full if full < 0.995 => "of a post",
            full if full < 1.05 => "post",
            _ => "posts",
        };
        let hours = counted(plain(a_head), "hour", "hours");
        format!("{} {posts} of {hours} a week", rough_heads(full))
    };
    match (need.heads.filter(|_| calculated), need.heads_measured) {
        (Some(all), Some(done)) if 0.05 <= (all - done).abs() => lines.push(format!(
            "At {target} busy that is {} for the calculated hours, {} for what it did in the run{has}.",
            takes(all),
            rough_heads(done)
        )),
        (Some(all), _) => lines.push(format!("At {target} busy that is {}{has}.", takes(all))),
        (None, Some(done)) => lines.push(format!("At {target} busy that is {}{has}.", takes(done))),
        (None, None) => lines.push(format!(
            "At {target} busy no number of people is enough: meetings and training take the rest of their week."
        )),
    }
    let throughout = (week.open_hours / a_head).ceil();
    if card.rights.answers && need.heads.is_some_and(|heads| heads < throughout) {
        lines.push(format!(
            "That counts work, not presence: to have somebody there in all {} opening hours takes {}.",
            plain(week.open_hours),
            counted(plain(throughout), "person", "people")
        ));
    }
    Section::new("Hours and people it takes", lines.into_iter().map(Block::Item).collect())
}
