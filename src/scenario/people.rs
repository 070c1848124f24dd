//! Kinds of people: what one costs, how much one works, which post one fills.

use std::cell::{Ref, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use super::cursor::Cursor;
use super::keys::{ANYWHERE, KIND, designs_with};
use super::languages::speaks;
use super::names::quote;
use super::report::Report;
use super::shares::{fraction, percent};
use super::staffing::life;
use super::text::{Per, Price, hours_per_week, minutes, price};
use super::tree::{Node, Value};
use crate::model::archetype::{Kind, Life, Staff};
use crate::units::{PAID_WEEKS_A_YEAR, grouped};

/// Costs of a year below this are more likely a mistake in writing.
const LEAST_PAY: f64 = 1000.0;

/// Kinds that the table of defaults describes.
pub(super) const DOCUMENTED: [&str; 5] =
    ["care agent", "strategist", "analyst", "vendor", "employee"];

/// What people of a kind do in an archetype.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Post {
    Front,
    Strategist,
    Analyst,
    Expert,
    Vendor,
    Employee,
}

impl Post {
    /// The post in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Post::Front => "people who answer (post `front`)",
            Post::Strategist => "somebody who approves (post `strategist`)",
            Post::Analyst => "somebody who looks for mentions (post `analyst`)",
            Post::Expert => "experts (post `expert`)",
            Post::Vendor => "a vendor's people (post `vendor`)",
            Post::Employee => "employees who give some of their time (post `employee`)",
        }
    }
}

/// Where designs first name a kind.
pub(super) struct Use {
    pub(super) name: String,
    pub(super) post: Post,
    pub(super) cost_per_year: f64,
    /// Whether the file describes nobody of this name, so that a default stands in.
    pub(super) stands_in: bool,
    pub(super) byte: usize,
    pub(super) pointer: String,
    pub(super) set_by: Option<Rc<str>>,
}

/// All kinds of a file; the documented ones join when they are first named.
pub(super) struct Kinds<'t> {
    report: &'t Report,
    languages: &'t [String],
    stated: Vec<(Arc<Kind>, Post)>,
    uses: RefCell<Vec<Use>>,
    /// Whether all that is said of them could be read; if not, some of their costs and hours stand for nothing.
    pub(super) whole: bool,
    /// Consult time stated with the experts, in minutes.
    pub(super) consult: Option<f64>,
}

/// Read the kinds of people; customers write in these languages.
pub(super) fn kinds<'t>(
    cursor: &Cursor<'_>,
    report: &'t Report,
    languages: &'t [String],
) -> Kinds<'t> {
    let (stated, uses) = (Vec::new(), RefCell::default());
    let mut kinds = Kinds { report, languages, stated, uses, whole: true, consult: None };
    for (name, child) in cursor.entries().unwrap_or_default() {
        let read = kind(name, &child, languages, &mut kinds.consult);
        kinds.whole &= read.is_some();
        kinds.stated.push(read.unwrap_or_else(|| unread(name)));
    }
    kinds
}

/// A kind of which not all could be read: named, so that other places do not complain about it as well.
fn unread(name: &str) -> (Arc<Kind>, Post) {
    let kind = Kind {
        name: name.into(),
        cost_per_year: 0.0,
        hours_per_week: 28.0,
        with_people: 0.5,
        speaks: None,
        life: Life::default(),
    };
    (Arc::new(kind), usual_post(name).unwrap_or(Post::Front))
}

impl Kinds<'_> {
    /// The kind of this name, if there is one.
    pub(super) fn find(&self, name: &str) -> Option<(Arc<Kind>, Post)> {
        if let Some((kind, post)) = self.stated.iter().find(|(kind, _)| kind.name == name) {
            return Some((kind.clone(), *post));
        }
        DOCUMENTED.contains(&name).then_some(())?;
        let node: &Node = self.report.default(&format!("people.{name}"));
        let cursor = Cursor { node, pointer: format!("/people/{name}"), report: self.report };
        Some(kind(name, &cursor, self.languages, &mut None).unwrap_or_else(|| unread(name)))
    }

    /// Names that can be used.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.stated.iter().map(|(kind, _)| kind.name.as_str()).collect();
        for name in DOCUMENTED {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The kinds that the file describes, with their posts.
    pub(super) fn stated(&self) -> impl Iterator<Item = (&str, Post)> {
        self.stated.iter().map(|(kind, post)| (kind.name.as_str(), *post))
    }

    /// A kind with this post to name as an example: one that the file describes, or the usual one.
    pub(super) fn example(&self, post: Post) -> &str {
        let stated = self.stated().find(|(_, of)| *of == post).map(|(name, _)| name);
        let usual = || DOCUMENTED.into_iter().find(|name| usual_post(name) == Some(post));
        stated.or_else(usual).unwrap_or("line expert")
    }

    /// Where designs first name each kind.
    pub(super) fn uses(&self) -> Ref<'_, Vec<Use>> {
        self.uses.borrow()
    }

    fn note_use(&self, at: &Cursor<'_>, kind: &Kind, post: Post) {
        let mut uses = self.uses.borrow_mut();
        if uses.iter().all(|used| used.name != kind.name) {
            uses.push(Use {
                name: kind.name.clone(),
                post,
                cost_per_year: kind.cost_per_year,
                stands_in: self.stated().all(|(name, _)| name != kind.name),
                byte: at.node.range.start,
                pointer: at.pointer.clone(),
                set_by: at.node.origin.clone(),
            });
        }
    }

    /// The experts of one unit: one head of the kind with that post.
    pub(super) fn expert(&self) -> Option<Staff> {
        self.stated
            .iter()
            .find(|(_, post)| *post == Post::Expert)
            .map(|(kind, _)| Staff { kind: kind.clone(), heads: 1.0 })
    }

    /// The heads stated in the people of one place, by post; keys of `except` are no kinds. `by_post`: in a plan, where each
    /// post has one kind, and experts are counted already. `None` if they cannot all be told, which is noted; then nobody can
    /// be said to be missing there either.
    pub(super) fn heads(
        &self,
        cursor: &Cursor<'_>,
        except: &[&str],
        by_post: bool,
    ) -> Option<Vec<(Post, Staff, String)>> {
        let mut heads: Vec<(Post, Staff, String)> = Vec::new();
        let mut whole = true;
        for (name, child) in cursor.entries()? {
            if except.contains(&name) || ANYWHERE.contains(&name) {
                continue;
            }
            let Some((kind, post)) = self.find(name) else {
                whole = false;
                if is_no_place_here(name, &child) {
                    continue;
                }
                let known: Vec<&str> =
                    self.names().into_iter().chain(except.iter().copied()).collect();
                let help = child
                    .meant(name, &known)
                    .unwrap_or_else(|| "describe it under `people`".into());
                child.fail_with_help(
                    "unknown-kind",
                    format!("no kind of people is named {}", quote(name)),
                    help,
                );
                continue;
            };
            self.note_use(&child, &kind, post);
            let Some(count) = child.number(0.0, 1e6) else {
                whole = false;
                continue;
            };
            if by_post && post == Post::Expert {
                child.fail_with_help(
                    "implied-experts",
                    format!("{} are no people of a place: each business unit has its own", quote(name)),
                    "leave them out here; where there are business units, `experts_of_each_unit` of a design says how many each has, and `for_social` under `people` how much of their week is for social",
                );
                continue;
            }
            let taken = heads.iter().find(|(taken, _, _)| by_post && *taken == post);
            if let Some((_, other, _)) = taken {
                child.fail_with_help(
                    "two-kinds",
                    format!(
                        "{} and {} have the same post in one place",
                        quote(&other.kind.name),
                        quote(name)
                    ),
                    "state one kind per post, or another `post` under `people`",
                );
                continue;
            }
            heads.push((post, Staff { kind, heads: count }, child.pointer.clone()));
        }
        whole.then_some(heads)
    }
}

/// Whether this is a place for people that other designs have, which is then noted.
fn is_no_place_here(name: &str, at: &Cursor<'_>) -> bool {
    let others = designs_with(name);
    if others.is_empty() || !matches!(at.node.value, Value::Object(_)) {
        return false;
    }
    at.fail_with_help(
        "unknown-key",
        format!("this design has no place {}", quote(name)),
        format!("write its people without it, or choose {}", others.join(" or ")),
    );
    true
}

fn usual_post(name: &str) -> Option<Post> {
    Some(match name {
        "care agent" => Post::Front,
        "strategist" => Post::Strategist,
        "analyst" => Post::Analyst,
        "line expert" => Post::Expert,
        "vendor" => Post::Vendor,
        "employee" => Post::Employee,
        _ => return None,
    })
}

fn kind(
    name: &str,
    cursor: &Cursor<'_>,
    languages: &[String],
    consult: &mut Option<f64>,
) -> Option<(Arc<Kind>, Post)> {
    let of = cursor.object(&KIND)?;
    let share = percent(&of.or_default("for_social", "people.*.for_social")).filter(|share| {
        if *share <= 0.0 {
            of.cursor.fail("out-of-range", "nothing of the week is given to social");
        }
        0.0 < *share
    });
    let hours =
        of.or_default("hours", "people.*.hours").read("hours such as `28h/week`", hours_per_week);
    let cost = of.need("cost").and_then(|at| {
        let price = at.read("a price such as `$66,800/year`", price)?;
        noted_currency(&at, &price)?;
        let a_year = match price.per {
            Some(Per::Year) => Some(price.amount),
            Some(Per::Month) => Some(price.amount * 12.0),
            Some(Per::Week) => Some(price.amount * PAID_WEEKS_A_YEAR),
            Some(Per::Hour) => {
                let paid = of
                    .or_default("paid", "people.*.paid")
                    .read("hours such as `40h/week`", hours_per_week)?;
                Some(price.amount * paid * PAID_WEEKS_A_YEAR)
            }
            None => {
                at.fail_with_help(
                    "missing-unit",
                    "this cost does not say per what",
                    "write `/year` or `/hour`",
                );
                None
            }
        };
        a_year.inspect(|&a_year| hardly_any_pay(&at, name, a_year))
    });
    let posts = [
        ("front", Post::Front),
        ("strategist", Post::Strategist),
        ("analyst", Post::Analyst),
        ("expert", Post::Expert),
        ("vendor", Post::Vendor),
        ("employee", Post::Employee),
    ];
    let post = match of.get("post") {
        Some(post) => post.word(&posts),
        None => usual_post(name).or_else(|| {
            of.cursor.fail_with_help(
                "missing-key",
                format!("{} needs a `post`", quote(name)),
                "say what they do: `front`, `strategist`, `analyst`, `expert`, `vendor` or `employee`",
            );
            None
        }),
    };
    if let Some(at) = of.get("consult") {
        *consult = at.read("a length of time such as `5m`", minutes);
    }
    let with_people = fraction(&of.or_default("with_people", "people.*.with_people"));
    let speaks = speaks(&of, languages);
    let (share, hours, cost) = (share?, hours?, cost?);
    let kind = Kind {
        name: name.into(),
        cost_per_year: cost * share,
        hours_per_week: hours * share,
        with_people: with_people?,
        speaks: speaks?,
        life: life(&of, hours * share)?,
    };
    Some((Arc::new(kind), post?))
}

/// Note a cost a year that nobody can be had for; nothing and one are taken as meant.
fn hardly_any_pay(at: &Cursor<'_>, name: &str, a_year: f64) {
    if 1.0 < a_year && a_year < LEAST_PAY {
        at.warn(
            "hardly-any-pay",
            format!("{} costs only {} a year", quote(name), grouped(a_year, 0)),
            "write thousands in full, with commas between them, as in `72,500`",
        );
    }
}

/// Note the currency of a price; two currencies in one file are refused.
pub(super) fn noted_currency(cursor: &Cursor<'_>, price: &Price) -> Option<()> {
    let place = match cursor.is_default() {
        true => format!("the default of `{}`", cursor.pointer),
        false => match &cursor.node.origin {
            Some(words) => quote(words),
            None => format!("`{}`", cursor.pointer),
        },
    };
    let here = if cursor.is_default() { format!("in {place}") } else { "here".into() };
    match cursor.report.currency(&price.currency, place) {
        Ok(()) => Some(()),
        Err((before, there)) => {
            cursor.fail_with_help(
                "mixed-currencies",
                format!("{} {here}, {} in {there}", quote(&price.currency), quote(&before)),
                "state all money in one currency; where a default is in another, state that amount too",
            );
            None
        }
    }
}
