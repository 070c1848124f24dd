//! Names for positions in the model's tables, so that a channel is never taken for a topic.

/// Most channels, topics, business units and languages that are told apart: a customer keeps each in two bytes.
pub const MOST_NAMES: usize = 60_000;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Position in its table.
            #[inline]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// A role of an organization.
    RoleId
);
id!(
    /// A channel of the world.
    ChannelId
);
id!(
    /// A topic of the world.
    TopicId
);
id!(
    /// A business unit of the world.
    UnitId
);
id!(
    /// A segment of the audience.
    SegmentId
);
id!(
    /// A language of the world.
    LanguageId
);
