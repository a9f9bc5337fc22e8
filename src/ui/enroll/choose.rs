//! What to add: every kind that may be, strongest first.

use super::{
    View,
    parts::{kind_about, kind_name, progress},
    texts,
};
use crate::{
    flow::enroll::Event,
    ui::account::{Heading, action, texts as shared},
};
use sspr_core::wire::OfferRefusal;
use yew::prelude::*;

/// One button for each kind.
#[component]
pub(super) fn Choose(view: &View) -> Html {
    let t = &view.t;
    let choices = view.flow.choices();
    let full: Vec<_> = view
        .flow
        .list
        .iter()
        .flat_map(|list| &list.offers)
        .filter(|offer| offer.refused == Some(OfferRefusal::Limit))
        .map(|offer| t.get(kind_name(offer.kind)).to_string())
        .collect();
    html! {
        <section class="page">
            { progress(view) }
            <Heading text={t.get(&texts::CHOOSE_TITLE)} />
            if choices.is_empty() { <p class="empty">{ t.get(&texts::CHOOSE_NONE) }</p> }
            <ul class="choices">
                { for choices.into_iter().map(|kind| html! {
                    <li key={kind.word()}>
                        <button type="button" class="choice" part="choice" disabled={view.flow.is_busy()} onclick={view.on(Event::Pick(kind))}>
                            <strong>{ t.get(kind_name(kind)) }</strong>
                            <span>{ t.get(kind_about(kind)) }</span>
                        </button>
                    </li>
                }) }
            </ul>
            if !full.is_empty() {
                <p class="hint">{ t.with(&texts::CHOOSE_LIMIT, &[("methods", &full.join(", "))]) }</p>
            }
            <div class="actions">{ action(t.get(&shared::BACK), "", false, view.on(Event::Back)) }</div>
        </section>
    }
}
