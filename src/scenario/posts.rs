//! The heads of a plan, taken post by post.

use super::balance::Staffing;
use super::cursor::{Cursor, Object};
use super::designs::Setting;
use super::people::Post;
use crate::model::archetype::Staff;

impl<'t> Object<'t> {
    /// The people of a place: under its key, which may be left out only where the load decides.
    pub(super) fn place(
        &self,
        key: &'static str,
        split: Option<Staffing>,
    ) -> Option<Option<Cursor<'t>>> {
        match split {
            Some(Staffing::AsStated | Staffing::ByLoad) | None => self.need(key).map(Some),
            _ => Some(self.get(key)),
        }
    }
}

/// The heads of one place, taken post by post.
pub(super) struct Posts<'a, 't> {
    cursor: Cursor<'t>,
    /// `None` if they could not be read.
    heads: Option<Vec<(Post, Staff, String)>>,
    setting: &'a Setting<'a, 'a>,
    /// Front-line heads from which the load's split starts; `None` if the author decides.
    start: Option<f64>,
}

impl<'a, 't> Posts<'a, 't> {
    /// The heads stated at a place; what is missing is told at `design` if there is no place.
    pub(super) fn read(
        design: &Cursor<'t>,
        place: Option<&Cursor<'t>>,
        except: &[&'static str],
        setting: &'a Setting<'_, '_>,
        split: Option<Staffing>,
        start: f64,
    ) -> Posts<'a, 't> {
        let decided = matches!(split, Some(Staffing::Balanced | Staffing::Busy(_)));
        let heads =
            place.map_or(Some(Vec::new()), |place| setting.kinds.heads(place, except, true));
        Posts {
            cursor: place.unwrap_or(design).clone(),
            heads,
            setting,
            start: decided.then_some(start),
        }
    }

    pub(super) fn take(&mut self, post: Post) -> Option<Staff> {
        let heads = self.heads.as_mut()?;
        let at = heads.iter().position(|(taken, _, _)| *taken == post)?;
        Some(heads.remove(at).1)
    }

    pub(super) fn need(&mut self, post: Post) -> Option<Staff> {
        let help = format!("state how many, as in `\"{}\": 1`", self.setting.kinds.example(post));
        self.or_fail(post, help)
    }

    /// Staff of a post, or a finding with what to do about it; none where the heads could not be read.
    fn or_fail(&mut self, post: Post, help: String) -> Option<Staff> {
        if let Some(staff) = self.take(post) {
            return Some(staff);
        }
        let usual = match post {
            Post::Front => ("care agent", self.start),
            Post::Vendor => ("vendor", self.start.map(|start| start * 9.0)),
            Post::Employee => ("employee", self.start),
            _ => ("strategist", self.start.map(|_| 1.0)),
        };
        if let (name, Some(heads)) = usual
            && let Some((kind, _)) = self.setting.kinds.find(name)
        {
            return Some(Staff { kind, heads });
        }
        self.heads.as_ref()?;
        self.cursor.fail_with_help("missing-post", format!("missing here: {}", post.words()), help);
        None
    }

    /// Staff of a post that a design may do without; `needed` where replies are to be approved.
    pub(super) fn perhaps(&mut self, post: Post, needed: bool) -> Option<Option<Staff>> {
        match self.take(post) {
            Some(staff) => Some(Some(staff)),
            None if needed => {
                let help = format!(
                    "state how many, as in `\"{}\": 1`, or let nobody approve: `\"approval\": \"0% of replies\"`",
                    self.setting.kinds.example(post)
                );
                self.or_fail(post, help).map(Some)
            }
            None => Some(None),
        }
    }

    pub(super) fn finish(self) {
        for (post, staff, pointer) in self.heads.unwrap_or_default() {
            let at = Cursor { pointer, ..self.cursor.clone() };
            at.fail_with_help(
                "no-place",
                format!("there is no place here for {}", post.words()),
                format!("move `{}` elsewhere, or leave it out", staff.kind.name),
            );
        }
    }
}
