//! A recovery flow as somebody goes through it.

use super::{ANSWERS, APPS, NEW, PRINTED, World, app_code};
use sspr_core::{
    Secret,
    wire::{
        Challenge, ChallengeKind, FlowView, QuestionAnswer, RecoveryDone, SendChallenge, SetPassword,
        VerifyChallenge,
    },
};
use sspr_service::Failure;

pub(crate) struct Flow<'a> {
    world: &'a World,
    pub(crate) token: Secret,
    pub(crate) view: FlowView,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(world: &'a World, view: FlowView) -> Self {
        Self { world, token: view.flow.clone().expect("a token"), view }
    }

    fn take(&mut self, view: FlowView) {
        if let Some(token) = &view.flow {
            self.token = token.clone();
        }
        self.view = view;
    }

    /// Chooses the first option of a kind.
    pub(crate) async fn choose(&mut self, kind: ChallengeKind) -> Result<(), Failure> {
        let method = self.view.methods.iter().find(|it| it.kind == kind).map(|it| it.id.clone());
        self.choose_by_id(&method.ok_or(Failure::MethodNotFound)?).await
    }

    pub(crate) async fn choose_by_id(&mut self, id: &str) -> Result<(), Failure> {
        self.choose_with(SendChallenge { method: id.into(), number: None }).await
    }

    pub(crate) async fn choose_with(&mut self, choice: SendChallenge) -> Result<(), Failure> {
        let view = self.world.service.send_challenge(&self.world.caller, &self.token, choice).await?;
        self.take(view);
        Ok(())
    }

    pub(crate) fn challenge(&self) -> &Challenge {
        self.view.challenge.as_ref().expect("a challenge")
    }

    /// What answers the present challenge with a code.
    pub(crate) fn by_code(&self, code: &str) -> VerifyChallenge {
        VerifyChallenge {
            challenge: self.challenge().id.clone(),
            code: Some(code.into()),
            answers: Vec::new(),
        }
    }

    pub(crate) fn by_answers(&self) -> VerifyChallenge {
        let answer = |id: &str| ANSWERS.iter().find(|it| it.0 == id).map_or("none", |it| it.1);
        let questions = self.challenge().questions.iter();
        let answers =
            questions.map(|it| QuestionAnswer { question: it.id.clone(), answer: answer(&it.id).into() });
        VerifyChallenge { challenge: self.challenge().id.clone(), code: None, answers: answers.collect() }
    }

    /// Answers to every question asked, all of them wrong.
    pub(crate) fn by_answers_of_nobody(&self) -> VerifyChallenge {
        let mut answer = self.by_answers();
        answer.answers.iter_mut().for_each(|it| it.answer = "nothing".into());
        answer
    }

    pub(crate) async fn verify(&mut self, answer: VerifyChallenge) -> Result<(), Failure> {
        let view = self.world.service.verify_challenge(&self.world.caller, &self.token, answer).await?;
        self.take(view);
        Ok(())
    }

    pub(crate) async fn type_code(&mut self, code: &str) -> Result<(), Failure> {
        self.verify(self.by_code(code)).await
    }

    /// The right answer to the present challenge, of whoever holds what Mia holds.
    pub(crate) async fn right_answer(&self) -> VerifyChallenge {
        match self.challenge().kind {
            ChallengeKind::Email | ChallengeKind::Sms | ChallengeKind::Voice => {
                self.by_code(&self.world.code().await)
            }
            ChallengeKind::Totp => self.by_code(&app_code(APPS[0], self.world.now())),
            ChallengeKind::RecoveryCode => self.by_code(PRINTED[0]),
            ChallengeKind::Questions => self.by_answers(),
        }
    }

    /// Passes a gate by a kind.
    pub(crate) async fn pass(&mut self, kind: ChallengeKind) -> Result<(), Failure> {
        self.choose(kind).await?;
        self.verify(self.right_answer().await).await
    }

    /// The flow as a reload sees it.
    pub(crate) async fn look(&self) -> Result<FlowView, Failure> {
        self.world.service.recovery(&self.world.caller, &self.token).await
    }

    pub(crate) async fn set(&self, password: &str) -> Result<RecoveryDone, Failure> {
        let set = SetPassword { new_password: password.into(), end_other_sessions: true };
        self.world.service.set_password(&self.world.caller, &self.token, set).await
    }

    /// Sets [`NEW`].
    pub(crate) async fn finish(&self) -> Result<RecoveryDone, Failure> {
        self.set(NEW).await
    }

    pub(crate) async fn unlock(&self) -> Result<RecoveryDone, Failure> {
        self.world.service.unlock(&self.world.caller, &self.token).await
    }
}
