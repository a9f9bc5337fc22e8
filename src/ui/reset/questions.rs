//! Answers to security questions.

use super::{
    View,
    frame::{form, other_method},
    texts,
};
use crate::{
    flow::reset::Event,
    ui::parts::{Sent, TextField},
};
use sspr_core::wire::{Challenge, Question, QuestionAnswer};
use yew::prelude::*;

/// Asks every question of the challenge.
pub(super) fn questions(view: &View, challenge: &Challenge) -> Html {
    let field = |(index, question): (usize, &Question)| {
        let field = TextField {
            name: name(index).into(),
            label: question.text.clone().into(),
            error: view.field_error().filter(|_| index == 0),
            autocomplete: "off",
            ..TextField::default()
        };
        field.show()
    };
    let asked = challenge.questions.clone();
    let read = move |sent: Sent| {
        let answers = asked.iter().enumerate().map(|(index, question)| QuestionAnswer {
            question: question.id.clone(),
            answer: sent.secret(&name(index)),
        });
        Event::Answers(answers.collect())
    };
    form(
        view,
        &texts::QUESTIONS_TITLE,
        &texts::CODE_SUBMIT,
        read,
        html! {
            // Other questions have other fields.
            <div key={challenge.id.clone()} class="page">
                { for challenge.questions.iter().enumerate().map(field) }
                <div class="aside">{ other_method(view) }</div>
            </div>
        },
    )
}

fn name(index: usize) -> String {
    format!("answer-{index}")
}
