//! Steps of a command as bytes: what a run that was ended has done, to be gone on with.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::cli::record::RunRecord;

/// Name of the file in the folder of a run that was stopped.
pub(super) const UNFINISHED: &str = "unfinished.bin";
/// What the bytes begin with, their form included.
const HEAD: &[u8] = b"orgsim unfinished 5\n";
/// Bytes of a fingerprint.
const PRINT: usize = 32;
/// Bytes of a step in front of its own.
const FRONT: usize = 24;

/// The fingerprint of what is run.
pub(super) type Print = [u8; PRINT];

/// What a step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Whether it was done.
    pub(super) is_done: bool,
    /// Its replications, packed.
    pub(super) bytes: Vec<u8>,
}

/// Steps of a command that are done, and perhaps a part of one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Unfinished(pub(super) BTreeMap<u64, Kept>);

/// The beginning of all bytes that tell of this run.
pub(super) fn head(print: &Print) -> Vec<u8> {
    [HEAD, print].concat()
}

/// Write a step: its number, whether it is done, its bytes with their number in front, and the fingerprint of all that.
pub(super) fn write_step(to: &mut impl Write, number: u64, kept: &Kept) -> io::Result<()> {
    let words = [number, u64::from(kept.is_done), kept.bytes.len() as u64];
    let front = words.map(u64::to_le_bytes).concat();
    let whole = Sha256::new().chain_update(&front).chain_update(&kept.bytes).finalize();
    [&front[..], &kept.bytes[..], &whole[..]].iter().try_for_each(|part| to.write_all(part))
}

impl Unfinished {
    /// All steps as bytes.
    pub(super) fn to_bytes(&self, print: &Print) -> Vec<u8> {
        let mut bytes = head(print);
        for (&number, kept) in &self.0 {
            write_step(&mut bytes, number, kept).expect("memory takes all bytes");
        }
        bytes
    }

    /// What these bytes hold of the run of this fingerprint, or why they hold nothing of it; and whether they end with a
    /// step. A step that is cut off, and whatever follows it, is left out.
    pub(super) fn of(bytes: &[u8], print: &Print) -> Result<(Unfinished, bool), &'static str> {
        let rest = bytes.strip_prefix(HEAD).ok_or("it is damaged, or of another version")?;
        let (of, mut rest) = rest.split_first_chunk::<PRINT>().ok_or("it is damaged")?;
        if of != print {
            return Err("it is of another run");
        }
        let mut all = Unfinished::default();
        while let Some((number, kept, left)) = first_step(rest) {
            all.add(number, kept);
            rest = left;
        }
        Ok((all, rest.is_empty()))
    }

    /// Add a step, unless a better one is there.
    pub(super) fn add(&mut self, number: u64, kept: Kept) {
        let known = self.0.get(&number).is_some_and(|known| known.is_done && !kept.is_done);
        if !known {
            self.0.insert(number, kept);
        }
    }

    /// What lies beside a record that says its run was stopped; nothing if nothing does.
    pub(super) fn beside(path: &Path, print: &Print) -> Result<Unfinished, String> {
        match std::fs::read(path.with_file_name(UNFINISHED)) {
            Ok(bytes) => match Unfinished::of(&bytes, print)? {
                (all, true) => Ok(all),
                (_, false) => Err("it is damaged".into()),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Unfinished::default()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The first step of these bytes, and what follows it.
fn first_step(bytes: &[u8]) -> Option<(u64, Kept, &[u8])> {
    let word = |at: usize| Some(u64::from_le_bytes(*bytes.get(8 * at..)?.first_chunk()?));
    let (number, is_done) = (word(0)?, word(1)?);
    let length = usize::try_from(word(2)?).ok()?.checked_add(FRONT)?;
    let (before, rest) = bytes.split_at_checked(length)?;
    let (print, rest) = rest.split_first_chunk::<PRINT>()?;
    if Sha256::digest(before).as_slice() != print {
        return None;
    }
    Some((number, Kept { is_done: is_done == 1, bytes: before[FRONT..].to_vec() }, rest))
}

/// The fingerprint of the run of a record, whatever of it is done.
pub(super) fn fingerprint(record: &RunRecord) -> Print {
    let nothing = RunRecord { replications_done: 0, complete: false, ..record.clone() };
    Sha256::digest(nothing.to_json()).into()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::cli::record::tests::record;

    pub(in crate::cli) fn kept(is_done: bool, bytes: &[u8]) -> Kept {
        Kept { is_done, bytes: bytes.to_vec() }
    }

    #[test]
    fn steps_come_back_for_the_same_run_alone() {
        let steps =
            [(0, kept(true, &[1, u8::MAX, 3])), (1, kept(true, &[])), (2, kept(false, &[7]))];
        let all = Unfinished(steps.into());
        let mut done = record();
        (done.replications_done, done.complete) = (3, false);
        let bytes = all.to_bytes(&fingerprint(&done));
        assert_eq!(Unfinished::of(&bytes, &fingerprint(&record())), Ok((all, true)));
        let other = fingerprint(&RunRecord { seed: 12, ..done });
        assert_eq!(Unfinished::of(&bytes, &other), Err("it is of another run"));
    }

    #[test]
    fn wherever_bytes_are_cut_or_damaged_the_steps_before_are_left() {
        let print = [5; PRINT];
        let all = Unfinished([(0, kept(true, &[1, 2, 3])), (1, kept(true, &[4]))].into());
        let bytes = all.to_bytes(&print);
        let (begins, second) = (HEAD.len() + PRINT, HEAD.len() + PRINT + FRONT + 3 + PRINT);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            for part in [&damaged[..], &bytes[..at]] {
                match Unfinished::of(part, &print) {
                    Err(_) => assert!(at < begins, "byte {at}"),
                    Ok((left, whole)) => {
                        let steps = usize::from(second <= at);
                        assert_eq!(left.0.len(), steps, "byte {at}");
                        assert_eq!(whole, part.len() == [begins, second][steps], "byte {at}");
                        assert!(left.0.iter().all(|(number, kept)| all.0[number] == *kept));
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_done_is_not_replaced_by_a_part_of_it() {
        let mut all = Unfinished::default();
        all.add(3, kept(false, &[1]));
        all.add(3, kept(false, &[1, 2]));
        all.add(3, kept(true, &[1, 2, 3]));
        all.add(3, kept(false, &[1]));
        assert_eq!(all.0[&3], kept(true, &[1, 2, 3]));
    }
}
