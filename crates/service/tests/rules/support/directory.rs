//! A directory that also holds where somebody is reached.

use async_trait::async_trait;
use sspr_core::{Secret, wire::MethodKind};
use sspr_service::{
    Directory, LocalDirectory,
    directory::{Account, Contact, DirectoryError, SignInOutcome},
};
use std::sync::Mutex;

pub(crate) struct Held {
    people: LocalDirectory,
    contacts: Mutex<Vec<(String, Contact)>>,
}

impl Held {
    pub(crate) fn new(people: LocalDirectory) -> Self {
        Self { people, contacts: Mutex::default() }
    }

    /// From now on it says of somebody just this.
    pub(crate) fn says(&self, username: &str, contacts: &[(MethodKind, &str)]) {
        let contacts = contacts
            .iter()
            .map(|&(kind, value)| (username.to_owned(), Contact { kind, value: value.to_owned() }));
        *self.contacts.lock().unwrap() = contacts.collect();
    }

    fn with_contacts(&self, account: Account) -> Account {
        let held = self.contacts.lock().unwrap();
        let own = held.iter().filter(|(username, _)| *username == account.username);
        Account { contacts: own.map(|(_, contact)| contact.clone()).collect(), ..account }
    }
}

#[async_trait]
impl Directory for Held {
    async fn find(&self, identifier: &str) -> Result<Option<Account>, DirectoryError> {
        Ok(self.people.find(identifier).await?.map(|account| self.with_contacts(account)))
    }

    async fn account(&self, id: &str) -> Result<Option<Account>, DirectoryError> {
        Ok(self.people.account(id).await?.map(|account| self.with_contacts(account)))
    }

    async fn sign_in(&self, identifier: &str, password: &Secret) -> Result<SignInOutcome, DirectoryError> {
        Ok(match self.people.sign_in(identifier, password).await? {
            SignInOutcome::Accepted(account) => SignInOutcome::Accepted(self.with_contacts(account)),
            refused => refused,
        })
    }

    async fn verify_password(&self, id: &str, password: &Secret) -> Result<bool, DirectoryError> {
        self.people.verify_password(id, password).await
    }

    async fn set_password(&self, id: &str, password: &Secret) -> Result<(), DirectoryError> {
        self.people.set_password(id, password).await
    }

    async fn unlock(&self, id: &str) -> Result<(), DirectoryError> {
        self.people.unlock(id).await
    }

    async fn administrators(&self) -> Result<Vec<Account>, DirectoryError> {
        self.people.administrators().await
    }

    async fn people(&self, after: &str, limit: u32) -> Result<Option<Vec<Account>>, DirectoryError> {
        self.people.people(after, limit).await
    }
}
