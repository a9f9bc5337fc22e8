//! The field for a new password, with the policy and the strength that follow what is typed.

use super::{
    countdown::Countdown,
    form::{error_text, id_of},
    rules::rules,
    strength::{meter, sentences},
};
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
use std::rc::Rc;
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

/// Seconds without a key after which what has changed is announced.
const PAUSE: u32 = 1;

/// What the field takes.
#[derive(Clone, PartialEq, Properties)]
pub struct NewPasswordProps {
    /// The texts.
    pub t: Texts,
    /// Its name; its id is [`id_of`] it.
    pub name: AttrValue,
    /// What to type.
    pub label: AttrValue,
    /// What a password must be.
    pub policy: Rc<PasswordPolicy>,
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

/// What happens to the field.
#[derive(Debug)]
pub enum Event {
    /// Something was typed.
    Typed,
    /// A key was pressed; whether Caps Lock is on.
    Key(bool),
    /// The field has the focus.
    Entered,
    /// The field has lost the focus.
    Left,
    /// What is typed is to be seen, or no longer.
    Toggled,
    /// A suggestion is wanted.
    Suggest,
    /// The estimator has come.
    StrengthCame,
    /// The list of leaked passwords has answered, for what was typed then.
    Checked(Secret, Check),
}

/// The field, the list of rules and the meter. A struct, since the machinery of function components would be here for it
/// alone: three kilobytes of the sign-in page's.
pub struct NewPassword {
    input: NodeRef,
    look: Look,
    shown: bool,
    caps_lock: bool,
    suggested: bool,
    /// Counts looks at what is typed: a pause begins anew with each.
    looks: u32,
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword")
    }
}

impl Component for NewPassword {
    type Message = Event;
    type Properties = NewPasswordProps;

    fn create(ctx: &Context<Self>) -> Self {
        let look = Look::new(&ctx.props().policy, &Secret::default(), None, Check::Unasked);
        Self { input: NodeRef::default(), look, shown: false, caps_lock: false, suggested: false, looks: 0 }
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let props = ctx.props();
        match event {
            Event::Typed => {
                self.suggested = false;
                return self.see(props, Check::Unasked);
            }
            Event::Key(caps_lock) => return std::mem::replace(&mut self.caps_lock, caps_lock) != caps_lock,
            Event::Entered => self.load_strength(ctx),
            Event::Left => self.check(ctx),
            Event::Toggled => {
                self.shown = !self.shown;
                if let Some(input) = self.element() {
                    // The person goes on typing.
                    let _ = input.unchecked_ref::<web_sys::HtmlElement>().focus();
                }
                return true;
            }
            Event::Suggest => return self.suggest(ctx),
            Event::StrengthCame => return self.see(props, self.look.check),
            // They may have typed on.
            Event::Checked(asked, check) => return self.typed() == asked && self.see(props, check),
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let NewPasswordProps { t, name, label, policy, error, .. } = ctx.props();
        let id = id_of(name);
        let onkey =
            ctx.link().callback(|event: KeyboardEvent| Event::Key(event.get_modifier_state("CapsLock")));
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
                    <input id={id.clone()} ref={&self.input} type={if self.shown { "text" } else { "password" }} part="input"
                        name={name.clone()} autocomplete="new-password" autocapitalize="none" spellcheck="false"
                        passwordrules={policy.password_rules()} oninput={on::<InputEvent>(ctx, || Event::Typed)}
                        onfocus={on::<FocusEvent>(ctx, || Event::Entered)} onblur={on::<FocusEvent>(ctx, || Event::Left)}
                        onkeydown={onkey.clone()} onkeyup={onkey}
                        aria-invalid={error.is_some().then_some("true")} aria-describedby={described} />
                    <button type="button" class="quiet" aria-pressed={if self.shown { "true" } else { "false" }}
                        aria-controls={id.clone()} onclick={on::<MouseEvent>(ctx, || Event::Toggled)}>
                        { t.get(if self.shown { &HIDE } else { &SHOW }) }
                    </button>
                </div>
                <button type="button" class="quiet" onclick={on::<MouseEvent>(ctx, || Event::Suggest)}>{ t.get(&SUGGEST) }</button>
                <p class="hint" role="status">
                    if self.caps_lock { { t.get(&CAPS_LOCK) } { " " } }
                    if self.suggested { { t.get(&SUGGESTED) } }
                    if self.look.check == Check::Skipped { { t.get(&BREACHED_SKIPPED) } }
                </p>
                { error_text(problem, error.clone()) }
                { meter(t, self.look.estimate.as_ref()) }
                { self.announcement(t) }
                { rules(t, &list, policy, &shown_verdicts(&self.look.verdicts), !self.look.touched) }
            </div>
        }
    }
}

/// Something that happened to an element, as an event of the field.
fn on<E: 'static>(ctx: &Context<NewPassword>, event: fn() -> Event) -> Callback<E> {
    ctx.link().callback(move |_| event())
}

impl NewPassword {
    /// What screen readers say once the person pauses: what is missing, and how strong it is. What is seen follows every key.
    fn announcement(&self, t: &Texts) -> Html {
        let look = self.look.clone();
        let texts = t.clone();
        let show = Callback::from(move |left| {
            if left > 0 || !look.touched {
                return Html::default();
            }
            html! {
                <>
                    { super::rules::missing(&texts, &look.verdicts) }{ " " }
                    { for look.estimate.iter().flat_map(|it| sentences(&texts, it)) }
                </>
            }
        });
        html! { <p class="unseen" role="status"><Countdown key={self.looks} seconds={PAUSE} {show} /></p> }
    }

    fn element(&self) -> Option<HtmlInputElement> {
        self.input.cast()
    }

    fn typed(&self) -> Secret {
        nfc(&self.element().map(|input| input.value()).unwrap_or_default().into())
    }

    /// The current password, once it is typed.
    fn current(&self, props: &NewPasswordProps) -> Option<Secret> {
        let form = self.element()?.closest("form").ok()??;
        let field = form.query_selector(&["[name=", props.current?, "]"].concat()).ok()??;
        let current = field.dyn_into::<HtmlInputElement>().ok()?.value();
        (!current.is_empty()).then(|| nfc(&current.into()))
    }

    /// Looks at what is typed; whether that changed anything.
    fn see(&mut self, props: &NewPasswordProps, check: Check) -> bool {
        self.looks = self.looks.wrapping_add(1);
        self.look = Look::new(&props.policy, &self.typed(), self.current(props).as_ref(), check);
        true
    }

    /// The estimator comes while the person thinks of a password, and looks at what they have typed by then.
    fn load_strength(&self, ctx: &Context<Self>) {
        let (link, t) = (ctx.link().clone(), ctx.props().t.clone());
        wasm_bindgen_futures::spawn_local(async move {
            if strength::load(t.lang()).await {
                link.send_message(Event::StrengthCame);
            }
        });
    }

    /// Asks whether the password is leaked, once it is good otherwise.
    fn check(&self, ctx: &Context<Self>) {
        let Some(address) = ctx.props().policy.breached_range.clone() else { return };
        if !self.look.touched || self.look.is_broken() || self.look.check != Check::Unasked {
            return;
        }
        let (link, ranges, asked) = (ctx.link().clone(), ctx.props().ranges.clone(), self.typed());
        wasm_bindgen_futures::spawn_local(async move {
            let check = breached::ask(&*ranges.0, &address, &asked).await;
            link.send_message(Event::Checked(asked, check));
        });
    }

    /// Fills in a suggestion, to be seen.
    fn suggest(&mut self, ctx: &Context<Self>) -> bool {
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        let random = || {
            let mut byte = [u8::MAX];
            if let Some(crypto) = &crypto {
                // Where it fails, the byte stays one that is never taken.
                let _ = crypto.get_random_values_with_u8_array(&mut byte);
            }
            byte[0]
        };
        let made = suggest(&ctx.props().policy, random);
        let (Some(made), Some(input)) = (made, self.element()) else { return false };
        input.set_value(&made);
        (self.shown, self.suggested) = (true, true);
        self.load_strength(ctx);
        self.see(ctx.props(), Check::Unasked)
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
