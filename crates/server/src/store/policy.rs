//! What administrators changed at run time: one row that every node looks at.

use super::{
    audit,
    pool::{Pool, sql},
    rows::micros,
};
use sspr_service::store::{AuditRow, PolicyRow, Result};

pub(super) async fn besides(pool: &Pool, version: i64) -> Result<Option<PolicyRow>> {
    let query = sql("SELECT * FROM policy_overlay WHERE version <> $1").number(version);
    let Some(row) = pool.first(query).await? else { return Ok(None) };
    Ok(Some(PolicyRow {
        version: row.value("version")?,
        overlay: row.value("overlay")?,
        changed_at: row.time("changed_at")?,
        changed_by: row.value("changed_by")?,
    }))
}

/// One statement decides who wins; the lines are there exactly where the change is.
pub(super) async fn change(pool: &Pool, row: &PolicyRow, lines: &[AuditRow]) -> Result<bool> {
    let text = match row.version {
        0 => {
            "INSERT INTO policy_overlay (id, version, overlay, changed_at, changed_by) VALUES (1, $1 + 1, $2, $3, $4) \
             ON CONFLICT DO NOTHING"
        }
        _ => {
            "UPDATE policy_overlay SET version = version + 1, overlay = $2, changed_at = $3, changed_by = $4 \
             WHERE version = $1"
        }
    };
    let query = sql(text)
        .number(row.version)
        .text(row.overlay.as_deref())
        .number(micros(row.changed_at))
        .text(row.changed_by.as_deref());
    let mut together = pool.together().await?;
    if together.written(query).await? == 0 {
        return Ok(false);
    }
    for line in lines {
        together.written(audit::appending(line)).await?;
    }
    together.end().await?;
    Ok(true)
}
