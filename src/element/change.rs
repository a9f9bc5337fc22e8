//! `<sspr-change>`: from its settings to its flow, and from its flow's effects to the backend and the page.

use super::{
    Config, Mount, Pool, account,
    driver::{Doing, Drive, Form, FormProps, Later},
};
use crate::{
    backend::{AccountBackend, BreachedRanges, Failure, Shared},
    flow::{
        calls::Effect,
        change::{Change, Event, Notice},
    },
    ui::change::ChangeView,
};
use std::rc::Rc;
use web_sys::HtmlElement;
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
        html! { <ChangeView flow={flow.clone()} send={send.clone()} t={form.texts.clone()}
        ranges={Shared::<dyn BreachedRanges>(form.backend.0.clone())} /> }
    }
}

thread_local! {
    static POOL: Pool<ChangeForm> = Pool::default();
}

impl Mount for Change {
    fn props(host: HtmlElement, config: Config) -> FormProps<Self> {
        account::props(host, config)
    }

    fn with_pool<R>(work: impl FnOnce(&Pool<ChangeForm>) -> R) -> R {
        POOL.with(work)
    }
}
