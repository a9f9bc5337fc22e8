//! `<sspr-admin>`: from its settings to its flow, and from its flow's effects to the backend and the page.

use super::{
    Config, Mount, PageEvent, Pool,
    driver::{Doing, Drive, Form, FormProps, Later},
};
use crate::{
    backend::{AdminBackend, Failure, Shared},
    flow::admin::{Admin, Effect, Event, Notice},
    ui::admin::AdminView,
};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The administrator's panel as a Yew component.
pub type AdminForm = Form<Admin>;

impl Drive for Admin {
    type Event = Event;
    type Effect = Effect;
    type Backend = dyn AdminBackend;
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
        Admin::step_name(self)
    }

    fn notices(&self) -> u32 {
        self.notices
    }

    fn failure(&self) -> Option<&Failure> {
        match &self.notice {
            Some(Notice::Failure(failure)) => Some(failure),
            _ => None,
        }
    }

    fn perform(effect: Effect, doing: &mut Doing<'_, Self>) -> Option<Later<Event>> {
        match effect {
            Effect::Call(request) => {
                let answer = doing.backend.call(&doing.key(request.operation), request.call);
                let turn = request.turn;
                Some(Box::pin(async move { Some(Event::Answered { turn, result: answer.await }) }))
            }
            Effect::Error(code) => {
                doing.tell.emit(PageEvent::Error(code));
                None
            }
        }
    }

    fn view(flow: &Rc<Self>, send: &Callback<Event>, form: &FormProps<Self>) -> Html {
        html! { <AdminView flow={flow.clone()} send={send.clone()} t={form.texts.clone()} /> }
    }
}

thread_local! {
    static POOL: Pool<AdminForm> = Pool::default();
}

impl Mount for Admin {
    fn props(host: HtmlElement, config: Config) -> FormProps<Self> {
        FormProps {
            backend: Shared(Rc::new(config.http)),
            texts: config.texts,
            seed: (),
            on_event: Callback::from(move |event: PageEvent| event.dispatch(&host)),
        }
    }

    fn with_pool<R>(work: impl FnOnce(&Pool<AdminForm>) -> R) -> R {
        POOL.with(work)
    }
}
