//! Getting recovery codes out of the browser: a text file, paper, the clipboard. Nothing here needs more than the
//! strictest Content-Security-Policy: the file is a Blob behind a link, the print rules are a constructed sheet.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, CssStyleSheet, Element, Node, ShadowRoot, Url};

/// An address of this text as a file, until it is dropped.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TextFile {
    address: String,
}

impl TextFile {
    /// Makes the file; `None` where the browser refuses.
    pub(super) fn new(text: &str) -> Option<Self> {
        let parts = js_sys::Array::of1(&JsValue::from_str(text));
        let options = BlobPropertyBag::new();
        options.set_type("text/plain;charset=utf-8");
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
        Some(Self { address: Url::create_object_url_with_blob(&blob).ok()? })
    }

    /// What a link's `href` takes.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for TextFile {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.address);
    }
}

/// Prints the page with nothing on the paper but the element that this node is in. What stays of the element
/// itself is up to its own style sheet.
pub(super) fn print_alone(node: &Node) {
    let Some(window) = web_sys::window() else { return };
    let sheet = node
        .get_root_node()
        .dyn_into::<ShadowRoot>()
        .ok()
        .and_then(|root| window.document().and_then(|document| hide_rest(&document, &root.host())));
    // Blocks until the dialogue is closed.
    let _ = window.print();
    if let Some(sheet) = sheet {
        let _ = sheet.replace_sync("");
    }
}

/// Adds the rules that hide the rest of the page on paper. `visibility`, because a visible part may stand inside a
/// hidden one.
fn hide_rest(document: &JsValue, host: &Element) -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    let name = host.local_name();
    sheet
        .replace_sync(&format!(
            "@media print {{ body * {{ visibility: hidden }} \
             {name} {{ visibility: visible; position: absolute; inset-block-start: 0; inset-inline: 0 }} }}"
        ))
        .ok()?;
    let key = JsValue::from_str("adoptedStyleSheets");
    let sheets = js_sys::Array::from(&js_sys::Reflect::get(document, &key).ok()?);
    // A sheet of an earlier print is empty by now and goes.
    let kept = sheets.filter(&mut |kept, _, _| {
        kept.dyn_ref::<CssStyleSheet>()
            .is_none_or(|kept| kept.css_rules().is_ok_and(|rules| rules.length() > 0))
    });
    kept.push(&sheet);
    js_sys::Reflect::set(document, &key, &kept).ok()?;
    Some(sheet)
}

/// Puts a text on the clipboard and tells whether that worked; without a secure origin there is none.
pub(super) async fn copy(text: String) -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    match clipboard.ok().and_then(|found| found.dyn_into::<web_sys::Clipboard>().ok()) {
        Some(clipboard) => wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok(),
        None => false,
    }
}
