//! Seconds that pass.

use wasm_bindgen::{JsCast, closure::Closure};
use yew::prelude::*;

/// What counts down.
#[derive(Clone, PartialEq, Properties)]
pub struct CountdownProps {
    /// Seconds from now.
    pub seconds: u32,
    /// Shows the seconds that are left.
    pub show: Callback<u32, Html>,
    /// Hears once that none are left.
    #[prop_or_default]
    pub over: Callback<()>,
}

/// Counts by the clock, since browsers slow timers in the background. Starts anew when its key or seconds change.
#[derive(Debug)]
pub struct Countdown {
    end: f64,
    left: u32,
    timer: Option<Timer>,
}

#[derive(Debug)]
struct Timer {
    id: i32,
    _tick: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.id);
        }
    }
}

impl Component for Countdown {
    type Message = ();
    type Properties = CountdownProps;

    fn create(ctx: &Context<Self>) -> Self {
        let seconds = ctx.props().seconds;
        let link = ctx.link().clone();
        let tick = Closure::<dyn FnMut()>::new(move || link.send_message(()));
        let id = web_sys::window().and_then(|window| {
            let every_second = tick.as_ref().unchecked_ref();
            window.set_interval_with_callback_and_timeout_and_arguments_0(every_second, 1000).ok()
        });
        let timer = id.map(|id| Timer { id, _tick: tick });
        Self { end: js_sys::Date::now() + f64::from(seconds) * 1000.0, left: seconds, timer }
    }

    fn update(&mut self, ctx: &Context<Self>, (): ()) -> bool {
        // Saturates at both ends; a clock that was set back makes nobody wait longer.
        let left = ((self.end - js_sys::Date::now()) / 1000.0).ceil().max(0.0) as u32;
        let left = left.min(ctx.props().seconds);
        let changed = left != self.left;
        self.left = left;
        if left == 0 && self.timer.take().is_some() {
            ctx.props().over.emit(());
        }
        changed
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        ctx.props().show.emit(self.left)
    }
}
