//! Where on the page a notice stands: at the field that it is about, else once above the form.

use super::{View, texts};
use crate::{
    flow::enroll::{MAX_LABEL, Mistake, Notice, Screen},
    i18n::Message,
    ui::parts::failure_text,
};
use sspr_core::wire::{MethodKind, ProblemCode};
use yew::AttrValue;

/// The mistake on this page, if it is one.
pub(super) fn mistake(view: &View) -> Option<&Mistake> {
    match &view.flow.notice {
        Some(Notice::Mistake(mistake)) => Some(mistake),
        _ => None,
    }
}

fn code(view: &View) -> Option<ProblemCode> {
    match &view.flow.notice {
        Some(Notice::Failure(failure)) => failure.code(),
        _ => None,
    }
}

/// What is wrong with the one value that this page asks for.
pub(super) fn of_value(
    view: &View,
    name: impl Fn(&Mistake) -> Option<&'static Message>,
) -> Option<AttrValue> {
    let message = match code(view) {
        Some(ProblemCode::ValueRejected) => Some(&texts::REFUSED_VALUE),
        Some(ProblemCode::ValueTaken) => Some(&texts::REFUSED_TAKEN),
        _ => mistake(view).and_then(name),
    };
    message.map(|message| view.t.get(message))
}

/// What is wrong with a name.
pub(super) fn of_label(view: &View) -> Option<AttrValue> {
    match (mistake(view), code(view)) {
        (Some(Mistake::Label), _) => Some(view.t.count(&texts::RENAME_LONG, MAX_LABEL as u32)),
        (_, Some(ProblemCode::ValueRejected)) => Some(view.t.get(&texts::REFUSED_VALUE)),
        _ => None,
    }
}

/// What is wrong with a code.
pub(super) fn of_code(view: &View, is_app: bool) -> Option<AttrValue> {
    let t = &view.t;
    match (mistake(view), code(view)) {
        (Some(Mistake::Empty), _) => Some(t.get(&texts::PROVE_EMPTY)),
        (Some(Mistake::CodeLength(length)), _) => Some(t.count(&texts::PROVE_LENGTH, u32::from(*length))),
        (_, Some(ProblemCode::CodeIncorrect)) if is_app => Some(t.get(&texts::PROVE_WRONG_TOTP)),
        (_, Some(ProblemCode::CodeIncorrect)) => Some(t.get(&texts::PROVE_WRONG)),
        _ => None,
    }
}

/// What is wrong with the password of the dialogue.
pub(super) fn of_proof(view: &View) -> Option<AttrValue> {
    let t = &view.t;
    match (&view.flow.notice, code(view)) {
        (Some(Notice::Mistake(_)), _) => Some(t.get(&crate::ui::account::texts::PROOF_EMPTY)),
        (_, Some(ProblemCode::CurrentPasswordIncorrect)) => {
            Some(t.get(&crate::ui::account::texts::PROOF_WRONG))
        }
        (Some(Notice::Failure(failure)), _) => Some(failure_text(t, failure)),
        (None, _) => None,
    }
}

/// What no field on this page is to blame for.
pub(super) fn of_page(view: &View) -> Option<AttrValue> {
    let Some(Notice::Failure(failure)) = &view.flow.notice else { return None };
    let text = match (failure.code(), &view.flow.screen) {
        (
            Some(ProblemCode::ValueRejected | ProblemCode::ValueTaken),
            Screen::Form(MethodKind::Email | MethodKind::Phone),
        ) => return None,
        (Some(ProblemCode::ValueRejected), Screen::Form(MethodKind::Totp) | Screen::Rename(_)) => {
            return None;
        }
        (Some(ProblemCode::CodeIncorrect), Screen::Prove(_)) => return None,
        (Some(ProblemCode::MethodNotFound | ProblemCode::WrongState), _) => &texts::REFUSED_GONE,
        _ => return Some(failure_text(&view.t, failure)),
    };
    Some(view.t.get(text))
}
