//! The one component that drives a flow: it gives events to the state machine, carries its effects out, renders the
//! state and moves the focus.

use super::PageEvent;
use crate::{
    backend::{Failure, Shared},
    hex::push_hex,
    i18n::Texts,
};
use std::{future::Future, pin::Pin, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use yew::prelude::*;

/// An event that comes later; `None` where nothing is to happen.
pub type Later<E> = Pin<Box<dyn Future<Output = Option<E>>>>;

/// A flow that can be driven.
pub trait Drive: PartialEq + Clone + Sized + 'static {
    /// What happens to it.
    type Event: 'static;
    /// What it wants done.
    type Effect;
    /// What it asks.
    type Backend: ?Sized + 'static;
    /// What it starts from.
    type Seed: Clone + PartialEq + 'static;

    /// The state before anything happened.
    fn begin(seed: &Self::Seed) -> Self;
    /// The first event.
    fn open() -> Self::Event;
    /// Takes one event.
    fn next(self, event: Self::Event) -> (Self, Vec<Self::Effect>);
    /// The step's name; the focus moves when it changes.
    fn step_name(&self) -> &'static str;
    /// Counts what went wrong; the focus goes to the field that is to blame when it changes.
    fn notices(&self) -> u32;
    /// What went wrong last, while it is shown.
    fn failure(&self) -> Option<&Failure>;
    /// Carries one effect out.
    fn perform(effect: Self::Effect, doing: &mut Doing<'_, Self>) -> Option<Later<Self::Event>>;
    /// Shows the state.
    fn view(flow: &Rc<Self>, send: &Callback<Self::Event>, form: &FormProps<Self>) -> Html;
}

/// What an effect may use.
pub struct Doing<'a, F: Drive> {
    /// The backend.
    pub backend: &'a Rc<F::Backend>,
    /// What the flow started from.
    pub seed: &'a F::Seed,
    /// Tells the page.
    pub tell: &'a Callback<PageEvent>,
    keys: &'a mut Keys,
}

impl<F: Drive> Doing<'_, F> {
    /// The idempotency key of an operation: a UUID that stays the same as long as the operation does.
    pub fn key(&mut self, operation: u32) -> String {
        self.keys.of(operation)
    }
}

/// The latest operations and their keys: a call that waits for a password is repeated after another one.
#[derive(Default)]
struct Keys(Vec<(u32, String)>);

impl Keys {
    fn of(&mut self, operation: u32) -> String {
        if let Some((_, key)) = self.0.iter().find(|(known, _)| *known == operation) {
            return key.clone();
        }
        if self.0.len() == 8 {
            self.0.remove(0);
        }
        let key = new_uuid();
        self.0.push((operation, key.clone()));
        key
    }

    /// The latest one, whose beginning names the call in the server's log too (sspr-help.js).
    fn latest(&self) -> Option<String> {
        self.0.last().map(|(_, key)| key.clone())
    }
}

/// A random UUID. `crypto.randomUUID` would not exist on an intranet page without TLS.
fn new_uuid() -> String {
    let mut bytes = [0; 16];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // It only fails for arrays over 64 KiB.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.chunks(2).enumerate() {
        if matches!(index, 2..=5) {
            text.push('-');
        }
        push_hex(&mut text, byte);
    }
    text
}

/// What a form takes.
#[derive(Properties)]
pub struct FormProps<F: Drive> {
    /// Where calls go.
    pub backend: Shared<F::Backend>,
    /// The texts.
    pub texts: Texts,
    /// What the flow starts from. A change of it later changes nothing.
    pub seed: F::Seed,
    /// Hears what the page may know.
    #[prop_or_default]
    pub on_event: Callback<PageEvent>,
}

impl<F: Drive> Clone for FormProps<F> {
    fn clone(&self) -> Self {
        Self {
            backend: self.backend.clone(),
            texts: self.texts.clone(),
            seed: self.seed.clone(),
            on_event: self.on_event.clone(),
        }
    }
}

impl<F: Drive> PartialEq for FormProps<F> {
    fn eq(&self, other: &Self) -> bool {
        self.backend == other.backend
            && self.texts == other.texts
            && self.seed == other.seed
            && self.on_event == other.on_event
    }
}

/// A form that drives a flow.
pub struct Form<F: Drive> {
    flow: Rc<F>,
    keys: Keys,
    root: NodeRef,
    shown: (&'static str, u32),
}

impl<F: Drive> std::fmt::Debug for Form<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Form")
    }
}

impl<F: Drive> Component for Form<F> {
    type Message = F::Event;
    type Properties = FormProps<F>;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_message(F::open());
        let flow = Rc::new(F::begin(&ctx.props().seed));
        let shown = (flow.step_name(), flow.notices());
        Self { flow, keys: Keys::default(), root: NodeRef::default(), shown }
    }

    fn update(&mut self, ctx: &Context<Self>, event: F::Event) -> bool {
        let (flow, effects) = F::clone(&self.flow).next(event);
        let FormProps { backend, seed, on_event, .. } = ctx.props();
        for effect in effects {
            let mut doing = Doing { backend: &backend.0, seed, tell: on_event, keys: &mut self.keys };
            if let Some(later) = F::perform(effect, &mut doing) {
                let link = ctx.link().clone();
                wasm_bindgen_futures::spawn_local(async move {
                    if let Some(event) = later.await {
                        link.send_message(event);
                    }
                });
            }
        }
        let changed = flow != *self.flow;
        self.flow = Rc::new(flow);
        changed
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let texts = &ctx.props().texts;
        let send = ctx.link().callback(|event| event);
        let failure = self.flow.failure();
        html! {
            <div ref={self.root.clone()} class="sspr" part="container" lang={texts.lang().to_owned()}
                dir={direction(texts.lang())} data-step={self.flow.step_name()} data-failure={failure.map(Failure::word)}
                data-support={failure.and_then(Failure::request_id).map(str::to_owned)} data-call={self.keys.latest()}>
                { F::view(&self.flow, &send, ctx.props()) }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let now = (self.flow.step_name(), self.flow.notices());
        let (before, shown) = (self.shown, now);
        self.shown = shown;
        if first {
            ctx.props().on_event.emit(PageEvent::Ready);
        }
        if shown.0 != before.0 {
            ctx.props().on_event.emit(PageEvent::Step(shown.0));
            // What loads by itself does not take the focus from the page.
            if before.0 != "loading" {
                self.focus(&["input:not([readonly]):not([type=checkbox]):not([type=radio])", "h2"]);
            }
        } else if shown.1 != before.1 {
            self.focus(&["[aria-invalid]"]);
        }
    }
}

impl<F: Drive> Form<F> {
    /// Moves the focus to what the first of these selectors finds.
    fn focus(&self, selectors: &[&str]) {
        let Some(root) = self.root.cast::<Element>() else { return };
        if page_has_focus(&root) {
            return;
        }
        let found = selectors.iter().find_map(|selector| root.query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    }
}

/// Whether the page holds the focus outside of the element: perhaps it has just put it into its sign-in form,
/// having heard that the person is through. Nothing focused (the button that was pressed is gone) is not that.
fn page_has_focus(root: &Element) -> bool {
    let Some(document) = root.owner_document() else { return false };
    let host = root.get_root_node().dyn_into::<ShadowRoot>().ok().map(|shadow| shadow.host());
    document.active_element().is_some_and(|active| {
        active.tag_name() != "BODY" && Some(&active) != host.as_ref() && !root.contains(Some(&active))
    })
}

/// The direction that a language is written in.
fn direction(lang: &str) -> &'static str {
    let language = lang.split(['-', '_']).next().unwrap_or_default();
    if matches!(language, "ar" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi") {
        "rtl"
    } else {
        "ltr"
    }
}
