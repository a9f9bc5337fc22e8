// “Having trouble?” under each form: what is likely to be wrong at the step that is shown, and what to tell the helpdesk.
// It comes when the form is live and nothing else is to be done; a form without it works as well.

/** What each step may suffer from, by element and step. `help.*.nothing` is true everywhere and stands at the end. */
export const STEPS = {
  reset: {
    identify: ["name", "silent"],
    reason: ["intent", "name"],
    choose: ["registered", "moved"],
    "choose-second": ["two", "registered"],
    questions: ["answers"],
    number: ["country", "moved"],
    code: ["junk", "newest", "signal", "clock", "moved", "silent"],
    "new-password": ["rules", "words"],
    unlock: ["off"],
    "checking-link": ["link"],
    link: ["link"],
    done: ["delay", "saved"],
    gone: ["expired"],
    "link-gone": ["link"],
    "not-offered": ["off"],
  },
  enroll: {
    loading: [],
    unreachable: [],
    "signed-out": ["signed-out"],
    reauthenticate: ["current"],
    welcome: ["reach", "two"],
    confirm: ["moved"],
    methods: ["reach", "two"],
    choose: ["reach", "two"],
    email: ["reach"],
    phone: ["country", "reach"],
    totp: ["scan", "clock"],
    questions: ["answers"],
    "recovery-codes": ["keep"],
    verify: ["junk", "newest", "signal", "clock"],
    codes: ["keep"],
    rename: [],
    remove: ["two"],
    finished: ["keep"],
  },
  change: {
    loading: [],
    unreachable: [],
    "signed-out": ["signed-out"],
    reauthenticate: ["current"],
    password: ["current", "rules", "words"],
    done: ["delay", "saved"],
  },
};

/** The texts in English; those of other languages are in `locales/<lang>.help.json`. */
export const ENGLISH = {
  "help.title": "Having trouble?",
  "help.support": "Support code: {id}",
  "help.copy": "Copy",
  "help.copied": "Copied",
  "help.name": "Use the name that you sign in with, or the whole e-mail address of your account.",
  "help.silent": "This page never says whether an account exists. If nothing arrives, the name may be misspelled, or no method is registered for it.",
  "help.intent": "If you know your password and were only locked out, unlock the account. Otherwise choose a new password.",
  "help.registered": "Only methods that you registered are offered. If you can use none of them any more, only the helpdesk can help.",
  "help.two": "Your organization may ask for two different methods, one after the other.",
  "help.answers": "Write the answers as you wrote them when you registered them.",
  "help.junk": "A message usually arrives within a minute. Look in your junk mail too.",
  "help.newest": "Only the newest code works, once, and for some minutes. If in doubt, ask for a new one.",
  "help.signal": "For a text message or a call, check that your phone has signal and does not block unknown callers.",
  "help.clock": "The codes of an authenticator app depend on the time. Let your phone set its clock by itself.",
  "help.moved": "If an address or number is not yours any more, choose another method.",
  "help.rules": "Every rule in the list has to be met. A password that was leaked or resembles your old one can be refused.",
  "help.words": "Several words that have nothing to do with each other make a password that is strong and easy to remember.",
  "help.delay": "It can take a few minutes until every system knows the new password.",
  "help.saved": "Change the password wherever it is saved, such as on your phone. Otherwise the old one may lock your account again.",
  "help.link": "A mailed link works once and only for some time. Start again to get a new one.",
  "help.expired": "The time was over, or you went on in another window. Start again.",
  "help.off": "If this is not switched on for your account, the helpdesk can do it for you.",
  "help.signed-out": "You may have been signed out meanwhile. Sign in to this page again.",
  "help.current": "This is the password that you signed in with last. Look whether Caps Lock is on.",
  "help.reach": "Choose something that you can reach without this account.",
  "help.country": "Write a phone number with its country code, such as +44.",
  "help.scan": "If the picture cannot be scanned, type the key that stands beside it into the app.",
  "help.keep": "Keep recovery codes where you find them without this account, such as on paper.",
  "help.nothing": "If nothing happens, check your connection, then reload the page.",
};

/** Puts the help under the form in `stage`, in the language of `texts`, or anew in another one. */
export function offer(element, stage, texts) {
  const form = stage?.firstElementChild;
  const steps = STEPS[element.constructor.form];
  if (!form || !steps) return;
  const text = (key) => element.messages?.[`help.${key}`] ?? texts[`help.${key}`] ?? ENGLISH[`help.${key}`];
  const summary = make("summary", "trouble-title", text("title"));
  const causes = make("ul", "trouble-causes");
  const trouble = make("details", "trouble", summary, causes);
  const said = make("p", "support");
  const copied = make("span", "copied");
  copied.setAttribute("role", "status");
  const copy = make("button", "small", text("copy"));
  copy.setAttribute("part", "button");
  copy.type = "button";
  const line = make("div", "support-line", said, copy, copied);
  const block = make("div", "help-block", line, trouble);
  stage.querySelector(":scope > .help-block")?.remove();
  stage.append(block);

  let shown;
  let id;
  const look = () => {
    const root = form.querySelector("[data-step]");
    if (!root) return;
    block.lang = root.lang;
    block.dir = root.dir;
    if (root.dataset.step !== shown) {
      shown = root.dataset.step;
      trouble.open = false;
      causes.replaceChildren(...[...(steps[shown] ?? []), "nothing"].map((key) => make("li", "", text(key))));
    }
    // While an answer is awaited there is only the call's own name to tell, as the server's log has it.
    const { failure, support, call = "" } = root.dataset;
    const name = support ?? call.slice(0, 13);
    id = failure ? `${failure} ${name}`.trim() : "";
    line.hidden = !id;
    copy.hidden = !navigator.clipboard;
    copied.textContent = "";
    said.textContent = text("support").replace("{id}", id);
    for (const link of form.querySelectorAll("[part~=help] a")) addressed(link, id || name, text("support"));
  };
  copy.addEventListener("click", () =>
    navigator.clipboard.writeText(id).then(
      () => (copied.textContent = text("copied")),
      () => getSelection().selectAllChildren(said),
    ),
  );
  new MutationObserver(look).observe(form, { subtree: true, childList: true, attributeFilter: ["data-step", "data-failure", "data-support", "data-call"] });
  look();
}

/** The helpdesk's address with the support code in it: where it says `{support}`, else in a mail's text. */
function addressed(link, id, label) {
  const given = (link.given ??= link.getAttribute("href"));
  const place = /(\{|%7B)support(\}|%7D)/gi;
  const mail = /^mailto:/i.test(given) && !/[?&]body=/i.test(given) && id;
  const body = `${given.includes("?") ? "&" : "?"}body=${encodeURIComponent(label.replace("{id}", id))}`;
  const href = place.test(given) ? given.replace(place, encodeURIComponent(id)) : mail ? given + body : given;
  if (link.getAttribute("href") !== href) link.setAttribute("href", href);
}

function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) {
    element.className = name;
    element.setAttribute("part", name);
  }
  element.append(...children);
  return element;
}
