// The gallery: a tile for each screen, and switches for everything that a page may choose. The address keeps the switches.
import { hostFetch } from "../embed/sspr-host.js";
import { drive } from "./drive.js";
import { ELEMENTS } from "./screens.js";
import { edit } from "./tokens.js";

const LANGUAGES = ["ar", "cs", "da", "de", "en", "es", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "vi", "zh", "zh-TW"];

const switches = document.getElementById("switches");
const said = document.getElementById("said");
const tiles = [];

/** Makes an element with attributes and children. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A tile: its heading, and the stage that its element stands on. */
function tile({ element, backend }, screen) {
  const id = `${element}-${screen.name}`;
  const again = make("button", { type: "button", class: "again", "aria-label": `Show again: ${screen.title}` }, "Again");
  const stage = make("div", { class: "stage" });
  const root = make("article", { class: "tile", id, "data-state": "waiting", "aria-labelledby": `${id}-title` },
    make("header", {}, make("h3", { id: `${id}-title` }, make("a", { href: `#${id}` }, screen.title)), again), stage);
  const made = { root, stage, screen: { steps: [], tag: `sspr-${element}`, backend, ...screen } };
  again.addEventListener("click", () => show(made));
  tiles.push(made);
  return root;
}

/** Puts a new element on a tile's stage and brings it to its screen. */
async function show(tile) {
  const { root, stage, screen } = tile;
  const element = make(screen.tag, screen.attributes, ...(screen.children ?? []).map(([slot, text]) => make("p", slot ? { slot } : {}, text)));
  const backend = screen.backend();
  if (screen.patient) {
    // A function in place of the object, and without the signal that ends a request after half a minute.
    element.setAttribute("backend", "");
    const ask = hostFetch(backend);
    element.fetch = (address, init) => ask(address, { ...init, signal: undefined });
  } else {
    element.backend = backend;
  }
  screen.setup?.(element);
  tile.element = element;
  dress(tile);
  root.dataset.state = "waiting";
  if (screen.after) element.addEventListener("sspr-ready", () => screen.after(element), { once: true });
  stage.replaceChildren(element);
  try {
    await drive(element, screen.steps, screen.end);
    root.dataset.state = "ready";
  } catch (error) {
    // An element that was replaced meanwhile has nothing to say.
    if (tile.element !== element) return;
    root.dataset.state = "failed";
    stage.append(make("p", { class: "failed", role: "alert" }, `It did not get there: ${error.message}`));
  }
  count();
}

/** Says how many screens are shown. */
function count() {
  const wanted = tiles.filter((tile) => tile.element);
  const ready = wanted.filter((tile) => tile.root.dataset.state === "ready");
  said.textContent = `${ready.length} of ${wanted.length} screens are shown.`;
  // It had the focus so that no element took it.
  if (ready.length === wanted.length && document.activeElement === said) said.blur();
}

/** What the switches say, those left alone apart. */
function chosen() {
  return Object.fromEntries([...new FormData(switches)].filter(([name, value]) => value && !(name === "lang" && value === "en")));
}

/** What a switch does to a tile's element. */
function dress({ element, stage }) {
  const { lang = "en", dir, dense } = chosen();
  element.lang = lang;
  element.toggleAttribute("dense", Boolean(dense));
  if (dir) stage.dir = dir;
  else stage.dir = new Intl.Locale(lang).language.match(/^(ar|he)$/) ? "rtl" : "ltr";
  stage.toggleAttribute("data-turned", Boolean(dir));
}

/** Follows the switches: the page, its tiles, and the address. */
function follow(changed) {
  const now = chosen();
  const { dataset } = document.documentElement;
  for (const name of ["colours", "width", "text"]) dataset[name] = now[name] ?? "";
  for (const section of document.querySelectorAll("main > section")) section.hidden = Boolean(now.element) && section.id !== now.element;
  for (const tile of tiles) {
    const hidden = tile.root.parentElement.closest("section").hidden;
    // What is painted before or without a program does not follow its language.
    if (!tile.element || (changed === "lang" && tile.screen.still)) hidden || show(tile);
    else dress(tile);
  }
  count();
  address(now);
}

/** Keeps the switches and the edited tokens in the address. */
function address(now = chosen()) {
  const query = new URLSearchParams({ ...now, ...tokens.changed() });
  history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
}

/** Puts the theme's styles on the page, and tells the tokens when they apply. */
function wear(theme) {
  document.getElementById("theme")?.remove();
  if (!theme) return tokens.read();
  const link = make("link", { id: "theme", rel: "stylesheet", href: `../embed/themes/${theme}.css` });
  link.addEventListener("load", () => tokens.read());
  document.head.append(link);
}

for (const tag of LANGUAGES) {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  switches.lang.append(make("option", { value: tag, lang: tag }, name));
}
const asked = new URLSearchParams(location.search);
for (const field of switches) {
  if (field.type === "checkbox") field.checked = asked.get(field.name) === field.value;
  else field.value = asked.get(field.name) ?? (field.name === "lang" ? "en" : "");
  // A value that a switch does not have.
  if (field.selectedIndex === -1) field.value = field.name === "lang" ? "en" : "";
}
document.getElementById("screens").append(...ELEMENTS.map((element) =>
  make("section", { id: element.element, "aria-labelledby": `${element.element}-title` },
    make("h2", { id: `${element.element}-title` }, element.title, " ", make("code", {}, `<sspr-${element.element}>`)),
    make("div", { class: "tiles" }, ...element.screens.map((screen) => tile(element, screen))))));

const tokens = await edit(asked, () => address());
switches.addEventListener("change", ({ target }) => {
  if (target.name === "theme") wear(target.value);
  follow(target.name);
});
// Elements leave the focus alone where the page has it.
if (document.activeElement === document.body) said.focus({ preventScroll: true });
wear(switches.theme.value);
follow();
document.getElementById(location.hash.slice(1))?.scrollIntoView();
