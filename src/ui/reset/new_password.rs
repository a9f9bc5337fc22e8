//! The new password.

use super::{View, frame::Frame, texts};
use crate::{
    flow::reset::Event,
    ui::parts::{NewPassword, nfc},
};
use sspr_core::policy::PasswordPolicy;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What it must be.
#[derive(Clone, PartialEq, Properties)]
pub struct SetPasswordProps {
    /// The flow.
    pub view: View,
    /// The policy with the person's own terms.
    pub policy: PasswordPolicy,
}

/// Asks for the new password.
#[component]
pub fn SetPassword(props: &SetPasswordProps) -> Html {
    let SetPasswordProps { view, policy } = props;
    let (t, flow) = (&view.t, &view.flow);
    let (input, end) = (use_node_ref(), use_node_ref());
    let on_submit = {
        let (send, input, end) = (view.send.clone(), input.clone(), end.clone());
        Callback::from(move |()| {
            let end = end.cast::<HtmlInputElement>().is_some_and(|end| end.checked());
            send.emit(Event::Password(nfc(&input), end));
        })
    };
    let offers_end = flow.description.as_ref().is_some_and(|it| it.features.end_other_sessions);
    let account = flow.account.clone().unwrap_or_else(|| flow.identifier.clone());
    html! {
        <Frame view={view.clone()} title={t.get(&texts::PASSWORD_TITLE)} submit={t.get(&texts::PASSWORD_SUBMIT)} {on_submit}>
            // Password managers save the new password under the name they find in the same form.
            <input class="unseen" type="text" name="username" autocomplete="username" readonly=true tabindex="-1"
                aria-label={t.get(&texts::PASSWORD_USERNAME)} value={account} />
            <NewPassword t={t.clone()} id="new-password" label={t.get(&texts::PASSWORD_LABEL)} policy={policy.clone()}
                error={view.field_error()} {input} />
            if offers_end {
                <label class="check">
                    <input ref={end} type="checkbox" checked=true />
                    { " " }{ t.get(&texts::END_SESSIONS) }
                </label>
            }
        </Frame>
    }
}
