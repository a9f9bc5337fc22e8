// The panel that edits the elements' custom properties: what is changed applies to every tile at once, as CSS to take along.

const ELEMENTS = "sspr-reset, sspr-enroll, sspr-change";

/** What each property is for. widget.css says which there are. */
const MEANING = {
  font: "typeface and size of text", text: "text", muted: "hints", surface: "background of fields", line: "borders",
  accent: "main button, links, focus", "on-accent": "text on the main button", good: "success, met rules", warn: "warnings",
  bad: "errors", radius: "corners", gap: "space between parts", control: "height of fields and buttons", width: "widest",
};

/** Each property that the styles read, with its default: the first `var(--sspr-…, …)` of its name. */
async function properties() {
  const styles = await (await fetch(new URL("../embed/widget.css", import.meta.url))).text();
  const found = new Map();
  for (const { 0: start, 1: name, index } of styles.matchAll(/var\((--sspr-[\w-]+),\s*/g)) {
    let end = index + start.length;
    for (let depth = 1; depth; end++) depth += { "(": 1, ")": -1 }[styles[end]] ?? 0;
    if (!found.has(name)) found.set(name, styles.slice(index + start.length, end - 1));
  }
  return found;
}

/** The light and the dark colour of a value, as colour inputs take them; nothing where it is no colour. */
function colours(value) {
  const hex = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/gi;
  const [light, dark = light] = (value.match(hex) ?? []).map((it) => (it.length === 4 ? it.replace(/[^#]/g, "$&$&") : it));
  return light && [light, dark];
}

/** Makes a labelled input. */
function input(type, label, name) {
  const field = Object.assign(document.createElement("input"), { type, spellcheck: false });
  field.setAttribute("aria-label", `${name} ${label}`.trim());
  return field;
}

/**
 * Fills the panel.
 *
 * @param {URLSearchParams} given values to begin with
 * @param {() => void} heard called after each change
 * @returns {Promise<{changed(): object, read(): void}>} what is changed, and a way to say that other styles apply
 */
export async function edit(given, heard) {
  const [form, css, said] = ["token-fields", "token-css", "token-said"].map((id) => document.getElementById(id));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${ELEMENTS} {}`);
  document.adoptedStyleSheets.push(sheet);
  const { style } = sheet.cssRules[0];
  const rows = [];

  /** What applies to the elements now. */
  function current(name, fallback) {
    const element = document.querySelector(ELEMENTS) ?? document.documentElement;
    return getComputedStyle(element).getPropertyValue(name).trim() || fallback;
  }

  function write() {
    const lines = [...style].map((name) => `  ${name}: ${style.getPropertyValue(name).trim()};`);
    css.value = lines.length ? `${ELEMENTS} {\n${lines.join("\n")}\n}\n` : "/* Nothing is changed yet. */";
  }

  function read() {
    for (const { name, fallback, fields } of rows) {
      const value = current(name, fallback);
      const values = fields.length === 2 ? colours(value) ?? colours(fallback) : [value];
      fields.forEach((field, at) => (field.value = values[at]));
    }
    write();
  }

  for (const [name, fallback] of await properties()) {
    const short = name.replace("--sspr-", "");
    const row = document.createElement("div");
    row.className = "token";
    const title = document.createElement("span");
    title.append(Object.assign(document.createElement("code"), { textContent: name }), ` ${MEANING[short] ?? ""}`);
    const fields = colours(fallback) ? [input("color", "in light", name), input("color", "in dark", name)] : [input("text", "", name)];
    for (const field of fields)
      field.addEventListener("input", () => {
        const [light, dark] = fields.map((it) => it.value.trim());
        style.setProperty(name, dark ? `light-dark(${light}, ${dark})` : light);
        write();
        heard();
      });
    row.append(title, ...fields);
    form.append(row);
    rows.push({ name, fallback, fields });
    if (given.has(name)) style.setProperty(name, given.get(name));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("token-clear").addEventListener("click", () => {
    for (const name of [...style]) style.removeProperty(name);
    read();
    heard();
  });
  document.getElementById("token-copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(css.value);
      said.textContent = "Copied.";
    } catch {
      css.select();
      said.textContent = "Selected: copy it with the keyboard.";
    }
  });
  if (style.length) document.getElementById("tokens").open = true;
  return { read, changed: () => Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name).trim()])) };
}
