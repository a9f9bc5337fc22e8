// Drives an element as a person would: finds fields and buttons in its shadow root, types, and presses.

/** Milliseconds until something that is to appear is given up. */
const PATIENCE = 20_000;
/** Milliseconds between looks. */
const PAUSE = 25;

/** What can be done to what a selector finds. */
const ACTS = {
  /** Types a text, as far as the page's scripts can tell. */
  fill(field, text) {
    // Loads the estimator of a new password; what has the real focus is the reader's business.
    field.dispatchEvent(new FocusEvent("focus"));
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  },
  choose(select, index) {
    select.selectedIndex = index;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  },
  press: (button) => button.click(),
  send: (form) => form.requestSubmit(),
};

/** Waits for something that is shown and waits for nothing itself. */
async function find(element, selector) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const found = element.shadowRoot?.querySelector(selector);
    if (found && !found.disabled && !found.closest("[aria-busy], [hidden], [aria-disabled=true]")) return found;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  throw new Error(`no ${selector}`);
}

/** Waits for a sight: it may be of something busy. */
async function see(element, selector) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    if (element.shadowRoot?.querySelector(selector)) return;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  throw new Error(`never saw ${selector}`);
}

/** Goes through the steps, `[act, selector, value]`, until what `end` selects is seen. */
export async function drive(element, steps, end) {
  for (const [act, selector, value] of steps) ACTS[act](await find(element, selector), value);
  await see(element, end);
}
