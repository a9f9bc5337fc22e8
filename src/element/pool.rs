//! The Yew roots behind the elements of a page.
//!
//! Yew leaves its delegated listeners on a root for ever, so a destroyed root is a leak. Roots are therefore emptied,
//! parked and used again: what stays behind is bounded by the most elements ever shown at one time.

use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;
use web_sys::{Element, Node};
use yew::prelude::*;

/// What a root renders: nothing while it is parked.
#[derive(Properties)]
struct RootProps<C: BaseComponent<Properties: Clone>> {
    turn: u32,
    props: Option<C::Properties>,
}

impl<C: BaseComponent<Properties: Clone>> PartialEq for RootProps<C> {
    fn eq(&self, other: &Self) -> bool {
        self.turn == other.turn && self.props == other.props
    }
}

/// Renders a component afresh with each turn.
struct Root<C>(std::marker::PhantomData<C>);

impl<C: BaseComponent<Properties: Clone>> Component for Root<C> {
    type Message = ();
    type Properties = RootProps<C>;

    fn create(_: &Context<Self>) -> Self {
        Self(std::marker::PhantomData)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match &ctx.props().props {
            Some(props) => html! { <C key={ctx.props().turn} ..props.clone() /> },
            None => Html::default(),
        }
    }
}

type Slot<C> = (Element, yew::AppHandle<Root<C>>);

/// The roots of one kind of element.
pub struct Pool<C: BaseComponent<Properties: Clone>> {
    parked: RefCell<Vec<Slot<C>>>,
    live: RefCell<Vec<(u32, Slot<C>)>>,
    turn: Cell<u32>,
}

impl<C: BaseComponent<Properties: Clone>> std::fmt::Debug for Pool<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pool")
    }
}

impl<C: BaseComponent<Properties: Clone>> Default for Pool<C> {
    fn default() -> Self {
        Self { parked: RefCell::default(), live: RefCell::default(), turn: Cell::new(0) }
    }
}

impl<C: BaseComponent<Properties: Clone>> Pool<C> {
    /// Renders into a node and returns the number that [`Pool::update`] and [`Pool::unmount`] take.
    ///
    /// # Errors
    /// What the document says when it takes no element.
    pub fn mount(&self, into: &Node, props: C::Properties) -> Result<u32, JsValue> {
        let turn = self.turn.get().wrapping_add(1);
        self.turn.set(turn);
        let props = RootProps { turn, props: Some(props) };
        let parked = self.parked.borrow_mut().pop();
        let slot = match parked {
            Some((element, mut handle)) => {
                into.append_child(&element)?;
                handle.update(props);
                (element, handle)
            }
            None => {
                let document = into.owner_document().ok_or(JsValue::NULL)?;
                // Yew mounts in an element, and a shadow root is none.
                let element = document.create_element("div")?;
                into.append_child(&element)?;
                let handle = yew::Renderer::<Root<C>>::with_root_and_props(element.clone(), props).render();
                (element, handle)
            }
        };
        self.live.borrow_mut().push((turn, slot));
        Ok(turn)
    }

    /// Renders with other properties; the state is kept.
    pub fn update(&self, turn: u32, props: C::Properties) {
        let mut live = self.live.borrow_mut();
        if let Some((_, (_, handle))) = live.iter_mut().find(|(number, _)| *number == turn) {
            handle.update(RootProps { turn, props: Some(props) });
        }
    }

    /// Takes it off the page and forgets its state.
    pub fn unmount(&self, turn: u32) {
        let mut live = self.live.borrow_mut();
        let place = live.iter().position(|(number, _)| *number == turn);
        if let Some((element, mut handle)) = place.map(|place| live.swap_remove(place).1) {
            handle.update(RootProps { turn, props: None });
            element.remove();
            self.parked.borrow_mut().push((element, handle));
        }
    }
}
