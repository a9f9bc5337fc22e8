//! Renaming a method, and removing it for good.

use super::{
    Form, View,
    parts::{method_name, method_summary},
    problem, texts,
};
use crate::{
    flow::enroll::{Event, MAX_LABEL},
    ui::account::{Field, Heading, action, texts as shared, value},
};
use sspr_core::wire::{MethodKind, MethodView};
use yew::prelude::*;

/// Which method.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EditProps {
    /// The flow.
    pub(super) view: View,
    /// The method.
    pub(super) method: MethodView,
}

/// Asks for a new name.
#[component]
pub(super) fn Rename(props: &EditProps) -> Html {
    let EditProps { view, method } = props;
    let t = &view.t;
    let input = use_node_ref();
    let submit = {
        let (send, input) = (view.send.clone(), input.clone());
        Callback::from(move |()| send.emit(Event::Rename(value(&input))))
    };
    html! {
        <Form view={view.clone()} {submit} label={t.get(&texts::RENAME_SAVE)}>
            <Heading text={t.with(&texts::RENAME_TITLE, &[("method", &method_name(t, method))])} />
            <Field name="name" label={t.get(&texts::RENAME_LABEL)}
                hint={t.with(&texts::RENAME_HINT, &[("count", &MAX_LABEL.to_string())])}
                error={problem::of_label(view)} kind="text" autocomplete="off" {input}
                value={method.label.clone().unwrap_or_default()} />
        </Form>
    }
}

/// Asks whether to remove it, or says why that is not possible.
#[component]
pub(super) fn Remove(props: &EditProps) -> Html {
    let EditProps { view, method } = props;
    let t = &view.t;
    let required = view.flow.list.as_ref().map_or(1, |list| u32::from(list.required));
    html! {
        <section class="page">
            <Heading text={t.with(&texts::REMOVE_TITLE, &[("method", &method_name(t, method))])} />
            <ul class="methods"><li class="method">{ method_summary(t, method) }</li></ul>
            if method.removable {
                <p>{ t.get(&texts::REMOVE_TEXT) }</p>
                if method.kind == MethodKind::Totp { <p>{ t.get(&texts::REMOVE_TOTP) }</p> }
                <div class="actions">
                    { action(t.get(&texts::REMOVE_YES), "danger", view.flow.is_busy(), view.on(Event::Remove)) }
                    { action(t.get(&texts::REMOVE_NO), "", false, view.on(Event::Back)) }
                </div>
            } else {
                <p>{ t.count(&texts::REMOVE_LAST, required) }</p>
                <div class="actions">{ action(t.get(&shared::BACK), "main", false, view.on(Event::Back)) }</div>
            }
        </section>
    }
}
