//! What several pages of `<sspr-enroll>` share: how a method is called and shown, and the frame of a page.

use super::{View, texts};
use crate::i18n::{Message, Texts};
use sspr_core::wire::{MethodKind, MethodView};
use yew::prelude::*;

/// What a kind is called.
pub(crate) fn kind_name(kind: MethodKind) -> &'static Message {
    match kind {
        MethodKind::Email => &texts::KIND_EMAIL,
        MethodKind::Phone => &texts::KIND_PHONE,
        MethodKind::Totp => &texts::KIND_TOTP,
        MethodKind::RecoveryCodes => &texts::KIND_CODES,
        MethodKind::Questions => &texts::KIND_QUESTIONS,
    }
}

/// One sentence on how a kind works.
pub(super) fn kind_about(kind: MethodKind) -> &'static Message {
    match kind {
        MethodKind::Email => &texts::ABOUT_EMAIL,
        MethodKind::Phone => &texts::ABOUT_PHONE,
        MethodKind::Totp => &texts::ABOUT_TOTP,
        MethodKind::RecoveryCodes => &texts::ABOUT_CODES,
        MethodKind::Questions => &texts::ABOUT_QUESTIONS,
    }
}

/// What the person would call this method: their name for it, else its address, else its kind.
pub(super) fn method_name(t: &Texts, method: &MethodView) -> String {
    method
        .label
        .clone()
        .filter(|label| !label.is_empty())
        .or_else(|| method.masked.clone())
        .unwrap_or_else(|| t.get(kind_name(method.kind)).to_string())
}

/// What a method is: its kind, its name, its address and its marks.
pub(super) fn method_summary(t: &Texts, method: &MethodView) -> Html {
    let name = method_name(t, method);
    let kind = t.get(kind_name(method.kind));
    html! {
        <>
            <p class="method-name">
                <strong dir="auto">{ &name }</strong>
                if !method.verified { <span class="badge warn">{ t.get(&texts::BADGE_UNVERIFIED) }</span> }
                else { <span class="badge good">{ t.get(&texts::BADGE_VERIFIED) }</span> }
                if method.primary { <span class="badge">{ t.get(&texts::BADGE_DEFAULT) }</span> }
            </p>
            <p class="method-more">
                if name != *kind { <span>{ &kind }</span> }
                if let Some(masked) = method.masked.as_ref().filter(|masked| **masked != name) {
                    <span dir="auto">{ masked.clone() }</span>
                }
                if let Some(left) = method.left { <span>{ t.count(&texts::METHODS_LEFT, left) }</span> }
            </p>
        </>
    }
}

/// The methods as a list to read.
pub(super) fn method_list(view: &View) -> Html {
    let methods = view.flow.list.iter().flat_map(|list| &list.methods);
    html! {
        <ul class="methods">
            { for methods.map(|method| html! {
                <li key={method.id.clone()} class="method">{ method_summary(&view.t, method) }</li>
            }) }
        </ul>
    }
}

/// "Method 1 of 2", while the wizard runs.
pub(super) fn progress(view: &View) -> Html {
    match &view.flow.list {
        Some(list) if view.flow.wizard => {
            let number = (list.registered + 1).min(list.required).to_string();
            let count = list.required.to_string();
            let numbers = [("number", number.as_str()), ("count", count.as_str())];
            html! { <p class="progress">{ view.t.with(&texts::WIZARD_PROGRESS, &numbers) }</p> }
        }
        _ => Html::default(),
    }
}
