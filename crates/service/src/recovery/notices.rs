//! Who is told of what happened to an account.

use crate::{
    Caller, Failure, Service, directory::Account, method_data::MethodData, notify::Notice, store::MessageRow,
    throttle::DAY,
};
use sspr_core::wire::MethodKind;
use std::collections::BTreeSet;

impl Service {
    /// Tells the person at the account's mailbox and all proved addresses but one, in the language of the account
    /// or, where it has none, the one they use now.
    pub(crate) async fn notify_account(
        &self,
        caller: &Caller,
        account: &Account,
        notice: Notice,
        except: Option<&str>,
    ) -> Result<(), Failure> {
        for message in self.notices_to_account(caller, account, notice, except).await? {
            self.store.push_message(&message).await?;
        }
        Ok(())
    }

    /// The messages that do so.
    pub(super) async fn notices_to_account(
        &self,
        caller: &Caller,
        account: &Account,
        notice: Notice,
        except: Option<&str>,
    ) -> Result<Vec<MessageRow>, Failure> {
        let mut addresses: BTreeSet<String> = account.email.iter().cloned().collect();
        for row in self.usable_methods(Some(account)).await? {
            if row.kind == MethodKind::Email && row.verified && Some(row.id.as_str()) != except {
                addresses.extend(MethodData::open(&self.key, &row)?.value);
            }
        }
        let locale = account.locale.as_deref().unwrap_or(&caller.locale);
        let message = |to: &String| self.message(&self.notice(notice, to, locale, &account.username), DAY);
        addresses.iter().map(message).collect()
    }

    /// The messages that tell the other administrators that one of them reset their password.
    pub(super) async fn notices_to_administrators(
        &self,
        account: &Account,
    ) -> Result<Vec<MessageRow>, Failure> {
        let mut messages = Vec::new();
        for other in self.directory.administrators().await?.into_iter().filter(|it| it.id != account.id) {
            if let Some(to) = &other.email {
                let locale = other.locale.as_deref().unwrap_or_default();
                let notice = self.notice(Notice::AdministratorReset, to, locale, &account.username);
                messages.push(self.message(&notice, DAY)?);
            }
        }
        Ok(messages)
    }
}
