//! An element's form on a page, and a person at it.

use super::Person;
use sspr_widget::{
    backend::{AccountBackend, Shared},
    element::{Drive, Form, FormProps},
    i18n::Texts,
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// A form in the document.
pub(crate) struct Page {
    root: Element,
}

impl Page {
    /// Shows a form against this person's backend.
    pub(crate) async fn open<F: Drive<Backend = dyn AccountBackend, Seed = ()>>(person: &Person) -> Self {
        let document = web_sys::window().expect("a window").document().expect("a document");
        let root = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&root).expect("appended");
        let props = FormProps::<F> {
            backend: Shared(Rc::new(person.clone()) as Rc<dyn AccountBackend>),
            texts: Texts::english(),
            seed: (),
            on_event: yew::Callback::noop(),
        };
        yew::Renderer::<Form<F>>::with_root_and_props(root.clone(), props).render();
        let page = Self { root };
        page.settle().await;
        page
    }

    /// Lets everything that was started come to rest.
    pub(crate) async fn settle(&self) {
        for _ in 0..8 {
            yew::scheduler::flush().await;
            let tick = js_sys::Promise::resolve(&wasm_bindgen::JsValue::UNDEFINED);
            wasm_bindgen_futures::JsFuture::from(tick).await.expect("a tick");
        }
    }

    /// Everything that can be read.
    pub(crate) fn text(&self) -> String {
        self.root.unchecked_ref::<HtmlElement>().inner_text()
    }

    /// The first element, if it is there.
    pub(crate) fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).expect("a selector")?.dyn_into().ok()
    }

    /// The QR code.
    pub(crate) fn picture(&self) -> Option<Element> {
        self.root.query_selector(".app-key svg").expect("a selector")
    }

    /// The heading.
    pub(crate) fn heading(&self) -> String {
        self.find("h2:not([hidden] *)").map(|heading| heading.inner_text()).unwrap_or_default()
    }

    /// Presses the button that reads so, by its name for screen readers.
    pub(crate) async fn press(&self, name: &str) {
        let buttons = self.root.query_selector_all("button:not([hidden] *)").expect("a selector");
        let button = (0..buttons.length())
            .filter_map(|index| buttons.item(index)?.dyn_into::<HtmlElement>().ok())
            .find(|button| {
                button.get_attribute("aria-label").as_deref() == Some(name)
                    || button.inner_text().trim() == name
            })
            .unwrap_or_else(|| panic!("no button {name:?} in: {}", self.text()));
        button.click();
        self.settle().await;
    }

    /// Types into a field.
    pub(crate) fn fill(&self, selector: &str, text: &str) {
        self.find(selector).expect(selector).unchecked_into::<HtmlInputElement>().set_value(text);
    }

    /// Ticks a box or chooses a radio.
    pub(crate) fn tick(&self, selector: &str) {
        self.find(selector).expect(selector).unchecked_into::<HtmlInputElement>().set_checked(true);
    }

    /// Chooses an option.
    pub(crate) async fn select(&self, selector: &str, value: &str) {
        let select: HtmlSelectElement = self.find(selector).expect(selector).unchecked_into();
        select.set_value(value);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("change", &init).expect("an event");
        select.dispatch_event(&event).expect("dispatched");
        self.settle().await;
    }

    /// The error that a field is tied to.
    pub(crate) fn error_of(&self, selector: &str) -> Option<String> {
        let field = self.find(selector)?;
        let described = field.get_attribute("aria-describedby")?;
        (field.get_attribute("aria-invalid").as_deref() == Some("true")).then_some(())?;
        let ids = described.split(' ').filter(|id| id.ends_with("-error"));
        ids.filter_map(|id| self.find(&format!("#{id}"))).map(|error| error.inner_text()).next()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}
