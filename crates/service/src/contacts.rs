//! Mailboxes and numbers that the directory holds: they prove a person who registered nothing, and count as proved from their
//! first use on.
//!
//! They are read from the directory each time, so that who changes them there need not think of us. What is kept of one
//! ([`MethodData::directory`]) is that it was proved; it means nothing as soon as the directory holds it no more.

use crate::{
    Failure, Service, directory::Account, enrollment::contact, fold::fold, method_data::MethodData,
    store::MethodRow,
};

impl Service {
    /// All methods by which somebody may recover, those of the directory counted as proved. Nobody has none.
    pub(crate) async fn usable_methods(&self, account: Option<&Account>) -> Result<Vec<MethodRow>, Failure> {
        let kept = self.store.methods(account.map_or("", |account| &account.id)).await?;
        account.map_or(Ok(Vec::new()), |account| self.with_contacts(account, kept))
    }

    /// What is kept, and what the directory holds beside it.
    pub(crate) fn with_contacts(
        &self,
        account: &Account,
        kept: Vec<MethodRow>,
    ) -> Result<Vec<MethodRow>, Failure> {
        let contacts = self.contacts(account)?;
        let mut rows = Vec::new();
        for mut row in kept {
            let held = contacts.iter().any(|it| it.value_hash == row.value_hash);
            if held || !MethodData::open(&self.key, &row)?.directory {
                row.verified |= held;
                rows.push(row);
            }
        }
        let kept = rows.len();
        for contact in contacts {
            if !rows[..kept].iter().any(|row| row.value_hash == contact.value_hash) {
                rows.push(contact);
            }
        }
        Ok(rows)
    }

    /// The directory's methods as rows that are not kept; an id belongs to one account and value for good.
    fn contacts(&self, account: &Account) -> Result<Vec<MethodRow>, Failure> {
        let mut rows: Vec<MethodRow> = Vec::new();
        for held in &account.contacts {
            // An extension or a number without its country reaches nobody.
            let Ok(value) = contact(held.kind, &held.value) else { continue };
            let hash = self.key.hash("contact", &[value.as_bytes()])?;
            if rows.iter().any(|row| row.value_hash.as_ref() == Some(&hash)) {
                continue;
            }
            let id = self.key.hash("directory-contact", &[account.id.as_bytes(), fold(&value).as_bytes()])?;
            let id = uuid::Builder::from_custom_bytes(first(&id)).into_uuid().to_string();
            let data = MethodData { value: Some(value), directory: true, ..MethodData::default() };
            rows.push(MethodRow {
                sealed: data.seal(&self.key, &id)?,
                account: account.id.clone(),
                kind: held.kind,
                value_hash: Some(hash),
                label: None,
                verified: true,
                primary: false,
                created_at: self.clock.now(),
                last_used_at: None,
                confirmed_at: None,
                version: 0,
                id,
            });
        }
        Ok(rows)
    }

    /// Keeps one of the directory's methods, proved or about to be; does nothing with the others.
    pub(crate) async fn keep_contact(
        &self,
        account: &Account,
        id: &str,
        verified: bool,
    ) -> Result<Option<MethodRow>, Failure> {
        let Some(row) = self.contacts(account)?.into_iter().find(|row| row.id == id) else { return Ok(None) };
        let now = self.clock.now();
        let kept = self.store.methods(&account.id).await?.into_iter().find(|row| row.id == id);
        if let Some(mut row) = kept {
            row.verified |= verified;
            row.last_used_at = verified.then_some(now).or(row.last_used_at);
            row.confirmed_at = verified.then_some(now).or(row.confirmed_at);
            // Who changes it at the same time leaves it as good as it is.
            self.store.update_method(&row).await?;
            return Ok(Some(row));
        }
        let proved = verified.then_some(now);
        let row = MethodRow { verified, last_used_at: proved, confirmed_at: proved, ..row };
        self.store.insert_method(&row).await?;
        Ok(Some(row))
    }
}

/// The first bytes of a hash, which has 32.
fn first(hash: &[u8]) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, from)| *byte = *from);
    bytes
}
