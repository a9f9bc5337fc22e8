//! The panel that lets time pass for the service inside the page.

use crate::{backend::inside, texts::Language};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Text key and seconds of each button.
const STEPS: [(&str, u32); 3] =
    [("time.minutes", 10 * 60 + 1), ("time.hours", 2 * 60 * 60), ("time.months", 183 * 24 * 60 * 60)];

#[derive(PartialEq, Properties)]
pub(super) struct TimeProps {
    pub(super) language: Language,
}

/// The panel.
#[component]
pub(super) fn Time(props: &TimeProps) -> Html {
    let text = |key| props.language.text(key);
    let times = use_state(|| 0_u32);
    html! {
        <section class="card" id="time" aria-labelledby="time-title">
            <h2 id="time-title">{ text("time.title") }</h2>
            <p class="quiet">{ text("time.note") }</p>
            <p class="row">
                for (key, seconds) in STEPS {
                    <button type="button" class="small" data-seconds={seconds.to_string()} onclick={
                        let times = times.clone();
                        move |_: MouseEvent| {
                            let times = times.clone();
                            spawn_local(async move {
                                inside::let_time_pass(seconds).await;
                                times.set(*times + 1);
                            });
                        }
                    }>{ text(key) }</button>
                }
            </p>
            <p role="status" class="quiet" data-times={times.to_string()}>
                if *times > 0 { { text("time.passed") } }
            </p>
        </section>
    }
}
