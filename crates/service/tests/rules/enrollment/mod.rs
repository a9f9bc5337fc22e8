//! Registering methods.

mod kinds;
mod rules;

use crate::support::{ANSWERS, World, app_code, receiver, run, text};
use sspr_core::wire::{
    AddMethod, AddedMethod, ChallengeKind as Kind, MethodKind, MethodList, OfferRefusal, PhoneChannel,
    QuestionAnswer, ResendCode, UpdateMethod, VerifyMethod,
};
use sspr_service::{Failure, OutgoingBody, Person};

fn bare(kind: MethodKind) -> AddMethod {
    AddMethod { kind, value: None, channel: None, label: None, answers: Vec::new() }
}

fn email(value: &str) -> AddMethod {
    AddMethod { value: Some(value.into()), ..bare(MethodKind::Email) }
}

fn phone(value: &str) -> AddMethod {
    AddMethod { value: Some(value.into()), ..bare(MethodKind::Phone) }
}

fn questions(answers: &[(&str, &str)]) -> AddMethod {
    let answer = |&(question, answer): &(&str, &str)| QuestionAnswer {
        question: question.into(),
        answer: answer.into(),
    };
    AddMethod { answers: answers.iter().map(answer).collect(), ..bare(MethodKind::Questions) }
}

async fn add(world: &World, person: &Person, add: AddMethod) -> Result<AddedMethod, Failure> {
    world.service.add_method(&world.caller, person, add).await
}

async fn verify(world: &World, person: &Person, id: &str, code: &str) -> Result<MethodList, Failure> {
    world.service.verify_method(&world.caller, person, id, VerifyMethod { code: code.into() }).await
}

async fn list(world: &World, person: &Person) -> MethodList {
    world.service.methods(&world.caller, person).await.unwrap()
}
