//! `<sspr-enroll>`: from its settings to its flow, and from its flow's effects to the backend and the page.

use super::{
    Config, Mount, Pool, account,
    driver::{Doing, Drive, Form, FormProps, Later},
};
use crate::{
    backend::{AccountBackend, Failure},
    flow::{
        calls::Effect,
        enroll::{Enroll, Event, Notice},
    },
    ui::enroll::EnrollView,
};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The enrollment as a Yew component.
pub type EnrollForm = Form<Enroll>;

impl Drive for Enroll {
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
        Enroll::step_name(self)
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
        account::perform(effect, doing, |turn, result| Event::Answered { turn, result })
    }

    fn view(flow: &Rc<Self>, send: &Callback<Event>, form: &FormProps<Self>) -> Html {
        html! { <EnrollView flow={flow.clone()} send={send.clone()} t={form.texts.clone()} /> }
    }
}

thread_local! {
    static POOL: Pool<EnrollForm> = Pool::default();
}

impl Mount for Enroll {
    fn props(host: HtmlElement, config: Config) -> FormProps<Self> {
        account::props(host, config)
    }

    fn with_pool<R>(work: impl FnOnce(&Pool<EnrollForm>) -> R) -> R {
        POOL.with(work)
    }
}
