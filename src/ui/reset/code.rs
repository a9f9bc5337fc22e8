//! The code that was sent, or that an app or a piece of paper shows.

use super::{View, frame::Frame, texts};
use crate::{
    flow::reset::Event,
    i18n::Texts,
    ui::account::{Field, use_countdown, value},
};
use sspr_core::{
    Secret,
    wire::{Challenge, ChallengeKind},
};
use yew::prelude::*;

/// What to answer.
#[derive(Clone, PartialEq, Properties)]
pub struct CodeProps {
    /// The flow.
    pub view: View,
    /// The challenge.
    pub challenge: Challenge,
}

/// Asks for the code. What is typed or pasted goes to the server as it is, which ignores spaces and hyphens.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let CodeProps { view, challenge } = props;
    let t = &view.t;
    let input = use_node_ref();
    let on_submit = {
        let (send, input) = (view.send.clone(), input.clone());
        Callback::from(move |()| send.emit(Event::Code(Secret::new(value(&input)))))
    };
    let digits = challenge.kind != ChallengeKind::RecoveryCode;
    html! {
        <Frame view={view.clone()} title={t.get(&texts::CODE_TITLE)} submit={t.get(&texts::CODE_SUBMIT)} {on_submit}>
            <p>{ where_it_is(t, challenge) }</p>
            <Field id="code" label={t.get(&texts::CODE_LABEL)} error={view.field_error()}
                autocomplete={if digits { "one-time-code" } else { "off" }}
                inputmode={digits.then_some(AttrValue::Static("numeric"))} {input} />
            <div class="aside">
                if challenge.kind.is_sent() {
                    <Resend key={view.flow.heard} view={view.clone()} seconds={challenge.resend_in} />
                }
                if view.flow.has_other_method() {
                    <button type="button" class="link" part="link" onclick={view.on(Event::OtherMethod)}>
                        { t.get(&texts::OTHER_METHOD) }
                    </button>
                }
            </div>
        </Frame>
    }
}

fn where_it_is(t: &Texts, challenge: &Challenge) -> AttrValue {
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
#[component]
fn Resend(props: &ResendProps) -> Html {
    let ResendProps { view, seconds } = props;
    let (t, left) = (&view.t, use_countdown(*seconds));
    let waits = left > 0;
    let press = if waits { Callback::noop() } else { view.on(Event::Resend) };
    html! {
        <>
            <p class="hint" role="status">if view.flow.resent { { t.get(&texts::RESENT) } }</p>
            <button type="button" class="link" part="link" onclick={press} aria-disabled={waits.then_some("true")}>
                if waits { { t.with(&texts::RESEND_IN, &[("time", &t.clock(left))]) } } else { { t.get(&texts::RESEND) } }
            </button>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ResendProps {
    view: View,
    seconds: u32,
}
