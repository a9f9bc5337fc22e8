//! A backend that keeps one person's methods in memory, hears every call, and fails when it is told to.

#![allow(dead_code, reason = "each test file uses a part")]

pub(crate) mod page;

use sspr_core::{
    policy::PasswordPolicy,
    wire::{
        AddedMethod, CodeFormat, MethodKind, MethodList, MethodView, Offer, PasswordChanged, Question,
        QuestionPool, SentCode, SessionView, TotpSecret,
    },
};
use sspr_widget::backend::{AccountAnswer, AccountBackend, AccountCall, Answering, BreachedRanges, Failure};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

/// The code that is always right.
pub(crate) const CODE: &str = "123456";

/// The state behind a [`Person`].
#[derive(Default)]
pub(crate) struct Script {
    /// Every call with its idempotency key, in order.
    pub(crate) calls: RefCell<Vec<(String, AccountCall)>>,
    /// Answers to give first, to calls that are no reads.
    pub(crate) failures: RefCell<VecDeque<Failure>>,
    /// Whether somebody is signed in.
    pub(crate) signed_out: Cell<bool>,
    methods: RefCell<Vec<MethodView>>,
    confirm_due: Cell<bool>,
    registration_due: Cell<bool>,
}

/// A backend with one person.
#[derive(Clone, Default)]
pub(crate) struct Person(pub(crate) Rc<Script>);

/// A method of the list.
pub(crate) fn method(id: &str, kind: MethodKind, verified: bool) -> MethodView {
    let masked = match kind {
        MethodKind::Email => Some("a••@example.org"),
        MethodKind::Phone => Some("+81 ••••••••78"),
        _ => None,
    };
    MethodView {
        id: id.to_owned(),
        kind,
        masked: masked.map(str::to_owned),
        label: None,
        verified,
        primary: false,
        created_at: "2026-11-01T09:00:00Z".to_owned(),
        last_used_at: (kind == MethodKind::Email).then(|| "2026-11-20T09:00:00Z".to_owned()),
        removable: true,
        left: (kind == MethodKind::RecoveryCodes).then_some(10),
    }
}

impl Person {
    /// Somebody with these methods, the first of them the default.
    pub(crate) fn with(methods: Vec<MethodView>) -> Self {
        let person = Self::default();
        *person.0.methods.borrow_mut() = methods;
        if let Some(first) = person.0.methods.borrow_mut().first_mut() {
            first.primary = true;
        }
        person
    }

    /// Somebody who has registered nothing and is asked to.
    pub(crate) fn new_here() -> Self {
        let person = Self::default();
        person.0.registration_due.set(true);
        person
    }

    /// Is asked whether everything is still right.
    pub(crate) fn asked_to_confirm(self) -> Self {
        self.0.confirm_due.set(true);
        self
    }

    /// Fails the next call that is no read.
    pub(crate) fn fails_next(&self, failure: Failure) {
        self.0.failures.borrow_mut().push_back(failure);
    }

    /// The calls that were no reads.
    pub(crate) fn changes(&self) -> Vec<AccountCall> {
        self.0.calls.borrow().iter().map(|(_, call)| call).filter(|call| !call.is_read()).cloned().collect()
    }

    fn list(&self) -> MethodList {
        let methods = self.0.methods.borrow().clone();
        let mut kinds: Vec<_> =
            methods.iter().filter(|method| method.verified).map(|method| method.kind).collect();
        kinds.sort();
        kinds.dedup();
        let registered = u8::try_from(kinds.len()).unwrap_or(u8::MAX);
        MethodList {
            offers: [
                MethodKind::Totp,
                MethodKind::Phone,
                MethodKind::Email,
                MethodKind::RecoveryCodes,
                MethodKind::Questions,
            ]
            .map(|kind| Offer { kind, refused: None, voice: kind == MethodKind::Phone })
            .to_vec(),
            required: 2,
            registered,
            registration_due: self.0.registration_due.get() && registered < 2,
            skip_days_left: Some(7),
            confirm_due: self.0.confirm_due.get(),
            questions: Some(QuestionPool {
                register: 3,
                min_answer: 3,
                max_answer: 40,
                questions: [
                    ("pet", "What was the name of your first pet?"),
                    ("street", "In which street did you live first?"),
                    ("teacher", "Who was your favourite teacher?"),
                    ("job", "Where was your first job?"),
                ]
                .map(|(id, text)| Question { id: id.to_owned(), text: text.to_owned() })
                .to_vec(),
            }),
            code: CodeFormat::digits(6),
            methods,
        }
    }

    fn listed(&self) -> Result<AccountAnswer, Failure> {
        Ok(AccountAnswer::Methods(self.list()))
    }

    fn change(&self, id: &str, change: impl Fn(&mut MethodView)) {
        self.0.methods.borrow_mut().iter_mut().filter(|method| method.id == id).for_each(change);
    }

    fn added(&self, method: MethodView) -> Result<AccountAnswer, Failure> {
        let kind = method.kind;
        let sent = matches!(kind, MethodKind::Email | MethodKind::Phone);
        Ok(AccountAnswer::Added(AddedMethod {
            method,
            sent: sent.then_some(SentCode { resend_in: 30, expires_in: 600 }),
            totp: (kind == MethodKind::Totp).then(|| TotpSecret {
                secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".into(),
                uri: "otpauth://totp/Example:ada@example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example".into(),
            }),
            recovery_codes: match kind {
                MethodKind::RecoveryCodes => (0..10).map(|n| format!("BCDF-GHJ{n}").into()).collect(),
                _ => Vec::new(),
            },
        }))
    }

    fn answer(&self, call: AccountCall) -> Result<AccountAnswer, Failure> {
        if !call.is_read()
            && let Some(failure) = self.0.failures.borrow_mut().pop_front()
        {
            return Err(failure);
        }
        match call {
            AccountCall::Session => Ok(AccountAnswer::Session(SessionView {
                signed_in: !self.0.signed_out.get(),
                identifier: Some("ada@example.org".to_owned()),
                ..SessionView::default()
            })),
            AccountCall::Reauthenticate(_) => Ok(AccountAnswer::Session(SessionView {
                signed_in: true,
                fresh_for: 300,
                ..SessionView::default()
            })),
            AccountCall::Methods => self.listed(),
            AccountCall::Add(add) => {
                let id = format!("m{}", self.0.methods.borrow().len());
                let proved = matches!(add.kind, MethodKind::RecoveryCodes | MethodKind::Questions);
                let mut added = method(&id, add.kind, proved);
                added.label = add.label;
                self.0.methods.borrow_mut().push(added.clone());
                self.added(added)
            }
            AccountCall::Resend(id, _) => {
                let found = self.0.methods.borrow().iter().find(|method| method.id == id).cloned();
                self.added(found.unwrap_or_else(|| method(&id, MethodKind::Email, false)))
            }
            AccountCall::Verify(id, proof) => {
                // As the contract has it, spaces and hyphens do not count.
                if proof.code.expose().replace([' ', '-'], "") != CODE {
                    return Err(Failure::of_code(sspr_core::wire::ProblemCode::CodeIncorrect));
                }
                self.change(&id, |method| method.verified = true);
                self.listed()
            }
            AccountCall::Update(id, update) => {
                if update.primary == Some(true) {
                    self.0
                        .methods
                        .borrow_mut()
                        .iter_mut()
                        .for_each(|method| method.primary = method.id == id);
                }
                if let Some(label) = update.label {
                    self.change(&id, |method| method.label = Some(label.clone()));
                }
                self.listed()
            }
            AccountCall::Remove(id) => {
                self.0.methods.borrow_mut().retain(|method| method.id != id);
                self.listed()
            }
            AccountCall::ConfirmContacts => {
                self.0.confirm_due.set(false);
                self.listed()
            }
            AccountCall::SkipRegistration => {
                self.0.registration_due.set(false);
                self.listed()
            }
            AccountCall::PasswordPolicy => Ok(AccountAnswer::Policy(PasswordPolicy::composition())),
            AccountCall::ChangePassword(_) => {
                Ok(AccountAnswer::Changed(PasswordChanged { signed_in: true, ended_sessions: 2 }))
            }
        }
    }
}

impl BreachedRanges for Person {}

impl AccountBackend for Person {
    fn call(&self, key: &str, call: AccountCall) -> Answering<AccountAnswer> {
        self.0.calls.borrow_mut().push((key.to_owned(), call.clone()));
        let answer = self.answer(call);
        Box::pin(async move { answer })
    }
}
