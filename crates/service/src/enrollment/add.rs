//! Adding a method, and sending its code again.

use crate::{
    Caller, Failure, Person, Service, code,
    fold::{after, fold},
    method_data::{KeptAnswer, MethodData, Pending, printed_hash},
    notify::Notice,
    password::Hasher,
    questions,
    store::MethodRow,
    throttle::{DAY, TEN_MINUTES},
    token, totp,
};
use sspr_core::{
    Secret,
    wire::{
        AddMethod, AddedMethod, ChallengeKind, MethodKind, PhoneChannel, QuestionAnswer, ResendCode,
        SentCode, TotpSecret,
    },
};

/// Most characters of a label.
pub(super) const LONGEST_LABEL: usize = 40;

impl Service {
    /// Adds a method; where something is to be proved it stays unverified until then.
    pub async fn add_method(
        &self,
        caller: &Caller,
        person: &Person,
        add: AddMethod,
    ) -> Result<AddedMethod, Failure> {
        self.require_fresh(person)?;
        let account = &person.account;
        let rows = self.store.methods(&account.id).await?;
        let allowed = self.kinds_for(account.admin);
        if !self.in_scope(account) || self.offer(add.kind, &allowed, &rows).refused.is_some() {
            return Err(Failure::PolicyForbids);
        }
        if add.label.as_ref().is_some_and(|label| label.chars().count() > LONGEST_LABEL) {
            return Err(Failure::ValueRejected { pointer: "/label" });
        }
        let now = self.clock.now();
        let id = token::id()?;
        let mut data = MethodData::default();
        let mut value_hash = None;
        let (mut shown, mut totp_secret, mut verified) = (Vec::new(), None, false);
        match add.kind {
            MethodKind::Email | MethodKind::Phone => {
                let value = contact(add.kind, add.value.as_deref().unwrap_or_default())?;
                let hash = self.key.hash("contact", &[value.as_bytes()])?;
                if rows.iter().any(|row| row.value_hash.as_ref() == Some(&hash)) {
                    return Err(Failure::ValueTaken);
                }
                (value_hash, data.value) = (Some(hash), Some(value));
            }
            MethodKind::Totp => {
                let secret = totp::secret()?;
                let uri = totp::uri(&secret, &self.settings.organisation.name, &account.username);
                totp_secret = Some(TotpSecret { secret: Secret::new(secret.clone()), uri: Secret::new(uri) });
                data.totp = Some(secret);
                data.pending = Some(Pending {
                    code_hash: Vec::new(),
                    sent_at: now,
                    expires_at: after(now, self.settings.limits.flow_life),
                    wrong: 0,
                    voice: false,
                });
            }
            MethodKind::RecoveryCodes => {
                shown = code::printed()?;
                for code in &shown {
                    let plain = code::normalise(code);
                    data.codes.push(printed_hash(&self.key, &account.id, plain.expose())?);
                }
                verified = true;
            }
            MethodKind::Questions => {
                data.answers = self.keep_answers(&add.answers)?;
                verified = true;
            }
        }
        let mut row = MethodRow {
            sealed: Vec::new(),
            id,
            account: account.id.clone(),
            kind: add.kind,
            value_hash,
            label: add.label,
            verified,
            primary: verified && !rows.iter().any(|row| row.primary),
            created_at: now,
            last_used_at: None,
            confirmed_at: verified.then_some(now),
            version: 0,
        };
        let voice = add.channel == Some(PhoneChannel::Voice);
        let message = self.new_code(caller, person, &row, &mut data, voice).await?;
        row.sealed = data.seal(&self.key, &row.id)?;
        self.store.insert_method(&row).await?;
        if verified {
            for old in rows.iter().filter(|old| old.kind == add.kind) {
                self.store.delete_method(&account.id, &old.id).await?;
            }
            self.notify_account(account, Notice::MethodsChanged, None).await?;
        }
        if let Some(message) = &message {
            self.push(Some(message), self.settings.limits.code_life).await?;
        }
        self.audit(caller, Some(&account.id), "add_method", "success", Some(add.kind.word())).await?;
        Ok(AddedMethod {
            method: self.method_view(account.admin, &row, std::slice::from_ref(&row))?,
            sent: message.map(|_| self.sent()),
            totp: totp_secret,
            recovery_codes: shown,
        })
    }

    /// Sends the code of an unverified method again.
    pub async fn resend_code(
        &self,
        caller: &Caller,
        person: &Person,
        id: &str,
        resend: ResendCode,
    ) -> Result<AddedMethod, Failure> {
        self.require_fresh(person)?;
        let mut row = self.own_method(person, id).await?;
        let mut data = MethodData::open(&self.key, &row)?;
        let last = data.pending.as_ref().filter(|_| !row.verified && data.value.is_some());
        let last = last.ok_or(Failure::MethodNotFound)?;
        let wait =
            crate::fold::left(self.clock.now(), after(last.sent_at, self.settings.limits.resend_after));
        if wait > 0 {
            return Err(Failure::RateLimited { retry_after: wait });
        }
        let (voice, wrong) = (resend.channel.map_or(last.voice, |it| it == PhoneChannel::Voice), last.wrong);
        let message = self.new_code(caller, person, &row, &mut data, voice).await?;
        // A new code brings no new tries.
        if let Some(pending) = &mut data.pending {
            pending.wrong = wrong;
        }
        row.sealed = data.seal(&self.key, &row.id)?;
        if !self.store.update_method(&row).await? {
            return Err(Failure::RateLimited { retry_after: 1 });
        }
        if let Some(message) = &message {
            self.push(Some(message), self.settings.limits.code_life).await?;
        }
        let method = self.method_view(person.account.admin, &row, std::slice::from_ref(&row))?;
        Ok(AddedMethod { method, sent: Some(self.sent()), totp: None, recovery_codes: Vec::new() })
    }

    fn sent(&self) -> SentCode {
        let limits = &self.settings.limits;
        SentCode { resend_in: limits.resend_after, expires_in: limits.code_life }
    }

    async fn new_code(
        &self,
        caller: &Caller,
        person: &Person,
        row: &MethodRow,
        data: &mut MethodData,
        voice: bool,
    ) -> Result<Option<crate::OutgoingBody>, Failure> {
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

    fn keep_answers(&self, answers: &[QuestionAnswer]) -> Result<Vec<KeptAnswer>, Failure> {
        let rejected = Failure::ValueRejected { pointer: "/answers" };
        if answers.len() != usize::from(self.settings.policy.questions_to_register) {
            return Err(rejected);
        }
        let fits = usize::from(questions::MIN_ANSWER)..=usize::from(questions::MAX_ANSWER);
        let hasher = Hasher::new(self.settings.password.hashing);
        let mut kept = Vec::new();
        for (index, it) in answers.iter().enumerate() {
            let plain = questions::normalise(&it.answer);
            let repeated = answers[..index].iter().any(|earlier| {
                earlier.question == it.question || questions::normalise(&earlier.answer) == plain
            });
            let known = questions::QUESTIONS.contains(&it.question.as_str());
            let long = fits.contains(&plain.expose().chars().count())
                && it.answer.expose().chars().count() <= usize::from(questions::MAX_ANSWER);
            if repeated || !known || !long {
                return Err(rejected);
            }
            let hash = questions::hash(&self.key, &hasher, it)?;
            kept.push(KeptAnswer { question: it.question.clone(), hash });
        }
        Ok(kept)
    }
}

/// An address or a number in one spelling.
pub(crate) fn contact(kind: MethodKind, value: &str) -> Result<String, Failure> {
    let rejected = Failure::ValueRejected { pointer: "/value" };
    if kind == MethodKind::Email {
        let value = fold(value);
        let fine = value.split_once('@').is_some_and(|(local, domain)| {
            let plain = |text: &str| {
                !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;@".contains(c))
            };
            !local.is_empty()
                && plain(local)
                && plain(domain)
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        });
        return if fine && value.len() <= 254 { Ok(value) } else { Err(rejected) };
    }
    let number: String = value.chars().filter(|c| !" -().".contains(*c)).collect();
    let digits = number.strip_prefix('+').unwrap_or_default();
    // E.164: up to 15 digits, the country's first.
    let fine = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if fine && !digits.starts_with('0') { Ok(number) } else { Err(rejected) }
}
