//! Sending the code that proves a new method, and sending it again.

use crate::{
    Caller, Failure, OutgoingBody, Person, Service, code,
    fold::{after, left},
    method_data::{MethodData, Pending},
    store::MethodRow,
    throttle::{DAY, TEN_MINUTES},
};
use sspr_core::wire::{AddedMethod, ChallengeKind, MethodKind, PhoneChannel, ResendCode, SentCode};

impl Service {
    /// Sends the code of an unverified method again.
    pub async fn resend_code(
        &self,
        caller: &Caller,
        person: &Person,
        id: &str,
        resend: ResendCode,
    ) -> Result<AddedMethod, Failure> {
        self.require_fresh(person)?;
        let row = match self.own_method(person, id).await {
            Err(Failure::MethodNotFound) => self.keep_contact(&person.account, id, false).await?,
            found => Some(found?),
        };
        let row = row.ok_or(Failure::MethodNotFound)?;
        let mut data = MethodData::open(&self.key, &row)?;
        let last = self.resendable(&row, &data)?;
        let voice = resend.channel.map_or(last.voice, |it| it == PhoneChannel::Voice);
        let message = self.new_code(caller, person, &row, &mut data, voice).await?;
        let new = data.pending;
        let change = |row: &mut MethodRow, _: &[MethodRow]| {
            let mut data = MethodData::open(&self.key, row)?;
            // A new code brings no new tries.
            let wrong = self.resendable(row, &data)?.wrong;
            data.pending = new.clone().map(|new| Pending { wrong, ..new });
            row.sealed = data.seal(&self.key, &row.id)?;
            Ok(())
        };
        let (row, ()) = self.change_method(person, id, change).await?;
        if let Some(message) = &message {
            self.push(message, self.settings.limits.code_life).await?;
        }
        let method = self.method_view(person.account.admin, &row, std::slice::from_ref(&row))?;
        Ok(AddedMethod { method, sent: Some(self.sent()), totp: None, recovery_codes: Vec::new() })
    }

    /// The code on its way, if another may be sent now.
    fn resendable(&self, row: &MethodRow, data: &MethodData) -> Result<Pending, Failure> {
        let last = data.pending.clone().filter(|_| !row.verified && data.value.is_some());
        // No code went yet to what only the directory knew.
        let last = last.or_else(|| (!row.verified && data.directory).then(Pending::default));
        let last = last.ok_or(Failure::MethodNotFound)?;
        let wait = left(self.clock.now(), after(last.sent_at, self.settings.limits.resend_after));
        if wait > 0 { Err(Failure::RateLimited { retry_after: wait }) } else { Ok(last) }
    }

    pub(super) fn sent(&self) -> SentCode {
        let limits = &self.settings.limits;
        SentCode { resend_in: limits.resend_after, expires_in: limits.code_life }
    }

    /// Draws a code for a new address or number and counts it; `None` for what is not proved by a sent code.
    pub(super) async fn new_code(
        &self,
        caller: &Caller,
        person: &Person,
        row: &MethodRow,
        data: &mut MethodData,
        voice: bool,
    ) -> Result<Option<OutgoingBody>, Failure> {
        let Some(to) = data.value.clone() else { return Ok(None) };
        let limits = &self.settings.limits;
        let kind = match row.kind {
            MethodKind::Email => ChallengeKind::Email,
            _ if voice => ChallengeKind::Voice,
            _ => ChallengeKind::Sms,
        };
        if !self.settings.policy.recovery_methods.contains(&kind) {
            return Err(Failure::PolicyForbids);
        }
        let bucket = self.bucket("message", row.value_hash.as_deref().unwrap_or_default())?;
        self.count(&bucket, limits.messages_per_destination, TEN_MINUTES).await?;
        // Adding and removing a contact draws on the same allowance, so codes cannot be guessed that way either.
        let bucket = self.bucket("enroll", person.account.id.as_bytes())?;
        self.count(&bucket, limits.messages_per_destination, TEN_MINUTES).await?;
        if kind != ChallengeKind::Email {
            self.count("texts", limits.texts_per_day, DAY).await?;
        }
        let code = code::digits(limits.code_length)?;
        let now = self.clock.now();
        data.pending = Some(Pending {
            code_hash: self.code_hash(&row.id, code.expose())?,
            sent_at: now,
            expires_at: after(now, limits.code_life),
            wrong: 0,
            voice,
        });
        self.code_message(kind, &to, &caller.locale, code.expose(), None).map(Some)
    }
}
