// The one module that pages load: it defines <sspr-reset>, <sspr-enroll> and <sspr-change>.
import { define } from "./sspr-define.js";

define();
