//! Kinds of people for whom a default stands in, though the file describes others who do the same.

use super::cursor::Cursor;
use super::names::quote;
use super::people::Kinds;
use crate::model::Diagnostic;
use crate::units::grouped;

/// Warn of kinds that designs name and `people` does not describe, where it describes another kind of their post;
/// and of those others, where no design has them.
///
/// A kind that was renamed in one of the two places is paid like the default, and nothing else would say so. A file
/// that describes nobody of a post has left it to the default.
pub(super) fn check(people: &Cursor<'_>, kinds: &Kinds<'_>) {
    if people.report.failed() {
        return;
    }
    let uses = kinds.uses();
    for used in uses.iter().filter(|used| used.stands_in) {
        let alike: Vec<&str> =
            kinds.stated().filter(|(_, post)| *post == used.post).map(|(name, _)| name).collect();
        let Some(first) = alike.first() else { continue };
        let message = format!(
            "{} is not described in `people`: the default stands in, {} a year",
            quote(&used.name),
            grouped(used.cost_per_year, 0)
        );
        let help = format!(
            "`people` has {} with the same post: name one of them in both places",
            quote(first)
        );
        let finding = Diagnostic::warning("default-stands-in", used.pointer.clone(), message)
            .set_by(used.set_by.as_deref());
        people.report.add_at(used.byte, finding.help(help));
        for name in alike.into_iter().filter(|name| uses.iter().all(|used| used.name != *name)) {
            let Some(place) = people.child(name) else { continue };
            let help = format!("designs have {} with the same post", quote(&used.name));
            place.warn("unused-kind", format!("{} is in no design", quote(name)), help);
        }
    }
}
