//! What a role may decide, and when it must ask: sentences read off its card.

use super::voice::{names, set_share};
use crate::present::document::{Section, items};
use crate::present::numbers::time;
use crate::present::words::list;
use crate::study::{Decider, Exceptions, Rights, RoleCard, Rung};

/// What it may decide and when it must ask.
pub(super) fn decides(card: &RoleCard) -> Section {
    let rights = &card.rights;
    let mut lines = Vec::new();
    if rights.sorts {
        lines.push("Decides which messages get a reply and which need none.".into());
    }
    if rights.answers {
        lines.push("Answers by itself whatever it knows the answer to.".into());
        lines.extend(brief(rights));
        lines.push(must_ask(rights));
        lines.extend(rights.exceptions.iter().map(excepted));
        lines.push(not_known(&rights.not_known));
    }
    let others = for_others(rights);
    let apart = !rights.answers && !others.is_empty();
    lines.extend(others);
    if apart {
        lines.push("Does not write to customers who address us.".into());
    }
    Section::new("What it decides, and when it asks", items(lines))
}

/// What it says instead of answering.
fn brief(rights: &Rights) -> Vec<String> {
    let mut lines = Vec::new();
    if 0.0 < rights.deflects {
        let share = set_share(rights.deflects);
        lines
            .push(format!("In {share} of its replies sends the customer elsewhere for an answer."));
    }
    if 0.0 < rights.to_private {
        let of = if 0.0 < rights.deflects { "the other" } else { "its" };
        let share = set_share(rights.to_private);
        lines.push(format!("In {share} of {of} first replies in public asks to go on in private."));
    }
    lines
}

/// Which of its replies somebody must approve.
fn must_ask(rights: &Rights) -> String {
    let mut must: Vec<String> = Vec::new();
    if 0.0 < rights.approval {
        must.push(format!("{} of its replies, picked at random", set_share(rights.approval)));
    }
    if let Some(risk) = rights.above {
        must.push(format!("every reply above {risk} risk"));
    }
    if !rights.always.is_empty() {
        must.push(format!("every reply about {}", names(&rights.always)));
    }
    if let Some(loud) = rights.loud {
        must.push(format!("{} of its replies to customers who went public", set_share(loud)));
    }
    if must.is_empty() {
        return "Sends its replies without anybody's approval.".into();
    }
    let approve = if rights.approvers.len() == 1 { "approves" } else { "approve" };
    let by = names(&rights.approvers);
    format!("Must ask before sending {}: {by} {approve}.", must.join(", and "))
}

/// Who decides on exceptions, and how long the role waits for that.
fn excepted(exceptions: &Exceptions) -> String {
    let Exceptions { own, above } = exceptions;
    let late = |by: &Decider| {
        let longest = time(by.longest?.minutes(), None);
        Some(format!(" What {} has not taken up within {longest} it decides itself.", by.role))
    };
    let late: String = above.iter().filter_map(late).collect();
    let by = match above.as_slice() {
        [] => return "Decides itself on exceptions, for which its rules have no answer.".into(),
        [only] if *own <= 0.0 => only.role.clone(),
        _ => by_share(*own, above),
    };
    format!("Exceptions, for which its rules have no answer, are decided by {by}.{late}")
}

/// `itself (70%), hub (21%) and strategist (9%)`
fn by_share(own: f64, above: &[Decider]) -> String {
    let of = |who: &str, share| format!("{who} ({})", set_share(share));
    let mut all: Vec<String> = Vec::new();
    if 0.0 < own {
        all.push(of("itself", own));
    }
    all.extend(above.iter().map(|by| of(&by.role, by.share)));
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    list(&all)
}

/// What it decides for others.
fn for_others(rights: &Rights) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |whom: &[String], line: &dyn Fn(String) -> String| {
        if !whom.is_empty() {
            lines.push(line(names(whom)));
        }
    };
    say(&rights.approves_for, &|whom| {
        format!("Approves replies of {whom}, or sends them back to be done again.")
    });
    say(&rights.approves_late_for, &|whom| {
        format!("Approves, or sends back, replies that {whom} found no time to review.")
    });
    say(&rights.decides_for, &|whom| {
        format!("Decides on exceptions of {whom}, for which their rules have no answer.")
    });
    if !rights.advises.is_empty() {
        let who = one_of(&rights.advises);
        lines.push(format!("Gives the answer when {who} asks; the case stays with who asked."));
    }
    lines
}

fn one_of(all: &[String]) -> String {
    match all {
        [only] => only.clone(),
        all => format!("one of {}", names(all)),
    }
}

fn not_known(rungs: &[Rung]) -> String {
    let step = |rung: &Rung| match rung {
        Rung::WrongDesk(to) => format!("passes what belongs to another desk on to {}", or(to)),
        Rung::PassesOn(to) => format!("passes it on to {}", or(to)),
        Rung::LooksUp => "looks it up".into(),
        Rung::Asks(whom, None) => format!("asks {}", or(whom)),
        Rung::Asks(whom, Some(longest)) => {
            format!("asks {} and waits {} at most", or(whom), time(longest.minutes(), None))
        }
        Rung::HandsUp(to) => format!("hands it up to {}", or(to)),
        Rung::Guesses => "answers as well as it can".into(),
    };
    match rungs {
        [only] => format!("When it does not know: {}.", step(only)),
        rungs => {
            let steps: Vec<String> = rungs.iter().map(step).collect();
            format!("When it does not know, in this order: {}.", steps.join("; "))
        }
    }
}

fn or(all: &[String]) -> String {
    match all.split_last() {
        Some((last, first)) if !first.is_empty() && all.len() <= 6 => {
            format!("{} or {last}", first.join(", "))
        }
        _ => names(all),
    }
}
