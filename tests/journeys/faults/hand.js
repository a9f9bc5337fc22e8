// A person's hand and eye: what is on an element's screen, typing and pressing.

const { setTimeout: wait } = window;
export const pause = (time) => new Promise((done) => wait(done, time));

export const ask = async (command, query) =>
  (await fetch(`/control/${command}?${Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`)).json();

export const root = (element) => element.shadowRoot ?? element;
const all = (element, css) => [...root(element).querySelectorAll(css)];
const seen = (node) => node.checkVisibility({ visibilityProperty: true });

/** The step on the screen; nothing while there is no program. */
export const screen = (element) => root(element).querySelector("[data-step]")?.dataset.step;

export const isBusy = (element) =>
  all(element, "[aria-busy=true], .main[disabled], .danger[disabled], .loading").some(seen);

/** What a screen reader is told, without the seconds that pass. */
export const says = (element) =>
  all(element, "[role=alert], [role=status], .error").filter((node) => seen(node) && !node.matches(".unseen, .hint, .loading"))
    .map((node) => node.textContent.trim()).filter(Boolean).join(" | ");

export const ways = (element) =>
  all(element, "button").filter((it) => seen(it) && !it.disabled && it.getAttribute("aria-disabled") !== "true");

export const button = (element, css, text) =>
  all(element, css).find((it) => seen(it) && (!text || text.test(it.textContent)));

export function press(element, css, text) {
  const found = button(element, css, text);
  if (!found) throw new Error(`nothing to press: ${css} ${text ?? ""} on ${screen(element)}: ${root(element).querySelector("[data-step]")?.textContent}`);
  found.click();
}

export function type(element, name, text) {
  const field = root(element).querySelector(`[name='${name}']`);
  if (!field) throw new Error(`no field ${name} on ${screen(element)}`);
  if (field.value === text) return;
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export const typed = (element, name) => root(element).querySelector(`[name='${name}']`)?.value;

/** Waits until a question is answered with yes; longer than anything of the widget does. */
export async function until(question, what, time = 30000) {
  const end = performance.now() + time;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(12);
  }
}

/** Waits until the program has taken what was done and awaits nothing any more. */
export async function settled(element) {
  await pause(0);
  await pause(5);
  await until(() => !isBusy(element), "an end of waiting");
  await pause(5);
  await until(() => !isBusy(element), "an end of waiting");
}
