//! The code that proves a method: sent to an address or a number, or shown by the app whose key is set up here.

use super::{
    Form, View,
    parts::{method_name, progress},
    problem, qr, save, texts,
};
use crate::{
    flow::enroll::{Event, Proving},
    ui::{
        account::{Field, Heading, action, value},
        parts::Countdown,
    },
};
use sspr_core::{
    Secret,
    wire::{MethodKind, PhoneChannel, TotpSecret},
};
use yew::prelude::*;

/// What to prove.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProveProps {
    /// The flow.
    pub(super) view: View,
    /// The method and its code.
    pub(super) proving: Proving,
}

/// Asks for the code.
#[component]
pub(super) fn Prove(props: &ProveProps) -> Html {
    let ProveProps { view, proving } = props;
    let t = &view.t;
    let input = use_node_ref();
    let submit = {
        let (send, input) = (view.send.clone(), input.clone());
        Callback::from(move |()| send.emit(Event::Code(Secret::new(value(&input)))))
    };
    let is_app = proving.method.kind == MethodKind::Totp;
    html! {
        <Form view={view.clone()} {submit} label={t.get(&texts::PROVE_SUBMIT)}>
            { progress(view) }
            <Heading text={t.get(if is_app { &texts::TOTP_TITLE } else { &texts::PROVE_TITLE })} />
            if is_app { { app(view, proving) } } else { <p>{ sent_to(view, proving) }</p> }
            <Field name="code" label={t.get(if is_app { &texts::PROVE_TOTP } else { &texts::PROVE_LABEL })}
                error={problem::of_code(view, is_app)}
                kind="text" inputmode="numeric" autocomplete="one-time-code" {input} />
            if let Some(sent) = &proving.sent {
                <div key={proving.sends}>{ resend(view, proving.method.kind, sent.resend_in) }</div>
            }
        </Form>
    }
}

fn sent_to(view: &View, proving: &Proving) -> AttrValue {
    match &proving.method.masked {
        Some(masked) => view.t.with(&texts::PROVE_SENT, &[("masked", masked)]),
        None => view.t.get(&texts::PROVE_SENT_PLAIN),
    }
}

/// The key as a picture and to type, or, once it was shown, what to do without it.
fn app(view: &View, proving: &Proving) -> Html {
    match &proving.totp {
        Some(totp) => html! { <AppKey view={view.clone()} totp={totp.clone()} /> },
        None => html! {
            <>
                <p>{ method_name(&view.t, &proving.method) }</p>
                <p class="hint">{ view.t.get(&texts::TOTP_LOST) }</p>
            </>
        },
    }
}

/// The app's key.
#[derive(Clone, PartialEq, Properties)]
struct AppKeyProps {
    view: View,
    totp: TotpSecret,
}

#[component]
fn AppKey(props: &AppKeyProps) -> Html {
    let t = &props.view.t;
    let copied = use_state(|| None::<bool>);
    let copy = {
        let (copied, key) = (copied.clone(), props.totp.secret.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, key) = (copied.clone(), key.expose().to_owned());
            copied.set(None);
            wasm_bindgen_futures::spawn_local(async move { copied.set(Some(save::copy(key).await)) });
        })
    };
    html! {
        <div class="app-key">
            if let Some(picture) = qr::draw(props.totp.uri.expose()) {
                <figure>
                    <figcaption>{ t.get(&texts::TOTP_SCAN) }</figcaption>
                    <svg class="qr" role="img" aria-label={t.get(&texts::TOTP_PICTURE)} viewBox={picture.view_box}
                        shape-rendering="crispEdges">
                        <path d={picture.data} />
                    </svg>
                </figure>
            }
            <div>
                <p>{ t.get(&texts::TOTP_KEY) }</p>
                <p class="key" translate="no">{ qr::in_groups(props.totp.secret.expose()) }</p>
                { action(t.get(&texts::TOTP_COPY), "small", false, copy) }
                <p class="hint" role="status">
                    { match *copied {
                        Some(true) => t.get(&texts::TOTP_COPIED),
                        Some(false) => t.get(&texts::TOTP_COPY_FAILED),
                        None => AttrValue::default(),
                    } }
                </p>
            </div>
        </div>
    }
}

/// A sent code can be sent again.
fn resend(view: &View, kind: MethodKind, seconds: u32) -> Html {
    let show = {
        let view = view.clone();
        Callback::from(move |left: u32| {
            let t = &view.t;
            let disabled = left > 0 || view.flow.is_busy();
            let again =
                |text, channel| action(t.get(text), "small", disabled, view.on(Event::Resend(channel)));
            html! {
                <div class="resend">
                    if kind == MethodKind::Phone && view.flow.may_call() {
                        { again(&texts::PROVE_TEXT, Some(PhoneChannel::Sms)) }
                        { again(&texts::PROVE_CALL, Some(PhoneChannel::Voice)) }
                    } else {
                        { again(&texts::PROVE_AGAIN, None) }
                    }
                    if left > 0 { <p class="hint">{ t.count(&texts::PROVE_WAIT, left) }</p> }
                </div>
            }
        })
    };
    html! { <Countdown {seconds} {show} /> }
}
