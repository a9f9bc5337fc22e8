// The custom element <sspr-admin>. A module of its own, so that pages for everybody else load none of it.
import { SsprElement } from "./sspr-define.js";

// A constructed sheet applies under any Content-Security-Policy of the page.
const sheet = new CSSStyleSheet();
fetch(new URL("admin.css", import.meta.url))
  .then((answer) => (answer.ok ? answer.text() : ""))
  .then((text) => sheet.replaceSync(text), () => {});

/** The administrator's panel. It always has a shadow root. */
export class SsprAdmin extends SsprElement {
  static form = "admin";
  static program = "admin";
  static texts = ["", ".account", ".admin"];

  constructor() {
    super();
    this.addEventListener("sspr-ready", () => {
      const sheets = this.shadowRoot?.adoptedStyleSheets;
      if (sheets && !sheets.includes(sheet)) sheets.push(sheet);
    });
  }
}

if (!customElements.get("sspr-admin")) customElements.define("sspr-admin", SsprAdmin);
