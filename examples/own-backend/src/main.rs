//! The reset form over a backend of one's own.

mod backend;

use backend::OurApi;
use sspr_widget::{
    ResetForm,
    backend::{RecoveryBackend, Shared},
    element::reset::ResetSeed,
    i18n::Texts,
};
use std::rc::Rc;
use yew::prelude::*;

#[component]
fn Forgotten() -> Html {
    let texts = use_memo((), |()| Texts::english());
    let backend = use_memo((), |()| Shared(Rc::new(OurApi) as Rc<dyn RecoveryBackend>));
    html! {
        <ResetForm backend={(*backend).clone()} texts={(*texts).clone()} seed={ResetSeed::default()} on_event={|_| ()} />
    }
}

fn main() {
    yew::Renderer::<Forgotten>::new().render();
}
