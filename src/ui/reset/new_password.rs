//! The new password.

use super::{View, frame::form, texts};
use crate::{
    flow::reset::Event,
    ui::parts::{NewPassword, Sent, nfc},
};
use sspr_core::policy::PasswordPolicy;
use std::rc::Rc;
use yew::prelude::*;

/// Asks for the new password.
pub(super) fn new_password(view: &View, policy: &Rc<PasswordPolicy>) -> Html {
    let (t, flow) = (&view.t, &view.flow);
    let offers_end = flow.description.as_ref().is_some_and(|it| it.features.end_other_sessions);
    // Without the box, because the description did not come, other sessions end: the safe side.
    let read = move |sent: Sent| {
        let end = !offers_end || sent.ticked("end-sessions");
        Event::Password(nfc(&sent.secret("new-password")), end)
    };
    let account = flow.account.clone().unwrap_or_else(|| flow.identifier.clone());
    form(
        view,
        &texts::PASSWORD_TITLE,
        &texts::PASSWORD_SUBMIT,
        read,
        html! {
            <>
                // Password managers save the new password under the name they find in the same form.
                <input class="unseen" type="text" name="username" autocomplete="username" readonly=true tabindex="-1"
                    aria-label={t.get(&texts::PASSWORD_USERNAME)} value={account} />
                <NewPassword t={t.clone()} name="new-password" label={t.get(&texts::PASSWORD_LABEL)} policy={policy.clone()}
                    ranges={view.ranges.clone()} error={view.field_error()} />
                if offers_end {
                    <label class="check">
                        <input name="end-sessions" type="checkbox" ~defaultChecked={true} />
                        { " " }{ t.get(&texts::END_SESSIONS) }
                    </label>
                }
            </>
        },
    )
}
