//! What programs use of the processor and of memory, with all their children, as proc(5) tells.

use std::collections::HashMap;
use std::fs;
use std::process::Command;
use std::str::FromStr;

use crate::process;
use crate::trouble::{Outcome, Trouble};

/// Memory of a program and its children, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Memory {
    /// Resident pages; those that processes share count for each.
    pub(super) resident: f64,
    /// Resident pages; a shared one counts in parts.
    pub(super) proportional: f64,
}

impl Memory {
    /// The greater of each.
    pub(super) fn most(self, other: Memory) -> Memory {
        Memory {
            resident: self.resident.max(other.resident),
            proportional: self.proportional.max(other.proportional),
        }
    }
}

/// A line of `/proc/PID/stat`, as far as it is needed.
#[derive(Debug, PartialEq)]
struct Stat {
    parent: u32,
    /// Of the process itself.
    ticks: u64,
    /// Of children that have ended.
    of_children: u64,
}

impl FromStr for Stat {
    type Err = ();

    fn from_str(line: &str) -> Result<Stat, ()> {
        // The name before the last parenthesis may hold anything; the next field is the third.
        let (_, rest) = line.rsplit_once(')').ok_or(())?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3).and_then(|it| it.parse::<u64>().ok()).ok_or(());
        Ok(Stat {
            parent: u32::try_from(field(4)?).map_err(drop)?,
            ticks: field(14)? + field(15)?,
            of_children: field(16)? + field(17)?,
        })
    }
}

/// Seconds of the processor that a program and its children have used so far, those that have ended too.
pub(super) fn seconds(root: u32) -> Outcome<f64> {
    let all = all();
    let tree = tree(&all, root);
    if tree.is_empty() {
        return Err(Trouble::new(format!("Process {root} has ended")));
    }
    let ticks: u64 = tree.iter().map(|id| all[id].ticks + all[id].of_children).sum();
    Ok(ticks as f64 / ticks_per_second()?)
}

/// What a program and its children use of memory now.
pub(super) fn memory(root: u32) -> Memory {
    let mut sum = Memory::default();
    for id in tree(&all(), root) {
        // One that has just ended uses none.
        let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let bytes = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.split_whitespace().next().and_then(|it| it.parse::<f64>().ok()).unwrap_or_default() * 1024.0
        };
        sum.resident += bytes("Rss:");
        sum.proportional += bytes("Pss:");
    }
    sum
}

/// The unit of the times of proc(5).
pub(super) fn ticks_per_second() -> Outcome<f64> {
    let said = process::output(Command::new("getconf").arg("CLK_TCK"));
    said.and_then(|it| it.parse().ok()).ok_or_else(|| {
        Trouble::new("The unit of the processor's times is unknown").advice("put “getconf” on PATH")
    })
}

fn all() -> HashMap<u32, Stat> {
    let names = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = names.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let stat = |id: u32| fs::read_to_string(format!("/proc/{id}/stat")).ok()?.parse().ok();
    ids.filter_map(|id| Some((id, stat(id)?))).collect()
}

/// A process and everything below it.
fn tree(all: &HashMap<u32, Stat>, root: u32) -> Vec<u32> {
    let mut tree: Vec<u32> = all.contains_key(&root).then_some(root).into_iter().collect();
    let mut at = 0;
    while let Some(&parent) = tree.get(at) {
        tree.extend(all.iter().filter(|(_, stat)| stat.parent == parent).map(|(id, _)| *id));
        at += 1;
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::{HashMap, Stat, tree};

    #[test]
    fn a_name_with_parentheses_moves_no_field() {
        let line = "7 (a) b) c) S 3 7 7 0 -1 4194560 1 2 3 4 50 6 70 8 20 0 1 0 9 10 11";
        assert_eq!(line.parse(), Ok(Stat { parent: 3, ticks: 56, of_children: 78 }));
        assert!("7 (cut) S 3".parse::<Stat>().is_err());
    }

    #[test]
    fn grandchildren_belong_to_a_tree_and_neighbours_do_not() {
        let stat = |parent| Stat { parent, ticks: 0, of_children: 0 };
        let all = HashMap::from([(1, stat(0)), (2, stat(1)), (3, stat(2)), (4, stat(1))]);
        let mut found = tree(&all, 2);
        found.sort_unstable();
        assert_eq!(found, [2, 3]);
        assert!(tree(&all, 9).is_empty());
    }
}
