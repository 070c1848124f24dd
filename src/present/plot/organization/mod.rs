//! An organization as a picture: channels, roles in units, and the links between them.

mod courses;
mod draw;
mod few;
mod head;
mod layers;
mod layout;
mod place;
mod ports;
mod route;
mod stack;
mod strands;
mod wires;

use super::caption::{Caption, empty};

pub use layout::{OrgLayout, OrgTrack, organization_layout};

/// Data of [`organization`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrgPicture {
    /// What the picture says.
    pub caption: Caption,
    /// Where customers speak, from top to bottom.
    pub channels: Vec<OrgChannel>,
    /// Posts; roles of one unit stand together in a frame.
    pub roles: Vec<OrgRole>,
    /// Directed relations; those that name a channel or role there is none of are left out.
    pub links: Vec<OrgLink>,
}

/// A channel in the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrgChannel {
    /// Its name.
    pub name: String,
    /// Whether only the customer and we can read along.
    pub private: bool,
}

/// A role in the picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrgRole {
    /// Its name.
    pub name: String,
    /// The unit whose frame it stands in; none for a box of its own.
    pub unit: Option<String>,
    /// Whether a vendor employs these people.
    pub employer_vendor: bool,
    /// How many people fill it, in full-time equivalents; infinite for a role nobody ever waits for.
    pub heads: f64,
    /// Share of time busy, 0 to 1; none before anything was simulated.
    pub busy: Option<f64>,
    /// Which column it should stand in, 1 next to the channels; none to find one by its links.
    pub layer: Option<u8>,
}

/// Where a link begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkEnd {
    /// The channel at this index.
    Channel(usize),
    /// The role at this index.
    Role(usize),
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum LinkKind {
    /// From a channel to the role that reads it.
    Intake,
    /// From a channel to the role that looks there for mentions.
    Listen,
    /// Work handed on.
    #[default]
    Route,
    /// Advice asked for; the case stays.
    Consult,
    /// Work handed to a higher tier.
    Escalate,
    /// A reply waits for this role's consent.
    Approve,
    /// Who reports to whom.
    Report,
}

impl LinkKind {
    /// All kinds, in the order of the key.
    pub const ALL: [LinkKind; 7] = [
        LinkKind::Intake,
        LinkKind::Listen,
        LinkKind::Route,
        LinkKind::Consult,
        LinkKind::Escalate,
        LinkKind::Approve,
        LinkKind::Report,
    ];

    /// The words in the key.
    pub fn name(self) -> &'static str {
        match self {
            LinkKind::Intake => "comes in",
            LinkKind::Listen => "is listened to",
            LinkKind::Route => "hands on",
            LinkKind::Consult => "asks for advice",
            LinkKind::Escalate => "escalates",
            LinkKind::Approve => "needs approval",
            LinkKind::Report => "reports to",
        }
    }
}

/// A directed relation in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgLink {
    /// Where it begins.
    pub from: LinkEnd,
    /// The role at which it ends.
    pub to: usize,
    /// What it is for.
    pub kind: LinkKind,
    /// A few words or a number beside it.
    pub label: Option<String>,
}

/// The organization as a picture: channels left, then roles in columns in the order work reaches
/// them, experts and approvers last.
///
/// A role's ground is darker the busier it is, and says so in figures. Channels that reach the
/// same roles are drawn as one bundle, and roles of a column that all hand work to each other as
/// one rail; links both ways have two heads. Of very many roles those with the most links are shown, of equals
/// the busiest, and the others as one box.
pub fn organization(data: &OrgPicture) -> String {
    if data.roles.is_empty() {
        return empty(&data.caption, "There is no role, so there is no organization to show.");
    }
    draw::draw(few::few(data).as_ref().unwrap_or(data))
}
