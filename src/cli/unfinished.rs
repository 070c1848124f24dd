//! `unfinished.bin`: what a stopped run has done, to be gone on with.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::cli::record::RunRecord;

/// Name of the file in the folder of a run that was stopped.
pub(super) const UNFINISHED: &str = "unfinished.bin";
/// What the file begins with, its form included.
const HEAD: &[u8] = b"orgsim unfinished 1\n";
/// Bytes of a fingerprint.
const PRINT: usize = 32;

/// The replications of the comparison and of each what-if, as words; empty for what was not begun.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Unfinished(pub(super) Vec<Vec<u64>>);

impl Unfinished {
    /// The words of the comparison (0) or of a what-if, counted from 1.
    pub(super) fn words(&self, of: usize) -> Option<&[u64]> {
        self.0.get(of).map(Vec::as_slice)
    }

    /// The file: head, fingerprint of what is run, each experiment with its length, fingerprint of all before.
    pub(super) fn to_bytes(&self, record: &RunRecord) -> Vec<u8> {
        let mut bytes = [HEAD, &fingerprint(record)].concat();
        for words in &self.0 {
            bytes.extend((words.len() as u64).to_le_bytes());
            bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        }
        let whole = Sha256::digest(&bytes);
        bytes.extend(whole);
        bytes
    }

    /// What these bytes hold of the run of this record, or why they hold nothing of it.
    pub(super) fn of(bytes: &[u8], record: &RunRecord) -> Result<Unfinished, &'static str> {
        const DAMAGED: &str = "it is damaged";
        let (before, whole) = bytes.split_last_chunk::<PRINT>().ok_or(DAMAGED)?;
        if Sha256::digest(before).as_slice() != whole {
            return Err(DAMAGED);
        }
        let rest = before.strip_prefix(HEAD).ok_or("it is of another form")?;
        let (of, rest) = rest.split_first_chunk::<PRINT>().ok_or(DAMAGED)?;
        if *of != fingerprint(record) {
            return Err("it is of another run");
        }
        let mut words = rest.as_chunks::<8>().0.iter().map(|&word| u64::from_le_bytes(word));
        let mut all = Vec::new();
        while let Some(length) = words.next() {
            let length = usize::try_from(length).ok().filter(|&n| n <= words.len());
            all.push(words.by_ref().take(length.ok_or(DAMAGED)?).collect());
        }
        Ok(Unfinished(all))
    }

    /// What lies beside a record that says its run was stopped; nothing if nothing does.
    pub(super) fn beside(path: &Path, record: &RunRecord) -> Result<Unfinished, String> {
        let file = path.with_file_name(UNFINISHED);
        match std::fs::read(&file) {
            Ok(bytes) => Unfinished::of(&bytes, record).map_err(String::from),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Unfinished::default()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The fingerprint of what is run, whatever of it is done.
fn fingerprint(record: &RunRecord) -> [u8; PRINT] {
    let nothing = RunRecord { replications_done: 0, complete: false, ..record.clone() };
    Sha256::digest(nothing.to_json()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::record::tests::record;

    #[test]
    fn words_come_back_for_the_same_run_alone() {
        let kept = Unfinished(vec![vec![1, u64::MAX, 3], Vec::new(), vec![7]]);
        let mut done = record();
        (done.replications_done, done.complete) = (3, false);
        let bytes = kept.to_bytes(&done);
        assert_eq!(Unfinished::of(&bytes, &record()), Ok(kept.clone()));
        assert_eq!((kept.words(2), kept.words(3)), (Some(&[7][..]), None));
        let other = RunRecord { seed: 12, ..done };
        assert_eq!(Unfinished::of(&bytes, &other), Err("it is of another run"));
    }

    #[test]
    fn damage_is_seen_wherever_it_is() {
        let bytes = Unfinished(vec![vec![1, 2, 3]]).to_bytes(&record());
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            assert_eq!(Unfinished::of(&damaged, &record()), Err("it is damaged"), "byte {at}");
            assert_eq!(Unfinished::of(&bytes[..at], &record()), Err("it is damaged"));
        }
        assert_eq!(Unfinished::of(&[], &record()), Err("it is damaged"));
    }
}
