//! Why one person could not reset, in sentences that say what to do.

use super::{View, parts::kind_names, texts};
use crate::{
    flow::admin::{Event, Notice},
    i18n::{Message, Texts},
    ui::parts::{Sent, TextField, on_submit},
    ui::reset::IDENTIFY_LABEL,
};
use sspr_core::wire::{LookedUp, LookupEvent, LookupReason};
use yew::prelude::*;

pub(super) fn show(view: &View) -> Html {
    let t = &view.t;
    let onsubmit = on_submit(&view.send, |sent: Sent| Event::LookUp(sent.text("who")));
    let empty = matches!(view.flow.notice, Some(Notice::NobodyNamed));
    let who = TextField {
        name: "who".into(),
        label: t.get(&IDENTIFY_LABEL),
        error: empty.then(|| t.get(&texts::NOBODY_NAMED)),
        autocomplete: "off",
        value: view.flow.asked.clone().into(),
        ..TextField::default()
    };
    let busy = view.flow.is_busy().then_some("true");
    html! {
        <div class="look-up">
            <form class="page" part="form" novalidate=true {onsubmit}>
                { who.show() }
                <p class="hint">{ t.get(&texts::LOOK_UP_HINT) }</p>
                <div class="actions">
                    <button class="main" part="button main" aria-disabled={busy}>{ t.get(&texts::LOOK_UP) }</button>
                </div>
            </form>
            if let Some(text) = view.failure() { <p class="notice" part="error" role="alert">{ text }</p> }
            <div role="status">
                if let Some(found) = &view.flow.found { { answer(t, found, &view.flow.asked) } }
            </div>
            if let Some(found) = view.flow.found.as_ref().filter(|it| !it.events.is_empty()) {
                { events(t, &found.events) }
            }
        </div>
    }
}

fn answer(t: &Texts, found: &LookedUp, asked: &str) -> Html {
    let name = found.display_name.as_deref().or(found.identifier.as_deref()).unwrap_or(asked).to_owned();
    let (class, verdict) = match found.reasons.is_empty() {
        true => ("verdict good", &texts::CAN),
        false => ("verdict bad", &texts::CANNOT),
    };
    let known = found.identifier.is_some();
    html! {
        <section class="found">
            <h3><bdi>{ name }</bdi></h3>
            if known { <p {class}>{ t.get(verdict) }</p> }
            <ul class="why">
                { for found.reasons.iter().map(|reason| html! { <li>{ why(t, *reason, found) }</li> }) }
                if found.locked { <li>{ t.get(&texts::LOCKED) }</li> }
                if found.admin { <li>{ t.get(&texts::ADMINS) }</li> }
            </ul>
            if known {
                <dl>
                    { kinds(t, &texts::USABLE, kind_names(t, &found.usable)) }
                    if !found.unproved.is_empty() { { kinds(t, &texts::UNPROVED, kind_names(t, &found.unproved)) } }
                    if !found.not_allowed.is_empty() { { kinds(t, &texts::NOT_ALLOWED, kind_names(t, &found.not_allowed)) } }
                </dl>
            }
        </section>
    }
}

fn kinds(t: &Texts, name: &'static Message, kinds: String) -> Html {
    let kinds = if kinds.is_empty() { t.get(&texts::NONE) } else { kinds.into() };
    html! { <><dt>{ t.get(name) }</dt><dd>{ kinds }</dd></> }
}

fn why(t: &Texts, reason: LookupReason, found: &LookedUp) -> AttrValue {
    match reason {
        LookupReason::UnknownAccount => t.get(&texts::WHY_UNKNOWN),
        LookupReason::SwitchedOff => t.get(&texts::WHY_OFF),
        LookupReason::AccountDisabled => t.get(&texts::WHY_DISABLED),
        LookupReason::NotInScope => t.get(&texts::WHY_SCOPE),
        LookupReason::InsufficientMethods => {
            let (required, count) = (found.required.to_string(), found.usable.len().to_string());
            t.with(&texts::WHY_METHODS, &[("required", &required), ("count", &count)])
        }
        LookupReason::Blocked => {
            t.with(&texts::WHY_BLOCKED, &[("minutes", &found.blocked_for.div_ceil(60).to_string())])
        }
    }
}

/// The audit log's own words: they are what one searches it for.
fn events(t: &Texts, events: &[LookupEvent]) -> Html {
    let head = |text: &'static Message| html! { <th scope="col">{ t.get(text) }</th> };
    let row = |event: &LookupEvent| {
        let words = [Some(event.activity.as_str()), Some(event.result.as_str()), event.detail.as_deref()];
        html! {
            <tr>
                <td><time datetime={event.at.clone()} dir="ltr">{ short(&event.at) }</time></td>
                <td><code>{ words.into_iter().flatten().collect::<Vec<_>>().join(" ") }</code></td>
                <td><code>{ event.request_id.clone().unwrap_or_default() }</code></td>
            </tr>
        }
    };
    html! {
        <section class="events">
            <h3>{ t.get(&texts::EVENTS) }</h3>
            <div class="wide" tabindex="0" role="region" aria-label={t.get(&texts::EVENTS)}>
                <table>
                    <thead><tr>{ head(&texts::WHEN) }{ head(&texts::EVENT) }{ head(&texts::SUPPORT) }</tr></thead>
                    <tbody>{ for events.iter().map(row) }</tbody>
                </table>
            </div>
        </section>
    }
}

/// Without parts of a second: `2026-11-23 08:00:05Z`.
fn short(at: &str) -> String {
    let seconds = at.split('.').next().unwrap_or(at).trim_end_matches('Z').replacen('T', " ", 1);
    seconds + "Z"
}
