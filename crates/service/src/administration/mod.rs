//! What administrators do while the server runs: see and change the policy, read reports, look up why somebody could not
//! reset.

mod live;
mod lookup;
mod policy;
mod report;

pub(crate) use live::Live;

use crate::{Failure, Person, Service, throttle::HOUR};

/// Lookups of one administrator in an hour: enough for a helpdesk, too few to walk through a directory.
const LOOKUPS_PER_HOUR: u32 = 120;

/// Reports of one administrator in an hour: each reads a few rows for every person.
const REPORTS_PER_HOUR: u32 = 120;

impl Service {
    /// Refuses everybody but administrators.
    fn require_admin(&self, person: &Person) -> Result<(), Failure> {
        if person.account.admin { Ok(()) } else { Err(Failure::PolicyForbids) }
    }

    /// Counts what one administrator does.
    async fn count_admin(&self, what: &str, person: &Person, limit: u32) -> Result<(), Failure> {
        let bucket = self.bucket(what, person.account.id.as_bytes())?;
        self.count(&bucket, limit, HOUR).await
    }
}
