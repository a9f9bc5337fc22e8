//! The code that was sent, or that an app or a piece of paper shows.

use super::{
    View,
    frame::{choices, form, other_method},
    texts,
};
use crate::{
    flow::reset::Event,
    ui::parts::{Countdown, Sent, TextField},
};
use sspr_core::wire::{Challenge, ChallengeKind};
use yew::prelude::*;

/// Asks for the code. What is typed or pasted goes to the server as it is, which ignores spaces and hyphens.
pub(super) fn code(view: &View, challenge: &Challenge) -> Html {
    let t = &view.t;
    if challenge.kind.is_sent() && challenge.code.is_none() {
        return link_alone(view, challenge);
    }
    let one_time = challenge.kind != ChallengeKind::RecoveryCode;
    let digits = one_time && !challenge.code.is_some_and(|code| code.letters);
    let field = TextField {
        name: "code".into(),
        label: t.get(&texts::CODE_LABEL),
        error: view.field_error(),
        autocomplete: if one_time { "one-time-code" } else { "off" },
        inputmode: digits.then_some("numeric"),
        ..TextField::default()
    };
    form(
        view,
        &texts::CODE_TITLE,
        &texts::CODE_SUBMIT,
        |sent: Sent| Event::Code(sent.secret("code")),
        html! {
            // Another challenge has another field: what was typed for the old one is gone.
            <div key={challenge.method.clone()} class="page">
                <p>{ where_it_is(view, challenge) }</p>
                { field.show() }
                <div class="aside">
                    if challenge.kind.is_sent() { { resend(view, challenge.resend_in) } }
                    { other_method(view) }
                </div>
            </div>
        },
    )
}

/// A link was mailed and no code: the page that it opens goes on.
fn link_alone(view: &View, challenge: &Challenge) -> Html {
    choices(
        view,
        &texts::LINK_SENT_TITLE,
        html! {
            <>
                <p>{ view.t.get(&texts::LINK_SENT_TEXT) }</p>
                <div class="aside">{ resend(view, challenge.resend_in) }{ other_method(view) }</div>
            </>
        },
    )
}

fn where_it_is(view: &View, challenge: &Challenge) -> AttrValue {
    let t = &view.t;
    // Nobody is told whether the number was right.
    if view.flow.methods.iter().any(|it| it.number && it.id == challenge.method) {
        return t.get(&texts::NUMBER_SENT);
    }
    let (plain, masked) = match challenge.kind {
        ChallengeKind::Email => (&texts::CODE_EMAIL, Some(&texts::CODE_EMAIL_MASKED)),
        ChallengeKind::Sms => (&texts::CODE_SMS, Some(&texts::CODE_SMS_MASKED)),
        ChallengeKind::Voice => (&texts::CODE_VOICE, Some(&texts::CODE_VOICE_MASKED)),
        ChallengeKind::Totp | ChallengeKind::Questions => (&texts::CODE_TOTP, None),
        ChallengeKind::RecoveryCode => (&texts::CODE_RECOVERY, None),
    };
    match (&challenge.masked, masked) {
        (Some(to), Some(masked)) => t.with(masked, &[("to", to)]),
        _ => t.get(plain),
    }
}

/// Sends again, once the server allows it. The seconds are shown but not read out one by one.
fn resend(view: &View, seconds: u32) -> Html {
    let (t, press) = (view.t.clone(), view.on(|| Event::Resend));
    let show = Callback::from(move |left| {
        let waits = left > 0;
        html! {
            <button type="button" class="link" part="link" aria-disabled={waits.then_some("true")}
                onclick={if waits { Callback::noop() } else { press.clone() }}>
                { if waits { t.with(&texts::RESEND_IN, &[("time", &t.clock(left))]) } else { t.get(&texts::RESEND) } }
            </button>
        }
    });
    html! {
        <>
            <p class="hint" role="status">if view.flow.resent { { view.t.get(&texts::RESENT) } }</p>
            <Countdown key={view.flow.heard} {seconds} {show} />
        </>
    }
}
