//! How to prove it at this gate.

use super::{
    View,
    frame::{choice, choices},
    texts,
};
use crate::{flow::reset::Event, i18n::Texts};
use sspr_core::wire::{ChallengeKind, MethodOption};
use yew::prelude::*;

/// Offers the methods of this gate.
pub(super) fn choose(view: &View) -> Html {
    let t = &view.t;
    let (title, text) = match view.flow.gate.0 {
        0 | 1 => (&texts::CHOOSE_TITLE, &texts::CHOOSE_TEXT),
        _ => (&texts::CHOOSE_SECOND, &texts::CHOOSE_SECOND_TEXT),
    };
    let option = |it: &MethodOption| {
        let id = it.id.clone();
        let onclick = view.send.reform(move |_| Event::Pick(id.clone()));
        choice(view, it.id.clone(), onclick, offer(t, it), None)
    };
    choices(
        view,
        title,
        html! {
            <>
                <p>{ t.get(text) }</p>
                <ul class="choices">{ for view.flow.methods.iter().map(option) }</ul>
            </>
        },
    )
}

fn offer(t: &Texts, option: &MethodOption) -> AttrValue {
    let (plain, masked) = match option.kind {
        ChallengeKind::Email => (&texts::EMAIL, Some(&texts::EMAIL_MASKED)),
        ChallengeKind::Sms => (&texts::SMS, Some(&texts::SMS_MASKED)),
        ChallengeKind::Voice => (&texts::VOICE, Some(&texts::VOICE_MASKED)),
        ChallengeKind::Totp => (&texts::TOTP, None),
        ChallengeKind::RecoveryCode => (&texts::RECOVERY_CODE, None),
        ChallengeKind::Questions => (&texts::QUESTIONS, None),
    };
    match (&option.masked, masked) {
        (Some(to), Some(masked)) => t.with(masked, &[("to", to)]),
        _ => t.get(plain),
    }
}
