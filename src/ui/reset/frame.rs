//! What surrounds every screen: heading, what went wrong, the way out, the time left, the helpdesk.

use super::{View, texts};
use crate::{
    flow::reset::{Event, Notice, Screen},
    i18n::Message,
    ui::{
        account::use_countdown,
        parts::{failure_text, support_id},
    },
};
use yew::prelude::*;

/// Seconds of waiting after which the helpdesk is offered (Microsoft's SSPR does so too).
const PATIENCE: u32 = 10;
/// Seconds before the end at which the time left is shown and said once.
const WARN_BEFORE: u32 = 120;

/// What the frame takes.
#[derive(Clone, PartialEq, Properties)]
pub struct FrameProps {
    /// The flow.
    pub view: View,
    /// The heading.
    pub title: AttrValue,
    /// What the main button says; absent where the choices are the buttons.
    #[prop_or_default]
    pub submit: Option<AttrValue>,
    /// The form was sent.
    #[prop_or_default]
    pub on_submit: Callback<()>,
    /// The fields.
    #[prop_or_default]
    pub children: Children,
}

/// A screen as a form. Fields are read when it is sent: password managers do not all fire `input`.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let FrameProps { view, title, submit, on_submit, children } = props;
    let (t, flow) = (&view.t, &view.flow);
    let busy = flow.is_busy();
    let onsubmit = {
        let on_submit = on_submit.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_submit.emit(());
        })
    };
    let has_back = matches!(flow.screen, Screen::Reason | Screen::Choose | Screen::Answer(_))
        && flow.gate.0 <= 1
        || matches!(flow.screen, Screen::Answer(_));
    html! {
        <form class="page" part="form" novalidate=true {onsubmit} aria-busy={busy.then_some("true")}>
            if flow.gate.1 > 1 && flow.expires_in.is_some() { <p class="progress">{ gates(view) }</p> }
            <h2 tabindex="-1" part="title">{ title }</h2>
            { notice(view) }
            { children.clone() }
            <div class="actions">
                if let Some(text) = submit {
                    <button class="main" part="button" aria-disabled={busy.then_some("true")}>
                        { if busy { t.get(&texts::BUSY) } else { text.clone() } }
                    </button>
                }
                if has_back {
                    <button type="button" part="button" onclick={view.on(Event::Back)}>{ t.get(&texts::BACK) }</button>
                }
                <button type="button" class="quiet" part="button" onclick={view.on(Event::Cancel)}>
                    { t.get(&texts::CANCEL) }
                </button>
            </div>
            if busy { <Patience view={view.clone()} /> }
            if let Some(seconds) = flow.expires_in { <TimeLeft key={flow.heard} view={view.clone()} {seconds} /> }
            { help(view) }
        </form>
    }
}

fn gates(view: &View) -> AttrValue {
    let (gate, gates) = view.flow.gate;
    view.t.with(&texts::STEP, &[("step", &gate.to_string()), ("steps", &gates.to_string())])
}

/// What no field is to blame for.
fn notice(view: &View) -> Html {
    let t = &view.t;
    match &view.flow.notice {
        Some(Notice::Failure(failure)) => html! {
            <div class="notice" part="error" role="alert" key={view.flow.notices}>
                <p>{ failure_text(t, failure) }</p>
                if let Some(id) = support_id(t, failure) { <p class="hint">{ id }</p> }
            </div>
        },
        Some(Notice::CaptchaMissing) => html! {
            <div class="notice" part="error" role="alert" key={view.flow.notices}><p>{ t.get(&texts::CAPTCHA_MISSING) }</p></div>
        },
        _ => Html::default(),
    }
}

/// A link to the helpdesk, where there is one.
pub(super) fn help(view: &View) -> Html {
    let helpdesk = view.flow.description.as_ref().and_then(|it| it.links.helpdesk.clone());
    match helpdesk
        .filter(|it| it.starts_with("https:") || it.starts_with("http:") || it.starts_with("mailto:"))
    {
        Some(href) => html! {
            <p class="help" part="help">
                { view.t.get(&texts::HELP) }{ " " }
                <a {href} target="_blank" rel="noopener noreferrer" part="link">{ view.t.get(&texts::HELPDESK) }</a>
            </p>
        },
        None => Html::default(),
    }
}

/// Says that it takes long, once it does.
#[component]
fn Patience(props: &WaitingProps) -> Html {
    let left = use_countdown(PATIENCE);
    html! { <p class="hint" role="status">if left == 0 { { props.view.t.get(&texts::WAITING) } }</p> }
}

#[derive(Clone, PartialEq, Properties)]
struct WaitingProps {
    view: View,
}

/// The time left: shown near the end, said once, and ends the flow when it is over.
#[component]
fn TimeLeft(props: &TimeLeftProps) -> Html {
    let TimeLeftProps { view, seconds } = props;
    let left = use_countdown(*seconds);
    let send = view.send.clone();
    use_effect_with(left == 0, move |over| {
        if *over {
            send.emit(Event::Expired);
        }
    });
    let near = left <= WARN_BEFORE;
    let text = |left| view.t.with(&texts::TIME_LEFT, &[("time", &view.t.clock(left))]);
    html! {
        <>
            <p class="time" aria-hidden="true">if near { { text(left) } }</p>
            <p class="unseen" role="status">if near { { text((*seconds).min(WARN_BEFORE)) } }</p>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TimeLeftProps {
    view: View,
    seconds: u32,
}

/// A big button for one choice; `value` names the choice on the wire.
pub(super) fn choice(
    view: &View,
    value: String,
    event: Event,
    title: AttrValue,
    text: Option<&Message>,
) -> Html {
    html! {
        <li>
            <button type="button" class="choice" part="choice" {value} onclick={view.on(event)}
                aria-disabled={view.flow.is_busy().then_some("true")}>
                <span>{ title }</span>
                if let Some(text) = text { <small>{ view.t.get(text) }</small> }
            </button>
        </li>
    }
}
