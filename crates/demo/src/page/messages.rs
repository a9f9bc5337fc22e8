//! The panel of everything that was sent: mails, texts and calls.

use crate::{
    backend::{Backend, Channel, Message, new_messages},
    texts::Language,
};
use gloo_timers::future::TimeoutFuture;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Milliseconds between two looks for new messages.
const LOOK_EVERY: u32 = 400;
/// The same where there is no mailbox to look into, as on a server in use.
const LOOK_AFTER_FAILURE: u32 = 30_000;

#[derive(PartialEq, Properties)]
pub(super) struct MessagesProps {
    pub(super) language: Language,
    pub(super) backend: Backend,
}

/// The panel.
#[component]
pub(super) fn Messages(props: &MessagesProps) -> Html {
    let messages = use_state_eq(|| Rc::<[Message]>::from([]));
    use_effect_with(props.backend.clone(), {
        let messages = messages.clone();
        move |backend| {
            let (backend, looking) = (backend.clone(), Rc::new(Cell::new(true)));
            let on_screen = looking.clone();
            spawn_local(async move {
                let mut known = Vec::new();
                while looking.get() {
                    let pause = match new_messages(&backend, &known).await {
                        Some(now) => {
                            if now != known {
                                messages.set(now.as_slice().into());
                                known = now;
                            }
                            LOOK_EVERY
                        }
                        None => LOOK_AFTER_FAILURE,
                    };
                    TimeoutFuture::new(pause).await;
                }
            });
            move || on_screen.set(false)
        }
    });

    let text = |key| props.language.text(key);
    let language = props.language;
    html! {
        <section class="card" id="messages" aria-labelledby="messages-title">
            <h2 id="messages-title">{ text("messages.title") }</h2>
            <p class="quiet">{ text("messages.note") }</p>
            <div aria-live="polite">
                if messages.is_empty() {
                    <p>{ text("messages.none") }</p>
                }
                <ol class="messages">
                    for (at, message) in messages.iter().enumerate() {
                        <li key={message.id.clone()} data-channel={word(message.channel)} data-to={message.to.clone()}>
                            <details open={at == 0}>
                                <summary>
                                    <span class="kind">{ text(channel_key(message.channel)) }</span>
                                    <strong>{ message.subject.clone() }</strong>
                                    <span class="to">{ format!("{} {}", language.text("messages.to"), message.to) }</span>
                                </summary>
                                <pre>{ for pieces(&message.text).into_iter().map(piece) }</pre>
                            </details>
                        </li>
                    }
                </ol>
            </div>
        </section>
    }
}

fn word(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
        Channel::Voice => "voice",
    }
}

fn channel_key(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "messages.email",
        Channel::Sms => "messages.sms",
        Channel::Voice => "messages.voice",
    }
}

/// A message's text cut before and after each address.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("http://").or_else(|| rest.find("https://")) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        pieces.extend([before, address]);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// An address becomes a link. In this page it only changes the fragment, so the service inside lives on.
fn piece(piece: &str) -> Html {
    if piece.starts_with("http") {
        html! { <a href={piece.to_owned()}>{ piece }</a> }
    } else {
        html! { { piece } }
    }
}
