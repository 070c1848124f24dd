//! Roles with more work than time, and roles with hardly any work: most often a unit was mistaken.

use super::problems::{About, Problem, warning};
use super::relief::{of_those_who_come, serves};
use super::{
    Load, Readers, Relief, RoleLoad, Specialists, load, readers, reliefs, specialists, staying,
};
use crate::model::{LanguageId, Organization, Practice, RoleId, TopicId, World};

/// Work for less than this share of the time is hardly any.
const HARDLY: f64 = 0.01;
/// Work for more than this share of the time is too much; as much as there is time may be a matter of rounding.
const ALL: f64 = 1.0 + 1e-9;
/// Most roles that are named.
const NAMED: usize = 3;
/// What is most often wrong then.
const UNITS_IN_DOUBT: &str =
    "what comes in, minutes of work and hours of people: is each in the unit that was meant?";

/// Roles with the share of their time for which they have work.
type Shares<'a> = Vec<(&'a RoleLoad, f64)>;

/// One finding for all roles of an organization that have too much to do, one for each with time enough where those who
/// alone read some language have too much, and one for those with hardly any work.
/// Who has none at all is there for something else, and where nobody is there no share can be told.
pub(super) fn extremes(
    world: &World,
    practice: &Practice,
    organization: &Organization,
) -> Vec<Problem> {
    let load = load(world, practice, organization);
    let of = Loaded { world, practice, organization, load: &load };
    let shares: Shares<'_> =
        load.roles.iter().filter_map(|role| Some((role, share(role)?))).collect();
    let which = |holds: fn(f64) -> bool| -> Shares<'_> {
        shares.iter().copied().filter(|&(_, share)| holds(share)).collect()
    };
    let too_much = of.too_much_work(&which(|share| ALL < share));
    let among_some = of.too_much_among_some();
    let hardly = hardly_any_work(&which(|share| 0.0 < share && share < HARDLY));
    too_much.into_iter().chain(among_some).chain(hardly).collect()
}

/// The share of its time for which a role has work, where that can be told.
fn share(role: &RoleLoad) -> Option<f64> {
    role.utilization().filter(|share| share.is_finite())
}

/// An organization with its load.
struct Loaded<'a> {
    world: &'a World,
    practice: &'a Practice,
    organization: &'a Organization,
    load: &'a Load,
}

impl Loaded<'_> {
    /// The finding about all roles that have too much to do; `None` where there are none.
    fn too_much_work(&self, too_much: &[(&RoleLoad, f64)]) -> Option<Problem> {
        let (surely, perhaps): (Shares<'_>, Shares<'_>) =
            too_much.iter().copied().partition(|role| !self.less_may_come(role));
        let none_surely = surely.is_empty();
        let (surely, perhaps) =
            if none_surely { (perhaps, Shares::new()) } else { (surely, perhaps) };
        let (about, most) = largest(&surely)?;
        let mut message = match surely.as_slice() {
            [_] => format!("{} has work for {} of its time", names(&surely), percent(most)),
            _ => format!("{} have work for up to {} of their time", names(&surely), percent(most)),
        };
        if none_surely {
            message.push_str(", if the desks before passed on all they get");
        }
        let help = if too_much.iter().any(|role| self.may_stay(role)) {
            "what comes in, minutes of work and hours of people: is each in the unit that was meant? If so, what cannot be done waits for ever or gives up"
        } else {
            let verb = if surely.len() == 1 { "does" } else { "do" };
            let why = relief(self.world, self.organization, too_much);
            message.push_str(&format!(" and {verb} not fall behind for good: {why}"));
            UNITS_IN_DOUBT
        };
        if !perhaps.is_empty() {
            message.push_str(&format!(
                "; {} would too, if the desks before passed on all they get",
                names(&perhaps)
            ));
        }
        Some(warning("too-much-work", about, message, help))
    }

    /// Whether it may not be too much after all: less may come to desks behind those that keep some of it, or lose some.
    fn less_may_come(&self, &(role, share): &(&RoleLoad, f64)) -> bool {
        let Loaded { world, organization, load, .. } = *self;
        share * of_those_who_come(world, organization, load, role.role) <= ALL
    }

    /// Whether some of what it cannot do may wait for ever. Only of a plain desk is it sure who leaves: elsewhere questions,
    /// drafts and hand-overs may pile up that no customer gives up on, and whoever leaves silently leaves a case that is
    /// worked on all the same.
    fn may_stay(&self, &(role, share): &(&RoleLoad, f64)) -> bool {
        let Loaded { world, practice, organization, load } = *self;
        let silent = world.behavior.patience.as_ref().map_or(0.0, |of| of.silent);
        let reliefs = || reliefs(world, practice, organization, load, role.role);
        !serves(organization.role(role.role))
            || reliefs().iter().any(|relief| *relief != Relief::Loss)
            || staying(world, practice, organization, load, role.role)
                .is_none_or(|of| 1.0 <= of.max(share * silent))
    }

    /// A finding for each role with time enough in which those who alone read some language, or take some topics, have
    /// too much to do.
    fn too_much_among_some(&self) -> Vec<Problem> {
        let Loaded { world, practice, organization, load } = *self;
        let rests = |role: &&RoleLoad| share(role).is_some_and(|share| share <= ALL);
        let mut found = Vec::new();
        let groups = readers(world, practice, organization).into_iter();
        for (role, group) in load.roles.iter().zip(groups).filter(|(role, _)| rests(role)) {
            let group = group.filter(|of| ALL < of.utilization);
            found.extend(group.map(|of| drowning(world, organization, role.role, &of)));
        }
        let groups = specialists(world, practice, organization).into_iter();
        for (role, group) in load.roles.iter().zip(groups).filter(|(role, _)| rests(role)) {
            let group = group.filter(|of| ALL < of.utilization);
            found.extend(group.map(|of| overasked(world, organization, role.role, &of)));
        }
        found
    }
}

/// The finding about all roles with hardly any work; `None` where there are none.
fn hardly_any_work(hardly: &[(&RoleLoad, f64)]) -> Option<Problem> {
    let (about, most) = largest(hardly)?;
    let (who, most) = (names(hardly), percent(most));
    let message = match hardly {
        [_] => format!("{who} has work for only {most} of its time"),
        _ => format!("{who} have work for at most {most} of their time"),
    };
    Some(warning("hardly-any-work", about, message, UNITS_IN_DOUBT))
}

/// What becomes of those whom these roles cannot serve, where none of them waits for ever.
fn relief(world: &World, organization: &Organization, roles: &[(&RoleLoad, f64)]) -> &'static str {
    let room = |(of, _): &(&RoleLoad, f64)| organization.role(of.role).waiting_room.is_some();
    match (roles.iter().any(room), world.behavior.patience.is_some()) {
        (true, true) => "some are turned away or give up waiting",
        (true, false) => "some are turned away",
        (false, _) => "some give up waiting",
    }
}

/// Some of a role's people, with this much of their time asked for: `2 of the 3 people of … have work for … of their time`.
fn some_of(organization: &Organization, id: RoleId, persons: usize, utilization: f64) -> String {
    let role = organization.role(id);
    let (who, have) = match persons {
        1 => ("one".to_owned(), "has"),
        several => (several.to_string(), "have"),
    };
    format!(
        "{who} of the {} people of `{}` {have} work for {} of their time",
        role.persons().unwrap_or(0),
        role.name,
        percent(utilization)
    )
}

/// People of a role with too much to do about what nobody else there takes.
fn overasked(
    world: &World,
    organization: &Organization,
    id: RoleId,
    group: &Specialists,
) -> Problem {
    let name = |id: &TopicId| format!("`{}`", world.topics[id.index()].name);
    let topics: Vec<String> = group.topics.iter().map(name).collect();
    let message = format!(
        "{} in topics that nobody else there takes: {}",
        some_of(organization, id, group.persons, group.utilization),
        topics.join(", ")
    );
    let help = "let more of its people take them (`skills`), or lead some elsewhere; what cannot be done waits for ever or gives up";
    warning("too-much-work", About::Role(id), message, help)
}

/// People of a role with too much to do in what nobody else there reads.
fn drowning(world: &World, organization: &Organization, id: RoleId, group: &Readers) -> Problem {
    let name = |id: &LanguageId| format!("`{}`", world.languages[id.index()]);
    let languages: Vec<String> = group.languages.iter().map(name).collect();
    let message = format!(
        "{} in what nobody else there reads: {}",
        some_of(organization, id, group.persons, group.utilization),
        languages.join(", ")
    );
    let help = "let more of its people speak it (`speaks`), or lead some of it elsewhere; what cannot be done waits for ever or gives up";
    warning("too-much-work", About::Role(id), message, help)
}

/// The role with the largest share, and the share.
fn largest(roles: &[(&RoleLoad, f64)]) -> Option<(About, f64)> {
    let (role, share) = roles.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((About::Role(role.role), *share))
}

/// `a` and `b`; or `a`, `b`, `c` and 5 more.
fn names(roles: &[(&RoleLoad, f64)]) -> String {
    let mut named: Vec<String> =
        roles.iter().take(NAMED).map(|(role, _)| format!("`{}`", role.name)).collect();
    let last = match roles.len().saturating_sub(NAMED) {
        0 => named.pop().unwrap_or_default(),
        more => format!("{more} more"),
    };
    match named.as_slice() {
        [] => last,
        named => format!("{} and {last}", named.join(", ")),
    }
}

/// Whole percent, with more digits below 1 and just above 100; what is not nothing does not read as nothing.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    match percent {
        nothing if nothing <= 0.0 => "0%".into(),
        tiny if tiny < 0.0005 => "under 0.001%".into(),
        small if small < 0.1 => format!("{small:.3}%"),
        small if small < 1.0 => format!("{small:.2}%"),
        close if 100.0 < close && close < 101.0 => format!("{close:.2}%"),
        other => format!("{other:.0}%"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::draws::Law;
    use crate::model::load::example::{network, plain, practice};
    use crate::model::{Patience, PatienceLaw, PatienceScope, Role};

    #[test]
    fn what_is_not_nothing_does_not_read_as_nothing() {
        let told = [0.0, 2e-6, 2e-5, 0.005, 0.5, 1.0002].map(percent);
        assert_eq!(told, ["0%", "under 0.001%", "0.002%", "0.50%", "50%", "100.02%"]);
    }

    /// Desks that pass all their cases on to the next, with so many minutes a case and one person each.
    fn check(per_hour: f64, minutes: &[f64], expected: Expect) {
        check_with(per_hour, minutes, |_, _| {}, expected);
    }

    /// The same of a world and desks that `change` makes otherwise.
    fn check_with(
        per_hour: f64,
        minutes: &[f64],
        change: impl Fn(&mut World, &mut Vec<Role>),
        expected: Expect,
    ) {
        let names = ["a", "b", "c", "d", "e"];
        let roles = names.iter().zip(minutes).map(|(name, mean)| plain(name, *mean, Some(1)));
        let routes: Vec<_> = (1..minutes.len() as u32).map(|to| (to - 1, to, 1.0, 0.0)).collect();
        let mut roles: Vec<Role> = roles.collect();
        let (mut world, _) = network(per_hour, roles.clone(), &routes);
        change(&mut world, &mut roles);
        let (_, organization) = network(per_hour, roles, &routes);
        let found = extremes(&world, &practice(), &organization);
        let told = found.iter().map(|p| format!("{}: {}", p.finding.code, p.finding.message));
        expected.assert_eq(&told.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn who_leaves_or_is_turned_away_keeps_a_desk_from_falling_behind() {
        let rooms = |_: &mut World, roles: &mut Vec<Role>| {
            roles.iter_mut().for_each(|role| role.waiting_room = Some(3));
        };
        let patience = |world: &mut World, _: &mut Vec<Role>| {
            world.behavior.patience = Some(Patience {
                scope: PatienceScope::Queue,
                law: PatienceLaw::Own(Law::exponential(60.0).unwrap()),
                by_topic: Vec::new(),
                silent: 0.0,
            });
        };
        check_with(
            12.0,
            &[6.25],
            rooms,
            expect![
                "too-much-work: `a` has work for 125% of its time and does not fall behind for good: some are turned away"
            ],
        );
        check_with(
            12.0,
            &[6.25, 7.0],
            patience,
            expect![
                "too-much-work: `a` and `b` have work for up to 140% of their time and do not fall behind for good: some give up waiting"
            ],
        );
        // half of those who give up say nothing, and their cases are worked on
        let silently = |world: &mut World, roles: &mut Vec<Role>| {
            patience(world, roles);
            let of = world.behavior.patience.as_mut().expect("it was set");
            (of.scope, of.silent) = (PatienceScope::Reply, 0.5);
        };
        check_with(
            12.0,
            &[11.0],
            silently,
            expect!["too-much-work: `a` has work for 220% of its time"],
        );
        // one desk with a room, the other without
        let one = |_: &mut World, roles: &mut Vec<Role>| roles[0].waiting_room = Some(3);
        check_with(
            12.0,
            &[6.25, 7.0],
            one,
            expect![
                "too-much-work: `a` has work for 125% of its time; `b` would too, if the desks before passed on all they get"
            ],
        );
    }

    #[test]
    fn ordinary_desks_and_idle_ones_are_not_told() {
        check(12.0, &[5.0, 0.1, 4.0], expect![""]);
        check(0.0, &[5.0], expect![""]);
    }

    #[test]
    fn too_much_and_hardly_any_work_are_told_with_their_shares() {
        check(12.0, &[6.25], expect!["too-much-work: `a` has work for 125% of its time"]);
        check(12.0, &[5.01], expect!["too-much-work: `a` has work for 100.20% of its time"]);
        check(0.006, &[5.0], expect!["hardly-any-work: `a` has work for only 0.050% of its time"]);
        check(
            12.0,
            &[6.0, 9.85, 7.0, 8.0, 0.01],
            expect![[r#"
                too-much-work: `a` and `b` have work for up to 197% of their time; `c` and `d` would too, if the desks before passed on all they get
                hardly-any-work: `e` has work for only 0.20% of its time"#]],
        );
    }
}
