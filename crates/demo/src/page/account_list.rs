//! The accounts to try, with what is special about each.

use super::sign_in;
use crate::{
    backend::Backend,
    people::{self, Person},
    texts::Language,
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct AccountListProps {
    pub(super) language: Language,
    pub(super) backend: Backend,
}

/// The panel.
#[component]
pub(super) fn AccountList(props: &AccountListProps) -> Html {
    let text = |key| props.language.text(key);
    let people = use_memo((), |()| people::shown());
    let note = match props.backend {
        Backend::Inside(_) => "people.note.inside",
        Backend::Server => "people.note.server",
    };
    html! {
        <section class="card" id="people" aria-labelledby="people-title">
            <h2 id="people-title">{ text("people.title") }</h2>
            <p class="quiet">{ text(note) }</p>
            <ul class="people">{ for people.iter().map(|person| entry(person, props.language)) }</ul>
        </section>
    }
}

fn entry(person: &Person, language: Language) -> Html {
    let fill = {
        let (name, password) = (person.username.clone(), person.password.clone());
        Callback::from(move |_: MouseEvent| sign_in::fill(&name, Some(&password)))
    };
    html! {
        <li key={person.username.clone()}>
            <button type="button" class="small" onclick={fill}>{ language.text("people.use") }</button>
            <strong>{ &person.display_name }</strong>
            <p><code>{ &person.username }</code>{ " " }<code>{ &person.password }</code></p>
            <p class="quiet">{ person.about(language) }</p>
        </li>
    }
}
