//! Whose randomness it is that befalls people, not customers.

use sha2::{Digest, Sha256};

use crate::draws::{Key, StreamKey};

/// A role by its name, whatever stands before it in the design: two designs that share a role share what becomes of
/// its people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identity(u64);

impl Identity {
    pub(super) fn named(name: &str) -> Identity {
        let hash = Sha256::digest(name);
        Identity(hash.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    /// Of what befalls the person of this number; `family`: key family of people.
    pub(super) fn person(self, family: StreamKey, number: u32) -> Key {
        family.of(self.0).child(number)
    }

    /// Of the task of this number; `family`: key family of tasks.
    pub(super) fn task(self, family: StreamKey, number: u64) -> Key {
        family.of(self.0.wrapping_add(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Seed;

    #[test]
    fn a_name_always_has_the_same_randomness_and_each_its_own() {
        let family = Seed::new(1, 0).stream(7);
        let keys: std::collections::BTreeSet<String> = ["desk", "desk 2", "Desk", ""]
            .into_iter()
            .flat_map(|name| (0..3).map(move |number| (Identity::named(name), number)))
            .flat_map(|(role, number)| {
                [role.person(family, number), role.task(family, u64::from(number))]
            })
            .map(|key| format!("{key:?}"))
            .collect();
        assert_eq!(keys.len(), 4 * 3 * 2);
        let twice = [Identity::named("desk"), Identity::named("desk")];
        assert_eq!(twice[0].person(family, 1), twice[1].person(family, 1));
    }
}
