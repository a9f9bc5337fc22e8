//! Adding a method.

use crate::{
    Caller, Failure, Person, Service,
    audit::{Activity, ActivityResult, Detail},
    code,
    enrollment::contact,
    fold::after,
    method_data::{KeptAnswer, MethodData, Pending, printed_hash},
    notify::Notice,
    questions,
    store::MethodRow,
    token, totp,
};
use sspr_core::{
    Secret,
    wire::{AddMethod, AddedMethod, MethodKind, PhoneChannel, QuestionAnswer, TotpSecret},
};

/// Most characters of a label.
const LONGEST_LABEL: usize = 40;

/// Whether a name for a method can be kept and shown.
pub(super) fn is_label(text: &str) -> bool {
    text.chars().count() <= LONGEST_LABEL && !text.chars().any(char::is_control)
}

impl Service {
    /// Adds a method; where something is to be proved it stays unverified until then. A kind that the policy leaves
    /// out, or of which it allows no more, is [`Failure::PolicyForbids`]: no other value would be taken, and
    /// [`sspr_core::wire::Offer::refused`] says which of the two it is. An unproved method whose time is over makes
    /// room.
    pub async fn add_method(
        &self,
        caller: &Caller,
        person: &Person,
        add: AddMethod,
    ) -> Result<AddedMethod, Failure> {
        self.require_fresh(person)?;
        let account = &person.account;
        let rows = self.current_methods(&account.id).await?;
        let allowed = self.kinds_for(account.admin);
        if !self.in_scope(account) || self.offer(add.kind, &allowed, &rows).refused.is_some() {
            return Err(Failure::PolicyForbids);
        }
        if !add.label.as_deref().is_none_or(is_label) {
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
                data.answers = self.keep_answers(&add.answers).await?;
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
            primary: verified && !rows.iter().any(|row| row.primary && row.kind != add.kind),
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
            self.notify_account(caller, account, Notice::MethodsChanged, None).await?;
        }
        if let Some(message) = &message {
            self.push(message, self.settings.limits.code_life).await?;
        }
        let kind = Some(Detail::Kind(add.kind));
        self.audit(caller, Some(&account.id), Activity::AddMethod, ActivityResult::Success, kind).await?;
        Ok(AddedMethod {
            method: self.method_view(account.admin, &row, std::slice::from_ref(&row))?,
            sent: message.map(|_| self.sent()),
            totp: totp_secret,
            recovery_codes: shown,
        })
    }

    /// The methods without those that nobody proved in time, which are removed.
    async fn current_methods(&self, account: &str) -> Result<Vec<MethodRow>, Failure> {
        let (now, mut kept) = (self.clock.now(), Vec::new());
        for row in self.store.methods(account).await? {
            let pending = MethodData::open(&self.key, &row)?.pending;
            if !row.verified && pending.is_none_or(|it| it.expires_at <= now) {
                self.store.delete_method(account, &row.id).await?;
            } else {
                kept.push(row);
            }
        }
        Ok(kept)
    }

    async fn keep_answers(&self, answers: &[QuestionAnswer]) -> Result<Vec<KeptAnswer>, Failure> {
        let rejected = Failure::ValueRejected { pointer: "/answers" };
        if answers.len() != usize::from(self.settings.policy.questions_to_register) {
            return Err(rejected);
        }
        let fits = usize::from(questions::MIN_ANSWER)..=usize::from(questions::MAX_ANSWER);
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
        }
        let (key, answers) = (self.key.clone(), answers.to_vec());
        self.hashing(move |hasher| {
            let keep = |it: &QuestionAnswer| {
                let hash = questions::hash(&key, hasher, it)?;
                Ok(KeptAnswer { question: it.question.clone(), hash })
            };
            answers.iter().map(keep).collect()
        })
        .await
    }
}
