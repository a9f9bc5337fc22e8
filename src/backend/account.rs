//! What a signed-in person's elements ask of a backend: `/session` and everything under `/me`.

use sspr_core::{
    policy::PasswordPolicy,
    wire::{
        AddMethod, AddedMethod, ChangePassword, MethodList, PasswordChanged, Reauthenticate, ResendCode,
        SessionView, UpdateMethod, VerifyMethod,
    },
};

/// One call. The operation is the variant; its members are what the call carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountCall {
    /// `GET /session`: who is signed in. Also fetches the CSRF token that later calls need.
    Session,
    /// `POST /me/reauthenticate`: prove again who is sitting there.
    Reauthenticate(Reauthenticate),
    /// `GET /me/methods`.
    Methods,
    /// `POST /me/methods`.
    Add(AddMethod),
    /// `POST /me/methods/{id}/verify`.
    Verify(String, VerifyMethod),
    /// `POST /me/methods/{id}/resend`.
    Resend(String, ResendCode),
    /// `PATCH /me/methods/{id}`.
    Update(String, UpdateMethod),
    /// `DELETE /me/methods/{id}`.
    Remove(String),
    /// `POST /me/contacts/confirm`: everything is still right.
    ConfirmContacts,
    /// `POST /me/registration/skip`: not now.
    SkipRegistration,
    /// `GET /me/password`: the policy with the person's own terms.
    PasswordPolicy,
    /// `PUT /me/password`.
    ChangePassword(ChangePassword),
}

/// What a call brings back, by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountAnswer {
    /// Of [`AccountCall::Session`] and [`AccountCall::Reauthenticate`].
    Session(SessionView),
    /// Of every call that reads or changes the list as a whole.
    Methods(MethodList),
    /// Of [`AccountCall::Add`] and [`AccountCall::Resend`].
    Added(AddedMethod),
    /// Of [`AccountCall::PasswordPolicy`].
    Policy(PasswordPolicy),
    /// Of [`AccountCall::ChangePassword`].
    Changed(PasswordChanged),
}

impl AccountCall {
    /// Whether it only reads, so that giving up on it leaves nothing behind.
    pub fn is_read(&self) -> bool {
        matches!(self, Self::Session | Self::Methods | Self::PasswordPolicy)
    }
}
