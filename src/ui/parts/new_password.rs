//! The field for a new password, with the policy and the strength that follow what is typed.

use super::{form::error_text, rules::rules, strength::meter};
use crate::{
    i18n::{Message, Texts},
    strength::{self, Estimate},
};
use js_sys::JsString;
use sspr_core::{
    Secret,
    policy::{Known, PasswordPolicy, RuleState, Verdict, evaluate},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

const SHOW: Message = Message { key: "password.show", en: "Show" };
const HIDE: Message = Message { key: "password.hide", en: "Hide" };
const CAPS_LOCK: Message = Message { key: "password.caps-lock", en: "Caps Lock is on." };

/// What the field takes.
#[derive(Clone, PartialEq, Properties)]
pub struct NewPasswordProps {
    /// The texts.
    pub t: Texts,
    /// Unique within the element.
    pub id: AttrValue,
    /// What to type.
    pub label: AttrValue,
    /// What a password must be.
    pub policy: PasswordPolicy,
    /// What is wrong with what was sent.
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// What is known of what is typed; the password itself stays in the input element.
#[derive(Clone, PartialEq)]
struct Look {
    verdicts: Vec<Verdict>,
    touched: bool,
    estimate: Option<Estimate>,
    caps_lock: bool,
}

fn look(policy: &PasswordPolicy, password: &Secret, caps_lock: bool) -> Look {
    let touched = !password.is_empty();
    let inputs = policy.personal_terms.iter().chain(&policy.banned_terms).map(String::as_str);
    let estimate = touched.then(|| strength::estimate(password, inputs)).flatten();
    let score = estimate.as_ref().map(|it| it.score);
    Look {
        verdicts: evaluate(policy, password.expose(), Known { strength: score, current: None }),
        touched,
        estimate,
        caps_lock,
    }
}

/// A password in Unicode NFC, as the server hashes it.
pub fn nfc(typed: &Secret) -> Secret {
    Secret::new(String::from(JsString::from(typed.expose()).normalize("NFC")))
}

fn typed(input: &NodeRef) -> Secret {
    let typed = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
    nfc(&typed.into())
}

/// The field, the list of rules and the meter.
#[component]
pub fn NewPassword(props: &NewPasswordProps) -> Html {
    let NewPasswordProps { t, id, label, policy, error } = props;
    let input = use_node_ref();
    let shown = use_state(|| false);
    let look_now = use_state_eq(|| look(policy, &Secret::default(), false));
    let oninput = {
        let (policy, input, look_now) = (policy.clone(), input.clone(), look_now.clone());
        Callback::from(move |_: InputEvent| look_now.set(look(&policy, &typed(&input), look_now.caps_lock)))
    };
    let onkey = {
        let look_now = look_now.clone();
        Callback::from(move |event: KeyboardEvent| {
            look_now.set(Look { caps_lock: event.get_modifier_state("CapsLock"), ..(*look_now).clone() });
        })
    };
    // The estimator comes while the person thinks of a password, and looks at what they have typed by then.
    let onfocus = {
        let (t, policy, input, look_now) = (t.clone(), policy.clone(), input.clone(), look_now.clone());
        Callback::from(move |_: FocusEvent| {
            let (t, policy, input, look_now) = (t.clone(), policy.clone(), input.clone(), look_now.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if strength::load(t.lang()).await {
                    look_now.set(look(&policy, &typed(&input), look_now.caps_lock));
                }
            });
        })
    };
    let toggle = {
        let (shown, input) = (shown.clone(), input.clone());
        Callback::from(move |_: MouseEvent| {
            shown.set(!*shown);
            if let Some(input) = input.cast::<HtmlInputElement>() {
                // The person goes on typing.
                let _ = input.unchecked_ref::<web_sys::HtmlElement>().focus();
            }
        })
    };
    let list = format!("{id}-rules");
    let problem = error.as_ref().map(|_| AttrValue::from(format!("{id}-error")));
    let described = match &problem {
        Some(problem) => format!("{problem} {list}"),
        None => list.clone(),
    };
    html! {
        <div class="field">
            <label for={id.clone()} part="label">{ label }</label>
            <div class="with-button">
                <input id={id.clone()} ref={input} type={if *shown { "text" } else { "password" }} part="input"
                    name={id.clone()} autocomplete="new-password" autocapitalize="none" spellcheck="false"
                    passwordrules={policy.password_rules()} {oninput} {onfocus} onkeydown={onkey.clone()} onkeyup={onkey}
                    aria-invalid={error.is_some().then_some("true")} aria-describedby={described} />
                <button type="button" class="quiet" aria-pressed={if *shown { "true" } else { "false" }}
                    aria-controls={id.clone()} onclick={toggle}>
                    { t.get(if *shown { &HIDE } else { &SHOW }) }
                </button>
            </div>
            <p class="hint" role="status">if look_now.caps_lock { { t.get(&CAPS_LOCK) } }</p>
            { error_text(problem, error.clone()) }
            { meter(t, look_now.estimate.as_ref()) }
            { rules(t, &list, &shown_verdicts(&look_now.verdicts), !look_now.touched) }
        </div>
    }
}

/// The most characters, in any unit, are only worth a line when they are exceeded.
fn shown_verdicts(verdicts: &[Verdict]) -> Vec<Verdict> {
    use sspr_core::policy::Rule;
    let worth = |it: &&Verdict| {
        !matches!(it.rule, Rule::MaxLength | Rule::MaxUtf16 | Rule::MaxBytes) || it.state == RuleState::Unmet
    };
    verdicts.iter().filter(worth).copied().collect()
}
