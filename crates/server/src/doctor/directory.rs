//! Whether the directory lets the service account in, and what it may do there as far as it can be asked.

use super::{Code, Finding, clock::Clocks};
use crate::{config::Config, directory};
use sspr_directory_ldap::{LookError, Rights, Seen};

pub(super) async fn findings(config: &Config, clocks: &mut Clocks) -> Vec<Finding> {
    let ldap = match directory::ldap(config) {
        Ok(Some(ldap)) => ldap,
        Ok(None) => {
            return vec![Finding::new(Code::DirectoryLocal, "Accounts and passwords are in the database.")];
        }
        Err(error) => return vec![Finding::new(Code::DirectoryConfig, error)],
    };
    match ldap.look().await {
        Ok(seen) => {
            if let Some(time) = seen.time {
                clocks.told("the directory", time);
            }
            said(&seen)
        }
        Err(error) => {
            let code = match error {
                LookError::Unreachable(_) => Code::DirectoryUnreachable,
                LookError::SignIn(_) => Code::DirectorySignIn,
                LookError::Search(_) => Code::DirectorySearch,
            };
            vec![Finding::new(code, format_args!("The directory: {error}."))]
        }
    }
}

fn said(seen: &Seen) -> Vec<Finding> {
    if !seen.base {
        return vec![Finding::new(Code::DirectoryBase, "The base is not there, or is not shown to us.")];
    }
    let mut findings = vec![if seen.people == 0 {
        Finding::new(Code::DirectoryNobody, "The directory lets us in, and shows nobody below the base.")
    } else {
        Finding::new(Code::DirectoryOk, "The directory lets us in and shows people below the base.")
    }];
    findings.push(match seen.rights {
        Rights::Unlocks => Finding::new(
            Code::DirectoryRightsOk,
            "The service account may end locks; whether it may set passwords cannot be asked.",
        ),
        Rights::Missing => Finding::new(
            Code::DirectoryRightsMissing,
            "The service account may not write lockoutTime of the people that were looked at.",
        ),
        Rights::Unknown => Finding::new(
            Code::DirectoryRightsUnknown,
            "The directory does not tell whether the service account may set passwords.",
        ),
    });
    findings.push(if seen.policy {
        Finding::new(Code::DirectoryPolicyOk, "The password policy can be read.")
    } else {
        Finding::new(Code::DirectoryPolicyUnreadable, "The password policy cannot be read, or none is named.")
    });
    findings
}
