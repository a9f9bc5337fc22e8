//! One call at a time: which answer is awaited, and which key a repetition carries.

use crate::backend::{Failure, RecoveryAnswer, RecoveryCall};

/// A call to make. Every repetition of an operation carries the same idempotency key, so that a retry after a lost
/// answer sends no second message and spends nothing twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Comes back with the answer, so that the answer of a call given up is known and dropped.
    pub turn: u32,
    /// Stands for the idempotency key.
    pub operation: u32,
    /// What to ask.
    pub call: RecoveryCall,
}

/// The calls of one flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Calls {
    turn: u32,
    operation: u32,
    running: Option<Request>,
    /// The turn of the proof of being human that the page was asked for.
    asking: Option<u32>,
    /// Failed without a verdict: it may have been carried out, so its repetition keeps its key.
    unanswered: Option<Request>,
}

impl Calls {
    pub(super) fn is_running(&self) -> bool {
        self.running.is_some() || self.asking.is_some()
    }

    pub(super) fn runs_describe(&self) -> bool {
        self.asking.is_none()
            && self.running.as_ref().is_some_and(|request| request.call == RecoveryCall::Describe)
    }

    /// Starts a call; `None` while another runs, so that pressing twice does nothing. The description is read
    /// besides: what the person does comes first.
    pub(super) fn start(&mut self, call: RecoveryCall) -> Option<Request> {
        if self.is_running() && !self.runs_describe() {
            return None;
        }
        let operation = match self.unanswered.take() {
            Some(request) if request.call == call => request.operation,
            _ => self.new_operation(),
        };
        let request = Request { turn: self.new_turn(), operation, call };
        self.running = Some(request.clone());
        Some(request)
    }

    /// A call whose answer nobody waits for.
    pub(super) fn aside(&mut self, call: RecoveryCall) -> Request {
        Request { turn: self.new_turn(), operation: self.new_operation(), call }
    }

    /// Asks the page for its proof of being human; `None` while something else is awaited.
    pub(super) fn ask(&mut self) -> Option<u32> {
        if self.is_running() && !self.runs_describe() {
            return None;
        }
        self.asking = Some(self.new_turn());
        self.asking
    }

    /// Whether a proof is the one awaited; it is no longer, then.
    pub(super) fn proof_arrived(&mut self, turn: u32) -> bool {
        self.asking.take_if(|asked| *asked == turn).is_some()
    }

    /// Nobody waits any more.
    pub(super) fn give_up(&mut self) {
        self.asking = None;
        self.running = None;
        self.unanswered = None;
    }

    /// The call that an answer belongs to; `None` where nobody waits for it any more.
    pub(super) fn arrived(
        &mut self,
        turn: u32,
        result: &Result<RecoveryAnswer, Failure>,
    ) -> Option<RecoveryCall> {
        let request = self.running.take_if(|request| request.turn == turn)?;
        let call = request.call.clone();
        let unanswered = result.as_ref().is_err_and(Failure::is_unanswered);
        self.unanswered = unanswered.then_some(request);
        Some(call)
    }

    fn new_turn(&mut self) -> u32 {
        self.turn = self.turn.wrapping_add(1);
        self.turn
    }

    fn new_operation(&mut self) -> u32 {
        self.operation = self.operation.wrapping_add(1);
        self.operation
    }
}
