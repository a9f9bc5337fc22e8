// Importing "sspr-widget/admin" defines <sspr-admin>, the administrator's panel.

import { SsprElement } from "./define.js";

/** The administrator's panel: policy, reports, and why one person could not reset. */
export class SsprAdmin extends SsprElement {}

declare global {
  interface HTMLElementTagNameMap {
    "sspr-admin": SsprAdmin;
  }
}
