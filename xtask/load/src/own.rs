//! What this program itself costs.

use anyhow::{Context, Result};

/// Clock ticks of the processor that this program has used: `utime` and `stime` of proc(5), in the unit that
/// `getconf CLK_TCK` tells.
pub(crate) fn ticks() -> Result<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("read /proc/self/stat")?;
    // The name before the last parenthesis may hold anything; `state` is field 3, `utime` 14.
    let (_, rest) = stat.rsplit_once(')').context("/proc/self/stat names the program")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let field = |number: usize| fields.get(number - 3).and_then(|it| it.parse::<u64>().ok());
    field(14).zip(field(15)).map(|(user, system)| user + system).context("/proc/self/stat has its times")
}
