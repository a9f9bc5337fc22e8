//! Groups of people, with groups in groups.

use crate::{filter::equals, pool::Lease, settings::Groups};
use ldap3::Scope;
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

/// The names (DN) of all members of the administrators' groups that are no groups themselves.
pub(crate) async fn administrators(
    lease: &mut Lease<'_>,
    groups: &Groups,
) -> Result<Vec<String>, DirectoryError> {
    let (mut seen, mut people) = (BTreeSet::new(), Vec::new());
    let wanted: String = groups.admins.iter().map(|name| equals("cn", name)).collect();
    let any = format!("(&({}=*)(|{wanted}))", groups.member);
    let attributes = [groups.member.as_str()];
    let mut found = lease.search(&groups.base, Scope::Subtree, &any, &attributes, MOST as i32).await?;
    while let Some(group) = found.pop() {
        for member in group.attrs.get(&groups.member).into_iter().flatten() {
            if seen.len() >= MOST || !seen.insert(member.clone()) {
                continue;
            }
            let is_group = format!("({}=*)", groups.member);
            let nested = lease.search(member, Scope::Base, &is_group, &attributes, 1).await?;
            if nested.is_empty() {
                people.push(member.clone());
            }
            found.extend(nested);
        }
    }
    Ok(people)
}
