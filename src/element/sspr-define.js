// The custom elements <sspr-reset>, <sspr-enroll> and <sspr-change>: everything of them that is no Yew component. The
// programs behind the elements, the styles and the texts come when they are needed.

const at = (name) => new URL(name, import.meta.url);
const idle = globalThis.requestIdleCallback ?? setTimeout;

// Constructed sheets apply under any Content-Security-Policy of the page. The second one is for elements without a
// shadow root.
const sheet = new CSSStyleSheet();
const scoped = new CSSStyleSheet();
const tags = new Set();

/** Milliseconds after which a program is not waited for any longer; a file of texts is given up sooner. */
const PATIENCE = 60_000;
const late = () => new Promise((_, fail) => setTimeout(fail, PATIENCE));

/** The styles so far: a file for all elements, and further ones once what they are for is shown. */
/** Bytes of an answer after which no more is read: a hundred times what the longest answer of our contract has. */
const LONGEST = 1 << 20;

/** A `fetch` whose answers come to an end: what goes on and on is told as what took too long. */
const bounded = (fetch) => async (...request) => {
  // The page's, as it is when it is called: pages put others in its place.
  const answer = await (fetch ?? globalThis.fetch)(...request);
  if (!(answer instanceof Response)) return answer;
  let left = LONGEST;
  const transform = (chunk, out) => ((left -= chunk.length) < 0 ? out.error(new DOMException("", "TimeoutError")) : out.enqueue(chunk));
  return new Response(answer.body?.pipeThrough(new TransformStream({ transform })), answer);
};

let styles = "";
const files = new Set();
function style(name) {
  if (files.has(name)) return;
  files.add(name);
  fetch(at(name))
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => sheet.replaceSync((styles += text)))
    .then(scope, () => {});
}
style("widget.css");

/** The styles again for the elements that render among the page's own. */
function scope() {
  const hosts = [...tags].map((tag) => `${tag}[render="light"]`);
  const inside = styles.replaceAll(/:host(?:\(([^)]*)\))?/g, (_, which = "") => `:scope${which}`);
  if (hosts.length) scoped.replaceSync(`@scope (${hosts}) to ([slot]) { ${inside} }`);
}

/** The programs, by name: “reset”, “account” or “admin”. Each is started once and again after a crash. */
const programs = new Map();
const restarts = { reset: 0, account: 0, admin: 0 };

function program(name) {
  if (name !== "reset") style("account.css");
  if (!programs.has(name)) {
    // A program that crashed lives on in its module, and a module that did not come stays missing under its address:
    // the next start asks for another one.
    const again = restarts[name] ? `?${restarts[name]}` : "";
    const wasm = fetch(at(`sspr-${name}_bg.wasm${again}`), { signal: AbortSignal.timeout(PATIENCE) });
    const loaded = import(at(`sspr-${name}.js${again}`).href).then(async (glue) => {
      await glue.default({ module_or_path: wasm });
      glue.on_panic(() => crashed(name));
      glue.strength(estimator);
      return glue;
    });
    const started = Promise.race([loaded, late()]);
    wasm.catch(() => {});
    started.catch(() => stopped(name));
    programs.set(name, started);
  }
  return programs.get(name);
}

/** How strength is estimated: the small list of words comes first, the full one when nothing else is to be done. */
async function estimator(lang) {
  const { load, estimate } = await import(at("sspr-strength.js").href);
  await load({ lang });
  idle(() => load({ words: "full", lang }));
  return estimate;
}

/** Elements with a running program. */
const live = new Set();

function stopped(name) {
  programs.delete(name);
  restarts[name]++;
}

function crashed(name) {
  stopped(name);
  for (const element of [...live]) if (element.constructor.program === name) queueMicrotask(() => element.crashed());
}

/** Whether an error came out of a program that runs, such as one that used up its stack: it has ended, then. */
function trapped(error) {
  const name = [...programs.keys()].find((name) => error?.stack?.includes?.(`sspr-${name}_bg.wasm`));
  if (name) crashed(name);
  return name;
}
addEventListener("error", ({ error }) => trapped(error));

/** The texts of a language, from the file of the whole tag or of its language; English needs none. */
const catalogs = new Map();

function catalog(lang, suffix) {
  const key = lang + suffix;
  if (!catalogs.has(key)) catalogs.set(key, load(lang, suffix));
  return catalogs.get(key);
}

async function load(lang, suffix) {
  if (/^en\b/i.test(lang) || !/^[a-z0-9-]+$/i.test(lang)) return {};
  for (const tag of new Set([lang, lang.split("-")[0]])) {
    try {
      const answer = await fetch(at(`locales/${tag}${suffix}.json`), { signal: AbortSignal.timeout(PATIENCE / 6) });
      if (answer.ok) return await answer.json();
    } catch {
      // Texts that do not come are shown in English.
    }
  }
  return {};
}

/** Makes an element with properties, attributes and children. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Names of what Rust takes as it is. */
const PROPERTIES = ["fetch", "headers", "messages", "captcha"];

/** What the three elements have in common. */
export class SsprElement extends HTMLElement {
  static observedAttributes = ["backend", "backend-kind", "lang", "identifier"];
  #given = {};
  #turn = 0;
  #glue;
  #number;
  #stage;
  #fallback;
  #painted;
  #link;
  #texts = {};
  #work;

  constructor() {
    super();
    this.addEventListener("sspr-ready", () => this.#takeOver());
    this.addEventListener("sspr-ready", () => idle(() => this.#offerHelp()));
    this.addEventListener("sspr-step", (event) => this.setAttribute("view", event.detail.step));
  }

  async connectedCallback() {
    for (const name of [...PROPERTIES, "backend", "identifier", "linkParam"]) this.#upgrade(name);
    if (this.#number !== undefined) return; // Moved within the page: the state is kept.
    const turn = ++this.#turn;
    // Kept until the program has it: it is in the address bar no more.
    const link = (this.#link = this.takeLink() ?? this.#link);
    const started = program(this.constructor.program);
    started.catch(() => {});
    try {
      await this.#read(() => turn === this.#turn && !link && this.#paint());
      const glue = await started;
      // Read again: the page's own scripts set properties while the program was on its way.
      const config = { ...(await Promise.race([this.#config(), late()])), link };
      if (turn !== this.#turn || !this.isConnected) return;
      this.#glue = glue;
      live.add(this);
      if (!this.#painted) this.#show();
      this.#number = glue.mount(this.constructor.form, this, this.#stage, config);
      this.#link = undefined;
    } catch (error) {
      if (!trapped(error) && turn === this.#turn) this.#fail("boot");
    }
  }

  disconnectedCallback() {
    // A move is a disconnect and a connect in one task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#turn++;
      this.#unmount();
      this.#clear();
    });
  }

  async attributeChangedCallback() {
    if (this.#number === undefined) return;
    const turn = this.#turn;
    const config = await this.#config();
    if (turn === this.#turn && this.#number !== undefined) this.#glue.update(this.#number, this, config);
    this.#offerHelp();
  }

  /** Starts anew: after a crash, after the network came back, or with another mailed link. */
  retry() {
    this.#unmount();
    return this.connectedCallback();
  }

  /** The program behind it has ended in a panic: the page's own fallback shows again. */
  crashed() {
    live.delete(this);
    this.#number = undefined;
    const typed = this.#stage.querySelector("[name=identifier]")?.value;
    if (typed) this.identifier = typed;
    this.#fail("crash");
  }

  takeLink() {}

  /** The address of a backend, or an object that answers in its place (see sspr-host.js). */
  get backend() { return this.#given.backend ?? this.getAttribute("backend") ?? "/sspr/v1"; }
  set backend(value) {
    this.#given.backend = typeof value === "object" && value ? value : undefined;
    if (this.#given.backend) this.attributeChangedCallback();
    else this.setAttribute("backend", value);
  }
  get identifier() { return this.getAttribute("identifier") ?? ""; }
  set identifier(text) { this.setAttribute("identifier", text); }
  get linkParam() { return this.getAttribute("link-param") ?? "sspr"; }
  set linkParam(name) { this.setAttribute("link-param", name); }
  /** The language: the nearest `lang` of the page, else the browser's. */
  get language() {
    const lang = this.closest("[lang]:not([lang=''])")?.lang ?? navigator.language;
    try {
      return Intl.getCanonicalLocales(lang.replaceAll("_", "-"))[0] ?? "en";
    } catch {
      return "en"; // What is no language tag would make every date and plural fail.
    }
  }

  /** A property that was set before the element was defined hides the accessor; it is given to it. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  /** Fetches the texts of the language, and gives the language. */
  async #read(paint) {
    const lang = this.language;
    if (/^en\b/i.test(lang)) {
      // Nothing has to be fetched.
      this.#texts = { ...this.messages };
      paint?.();
    }
    const files = this.constructor.texts.map((suffix) => catalog(lang, suffix));
    this.#texts = Object.assign({}, ...(await Promise.all(files)), this.messages);
    paint?.();
    return lang;
  }

  async #config() {
    const lang = await this.#read();
    const { identifier, headers } = this;
    let { backend, fetch } = this;
    const [kind, ...families] = this.getAttribute("backend-kind")?.match(/[\w-]+/g) ?? [];
    if (kind && kind !== "sspr" && typeof backend === "string") {
      const { adapter } = await import(at(`adapters/${kind}.js`).href);
      backend = adapter({ base: backend, fetch, headers, families });
    }
    if (typeof backend === "object") {
      fetch = (await import(at("sspr-host.js").href)).hostFetch(backend);
      backend = "";
    }
    // Asked to prepare where the backend wants work of the browser, then for the proof.
    const captcha = (prepare) => {
      if (prepare) this.#work = import(at("sspr-captcha.js").href).then((it) => it.worker(this, { backend, fetch, headers }));
      else return this.#work?.then((prove) => prove()) ?? this.captcha?.();
    };
    return { backend, lang, identifier, page: location.href.split("#")[0], messages: this.#texts, fetch: bounded(fetch), headers, captcha };
  }

  #text(key, english) {
    return this.#texts[key] ?? english;
  }

  /** Puts nodes where the form goes: into the shadow root, or with render="light" among the page's own elements. */
  #show(...nodes) {
    if (!this.#stage) {
      this.#stage = make("div", {});
      for (const type of ["submit", "click"]) this.#stage.addEventListener(type, (event) => this.#ask(event), true);
      if (this.getAttribute("render") === "light") {
        const root = this.getRootNode();
        if (!root.adoptedStyleSheets.includes(scoped)) root.adoptedStyleSheets.push(scoped);
        this.#fallback = [...this.childNodes].filter((node) => !node.slot);
        for (const node of this.#fallback) node.remove();
        this.insertBefore(this.#stage, this.querySelector(":scope > [slot=footer]"));
      } else {
        const root = this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
        root.adoptedStyleSheets = [sheet];
        root.replaceChildren(make("slot", { name: "header" }), this.#stage, make("slot", { name: "footer" }));
      }
    }
    this.#stage.replaceChildren(...nodes);
  }

  /** Gives the page its own content back. */
  #clear() {
    this.shadowRoot?.replaceChildren();
    this.#stage?.remove();
    if (this.#fallback) this.append(...this.#fallback);
    this.#stage = this.#fallback = this.#painted = undefined;
  }

  /** Asks the page before something is sent; it may prevent that. */
  #ask(event) {
    const choice = event.type === "click" ? event.target.closest?.("[part~=choice][value]") : event.target;
    if (!choice || this.#painted || choice.closest("[aria-busy], [aria-disabled]")) return;
    const detail = { step: this.getAttribute("view") };
    if (this.dispatchEvent(new CustomEvent("sspr-submit", { bubbles: true, composed: true, cancelable: true, detail }))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Shows the first field before its program is there. */
  #paint() {
    if (this.#painted || !this.constructor.paints) return;
    const input = make("input", { id: "sspr-first", name: "identifier", autocomplete: "username", autocapitalize: "none", spellcheck: "false", part: "input", value: this.identifier });
    const form = make("form", { class: "page", part: "form", novalidate: "", method: "post", action: this.getAttribute("fallback") ?? "" },
      make("h2", { tabindex: "-1", part: "title" }, this.#text("identify.title", "Reset your password")),
      make("p", {}, this.#text("identify.text", "Tell us who you are. You will then prove it with a method that you registered.")),
      make("div", { class: "field" },
        make("label", { for: "sspr-first", part: "label" }, this.#text("identify.label", "E-mail address or user name")), input),
      make("div", { class: "actions" },
        make("button", { class: "main", part: "button main" }, this.#text("identify.submit", "Continue"))),
      make("slot", { name: "help" }));
    const root = make("div", { class: "sspr", lang: this.language, dir: "auto" }, form);
    this.#show(root);
    this.#painted = { root, form, input, sent: false };
    form.addEventListener("submit", (event) => {
      if (this.#painted?.posts) return;
      event.preventDefault();
      this.#painted.sent = true;
      form.querySelector("button").setAttribute("aria-disabled", "true");
    });
  }

  /** The program shows its own form: what was typed, the focus and the cursor go over. */
  #takeOver() {
    const painted = this.#painted;
    this.#painted = undefined;
    const step = this.#stage?.querySelector("[data-step]")?.dataset.step;
    if (step) this.setAttribute("view", step);
    if (!painted) return;
    const input = this.#stage?.querySelector(":scope > div > .sspr [name=identifier]");
    const focused = this.#stage.getRootNode().activeElement === painted.input;
    const { value, selectionStart, selectionEnd } = painted.input;
    painted.root.remove();
    if (!input) return;
    if (value !== painted.input.defaultValue) input.value = value;
    if (focused) {
      input.focus();
      input.setSelectionRange(selectionStart, selectionEnd);
    }
    if (painted.sent) input.form.requestSubmit();
  }

  /** “Having trouble?”, which a form does without where it does not come. */
  async #offerHelp() {
    style("help.css");
    try {
      const [{ offer }, texts] = await Promise.all([import(at("sspr-help.js").href), catalog(this.language, ".help")]);
      if (this.#number !== undefined) offer(this, this.#stage, texts);
    } catch {}
  }

  #unmount() {
    live.delete(this);
    this.#painted = this.#work = undefined;
    if (this.#number === undefined) return;
    this.#glue.unmount(this.#number);
    this.#number = undefined;
  }

  /** The program cannot run. The first form posts to the page's fallback address, where there is one; what the page wrote
   * between the tags says whom to ask. */
  #fail(code) {
    const detail = { code };
    const posts = this.constructor.paints && this.hasAttribute("fallback");
    if (posts) {
      this.#paint();
      this.#painted.posts = true;
      this.#painted.form.querySelector("button").removeAttribute("aria-disabled");
      if (this.#painted.sent) this.#painted.form.requestSubmit();
    }
    const again = make("button", { part: "button", type: "button" }, this.#text("try-again", "Try again"));
    again.addEventListener("click", () => this.retry());
    // Whom to ask: the page's own content for it, or the link that was last shown.
    const help = this.#stage?.querySelector("slot[name=help]")?.cloneNode(true) ?? make("slot", { name: "help" });
    const sorry = make("div", { class: "sspr", dir: "auto" }, make("div", { class: "page" },
      make("p", { class: "notice", part: "error", role: "alert" }, this.#text("failure.broken", "Something is wrong on our side. Please try again in a moment.")),
      make("div", { class: "actions" }, again), help));
    const own = this.#fallback ?? [...this.childNodes];
    const says = own.some((node) => !node.slot && node.textContent.trim());
    const shown = !says ? [sorry] : this.#fallback ?? [make("slot", {})];
    this.#show(...(posts ? [this.#painted.root] : []), ...(posts && !says ? [] : shown));
    if (!posts) this.#painted = undefined;
    this.dispatchEvent(new CustomEvent("sspr-error", { bubbles: true, composed: true, detail }));
  }

  static {
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, {
        get() { return this.#given[name]; },
        set(value) { this.#given[name] = value; this.attributeChangedCallback(); },
      });
    }
  }
}

/** A forgotten password. */
export class SsprReset extends SsprElement {
  static form = "reset";
  static program = "reset";
  static texts = [""];
  static paints = true;

  connectedCallback() {
    addEventListener("hashchange", this.#hashChanged);
    return super.connectedCallback();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.#hashChanged);
    super.disconnectedCallback();
  }

  #hashChanged = () => {
    if (this.#hash().has(this.linkParam)) this.retry();
  };

  #hash() {
    return new URLSearchParams(location.hash.slice(1));
  }

  /** Takes a mailed link's token out of the address bar at once; it stands nowhere else. */
  takeLink() {
    const hash = this.#hash();
    // Other systems than ours put it into the query, and into the fragment more that is secret.
    const theirs = this.hasAttribute("backend-kind");
    const query = new URLSearchParams(theirs ? location.search : "");
    const from = [hash, query].find((parameters) => parameters.has(this.linkParam));
    const token = from?.get(this.linkParam);
    if (!from) return undefined;
    from.delete(this.linkParam);
    const [search, rest] = [from === query ? query : location.search.slice(1), theirs && from === hash ? "" : hash].map(String);
    history.replaceState(history.state, "", location.pathname + (search && `?${search}`) + (rest && `#${rest}`));
    return token || undefined;
  }
}

/** The methods that a reset depends on. */
export class SsprEnroll extends SsprElement {
  static form = "enroll";
  static program = "account";
  static texts = ["", ".account"];
}

/** A known password. */
export class SsprChange extends SsprElement {
  static form = "change";
  static program = "account";
  static texts = ["", ".account"];
}

/** Defines the elements as `<prefix>-reset`, `<prefix>-enroll` and `<prefix>-change`. A second copy of this file leaves the
 * first one's elements alone. */
export function define(prefix = "sspr") {
  for (const Form of [SsprReset, SsprEnroll, SsprChange]) {
    const tag = `${prefix}-${Form.form}`;
    tags.add(tag);
    // One class defines one element.
    if (!customElements.get(tag)) customElements.define(tag, class extends Form {});
  }
  scope();
}
