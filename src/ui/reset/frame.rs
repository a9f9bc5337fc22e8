//! What surrounds every screen: heading, what went wrong, the way out, the time left, the helpdesk.

use super::{View, texts};
use crate::{
    flow::reset::{Event, Notice, Screen},
    i18n::Message,
    ui::parts::{Countdown, Sent, failure_text, on_submit},
};
use yew::prelude::*;

/// Seconds of waiting after which the helpdesk is offered (Microsoft's SSPR does so too).
const PATIENCE: u32 = 10;
/// Seconds before the end at which the time left is shown and said once.
const WARN_BEFORE: u32 = 120;

/// A screen whose choices are its buttons.
pub(super) fn choices(view: &View, title: &Message, body: Html) -> Html {
    frame(view, title, Callback::from(|event: SubmitEvent| event.prevent_default()), None, body)
}

/// A screen as a form with one main button.
pub(super) fn form(
    view: &View,
    title: &Message,
    submit: &Message,
    read: impl Fn(Sent) -> Event + 'static,
    body: Html,
) -> Html {
    frame(view, title, on_submit(&view.send, read), Some(submit), body)
}

fn frame(
    view: &View,
    title: &Message,
    onsubmit: Callback<SubmitEvent>,
    submit: Option<&Message>,
    body: Html,
) -> Html {
    let (t, flow) = (&view.t, &view.flow);
    let busy = flow.is_busy();
    let has_back = matches!(flow.screen, Screen::Answer(_))
        || matches!(flow.screen, Screen::Reason | Screen::Choose) && flow.gate.0 <= 1;
    html! {
        <form key={flow.step_name()} class="page" part="form" novalidate=true {onsubmit}
            aria-busy={busy.then_some("true")}>
            if flow.gate.1 > 1 && flow.expires_in.is_some() { <p class="progress">{ gates(view) }</p> }
            <h2 tabindex="-1" part="title">{ t.get(title) }</h2>
            { notice(view) }
            { body }
            <div class="actions">
                if let Some(text) = submit {
                    <button class="main" part="button main" aria-disabled={busy.then_some("true")}>
                        { t.get(if busy { &texts::BUSY } else { text }) }
                    </button>
                }
                if has_back {
                    <button type="button" part="button" onclick={view.on(|| Event::Back)}>{ t.get(&texts::BACK) }</button>
                }
                <button type="button" class="quiet" part="button cancel" onclick={view.on(|| Event::Cancel)}>
                    { t.get(&texts::CANCEL) }
                </button>
            </div>
            if busy { { patience(view) } }
            { time_left(view) }
            <slot name="help">{ help(view) }</slot>
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
    let text = match &view.flow.notice {
        Some(Notice::Failure(failure)) => failure_text(t, failure),
        Some(Notice::CaptchaMissing) => t.get(&texts::CAPTCHA_FAILED),
        _ => return Html::default(),
    };
    html! { <div class="notice" part="error" role="alert" key={view.flow.notices}><p>{ text }</p></div> }
}

/// A link to the helpdesk, where there is one.
pub(super) fn help(view: &View) -> Html {
    let helpdesk = view.flow.description.as_ref().and_then(|it| it.links.helpdesk.clone());
    match helpdesk
        .filter(|it| it.starts_with("https:") || it.starts_with("http:") || it.starts_with("mailto:"))
    {
        Some(href) => html! {
            <p class="help" part="help">
                <a {href} target="_blank" rel="noopener noreferrer" part="link">{ view.t.get(&texts::HELPDESK) }</a>
            </p>
        },
        None => Html::default(),
    }
}

/// Says that it takes long, once it does.
fn patience(view: &View) -> Html {
    let t = view.t.clone();
    let show = Callback::from(move |left| {
        html! { <p class="hint" role="status">if left == 0 { { t.get(&texts::WAITING) } }</p> }
    });
    html! { <Countdown key="patience" seconds={PATIENCE} {show} /> }
}

/// The time left: shown near the end, said once, and ends the flow when it is over.
fn time_left(view: &View) -> Html {
    let Some(seconds) = view.flow.expires_in else { return Html::default() };
    let (t, more) = (view.t.clone(), view.on(|| Event::MoreTime));
    let can = view.flow.description.as_ref().is_some_and(|it| it.features.more_time);
    let show = Callback::from(move |left: u32| {
        let near = left <= WARN_BEFORE;
        let text = |left| t.with(&texts::TIME_LEFT, &[("time", &t.clock(left))]);
        html! {
            <>
                if near {
                    <div class="aside">
                        <p class="time" aria-hidden="true">{ text(left) }</p>
                        if can {
                            <button type="button" class="link" part="link" onclick={more.clone()}>{ t.get(&texts::MORE_TIME) }</button>
                        }
                    </div>
                }
                <p class="unseen" role="status">if near { { text(seconds.min(WARN_BEFORE)) } }</p>
            </>
        }
    });
    let send = view.send.clone();
    let over = Callback::from(move |()| send.emit(Event::Expired));
    html! { <Countdown key={view.flow.heard} {seconds} {show} {over} /> }
}

/// Leads back to the other methods, where there are some.
pub(super) fn other_method(view: &View) -> Html {
    if !view.flow.has_other_method() {
        return Html::default();
    }
    html! {
        <button type="button" class="link" part="link" onclick={view.on(|| Event::OtherMethod)}>
            { view.t.get(&texts::OTHER_METHOD) }
        </button>
    }
}

/// A big button for one choice; `value` names the choice on the wire.
pub(super) fn choice(
    view: &View,
    value: String,
    onclick: Callback<MouseEvent>,
    title: AttrValue,
    text: Option<&Message>,
) -> Html {
    html! {
        <li>
            <button type="button" class="choice" part="choice" {value} {onclick}
                aria-disabled={view.flow.is_busy().then_some("true")}>
                <span>{ title }</span>
                if let Some(text) = text { <small>{ view.t.get(text) }</small> }
            </button>
        </li>
    }
}
