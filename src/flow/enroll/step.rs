//! What an event of the person does. Whatever does not fit the screen is ignored: it came from a view that is gone.

use super::{Enroll, Event, Mistake, Notice, Screen, check};
use crate::{
    backend::AccountCall,
    flow::calls::{Effect, Outcome},
};
use sspr_core::wire::{
    AddMethod, MethodKind, PhoneChannel, QuestionAnswer, ResendCode, UpdateMethod, VerifyMethod,
};

impl Enroll {
    pub(super) fn person(&mut self, event: Event) -> Vec<Effect> {
        match (&self.screen, event) {
            (_, Event::Password(password)) => {
                if password.is_empty() && self.needs_proof() {
                    return self.mistaken(Mistake::Empty);
                }
                self.calls.prove(password).map(|request| self.sent(request)).unwrap_or_default()
            }
            (_, Event::Back) => self.back(),
            (Screen::Loading | Screen::Unreachable | Screen::SignedOut, Event::Open) => {
                let effects = self.call(AccountCall::Session);
                if !effects.is_empty() {
                    self.show(Screen::Loading);
                }
                effects
            }
            // While a call runs or waits for its proof nothing else moves; the ways out are above.
            _ if self.is_busy() || self.needs_proof() => Vec::new(),
            (Screen::Welcome, Event::Begin) => {
                self.advance();
                Vec::new()
            }
            (Screen::Welcome, Event::Skip) if self.may_skip() => self.call(AccountCall::SkipRegistration),
            (Screen::Finished, Event::Finish) => {
                self.wizard = false;
                self.show(Screen::Methods);
                self.done(Outcome::Registered)
            }
            (Screen::StillRight | Screen::Methods, Event::LooksGood) if self.is_confirm_due() => {
                self.call(AccountCall::ConfirmContacts)
            }
            (Screen::StillRight, Event::Edit) => self.open(Screen::Methods),
            (Screen::Methods | Screen::Form(_), Event::Choose) => self.open(Screen::Choose),
            (Screen::Choose | Screen::Methods, Event::Pick(kind)) if self.choices().contains(&kind) => {
                self.open(Screen::Form(kind))
            }
            (Screen::Form(kind), event) => {
                let kind = *kind;
                self.add(kind, event)
            }
            (Screen::RecoveryCodes(_), Event::Saved(true)) => self.call(AccountCall::Methods),
            (Screen::RecoveryCodes(_), Event::Saved(false)) => self.mistaken(Mistake::NotSaved),
            (Screen::Methods, Event::ProveLater(id)) => self.prove_later(&id),
            (Screen::Prove(proving), Event::Code(code)) => {
                let length = self.list.as_ref().map_or(6, |list| list.code.length);
                // An app's codes have six digits whatever the server sends (RFC 6238 as every app implements it).
                let length = if proving.method.kind == MethodKind::Totp { 6 } else { length };
                match check::code(code.expose(), length) {
                    Err(mistake) => self.mistaken(mistake),
                    Ok(()) => {
                        let id = proving.method.id.clone();
                        self.call(AccountCall::Verify(id, VerifyMethod { code }))
                    }
                }
            }
            (Screen::Prove(proving), Event::Resend(channel)) if proving.method.kind != MethodKind::Totp => {
                let id = proving.method.id.clone();
                self.call(AccountCall::Resend(id, ResendCode { channel }))
            }
            (Screen::Methods, Event::MakeDefault(id)) if self.method(&id).is_some() => {
                self.call(AccountCall::Update(id, UpdateMethod { primary: Some(true), label: None }))
            }
            (Screen::Methods, Event::AskRename(id)) if self.method(&id).is_some() => {
                self.open(Screen::Rename(id))
            }
            (Screen::Methods, Event::AskRemove(id)) if self.method(&id).is_some() => {
                self.open(Screen::Remove(id))
            }
            (Screen::Rename(id), Event::Rename(name)) => match check::label(&name) {
                Err(mistake) => self.mistaken(mistake),
                Ok(label) => {
                    let change = UpdateMethod { label: Some(label.unwrap_or_default()), primary: None };
                    let id = id.clone();
                    self.call(AccountCall::Update(id, change))
                }
            },
            (Screen::Remove(id), Event::Remove) if self.method(id).is_some_and(|method| method.removable) => {
                let id = id.clone();
                self.call(AccountCall::Remove(id))
            }
            _ => Vec::new(),
        }
    }

    /// One step back. A call under way is given up; if it may have changed something, the list is read again.
    fn back(&mut self) -> Vec<Effect> {
        if self.needs_proof() {
            self.calls.give_up();
            self.notice = None;
            if self.screen == Screen::Loading {
                self.show(Screen::Unreachable);
            }
            return Vec::new();
        }
        // Nowhere to go back to, or (codes that were shown once) not without having seen them.
        if matches!(
            self.screen,
            Screen::Loading
                | Screen::Unreachable
                | Screen::SignedOut
                | Screen::RecoveryCodes(_)
                | Screen::Welcome
        ) {
            return Vec::new();
        }
        let changed = self.calls.give_up();
        match self.screen {
            Screen::Prove(_) if self.wizard => self.show(Screen::Choose),
            Screen::Finished | Screen::StillRight | Screen::Methods => {}
            _ => self.go_home(),
        }
        let unread = matches!(self.screen, Screen::Choose | Screen::Methods) && self.list_is_old;
        if changed || unread { self.call(AccountCall::Methods) } else { Vec::new() }
    }

    /// The forms that add a method.
    fn add(&mut self, kind: MethodKind, event: Event) -> Vec<Effect> {
        let add = |value, channel, label, answers| AddMethod { kind, value, channel, label, answers };
        let checked = match (kind, event) {
            (MethodKind::Email, Event::Email(typed)) => {
                check::email(&typed).map(|address| add(Some(address), None, None, Vec::new()))
            }
            (MethodKind::Phone, Event::Phone(typed, channel)) => {
                let channel = if self.may_call() { channel } else { PhoneChannel::Sms };
                check::phone(&typed).map(|number| add(Some(number), Some(channel), None, Vec::new()))
            }
            (MethodKind::Totp, Event::Totp(name)) => {
                check::label(&name).map(|label| add(None, None, label, Vec::new()))
            }
            (MethodKind::RecoveryCodes, Event::MakeCodes) => Ok(add(None, None, None, Vec::new())),
            (MethodKind::Questions, Event::Questions(answers)) => {
                self.checked_questions(answers).map(|answers| add(None, None, None, answers))
            }
            _ => return Vec::new(),
        };
        match checked {
            Ok(method) => self.call(AccountCall::Add(method)),
            Err(mistake) => self.mistaken(mistake),
        }
    }

    fn checked_questions(&self, answers: Vec<QuestionAnswer>) -> Result<Vec<QuestionAnswer>, Mistake> {
        match self.list.as_ref().and_then(|list| list.questions.as_ref()) {
            Some(pool) => check::questions(&answers, pool).map(|()| answers),
            None => Err(Mistake::Empty),
        }
    }

    /// A method that was added earlier and left unproved: a code goes out, or the app's code is asked for at once.
    fn prove_later(&mut self, id: &str) -> Vec<Effect> {
        match self.method(id).filter(|method| !method.verified).cloned() {
            Some(method) if method.kind == MethodKind::Totp => {
                let proving = super::Proving { method, sent: None, totp: None, sends: 0 };
                self.open(Screen::Prove(proving))
            }
            Some(method) => self.call(AccountCall::Resend(method.id, ResendCode::default())),
            None => Vec::new(),
        }
    }

    fn open(&mut self, screen: Screen) -> Vec<Effect> {
        self.show(screen);
        Vec::new()
    }

    fn mistaken(&mut self, mistake: Mistake) -> Vec<Effect> {
        self.notice(Notice::Mistake(mistake));
        Vec::new()
    }

    fn is_confirm_due(&self) -> bool {
        self.list.as_ref().is_some_and(|list| list.confirm_due)
    }

    /// Whether a phone may be called besides being sent a text.
    pub fn may_call(&self) -> bool {
        self.list.as_ref().is_some_and(|list| {
            list.offers.iter().any(|offer| offer.kind == MethodKind::Phone && offer.voice)
        })
    }

    /// Whether registering may be put off today.
    pub fn may_skip(&self) -> bool {
        self.list.as_ref().is_some_and(|list| list.skip_days_left.is_some())
    }
}
