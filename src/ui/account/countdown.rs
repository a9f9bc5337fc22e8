//! Seconds that pass.

use wasm_bindgen::{JsCast, closure::Closure};
use yew::prelude::*;

/// Seconds left of these, down to 0. Counts by the clock, since browsers slow timers in the background.
#[hook]
pub fn use_countdown(seconds: u32) -> u32 {
    let left = use_state(|| seconds);
    let setter = left.setter();
    use_effect_with(seconds, move |seconds| {
        let seconds = *seconds;
        let end = js_sys::Date::now() + f64::from(seconds) * 1000.0;
        setter.set(seconds);
        let tick = Closure::<dyn FnMut()>::new(move || {
            let millis = (end - js_sys::Date::now()).max(0.0);
            // Saturates, and there is nothing to round that anybody sees.
            setter.set((millis / 1000.0).ceil() as u32);
        });
        let window = web_sys::window();
        let timer = window.as_ref().filter(|_| seconds > 0).and_then(|window| {
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), 1000)
                .ok()
        });
        move || {
            if let (Some(window), Some(timer)) = (window, timer) {
                window.clear_interval_with_handle(timer);
            }
            drop(tick);
        }
    });
    *left
}
