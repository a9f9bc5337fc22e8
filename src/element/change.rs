//! `<sspr-change>`: from its settings to its flow, and from its flow's effects to the backend and the page.

use super::{
    Config, PageEvent, Pool,
    driver::{Doing, Drive, Form, FormProps, Later},
};
use crate::{
    backend::{AccountBackend, Shared},
    flow::{
        calls::Effect,
        change::{Change, Event},
    },
    i18n::Texts,
    ui::change::ChangeView,
};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

/// The form that changes a password as a Yew component.
pub type ChangeForm = Form<Change>;

impl Drive for Change {
    type Event = Event;
    type Effect = Effect;
    type Backend = dyn AccountBackend;
    type Seed = ();

    fn begin((): &()) -> Self {
        Self::default()
    }

    fn open() -> Event {
        Event::Open
    }

    fn next(self, event: Event) -> (Self, Vec<Effect>) {
        self.step(event)
    }

    fn step_name(&self) -> &'static str {
        Change::step_name(self)
    }

    fn notices(&self) -> u32 {
        self.notices
    }

    fn perform(effect: Effect, doing: &mut Doing<'_, Self>) -> Option<Later<Event>> {
        match effect {
            Effect::Call(request) => {
                let answer = doing.backend.call(&doing.key(request.operation), request.call);
                let turn = request.turn;
                return Some(Box::pin(async move { Some(Event::Answered { turn, result: answer.await }) }));
            }
            Effect::Done { outcome, identifier } => {
                doing.tell.emit(PageEvent::Done(outcome.word(), identifier))
            }
            Effect::Error(code) => doing.tell.emit(PageEvent::Error(code)),
        }
        None
    }

    fn view(flow: &Rc<Self>, send: &Callback<Event>, texts: &Texts) -> Html {
        html! { <ChangeView flow={flow.clone()} send={send.clone()} t={texts.clone()} /> }
    }
}

thread_local! {
    static POOL: Pool<ChangeForm> = Pool::default();
}

fn props(host: HtmlElement, config: &JsValue) -> FormProps<Change> {
    let config = Config::read(config);
    FormProps {
        backend: Shared(Rc::new(config.http)),
        texts: config.texts,
        seed: (),
        on_event: Callback::from(move |event: PageEvent| event.dispatch(&host)),
    }
}

/// Puts the form of an element on the page; the number is for [`update`] and [`unmount`].
///
/// # Errors
/// What the document says when it takes no element.
pub fn mount(host: HtmlElement, into: &Node, config: &JsValue) -> Result<u32, JsValue> {
    POOL.with(|pool| pool.mount(into, props(host, config)))
}

/// Follows changed attributes; the state is kept.
pub fn update(turn: u32, host: HtmlElement, config: &JsValue) {
    POOL.with(|pool| pool.update(turn, props(host, config)));
}

/// Takes the form off the page.
pub fn unmount(turn: u32) {
    POOL.with(|pool| pool.unmount(turn));
}
