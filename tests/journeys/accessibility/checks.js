// What is looked at on the gallery's tiles. Each check returns findings: { tile, check, what }.

const tiles = () => [...document.querySelectorAll("article.tile")].filter((tile) => tile.checkVisibility());
const host = (tile) => tile.querySelector(".stage > :is(sspr-reset, sspr-enroll, sspr-change)");
const screen = (tile) => host(tile).shadowRoot;
const brief = (element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 60)}`;
/** The tile that an element inside a shadow root stands on. */
const tileOf = (element) => (element.getRootNode().host ?? element).closest("article.tile")?.id;
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen");

/** How many screens are shown; false while some are on their way. */
function ready() {
  const all = tiles();
  const waiting = all.filter((tile) => tile.dataset.state !== "ready");
  const failed = waiting.filter((tile) => tile.dataset.state === "failed");
  if (failed.length) return `failed: ${failed.map((tile) => tile.id)}`;
  const plain = all.some((tile) => !screen(tile)?.adoptedStyleSheets[0]?.cssRules.length);
  return waiting.length || plain || !all.length ? false : all.length;
}

/** axe-core's rules for WCAG 2.2 AA, and its best practices. */
async function axeFinds() {
  const options = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], elementRef: true, resultTypes: ["violations", "incomplete"] };
  const { violations, incomplete } = await axe.run({ include: tiles().map(host) }, options);
  // What it could not decide, such as a contrast over something that it cannot see through, is for people to look at.
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ element, any, all, none }) => ({ tile: tileOf(element), check: `axe ${id}`, what: `${brief(element)}: ${[...any, ...all, ...none].map((it) => it.message)[0]}` })));
}

/** A field that is wrong names the text that says so, and that text is announced. */
function errorsAreTied() {
  return tiles().flatMap((tile) => [...screen(tile).querySelectorAll("[aria-invalid]")].filter(seen).flatMap((field) => {
    const named = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => screen(tile).getElementById(id));
    return named.some((text) => text?.matches(".error") && text.textContent.trim()) ? [] : [{ tile: tile.id, check: "error tied to its field", what: brief(field) }];
  }));
}

/** Nothing sticks out of its stage, and no text is cut off. */
function nothingIsCutOff() {
  return tiles().flatMap((tile) => {
    const room = tile.querySelector(".stage").getBoundingClientRect();
    return [...screen(tile).querySelectorAll("*")].filter(seen).flatMap((element) => {
      const box = element.getBoundingClientRect();
      const out = box.left < room.left - 1 || box.right > room.right + 1;
      // Text in a field may be longer than the field.
      const { display, overflowY } = getComputedStyle(element);
      const wide = element.scrollWidth > element.clientWidth + 1;
      const high = overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1;
      const cut = !element.matches("input, select") && display !== "inline" && (wide || high);
      return out || cut ? [{ tile: tile.id, check: out ? "stays inside" : "text is not cut off", what: `${brief(element)} ${box.left}…${box.right} of ${room.left}…${room.right}, ${element.scrollWidth} in ${element.clientWidth}` }] : [];
    });
  });
}

/** Whether a text is one message from end to end; what fills its places may be messages too. */
function isWhole(text) {
  let depth = 0;
  const inside = [...text].every((letter, place, all) => {
    depth += (letter === "⟦") - (letter === "⟧");
    return depth > 0 || place === all.length - 1;
  });
  return inside && depth === 0 && text.endsWith("⟧");
}

/** Each text is one whole message, or something that somebody typed or a backend said. */
function textsAreWhole(data) {
  // What is painted before or without a program does not follow a change of its texts.
  return tiles().filter((tile) => host(tile).hasAttribute("view") && !tile.id.startsWith("reset-failed")).flatMap((tile) => {
    const walker = document.createTreeWalker(screen(tile), NodeFilter.SHOW_TEXT);
    const findings = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim();
      const whole = text.split("\n• ").every(isWhole);
      if (!/\p{L}/u.test(text) || whole || !seen(walker.currentNode.parentElement) || walker.currentNode.parentElement.closest("[translate=no]") || data.some((known) => text === known)) continue;
      findings.push({ tile: tile.id, check: "a whole message of the catalog", what: text.slice(0, 80) });
    }
    for (const element of screen(tile).querySelectorAll("[aria-label], [placeholder], [title]"))
      for (const name of ["aria-label", "placeholder", "title"]) {
        const text = element.getAttribute(name);
        if (text && !isWhole(text)) findings.push({ tile: tile.id, check: `a whole message in ${name}`, what: text });
      }
    return findings;
  });
}

/** What has the focus now: its tile, and whether that can be seen. Nothing outside of the tiles. */
function focusIsSeen() {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const tile = focused && tileOf(focused);
  if (!tile || !(focused.getRootNode() instanceof ShadowRoot)) return null;
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(focused);
  const visible = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && parseFloat(outlineOffset) >= 1;
  const box = focused.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return { tile, what: brief(focused), ok: visible && inView && focused.tagName !== "H2" };
}

/** Puts every element into a language of which nobody has a text to confuse it with: longer, with accents, in brackets. */
async function speakPseudo() {
  const { tags } = { tags: ["de", "de.account", "de.help"] };
  const files = await Promise.all(tags.map(async (tag) => (await fetch(`../embed/locales/${tag}.json`)).json()));
  const letters = { a: "á", e: "é", i: "í", o: "ó", u: "ú", n: "ñ", A: "Á", E: "É", I: "Í", O: "Ó", U: "Ú" };
  const pseudo = (text) => {
    const stretched = text.split(/(\{\w+\})/).map((part) => (part.startsWith("{") ? part : part.replace(/[aeiounAEIOU]/g, (letter) => letters[letter]))).join("");
    // Words half as long again as German's, at the places where lines may break.
    return `⟦${stretched}${" ñó".repeat(Math.ceil(text.length / 6))}⟧`;
  };
  const say = (texts) => Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, typeof text === "string" ? pseudo(text) : say(text)]));
  const messages = say(Object.assign({}, ...files));
  for (const tile of tiles()) host(tile).messages = messages;
}

Object.assign(window, { ready, axeFinds, errorsAreTied, nothingIsCutOff, textsAreWhole, focusIsSeen, speakPseudo });
