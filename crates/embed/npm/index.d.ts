// Importing the package defines <sspr-reset>, <sspr-enroll> and <sspr-change>. It exports types only; the classes
// themselves are in "sspr-widget/define".

import type { SsprChange, SsprEnroll, SsprReset } from "./define.js";

export type * from "./define.js";
export type { SsprBackend } from "./backend.js";

declare global {
  interface HTMLElementTagNameMap {
    "sspr-reset": SsprReset;
    "sspr-enroll": SsprEnroll;
    "sspr-change": SsprChange;
  }
}
