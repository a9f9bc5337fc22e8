//! Sessions of our own sign-in, and who is signed in by other means.

use crate::{
    Caller, Failure, Person, Service,
    audit::{self, Activity, ActivityResult},
    directory::SignInOutcome,
    fold::{after, before, left},
    password::change::nfc,
    store::SessionRow,
    throttle::HOUR,
    token,
};
use jiff::Timestamp;
use sspr_core::{
    Secret,
    wire::{Reauthenticate, SessionView, SignIn},
};

impl Service {
    /// Signs in by password and gives the cookie.
    pub async fn sign_in(&self, caller: &Caller, sign_in: SignIn) -> Result<(Secret, Person), Failure> {
        let prefix = self.sign_in_prefix(caller)?;
        if let Some(prefix) = &prefix {
            self.refuse_spent(prefix, self.settings.limits.failed_sign_ins_per_prefix).await?;
        }
        let outcome = self.directory.sign_in(&sign_in.identifier, &nfc(&sign_in.password)).await?;
        let SignInOutcome::Accepted(account) = outcome else {
            if let Some(prefix) = &prefix {
                self.store.hit(prefix, self.clock.now(), HOUR).await?;
            }
            self.audit(caller, None, Activity::SignIn, ActivityResult::Failure, None).await?;
            return Err(Failure::SignInFailed);
        };
        let now = self.clock.now();
        let cookie = token::token()?;
        let mut session = SessionRow {
            token_hash: token::hash(&cookie),
            account: account.id.clone(),
            csrf: String::new(),
            authenticated_at: now,
            expires_at: after(now, self.settings.session.life),
        };
        self.store.insert_session(&session).await?;
        session.csrf = self.csrf(&session)?;
        self.audit(caller, Some(&account.id), Activity::SignIn, ActivityResult::Success, None).await?;
        Ok((
            cookie,
            Person { account, authenticated_at: Some(now), signed_in_at: None, session: Some(session) },
        ))
    }

    /// The token that a session's page proves itself by. It follows from the session, so that the store need not hold it.
    fn csrf(&self, session: &SessionRow) -> Result<String, Failure> {
        let bytes = self.key.hash("csrf", &[&session.token_hash])?;
        Ok(token::from_bytes(&bytes).expose().to_owned())
    }

    /// The counter of failed sign-ins from where the caller is.
    fn sign_in_prefix(&self, caller: &Caller) -> Result<Option<String>, Failure> {
        let bucket = |address| self.bucket("sign-in-prefix", audit::prefix(address).as_bytes());
        caller.address.map(bucket).transpose()
    }

    /// Whose cookie it is.
    pub async fn session(&self, cookie: &Secret) -> Result<Option<Person>, Failure> {
        let Some(mut session) = self.store.session(&token::hash(cookie)).await? else { return Ok(None) };
        if session.expires_at <= self.clock.now() {
            return Ok(None);
        }
        session.csrf = self.csrf(&session)?;
        let account = self.directory.account(&session.account).await?.filter(|account| !account.disabled);
        Ok(account.map(|account| Person {
            account,
            authenticated_at: Some(session.authenticated_at),
            signed_in_at: None,
            session: Some(session),
        }))
    }

    /// Ends a session.
    pub async fn sign_out(&self, cookie: &Secret) -> Result<(), Failure> {
        Ok(self.store.delete_session(&token::hash(cookie)).await?)
    }

    /// Somebody whom a reverse proxy or a bearer token names, with the time of that sign-in where it says so.
    pub async fn person(
        &self,
        identifier: &str,
        authenticated_at: Option<Timestamp>,
    ) -> Result<Option<Person>, Failure> {
        let account = self.directory.find(identifier).await?.filter(|account| !account.disabled);
        let Some(account) = account else { return Ok(None) };
        let signed_in_at = authenticated_at;
        let mut person = Person { account, authenticated_at, signed_in_at, session: None };
        // The page proved them again, which the other sign-in cannot know.
        if signed_in_at.is_some() && self.fresh_for(&person) == 0 {
            let now = self.clock.now();
            let proof = self.store.hits(&self.proof(&person)?, now).await?;
            if proof.count > 0 {
                let age = self.settings.session.fresh_for.saturating_sub(proof.resets_in);
                person.authenticated_at = Some(before(now, age));
            }
        }
        Ok(Some(person))
    }

    /// The counter that remembers the proof of somebody who is signed in elsewhere, for that sign-in only.
    fn proof(&self, person: &Person) -> Result<String, Failure> {
        let at = person.signed_in_at.map_or_else(String::new, |at| at.to_string());
        self.bucket("proof", format!("{} {at}", person.account.id).as_bytes())
    }

    /// What a page may know of who is signed in.
    pub fn session_view(&self, person: Option<&Person>) -> SessionView {
        let Some(person) = person else { return SessionView::default() };
        SessionView {
            signed_in: true,
            display_name: person.account.display_name.clone(),
            identifier: Some(person.account.username.clone()),
            csrf: person.session.as_ref().map(|session| session.csrf.clone()),
            fresh_for: self.fresh_for(person),
        }
    }

    /// Proves again who is sitting there. For somebody signed in elsewhere the proof is remembered in the store.
    pub async fn reauthenticate(
        &self,
        caller: &Caller,
        person: &Person,
        proof: Reauthenticate,
    ) -> Result<SessionView, Failure> {
        let id = person.account.id.as_str();
        if !self.directory.verify_password(id, &nfc(&proof.password)).await? {
            self.audit(caller, Some(id), Activity::Reauthenticate, ActivityResult::Failure, None).await?;
            return Err(Failure::CurrentPasswordIncorrect);
        }
        let now = self.clock.now();
        let mut person = person.clone();
        person.authenticated_at = Some(now);
        if let Some(session) = &mut person.session {
            self.store.refresh_session(&session.token_hash, now).await?;
            session.authenticated_at = now;
        } else {
            // A window that starts now: what was counted before is forgotten.
            let proof = self.proof(&person)?;
            self.store.clear_hits(&proof).await?;
            self.store.hit(&proof, now, self.settings.session.fresh_for).await?;
        }
        self.audit(caller, Some(id), Activity::Reauthenticate, ActivityResult::Success, None).await?;
        Ok(self.session_view(Some(&person)))
    }

    fn fresh_for(&self, person: &Person) -> u32 {
        let life = self.settings.session.fresh_for;
        // See `Person::authenticated_at` on why nothing known is fresh. A clock elsewhere may be ahead of ours.
        person.authenticated_at.map_or(life, |at| left(self.clock.now(), after(at, life)).min(life))
    }

    /// Refuses a sensitive change where the last proof is too long ago.
    pub(crate) fn require_fresh(&self, person: &Person) -> Result<(), Failure> {
        if self.fresh_for(person) == 0 { Err(Failure::ReauthenticationRequired) } else { Ok(()) }
    }
}
