//! Choosing a method, which sends its code; choosing it again is the resend.

use super::record::{Pending, Record};
use crate::{
    Caller, Failure, Service,
    audit::{Activity, ActivityResult, Detail},
    code,
    fold::after,
    method_data::MethodData,
    questions::QUESTIONS,
    store::{Effects, MethodRow},
    throttle::{DAY, TEN_MINUTES},
    token,
};
use sspr_core::{
    Secret,
    wire::{ChallengeKind, FlowState, FlowView, MethodOption, SendChallenge},
};

impl Service {
    /// Chooses a method of the present gate.
    pub async fn send_challenge(
        &self,
        caller: &Caller,
        token: &Secret,
        choice: SendChallenge,
    ) -> Result<FlowView, Failure> {
        let (mut row, mut record) = self.load(token).await?;
        let mark = self.mark(caller)?;
        let chosen_before =
            |it: &Pending| mark.is_some() && it.chosen_by == mark && it.option == choice.method;
        if record.state == FlowState::Challenge && record.challenge.as_ref().is_some_and(chosen_before) {
            return self.view(&row, &record, None).await;
        }
        if !matches!(record.state, FlowState::Choose | FlowState::Challenge) {
            return Err(Failure::WrongState(record.state));
        }
        let options = self.options(&record).await?;
        let option = options.into_iter().find(|it| it.id == choice.method).ok_or(Failure::MethodNotFound)?;
        self.refuse_early_resend(&record, &option)?;
        let account = self.directory.account(record.account.as_deref().unwrap_or_default()).await?;
        let methods = self.usable_methods(account.as_ref()).await?;
        let admin = account.is_some_and(|account| account.admin);
        let target = self.target(admin, &option, &methods);
        let stand_in = self.decoy(option.kind.method())?;
        let data = MethodData::open(&self.key, target.unwrap_or(&stand_in))?;
        let rings = self.number_is_right(&mut record, &option, choice.number.as_ref(), &data).await?;
        let now = self.clock.now();
        let limits = &self.settings.limits;
        let mut pending = Pending {
            id: token::id()?,
            kind: option.kind,
            target: target.map(|row| row.id.clone()),
            masked: option.masked,
            option: option.id,
            code_hash: None,
            sent_at: now,
            expires_at: after(now, limits.code_life),
            questions: Vec::new(),
            chosen_by: mark,
        };
        let (mut message, mut wanted) = (None, false);
        if option.kind.is_sent() {
            wanted = self.count_message(&record, &pending, target).await?;
            let code = code::digits(limits.code_length)?;
            pending.code_hash = Some(self.code_hash(&pending.id, code.expose())?);
            row.link_hash = None;
            let link = self.new_link(&mut row, &record, option.kind)?;
            let (to, link) = (data.value.as_deref().unwrap_or_default(), link.as_ref().map(Secret::expose));
            message = Some(self.code_message(option.kind, to, &record.locale, code.expose(), link)?);
            record.sent.insert(pending.option.clone(), now);
        } else if option.kind == ChallengeKind::Questions {
            pending.questions = self.draw_questions(&record.identifier, target.map(|_| &data))?;
        }
        record.challenge = Some(pending);
        record.state = FlowState::Challenge;
        let message = message.map(|body| match target {
            Some(_) if wanted && rings => self.message(&body, limits.code_life),
            _ => self.decoy_message(&body, limits.code_life),
        });
        let (account, way) = (record.account.as_deref(), Some(Detail::Way(option.kind)));
        let result = if rings { ActivityResult::Success } else { ActivityResult::Failure };
        let effects = Effects {
            messages: message.transpose()?.into_iter().collect(),
            audit: Some(self.line(caller, account, Activity::SendChallenge, result, way)?),
        };
        if !self.save_with(&mut row, &record, &effects).await? {
            return Err(self.overtaken(&row.token_hash).await);
        }
        self.view(&row, &record, None).await
    }

    fn refuse_early_resend(&self, record: &Record, option: &MethodOption) -> Result<(), Failure> {
        let last = record.sent.get(&option.id);
        let wait = last.map_or(0, |&at| self.seconds_left(after(at, self.settings.limits.resend_after)));
        if wait > 0 { Err(Failure::RateLimited { retry_after: wait }) } else { Ok(()) }
    }

    /// The registered method that an option means: before the first proof the primary of its kind.
    fn target<'a>(
        &self,
        admin: bool,
        option: &MethodOption,
        methods: &'a [MethodRow],
    ) -> Option<&'a MethodRow> {
        if !self.kinds_for(admin).contains(&option.kind) {
            return None;
        }
        let mut fitting = methods.iter().filter(|it| it.verified && it.kind == option.kind.method());
        if let Some((_, id)) = option.id.split_once(':') {
            return fitting.find(|it| it.id == id);
        }
        fitting.clone().find(|it| it.primary).or_else(|| fitting.next())
    }

    /// Refuses what an identifier has beyond its limit, and says whether the destination is still within its own.
    /// Refusing for the destination would tell that two names lead to one.
    async fn count_message(
        &self,
        record: &Record,
        pending: &Pending,
        target: Option<&MethodRow>,
    ) -> Result<bool, Failure> {
        let limits = &self.settings.limits;
        let asked = [record.identifier.as_bytes(), b" ", pending.kind.method().word().as_bytes()].concat();
        let bucket = self.bucket("message-asked", &asked)?;
        self.count(&bucket, limits.messages_per_destination, TEN_MINUTES).await?;
        let destination = target.and_then(|row| row.value_hash.as_deref()).unwrap_or(&asked);
        let hits =
            self.store.hit(&self.bucket("message", destination)?, self.clock.now(), TEN_MINUTES).await?;
        if pending.kind != ChallengeKind::Email {
            self.count("texts", limits.texts_per_day, DAY).await?;
        }
        Ok(hits.count <= limits.messages_per_destination)
    }

    pub(crate) fn code_hash(&self, id: &str, code: &str) -> Result<Vec<u8>, Failure> {
        self.key.hash("code", &[id.as_bytes(), code.as_bytes()])
    }

    /// The same identifier gets the same questions, registered ones where there are any; so asking again draws no
    /// easier ones. All questions are put in order, however many were registered.
    fn draw_questions(&self, identifier: &str, data: Option<&MethodData>) -> Result<Vec<String>, Failure> {
        let hash = |id: &str| self.key.hash("draw", &[identifier.as_bytes(), id.as_bytes()]);
        let keyed = QUESTIONS.iter().map(|&id| Ok((hash(id)?, id)));
        let mut keyed = keyed.collect::<Result<Vec<_>, Failure>>()?;
        let registered = |id: &str| data.is_none_or(|data| data.answers.iter().any(|it| it.question == id));
        // Whoever registered too few is asked others as well, and cannot answer.
        keyed.sort_by_cached_key(|(hash, id)| (!registered(id), hash.clone()));
        let drawn = keyed.into_iter().map(|(_, id)| id);
        Ok(drawn.take(self.settings.policy.questions_to_reset.into()).map(str::to_owned).collect())
    }
}
