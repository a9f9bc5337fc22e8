//! `/recovery`: one module a step.

mod challenge;
mod link;
mod password;
mod start;
mod unlock;
mod verify;
