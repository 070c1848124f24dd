//! Questions that take more runs than the comparison itself, as a scenario asks them.

use super::cursor::Cursor;

/// A study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What desks would gain if they shared more.
    Silos,
}

/// All studies by their names in scenarios and on the command line.
pub const STUDIES: [(&str, Asked); 1] = [("silos", Asked::Silos)];

/// Read the list; each study once.
pub(super) fn studies(cursor: &Cursor<'_>) -> Vec<Asked> {
    let mut asked = Vec::new();
    for item in cursor.items().unwrap_or_default() {
        if let Some(study) = item.word(&STUDIES)
            && !asked.contains(&study)
        {
            asked.push(study);
        }
    }
    asked
}
