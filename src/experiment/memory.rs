//! Whether the machine has memory left, so that a run that fills up ends with a sentence.

use std::hint::black_box;

/// What is left to everything beside the cases: tables, pictures, the page.
const SPARE: u64 = 32 << 20;

/// Whether this process can have so many bytes more, and some to spare.
///
/// Asks the allocator, which knows the limit of the process, and where Linux tells it what the machine and the control groups of
/// the process have left: memory that is only promised ends the process when it is written to.
pub fn has_memory(bytes: u64) -> bool {
    let needed = bytes.saturating_add(SPARE);
    let mut probe: Vec<u8> = Vec::new();
    let may_have =
        usize::try_from(needed).is_ok_and(|needed| probe.try_reserve_exact(needed).is_ok());
    black_box(&probe);
    may_have && left().is_none_or(|left| needed <= left)
}

/// Bytes that can still be written to, as far as it is told.
#[cfg(target_os = "linux")]
fn left() -> Option<u64> {
    use std::fs::read_to_string;
    use std::path::Path;

    let of_machine = read_to_string("/proc/meminfo").ok();
    let of_machine =
        of_machine.and_then(|told| number(&told, "MemAvailable:")).map(|kib| kib << 10);
    let groups = read_to_string("/proc/self/cgroup").unwrap_or_default();
    let own = groups.lines().find_map(|line| line.strip_prefix("0::/")).unwrap_or_default();
    let root = Path::new("/sys/fs/cgroup");
    let own = root.join(own);
    let of_groups = own.ancestors().take_while(|at| at.starts_with(root)).filter_map(|group| {
        let told = |name: &str| read_to_string(group.join(name)).ok();
        of_group(&told("memory.max")?, &told("memory.current")?, &told("memory.stat")?)
    });
    of_groups.chain(of_machine).min()
}

/// It is told nowhere.
#[cfg(not(target_os = "linux"))]
fn left() -> Option<u64> {
    None
}

/// What a control group has left by its files; `None` without a limit. What only speeds up reading files is given back when it
/// is needed.
#[cfg(any(target_os = "linux", test))]
fn of_group(most: &str, current: &str, stat: &str) -> Option<u64> {
    let most: u64 = most.trim().parse().ok()?;
    let current: u64 = current.trim().parse().ok()?;
    let of_files: u64 =
        ["inactive_file", "active_file"].iter().filter_map(|name| number(stat, name)).sum();
    Some(most.saturating_sub(current.saturating_sub(of_files)))
}

/// The number after a name at the beginning of a line.
#[cfg(any(target_os = "linux", test))]
fn number(told: &str, name: &str) -> Option<u64> {
    let mut lines = told.lines().map(str::split_whitespace);
    lines.find_map(|mut words| (words.next() == Some(name)).then(|| words.next())?)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_can_be_had_and_all_there_could_ever_be_can_not() {
        assert!(has_memory(1 << 20));
        assert!(!has_memory(u64::MAX) && !has_memory(1 << 62));
    }

    #[test]
    fn a_group_has_left_what_it_does_not_use_but_for_files() {
        let stat = "anon 900\nfile 300\ninactive_file 200\nactive_file 50\n";
        assert_eq!(of_group("2000\n", "1200\n", stat), Some(2000 - 950));
        assert_eq!(of_group("1000\n", "1300\n", ""), Some(0));
        assert_eq!(of_group("max\n", "1200\n", stat), None);
    }

    #[test]
    fn a_number_stands_after_its_whole_name() {
        let told = "MemTotal:       24683604 kB\nMemAvailable:   21294876 kB\n";
        assert_eq!(number(told, "MemAvailable:"), Some(21_294_876));
        assert_eq!((number(told, "Mem"), number("x\n", "x")), (None, None));
    }
}
