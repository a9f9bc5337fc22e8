//! The registered methods, and everything that can be done with each.

use super::{
    View,
    parts::{method_name, method_summary},
    texts,
};
use crate::{
    flow::enroll::Event,
    i18n::Message,
    ui::account::{Heading, action},
};
use sspr_core::wire::{MethodKind, MethodView};
use yew::prelude::*;

/// The page that one returns to.
#[component]
pub(super) fn Methods(view: &View) -> Html {
    let t = &view.t;
    let Some(list) = &view.flow.list else { return Html::default() };
    let missing = u32::from(list.required.saturating_sub(list.registered));
    html! {
        <section class="page">
            <Heading text={t.get(&texts::METHODS_TITLE)} />
            <p>{ t.get(&texts::METHODS_TEXT) }</p>
            if list.confirm_due && !list.methods.is_empty() {
                <div class="banner">
                    <p>{ t.get(&texts::CONFIRM_DUE) }</p>
                    { action(t.get(&texts::CONFIRM_GOOD), "main", view.flow.is_busy(), view.on(Event::LooksGood)) }
                </div>
            }
            if list.methods.is_empty() {
                <p class="empty">{ t.get(&texts::METHODS_NONE) }</p>
            } else {
                <ul class="methods">{ for list.methods.iter().map(|method| row(view, method)) }</ul>
            }
            <p class="hint">
                { if missing == 0 { t.get(&texts::METHODS_ENOUGH) } else { t.count(&texts::METHODS_MISSING, missing) } }
            </p>
            <div class="actions">
                { action(t.get(&texts::METHODS_ADD), "main", view.flow.is_busy(), view.on(Event::Choose)) }
            </div>
        </section>
    }
}

fn row(view: &View, method: &MethodView) -> Html {
    let t = &view.t;
    let name = method_name(t, method);
    let button = |text: &'static Message, event: Event| {
        let text = t.get(text);
        // Read alone, "Remove" does not say what; the visible word stays part of the name (WCAG 2.5.3).
        let whole = t.with(&texts::ACTION_OF, &[("action", &text), ("method", &name)]);
        html! {
            <button type="button" class="small" aria-label={whole} disabled={view.flow.is_busy()} onclick={view.on(event)}>
                { text }
            </button>
        }
    };
    let id = || method.id.clone();
    let used = method.last_used_at.as_deref().and_then(|at| t.date(at));
    let added = t.date(&method.created_at);
    html! {
        <li key={id()} class="method">
            { method_summary(t, method) }
            <p class="method-more">
                if let Some(date) = added { <span>{ t.with(&texts::METHODS_ADDED, &[("date", &date)]) }</span> }
                <span>
                    { used.map_or_else(
                        || t.get(&texts::METHODS_NEVER_USED),
                        |date| t.with(&texts::METHODS_USED, &[("date", &date)]),
                    ) }
                </span>
            </p>
            <div class="method-actions">
                if !method.verified && is_provable(method.kind) {
                    { button(&texts::ACTION_VERIFY, Event::ProveLater(id())) }
                }
                if method.verified && !method.primary { { button(&texts::ACTION_DEFAULT, Event::MakeDefault(id())) } }
                { button(&texts::ACTION_RENAME, Event::AskRename(id())) }
                { button(&texts::ACTION_REMOVE, Event::AskRemove(id())) }
            </div>
        </li>
    }
}

/// Whether a code proves it; codes and questions are good from the start.
fn is_provable(kind: MethodKind) -> bool {
    matches!(kind, MethodKind::Email | MethodKind::Phone | MethodKind::Totp)
}
