//! The policy's form. What is typed stays in the elements; each change of any of them is read as a whole.

use super::{View, parts::way_name, texts};
use crate::{
    flow::admin::{Event, Field, Notice, lines},
    i18n::Message,
    ui::account::action,
    ui::parts::id_of,
};
use sspr_core::wire::{AdminPolicy, ChallengeKind, PolicyScope, PolicyValues};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

const SCOPES: [(PolicyScope, &Message); 3] = [
    (PolicyScope::None, &texts::NOBODY),
    (PolicyScope::Selected, &texts::SELECTED),
    (PolicyScope::Everyone, &texts::EVERYONE),
];

/// The form, once there is a policy.
#[component]
pub(super) fn PolicyForm(view: &View) -> Html {
    let form = use_node_ref();
    let (Some(policy), Some(draft)) = (&view.flow.policy, &view.flow.draft) else { return Html::default() };
    let oninput = {
        let (form, send, policy) = (form.clone(), view.send.clone(), policy.clone());
        Callback::from(move |_: InputEvent| {
            if let Some(form) = form.cast::<Element>() {
                send.emit(Event::Edit(read(&form, &policy)));
            }
        })
    };
    let onsubmit = {
        let send = view.send.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send.emit(Event::Save);
        })
    };
    let fields = Fields { view, policy, draft };
    html! {
        <form class="page policy" part="form" novalidate=true ref={form} {oninput} {onsubmit}>
            <div class="policy-fields" key={view.flow.fillings}>{ fields.show() }</div>
            { summary(view, policy, draft) }
        </form>
    }
}

/// What the form says now.
fn read(form: &Element, policy: &AdminPolicy) -> PolicyValues {
    let find = |selector: &str| form.query_selector(selector).ok().flatten();
    let chosen = |name: &str| {
        let found = find(&format!("[name='{name}']:checked"))?.dyn_into::<HtmlInputElement>().ok()?;
        Some(found.value())
    };
    let typed = |name: &str| {
        let found = find(&format!("[name='{name}']"));
        found.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()).map(|it| it.value()).unwrap_or_default()
    };
    let written = |name: &str| {
        let found =
            find(&format!("[name='{name}']")).and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
        lines(&found.map(|it| it.value()).unwrap_or_default())
    };
    let ticked = |kind: &ChallengeKind| find(&format!("#{}:checked", method_id(*kind))).is_some();
    let helpdesk = typed("helpdesk").trim().to_owned();
    PolicyValues {
        enabled: chosen("enabled")
            .and_then(|word| PolicyScope::from_word(&word))
            .unwrap_or(policy.values.enabled),
        groups: written("groups"),
        recovery_methods: in_order(policy).into_iter().filter(ticked).collect(),
        gates: chosen("gates").and_then(|number| number.parse().ok()).unwrap_or(policy.values.gates),
        // What is no number is too large a one, so that it is refused at its field.
        reconfirm_days: typed("reconfirm").trim().parse().unwrap_or(u32::MAX),
        banned_terms: written("banned"),
        helpdesk: (!helpdesk.is_empty()).then_some(helpdesk),
    }
}

/// The methods in force in their order, then the others that can be had.
fn in_order(policy: &AdminPolicy) -> Vec<ChallengeKind> {
    let mut kinds = policy.values.recovery_methods.clone();
    kinds.extend(
        policy.available_methods.iter().filter(|kind| !policy.values.recovery_methods.contains(kind)),
    );
    kinds
}

fn method_id(kind: ChallengeKind) -> AttrValue {
    id_of(&format!("method-{}", kind.word()))
}

struct Fields<'a> {
    view: &'a View,
    policy: &'a AdminPolicy,
    draft: &'a PolicyValues,
}

impl Fields<'_> {
    fn show(&self) -> Html {
        let Self { view, policy, draft } = self;
        let t = &view.t;
        let scope = |(scope, name): &(PolicyScope, &'static Message)| {
            radio("enabled", scope.word(), t.get(name), draft.enabled == *scope)
        };
        let gates = |number: u8| {
            radio("gates", &number.to_string(), number.to_string().into(), draft.gates == number)
        };
        let method = |kind: ChallengeKind| {
            html! {
                <label class="check">
                    <input type="checkbox" id={method_id(kind)} name="method" value={kind.word()}
                        ~defaultChecked={draft.recovery_methods.contains(&kind)} />
                    { way_name(t, kind) }
                </label>
            }
        };
        html! {
            <>
                { self.group(Field::Enabled, &texts::ENABLED, None, Some(&texts::ADMINS), html! { <>{ for SCOPES.iter().map(scope) }</> }) }
                if draft.enabled == PolicyScope::Selected || !draft.groups.is_empty() {
                    { self.lines(Field::Groups, "groups", &texts::GROUPS, None, &texts::GROUPS_ERROR, &draft.groups) }
                }
                { self.group(Field::Methods, &texts::METHODS, Some(&texts::METHODS_ERROR), None,
                    html! { <>{ for in_order(policy).into_iter().map(method) }</> }) }
                { self.group(Field::Gates, &texts::GATES, None, None, html! { <>{ gates(1) }{ gates(2) }</> }) }
                { self.line(Field::Reconfirm, "reconfirm", &texts::RECONFIRM, &texts::RECONFIRM_HINT,
                    policy_days(draft), "numeric") }
                { self.lines(Field::Banned, "banned", &texts::BANNED, Some(&texts::BANNED_HINT), &texts::BANNED_HINT, &draft.banned_terms) }
                { self.line(Field::Helpdesk, "helpdesk", &texts::HELPDESK, &texts::HELPDESK_HINT,
                    draft.helpdesk.clone().unwrap_or_default(), "url") }
            </>
        }
    }

    fn is_wrong(&self, field: Field) -> bool {
        self.view.flow.wrong.contains(&field)
    }

    /// Choices under one question.
    fn group(
        &self,
        field: Field,
        name: &'static Message,
        error: Option<&'static Message>,
        hint: Option<&'static Message>,
        choices: Html,
    ) -> Html {
        let t = &self.view.t;
        let wrong = error.filter(|_| self.is_wrong(field));
        let id = id_of(&format!("{field:?}-error"));
        html! {
            <fieldset class="radios" aria-describedby={wrong.map(|_| id.clone())} tabindex={wrong.map(|_| "-1")}
                aria-invalid={wrong.map(|_| "true")}>
                <legend>{ t.get(name) }</legend>
                if let Some(hint) = hint { <p class="hint">{ t.get(hint) }</p> }
                if let Some(wrong) = wrong { <p {id} class="error" part="error" role="alert">{ t.get(wrong) }</p> }
                { choices }
            </fieldset>
        }
    }

    /// One entry in each line.
    fn lines(
        &self,
        field: Field,
        name: &'static str,
        label: &'static Message,
        hint: Option<&'static Message>,
        error: &'static Message,
        entries: &[String],
    ) -> Html {
        let (t, id) = (&self.view.t, id_of(name));
        let wrong = self.is_wrong(field);
        let said = AttrValue::from(format!("{id}-said"));
        let rows = entries.len().clamp(3, 8).to_string();
        let shown = if wrong { Some(error) } else { hint };
        html! {
            <div class="field">
                <label for={id.clone()} part="label">{ t.get(label) }</label>
                if let Some(text) = shown {
                    <p id={said.clone()} class={if wrong { "error" } else { "hint" }}
                        role={wrong.then_some("alert")}>{ t.get(text) }</p>
                }
                <textarea {id} {name} part="input" {rows} dir="auto" spellcheck="false" autocapitalize="none"
                    aria-invalid={wrong.then_some("true")} aria-describedby={shown.map(|_| said)}
                    ~defaultValue={entries.join("\n")} />
            </div>
        }
    }

    fn line(
        &self,
        field: Field,
        name: &'static str,
        label: &'static Message,
        hint: &'static Message,
        value: String,
        inputmode: &'static str,
    ) -> Html {
        let (t, id) = (&self.view.t, id_of(name));
        let wrong = self.is_wrong(field);
        let said = AttrValue::from(format!("{id}-said"));
        html! {
            <div class="field">
                <label for={id.clone()} part="label">{ t.get(label) }</label>
                <p id={said.clone()} class={if wrong { "error" } else { "hint" }}
                    role={wrong.then_some("alert")}>{ t.get(hint) }</p>
                <input {id} {name} type="text" part="input" {inputmode} dir="ltr" autocomplete="off" autocapitalize="none"
                    spellcheck="false" aria-invalid={wrong.then_some("true")} aria-describedby={said}
                    ~defaultValue={value} />
            </div>
        }
    }
}

fn policy_days(values: &PolicyValues) -> String {
    match values.reconfirm_days {
        u32::MAX => String::new(),
        days => days.to_string(),
    }
}

fn radio(name: &'static str, value: &str, text: AttrValue, on: bool) -> Html {
    html! {
        <label class="check">
            <input type="radio" {name} value={value.to_owned()} ~defaultChecked={on} />
            { text }
        </label>
    }
}

/// What saving would change, and the buttons.
fn summary(view: &View, policy: &AdminPolicy, draft: &PolicyValues) -> Html {
    let t = &view.t;
    let changes = view.flow.changes();
    let busy = view.flow.is_busy();
    let idle = changes.is_empty() || busy;
    let row = |field: &Field| {
        let (old, new) = (said(view, *field, &policy.values), said(view, *field, draft));
        let (gone, came) = (only(&old, &new), only(&new, &old));
        let list = |entries: Vec<&String>| match entries.is_empty() {
            true => t.get(&texts::NONE).to_string(),
            false => entries.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(" · "),
        };
        html! {
            <>
                <dt>{ t.get(name(*field)) }</dt>
                <dd>
                    if !gone.is_empty() || old.is_empty() { <del dir="auto">{ list(gone) }</del> }{ " " }
                    if !came.is_empty() || new.is_empty() { <ins dir="auto">{ list(came) }</ins> }
                </dd>
            </>
        }
    };
    let notice = match &view.flow.notice {
        Some(Notice::Conflict) => Some(t.get(&texts::CONFLICT)),
        _ => view.failure(),
    };
    let saved = matches!(view.flow.notice, Some(Notice::Saved));
    html! {
        <div class="save">
            if let Some(text) = notice { <p class="notice" part="error" role="alert">{ text }</p> }
            <p class="success" role="status">{ saved.then(|| t.get(&texts::SAVED)) }</p>
            if !changes.is_empty() {
                <section class="changes">
                    <h3>{ t.get(&texts::CHANGES) }</h3>
                    <dl>{ for changes.iter().map(row) }</dl>
                </section>
            }
            <div class="actions">
                <button class="main" part="button main" aria-disabled={idle.then_some("true")}>{ t.get(&texts::SAVE) }</button>
                if !changes.is_empty() { { action(t.get(&texts::UNDO), "", busy, view.on(Event::Undo)) } }
            </div>
            { last_change(view, policy) }
        </div>
    }
}

fn last_change(view: &View, policy: &AdminPolicy) -> Html {
    let Some(date) = policy.changed_at.as_deref().and_then(|at| view.t.date(at)) else {
        return Html::default();
    };
    let text = match &policy.changed_by {
        Some(name) => view.t.with(&texts::CHANGED_BY, &[("date", &date), ("name", name)]),
        None => view.t.with(&texts::CHANGED_ON, &[("date", &date)]),
    };
    html! { <p class="hint">{ text }</p> }
}

fn name(field: Field) -> &'static Message {
    match field {
        Field::Enabled => &texts::ENABLED,
        Field::Groups => &texts::GROUPS,
        Field::Methods => &texts::METHODS,
        Field::Gates => &texts::GATES,
        Field::Reconfirm => &texts::RECONFIRM,
        Field::Banned => &texts::BANNED,
        Field::Helpdesk => &texts::HELPDESK,
    }
}

/// A field's value in words.
fn said(view: &View, field: Field, values: &PolicyValues) -> Vec<String> {
    let t = &view.t;
    match field {
        Field::Enabled => {
            let known = SCOPES.iter().find(|(scope, _)| *scope == values.enabled);
            known.iter().map(|(_, name)| t.get(name).to_string()).collect()
        }
        Field::Groups => values.groups.clone(),
        Field::Methods => values.recovery_methods.iter().map(|kind| way_name(t, *kind).to_string()).collect(),
        Field::Gates => vec![values.gates.to_string()],
        Field::Reconfirm => vec![policy_days(values)],
        Field::Banned => values.banned_terms.clone(),
        Field::Helpdesk => values.helpdesk.iter().cloned().collect(),
    }
}

fn only<'a>(these: &'a [String], those: &[String]) -> Vec<&'a String> {
    these.iter().filter(|it| !those.contains(it)).collect()
}
