//! Role cards as JSON.

use serde_json::{Map, Value, json};

use crate::model::LinkKind;
use crate::present::results_json::numbers::{brief, interval, maybe, number};
use crate::stats::Interval;
use crate::study::{
    Aim, Contact, Decider, Deed, Exceptions, Knows, RoleCard, Rung, Tie, Tried, TriedEffect,
};

/// The version of this document.
const VERSION: u32 = 1;

/// All cards as one document; `about` comes before the cards.
pub fn role_cards_json(cards: &[RoleCard], about: Map<String, Value>) -> Value {
    let mut all = Map::new();
    all.insert("orgsim_roles".into(), json!(VERSION));
    all.extend(about);
    all.insert("roles".into(), cards.iter().map(card_json).collect());
    Value::Object(all)
}

fn perhaps(of: Option<Interval>) -> Value {
    of.map_or(Value::Null, interval)
}

fn card_json(card: &RoleCard) -> Value {
    let mut json = json!({
        "design": card.design,
        "role": card.role,
        "unit": card.unit,
        "vendor": card.vendor,
        "kind": card.kind,
        "heads": maybe(card.heads),
        "persons": card.persons,
        "cost_per_year": number(card.cost_per_year),
        "fees_per_year": perhaps(card.fees),
        "replications": card.repetitions,
        "falls_behind": card.falls_behind,
        "serves": card.aims.iter().map(aim_json).collect::<Vec<_>>(),
        "week": week_json(card),
        "waiting": {
            "visits_per_week": perhaps(card.waiting.visits),
            "wait_minutes_mean": perhaps(card.waiting.wait),
            "wait_minutes_p90": perhaps(card.waiting.slowest_tenth),
            "queue_mean": perhaps(card.waiting.number),
            "longest_queue": perhaps(card.waiting.most),
        },
        "need": {
            "inquiry_hours_per_week": number(card.need.inquiries),
            "mention_hours_per_week": number(card.need.mentions),
            "planned_hours_per_week": number(card.need.planned),
            "standing_hours_per_week": number(card.need.standing),
            "measured_hours_per_week": perhaps(card.need.measured),
            "busy": crate::study::RIGHTLY_BUSY,
            "heads": maybe(card.need.heads),
            "heads_measured": maybe(card.need.heads_measured),
        },
        "topics": card.topics.iter().map(|(topic, weekly)| json!({
            "topic": topic, "visits_per_week": number(*weekly),
        })).collect::<Vec<_>>(),
        "knows": card.knows.iter().map(knows_json).collect::<Vec<_>>(),
        "decides": decides_json(card),
        "works_with": card.contacts.iter().map(contact_json).collect::<Vec<_>>(),
        "other_weeks": {
            "replications": card.split.repetitions,
            "best": card.split.best,
            "tried": card.split.tried.iter().map(tried_json).collect::<Vec<_>>(),
        },
        "risk": {
            "share_of_inquiries": number(card.risk.needed_by),
            "channels": card.risk.channels,
            "alone_knows": card.risk.alone_knows,
            "alone_approves_for": card.risk.alone_approves_for,
            "away_for_a_day": card.risk.away.as_ref().map(|away| json!({
                "day": away.day, "hours": number(away.hours),
                "effects": away.effects.iter().map(effect_json).collect::<Vec<_>>(),
            })),
        },
    });
    if !card.speaks.is_empty() {
        let spoken = card.speaks.iter();
        json["speaks"] = spoken
            .map(|(language, persons)| json!({ "language": language, "persons": persons }))
            .collect();
        let needed = card.must_speak.iter();
        json["must_speak"] = needed
            .map(|(language, goals)| json!({ "language": language, "objectives": goals }))
            .collect();
        json["risk"]["alone_speaks"] = json!(card.risk.alone_speaks);
    }
    json
}

fn aim_json(aim: &Aim) -> Value {
    let deed = |deed: &Deed| match deed {
        Deed::Answers => "answers",
        Deed::Sorts => "sorts",
        Deed::Approves => "approves",
        Deed::Decides => "decides",
        Deed::Advises => "advises",
        Deed::Listens => "listens",
    };
    let mut json = json!({
        "objective": aim.objective,
        "why": aim.why,
        "serves": aim.serves.iter().map(|above| &above.id).collect::<Vec<_>>(),
        "does": aim.deeds.iter().map(deed).collect::<Vec<_>>(),
        "share_of_work": number(aim.share_of_work),
        "measure": aim.quantity.id(),
        "channels": aim.channels,
        "topics": aim.topics,
        "goal": number(aim.wanted.0),
        "at_least": aim.wanted.1,
        "value": aim.value.as_ref().map(brief),
        "met": aim.met.map(|(met, _)| met),
        "of": aim.met.map(|(_, of)| of),
    });
    if !aim.languages.is_empty() {
        json["languages"] = json!(aim.languages);
    }
    json
}

fn week_json(card: &RoleCard) -> Value {
    let bins: Map<String, Value> = card
        .week
        .bins
        .iter()
        .map(|spent| {
            let told = json!({ "share": interval(spent.share), "hours": perhaps(spent.hours) });
            (spent.on.key().into(), told)
        })
        .collect();
    json!({
        "paid_hours": maybe(card.week.paid_hours),
        "hours_of_a_head": maybe(card.week.hours_of_a_head),
        "open_hours": number(card.week.open_hours),
        "utilization": perhaps(card.week.busy),
        "overtime": perhaps(card.week.overtime),
        "bins": bins,
    })
}

fn knows_json(knows: &Knows) -> Value {
    let unit = |(units, share): &(Vec<String>, f64)| json!({ "units": units, "knows": share });
    json!({
        "topics": knows.topics,
        "generic": knows.everyday,
        "unit_matters": knows.units.iter().map(unit).collect::<Vec<_>>(),
    })
}

fn decides_json(card: &RoleCard) -> Value {
    let rights = &card.rights;
    let step = |rung: &Rung| match rung {
        Rung::WrongDesk(to) => json!({ "route_wrong_desk": to }),
        Rung::PassesOn(to) => json!({ "route": to }),
        Rung::LooksUp => json!("search"),
        Rung::Asks(whom, longest) => json!({
            "consult": whom, "timeout_minutes": longest.map(|longest| longest.minutes()),
        }),
        Rung::HandsUp(to) => json!({ "escalate": to }),
        Rung::Guesses => json!("guess"),
    };
    json!({
        "answers": rights.answers,
        "triages": rights.sorts,
        "deflects": number(rights.deflects),
        "to_private": number(rights.to_private),
        "approval_share": number(rights.approval),
        "approval_share_loud": maybe(rights.loud),
        "approved_above": rights.above,
        "always_approved": rights.always,
        "approvers": rights.approvers,
        "not_known": rights.not_known.iter().map(step).collect::<Vec<_>>(),
        "exceptions": rights.exceptions.as_ref().map(exceptions_json),
        "approves_for": rights.approves_for,
        "approves_late_for": rights.approves_late_for,
        "decides_for": rights.decides_for,
        "advises": rights.advises,
    })
}

fn exceptions_json(exceptions: &Exceptions) -> Value {
    let decider = |decider: &Decider| {
        json!({
            "role": decider.role,
            "share": number(decider.share),
            "timeout_minutes": decider.longest.map(|longest| longest.minutes()),
        })
    };
    json!({
        "itself": number(exceptions.own),
        "above": exceptions.above.iter().map(decider).collect::<Vec<_>>(),
    })
}

/// `link` is the word of a link in scenarios; what passes over none has a word of its own.
fn contact_json(contact: &Contact) -> Value {
    let kind = match contact.kind {
        Tie::Link(LinkKind::Escalate) => LinkKind::Route(crate::model::RouteWhen::Always).word(),
        Tie::Link(kind) => kind.word(),
        Tie::Exceptions => "exception",
        Tie::LateReviews => "late review",
        Tie::SamePosts => "same post",
    };
    json!({
        "direction": if contact.inward { "in" } else { "out" },
        "link": kind,
        "others": contact.others,
        "cases_per_week": perhaps(contact.per_week),
    })
}

fn tried_json(tried: &Tried) -> Value {
    let settings: Map<String, Value> = tried.settings.0.iter().cloned().collect();
    json!({
        "what": tried.what,
        "set": settings,
        "judged": tried.judged,
        "effects": tried.effects.iter().map(effect_json).collect::<Vec<_>>(),
    })
}

fn effect_json(effect: &TriedEffect) -> Value {
    json!({
        "name": effect.name,
        "measure": effect.quantity.id(),
        "before": number(effect.before),
        "after": number(effect.after),
        "gain": interval(effect.gain),
        "met_before": effect.met.map(|met| met.0),
        "met_after": effect.met.map(|met| met.1),
    })
}
