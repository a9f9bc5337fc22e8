//! A failure as a sentence: what happened, and what to do next.

use crate::{
    backend::Failure,
    i18n::{Message, Plural, Texts},
};
use sspr_core::wire::ProblemCode;
use yew::AttrValue;

const LOST: Message = Message {
    key: "failure.lost",
    en: "We could not reach the server. Check your connection and try again. What you typed is still here.",
};
const TIMED_OUT: Message =
    Message { key: "failure.timed-out", en: "The server took too long to answer. Please try again." };
const BROKEN: Message =
    Message { key: "failure.broken", en: "Something went wrong on our side. Please try again in a moment." };
const DIRECTORY: Message = Message {
    key: "failure.directory",
    en: "Your account cannot be reached right now. Nothing was changed. Please try again in a few minutes.",
};
const NOT_ALLOWED: Message = Message {
    key: "failure.not-allowed",
    en: "This is not available to you here. Please contact the helpdesk.",
};
const VALUE: Message = Message { key: "failure.value", en: "This cannot be accepted. Check what you typed." };
const TAKEN: Message = Message { key: "failure.taken", en: "You have registered this already." };
const STALE: Message =
    Message { key: "failure.stale", en: "This page is out of date. Please go back or start again." };
const LAST_METHOD: Message = Message {
    key: "failure.last-method",
    en: "You need this method for resetting your password. Add another one first, then remove it.",
};
const LATER_SECONDS: Plural = Plural {
    key: "failure.later-seconds",
    one: "Please wait one second and try again.",
    other: "Please wait {count} seconds and try again.",
};
const LATER_MINUTES: Plural = Plural {
    key: "failure.later-minutes",
    one: "That was tried too often. Please try again in one minute.",
    other: "That was tried too often. Please try again in {count} minutes.",
};
const LATER_HOURS: Plural = Plural {
    key: "failure.later-hours",
    one: "That was tried too often. Please try again in one hour, or contact the helpdesk.",
    other: "That was tried too often. Please try again in {count} hours, or contact the helpdesk.",
};

/// A failure as a sentence for the person.
pub fn failure_text(t: &Texts, failure: &Failure) -> AttrValue {
    let Some(code) = failure.code() else {
        return match (failure, failure.retry_after()) {
            (Failure::Lost, _) => t.get(&LOST),
            (Failure::TimedOut, _) => t.get(&TIMED_OUT),
            (_, Some(seconds)) => later(t, seconds),
            _ => t.get(&BROKEN),
        };
    };
    match code {
        ProblemCode::RateLimited => later(t, failure.retry_after().unwrap_or(60)),
        ProblemCode::DirectoryUnavailable => t.get(&DIRECTORY),
        ProblemCode::NotAllowed | ProblemCode::PolicyForbids => t.get(&NOT_ALLOWED),
        ProblemCode::ValueRejected | ProblemCode::Malformed | ProblemCode::TooLarge => t.get(&VALUE),
        ProblemCode::ValueTaken => t.get(&TAKEN),
        ProblemCode::LastMethod => t.get(&LAST_METHOD),
        ProblemCode::WrongState | ProblemCode::MethodNotFound | ProblemCode::FlowGone => t.get(&STALE),
        _ => t.get(&BROKEN),
    }
}

fn later(t: &Texts, seconds: u32) -> AttrValue {
    match seconds {
        0..=90 => t.count(&LATER_SECONDS, seconds.max(1)),
        91..=5400 => t.count(&LATER_MINUTES, seconds.div_ceil(60)),
        _ => t.count(&LATER_HOURS, seconds.div_ceil(3600)),
    }
}
