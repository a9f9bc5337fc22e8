//! One call at a time for the flows of a signed-in person: which answer is awaited, which key a repetition carries,
//! and which call waits while the person proves again who they are. The calls are an account's unless said.

use crate::backend::{AccountAnswer, AccountCall, Failure};
use sspr_core::{
    Secret,
    wire::{ProblemCode, Reauthenticate},
};

/// Calls that a signed-in person's flow can make.
pub trait Ask: Clone + PartialEq {
    /// What they bring back.
    type Answer;
    /// Whether it only reads, so that giving up on it leaves nothing behind.
    fn is_read(&self) -> bool;
    /// Whether it is the proof that a held call waits for.
    fn is_proof(&self) -> bool;
    /// The call that proves again who is sitting there.
    fn proof(proof: Reauthenticate) -> Self;
}

impl Ask for AccountCall {
    type Answer = AccountAnswer;

    fn is_read(&self) -> bool {
        Self::is_read(self)
    }

    fn is_proof(&self) -> bool {
        matches!(self, Self::Reauthenticate(_))
    }

    fn proof(proof: Reauthenticate) -> Self {
        Self::Reauthenticate(proof)
    }
}

/// A call to make. `operation` names what the person wanted: every repetition of it carries the same idempotency
/// key, so that a retry after a lost answer sends no second message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<C = AccountCall> {
    /// Comes back with the answer, so that the answer of a call given up is known and dropped.
    pub turn: u32,
    /// Stands for the idempotency key.
    pub operation: u32,
    /// What to ask.
    pub call: C,
}

/// What a flow wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make a call and bring its answer back to the flow.
    Call(Request),
    /// Tell the page that the person is through.
    Done {
        /// How it ended.
        outcome: Outcome,
        /// Whose account it is.
        identifier: Option<String>,
    },
    /// Tell the page, by a code, that it cannot go on.
    Error(&'static str),
}

/// How a flow ended; the word is what the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As many methods as the policy needs are registered.
    Registered,
    /// Registering was put off.
    Skipped,
    /// Every registered method is still right.
    Confirmed,
    /// The password is another one.
    Changed,
}

impl Outcome {
    /// The word for event details.
    pub fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Skipped => "skipped",
            Self::Confirmed => "confirmed",
            Self::Changed => "changed",
        }
    }
}

/// What an answer means to the flow that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival<C: Ask = AccountCall> {
    /// Nobody waits for it any more.
    Stale,
    /// The call and what it brought.
    Answer(C, C::Answer),
    /// The call and why it failed.
    Failed(C, Failure),
    /// The call is held until the person has typed their password.
    ProofNeeded,
    /// The proof was good: make the held call again.
    Repeat(Request<C>),
    /// The proof failed; the call is still held.
    ProofFailed(Failure),
    /// Nobody is signed in any more. Everything held is dropped.
    SignedOut,
}

/// The calls of one flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calls<C = AccountCall> {
    turn: u32,
    operation: u32,
    running: Option<Request<C>>,
    /// Waits for a fresh proof.
    held: Option<Request<C>>,
    /// Failed without a verdict: it may have been carried out, so its repetition keeps its key.
    unanswered: Option<Request<C>>,
}

impl<C> Default for Calls<C> {
    fn default() -> Self {
        Self { turn: 0, operation: 0, running: None, held: None, unanswered: None }
    }
}

impl<C: Ask> Calls<C> {
    /// Whether an answer is awaited.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Whether a password is asked for before the held call can go on.
    pub fn needs_proof(&self) -> bool {
        self.held.is_some()
    }

    /// Starts a call; `None` while another runs or waits for a proof, so that pressing twice does nothing.
    pub fn start(&mut self, call: C) -> Option<Request<C>> {
        if self.running.is_some() || self.held.is_some() {
            return None;
        }
        let operation = self.operation_of(&call);
        Some(self.run(operation, call))
    }

    /// The operation that a call repeats, or a new one.
    fn operation_of(&mut self, call: &C) -> u32 {
        match self.unanswered.take() {
            Some(request) if request.call == *call => request.operation,
            _ => {
                self.operation = self.operation.wrapping_add(1);
                self.operation
            }
        }
    }

    /// Sends the password for the held call; `None` where none is held or one is on its way.
    pub fn prove(&mut self, password: Secret) -> Option<Request<C>> {
        if self.running.is_some() || self.held.is_none() {
            return None;
        }
        let call = C::proof(Reauthenticate { password });
        let operation = self.operation_of(&call);
        Some(self.run(operation, call))
    }

    /// Gives up whatever runs or is held. Returns whether something may have been changed by it.
    pub fn give_up(&mut self) -> bool {
        self.held = None;
        self.unanswered = None;
        self.running.take().is_some_and(|request| !request.call.is_read())
    }

    /// Sorts an answer.
    pub fn arrived(&mut self, turn: u32, result: Result<C::Answer, Failure>) -> Arrival<C> {
        let Some(request) = self.running.take_if(|request| request.turn == turn) else {
            return Arrival::Stale;
        };
        let code = result.as_ref().err().and_then(Failure::code);
        if code == Some(ProblemCode::SessionRequired) {
            self.give_up();
            return Arrival::SignedOut;
        }
        if request.call.is_proof() {
            self.unanswered = result.as_ref().is_err_and(Failure::is_unanswered).then_some(request);
            return self.proof_arrived(result);
        }
        match result {
            Ok(answer) => Arrival::Answer(request.call, answer),
            Err(_) if code == Some(ProblemCode::ReauthenticationRequired) => {
                self.held = Some(request);
                Arrival::ProofNeeded
            }
            Err(failure) => {
                let call = request.call.clone();
                self.unanswered = failure.is_unanswered().then_some(request);
                Arrival::Failed(call, failure)
            }
        }
    }

    fn proof_arrived(&mut self, result: Result<C::Answer, Failure>) -> Arrival<C> {
        match (result, self.held.take()) {
            (Ok(_), Some(held)) => Arrival::Repeat(self.run(held.operation, held.call)),
            (Err(failure), held) => {
                self.held = held;
                Arrival::ProofFailed(failure)
            }
            (Ok(_), None) => Arrival::Stale,
        }
    }

    fn run(&mut self, operation: u32, call: C) -> Request<C> {
        self.turn = self.turn.wrapping_add(1);
        let request = Request { turn: self.turn, operation, call };
        self.running = Some(request.clone());
        request
    }
}
