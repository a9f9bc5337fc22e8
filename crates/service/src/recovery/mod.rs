//! The recovery of a person who cannot sign in, one step a file. A decoy takes the same steps as a real flow.

mod again;
mod cancel;
mod challenge;
mod decoy;
mod eligibility;
mod extend;
mod gate;
mod judge;
mod link;
mod notices;
mod number;
mod password;
mod record;
mod start;
mod unlock;
mod verify;
mod view;
