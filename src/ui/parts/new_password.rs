//! The field for a new password, with the policy and the strength that follow what is typed.

use super::{form::error_text, rules::rules, strength::meter};
use crate::{
    backend::{BreachedRanges, Shared},
    breached::{self, Check},
    i18n::{Message, Texts},
    strength::{self, Estimate},
};
use js_sys::JsString;
use sspr_core::{
    Secret,
    policy::{Known, PasswordPolicy, RuleState, Verdict, evaluate, suggest},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

const SHOW: Message = Message { key: "password.show", en: "Show" };
const HIDE: Message = Message { key: "password.hide", en: "Hide" };
const CAPS_LOCK: Message = Message { key: "password.caps-lock", en: "Caps Lock is on." };
const SUGGEST: Message = Message { key: "password.suggest", en: "Suggest a password" };
const SUGGESTED: Message = Message {
    key: "password.suggested",
    en: "A password was filled in. Save it in your password manager, or write it down, before you go on.",
};
const BREACHED_SKIPPED: Message = Message {
    key: "rule.breached-skipped",
    en: "The list of leaked passwords does not answer just now. You can go on.",
};

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
    /// Asks for leaked passwords.
    pub ranges: Shared<dyn BreachedRanges>,
    /// The name of the field in the same form that holds the current password.
    #[prop_or_default]
    pub current: Option<&'static str>,
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
    check: Check,
}

impl Look {
    fn new(policy: &PasswordPolicy, password: &Secret, current: Option<&Secret>, check: Check) -> Self {
        let touched = !password.is_empty();
        let inputs = policy.personal_terms.iter().chain(&policy.banned_terms).map(String::as_str);
        let estimate = touched.then(|| strength::estimate(password, inputs)).flatten();
        let known = Known {
            strength: estimate.as_ref().map(|it| it.score),
            current: current.map(Secret::expose),
            breached: check.breached(),
        };
        let verdicts = evaluate(policy, password.expose(), known);
        Self { verdicts, touched, estimate, check }
    }

    fn is_broken(&self) -> bool {
        self.verdicts.iter().any(|it| it.state == RuleState::Unmet)
    }
}

/// A password in Unicode NFC, as the server hashes it.
pub fn nfc(typed: &Secret) -> Secret {
    Secret::new(String::from(JsString::from(typed.expose()).normalize("NFC")))
}

/// What the handlers of the field work with.
#[derive(Clone)]
struct Field {
    props: NewPasswordProps,
    input: NodeRef,
    look: UseStateHandle<Look>,
    shown: UseStateHandle<bool>,
    suggested: UseStateHandle<bool>,
}

impl Field {
    fn typed(&self) -> Secret {
        let typed = self.input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
        nfc(&typed.into())
    }

    /// The current password, once it is typed.
    fn current(&self) -> Option<Secret> {
        let form = self.input.cast::<HtmlInputElement>()?.closest("form").ok()??;
        let field = form.query_selector(&["[name=", self.props.current?, "]"].concat()).ok()??;
        let current = field.dyn_into::<HtmlInputElement>().ok()?.value();
        (!current.is_empty()).then(|| nfc(&current.into()))
    }

    fn see(&self, check: Check) -> Look {
        Look::new(&self.props.policy, &self.typed(), self.current().as_ref(), check)
    }

    /// The estimator comes while the person thinks of a password, and looks at what they have typed by then.
    async fn load_strength(self) {
        if strength::load(self.props.t.lang()).await {
            self.look.set(self.see(self.look.check));
        }
    }

    /// Whether the password is leaked, once it is good otherwise.
    async fn check(self) {
        let Some(address) = &self.props.policy.breached_range else { return };
        let asked = self.typed();
        if asked.is_empty() || self.see(Check::Unasked).is_broken() {
            return;
        }
        let check = breached::ask(&*self.props.ranges.0, address, &asked).await;
        // They may have typed on.
        if self.typed() == asked {
            self.look.set(self.see(check));
        }
    }

    /// Fills in a suggestion, to be seen.
    fn suggest(&self) {
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        let random = || {
            let mut byte = [u8::MAX];
            if let Some(crypto) = &crypto {
                // Where it fails, the byte stays one that is never taken.
                let _ = crypto.get_random_values_with_u8_array(&mut byte);
            }
            byte[0]
        };
        let made = suggest(&self.props.policy, random);
        let (Some(made), Some(input)) = (made, self.input.cast::<HtmlInputElement>()) else { return };
        input.set_value(&made);
        self.shown.set(true);
        self.suggested.set(true);
        self.look.set(self.see(Check::Unasked));
        wasm_bindgen_futures::spawn_local(self.clone().load_strength());
    }
}

/// The field, the list of rules and the meter.
#[component]
pub fn NewPassword(props: &NewPasswordProps) -> Html {
    let NewPasswordProps { t, id, label, policy, error, .. } = props;
    let input = use_node_ref();
    let shown = use_state(|| false);
    let caps_lock = use_state_eq(|| false);
    let look = use_state_eq(|| Look::new(policy, &Secret::default(), None, Check::Unasked));
    let suggested = use_state_eq(|| false);
    let field = Field {
        props: props.clone(),
        input: input.clone(),
        look: look.clone(),
        shown: shown.clone(),
        suggested: suggested.clone(),
    };
    let oninput = {
        let field = field.clone();
        Callback::from(move |_: InputEvent| {
            field.suggested.set(false);
            field.look.set(field.see(Check::Unasked));
        })
    };
    let onkey = {
        let caps_lock = caps_lock.clone();
        Callback::from(move |event: KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock")))
    };
    let onfocus = {
        let field = field.clone();
        Callback::from(move |_: FocusEvent| wasm_bindgen_futures::spawn_local(field.clone().load_strength()))
    };
    let onblur = {
        let field = field.clone();
        Callback::from(move |_: FocusEvent| wasm_bindgen_futures::spawn_local(field.clone().check()))
    };
    let onsuggest = Callback::from(move |_: MouseEvent| field.suggest());
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
                    passwordrules={policy.password_rules()} {oninput} {onfocus} {onblur} onkeydown={onkey.clone()} onkeyup={onkey}
                    aria-invalid={error.is_some().then_some("true")} aria-describedby={described} />
                <button type="button" class="quiet" aria-pressed={if *shown { "true" } else { "false" }}
                    aria-controls={id.clone()} onclick={toggle}>
                    { t.get(if *shown { &HIDE } else { &SHOW }) }
                </button>
            </div>
            <button type="button" class="quiet" onclick={onsuggest}>{ t.get(&SUGGEST) }</button>
            <p class="hint" role="status">
                if *caps_lock { { t.get(&CAPS_LOCK) } { " " } }
                if *suggested { { t.get(&SUGGESTED) } }
            </p>
            { error_text(problem, error.clone()) }
            { meter(t, look.estimate.as_ref()) }
            { rules(t, &list, policy, &shown_verdicts(&look.verdicts), !look.touched) }
            <p class="hint" role="status">if look.check == Check::Skipped { { t.get(&BREACHED_SKIPPED) } }</p>
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
