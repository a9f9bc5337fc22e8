//! What `<sspr-reset>` shows: one file a screen.

mod choose;
mod code;
mod ended;
mod frame;
mod identify;
mod new_password;
mod number;
mod questions;
mod reason;
mod texts;
mod waiting;

pub(crate) use texts::IDENTIFY_LABEL;

use crate::{
    backend::{BreachedRanges, Shared},
    flow::reset::{Event, Notice, Reset, Screen},
    i18n::Texts,
    ui::parts::rejected,
};
use sspr_core::wire::ChallengeKind;
use std::rc::Rc;
use yew::prelude::*;

/// What the view takes.
#[expect(missing_debug_implementations, reason = "a backend may hold secrets")]
pub struct View {
    /// The state to show.
    pub flow: Rc<Reset>,
    /// Takes what the person does.
    pub send: Callback<Event>,
    /// The texts.
    pub t: Texts,
    /// Asks for leaked passwords.
    pub ranges: Shared<dyn BreachedRanges>,
}

impl View {
    /// A press that means this event.
    fn on(&self, event: fn() -> Event) -> Callback<MouseEvent> {
        self.send.reform(move |_| event())
    }

    /// What is wrong with the field, where this notice is about one.
    fn field_error(&self) -> Option<AttrValue> {
        let t = &self.t;
        Some(match self.flow.notice.as_ref()? {
            Notice::IdentifierMissing => t.get(&texts::IDENTIFY_EMPTY),
            Notice::NumberMissing => t.get(&texts::NUMBER_EMPTY),
            Notice::CodeMissing => t.get(&texts::CODE_EMPTY),
            Notice::AnswersMissing => t.get(&texts::QUESTIONS_EMPTY),
            Notice::PasswordMissing => t.get(&texts::PASSWORD_EMPTY),
            Notice::Incorrect(left) => t.count(&texts::INCORRECT, u32::from(*left)),
            Notice::Rejected(violations) => rejected(t, &texts::PASSWORD_REJECTED, violations),
            Notice::CaptchaMissing | Notice::Failure(_) => return None,
        })
    }
}

/// The screen that the flow is at.
pub fn show(view: &View) -> Html {
    match &view.flow.screen {
        Screen::Identify => identify::identify(view),
        Screen::Reason => reason::reason(view),
        Screen::Choose => choose::choose(view),
        Screen::Number(option) => number::number(view, option),
        Screen::Answer(challenge) if challenge.kind == ChallengeKind::Questions => {
            questions::questions(view, challenge)
        }
        Screen::Answer(challenge) => code::code(view, challenge),
        Screen::NewPassword(policy) => new_password::new_password(view, policy),
        Screen::Unlock => waiting::unlock(view),
        Screen::CheckingLink => waiting::checking_link(view),
        Screen::Link(_) => waiting::link(view),
        Screen::Done(done) => ended::done(view, done),
        Screen::Gone => ended::gone(view, &texts::GONE_TITLE, &texts::GONE_TEXT),
        Screen::LinkGone => ended::gone(view, &texts::GONE_LINK_TITLE, &texts::GONE_LINK_TEXT),
        Screen::NotOffered => ended::not_offered(view),
    }
}
