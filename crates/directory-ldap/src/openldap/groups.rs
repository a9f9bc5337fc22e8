//! Groups of people, with groups in groups.

use crate::{filter::equals, pool::Lease, settings::Groups};
use ldap3::{Scope, SearchEntry};
use sspr_service::directory::DirectoryError;
use std::collections::BTreeSet;

/// Most groups of a person that are followed, so that a ring ends.
const MOST: usize = 200;

/// Names of the groups that an entry is in.
pub(crate) async fn of(
    lease: &mut Lease<'_>,
    groups: &Groups,
    dn: &str,
) -> Result<Vec<String>, DirectoryError> {
    let (mut seen, mut names) = (BTreeSet::from([dn.to_owned()]), BTreeSet::new());
    let mut members = vec![dn.to_owned()];
    while let Some(member) = members.pop() {
        let filter = equals(&groups.member, &member);
        for group in lease.search(&groups.base, Scope::Subtree, &filter, &["cn"], MOST as i32).await? {
            names.extend(group.attrs.get("cn").and_then(|names| names.first()).cloned());
            if seen.len() < MOST && seen.insert(group.dn.clone()) {
                members.push(group.dn);
            }
        }
    }
    Ok(names.into_iter().collect())
}

/// All members of the administrators' groups that are no groups themselves, with `attributes`.
pub(crate) async fn administrators(
    lease: &mut Lease<'_>,
    groups: &Groups,
    attributes: &[&str],
) -> Result<Vec<SearchEntry>, DirectoryError> {
    let (mut seen, mut people) = (BTreeSet::new(), Vec::new());
    let wanted: String = groups.admins.iter().map(|name| equals("cn", name)).collect();
    let any = format!("(&({}=*)(|{wanted}))", groups.member);
    let members = [groups.member.as_str()];
    let mut found = lease.search(&groups.base, Scope::Subtree, &any, &members, MOST as i32).await?;
    while let Some(group) = found.pop() {
        for member in group.attrs.get(&groups.member).into_iter().flatten() {
            if seen.len() >= MOST || !seen.insert(member.clone()) {
                continue;
            }
            let is_group = format!("({}=*)", groups.member);
            let nested = lease.search(member, Scope::Base, &is_group, &members, 1).await?;
            if nested.is_empty() {
                people.extend(lease.search(member, Scope::Base, "(objectClass=*)", attributes, 1).await?);
            }
            found.extend(nested);
        }
    }
    Ok(people)
}
