// One case: an element in the state before a step, the fault, what it says, and how it goes on once the fault is over.

import { ask, isBusy, pause, says, screen, settled, typed, until, ways } from "./hand.js";
import { fill, go, signIn, stepOf } from "./steps.js";

/** Faults in spite of which the step is done as if nothing had been. */
const ABSORBED = new Set(["slow", "unknown", "duplicate", "twice", "clock-slow", "clock-fast", "suspended"]);
/** Faults after which something is said, or nothing had to be. */
const EITHER = new Set(["changed", "tabs"]);
/** Addresses of backends that are not there; `nobody` is a port on which nothing listens. */
const ELSEWHERE = { dns: "http://nowhere.invalid", get refused() { return window.nobody; } };

const running = new Map();

async function mailedLink(it) {
  const call = async (path, flow, body) => (await fetch(`/c/${it.id}/sspr/v1${path}`, {
    method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), ...(flow && { "sspr-flow": flow }) },
  })).json();
  const begun = await call("/recovery", undefined, { identifier: it.person, intent: "reset", page: location.href.split("#")[0] });
  const method = begun.methods.find((method) => method.kind === "email").id;
  const to = `${it.person}@home.example`;
  const mails = await ask("mails", { to });
  await call("/recovery/challenge", begun.flow, { method });
  const { link } = await ask("mail", { to, after: mails });
  return new URL(link).hash;
}

/** The page that the element will stand on: this one, or for the faults of loading one of its own. */
async function place(it) {
  it.page = document;
  if (!it.step.frame) return;
  const frame = document.createElement("iframe");
  frame.width = 400;
  frame.height = 500;
  frame.src = `/c/${it.id}/frame.html`;
  const loaded = new Promise((done) => frame.addEventListener("load", done));
  document.body.append(frame);
  // Styles that do not come do not hold the page up, and neither may they hold this up.
  await Promise.race([loaded, pause(4000)]);
  it.page = frame.contentDocument;
  it.holder = frame;
}

function appear(it) {
  const { step, id } = it;
  it.element = it.page.createElement(`sspr-${step.form}`);
  it.holder ??= it.element;
  it.told = [];
  it.element.addEventListener("sspr-error", (event) => it.told.push(event.detail.code));
  const lost = step.early && !it.again && ELSEWHERE[it.fault];
  it.element.setAttribute("backend", `${lost || `/c/${id}`}/sspr/v1`);
  it.element.lang = step.lang ?? "en";
  if (it.link) history.replaceState(null, "", it.link);
  it.page.body.append(it.element);
}

const arm = (it, call = it.step.call, fault = it.fault) => ask("arm", { case: it.id, call, fault });
const calm = (it) => ask("arm", { case: it.id, call: "", fault: "" });

/** Up to the press that makes the call, which is not pressed yet. */
export async function prepare(it) {
  Object.assign(it, { step: stepOf(it.name), id: it.id ?? it.number });
  const { step } = it;
  running.set(it.id, it);
  if (step.signedIn) await signIn(it);
  if (step.link) it.link = await mailedLink(it);
  if (step.early && !it.again) await arm(it);
  await place(it);
  if (step.early) return;
  appear(it);
  if (step.stale) await arm(it, step.stale, "stale");
  await walk(it, step.at);
  if (it.already) return;
  await step.fill(it);
  if (step.stale) await calm(it);
  if (it.again) return;
  if (it.fault in ELSEWHERE) it.element.setAttribute("backend", `${ELSEWHERE[it.fault]}/sspr/v1`);
  else await arm(it);
  await pause(0);
}

const isThere = ({ element }) => (screen(element) ?? "loading") !== "loading" || says(element);

/** Goes through the screens until one is reached. */
async function walk(it, reached) {
  for (let turn = 0; turn < 40; turn++) {
    await settled(it.element);
    await until(() => isThere(it), "a screen");
    if (await reached(it)) return;
    // It was done by a call whose answer nobody saw, or in the other tab.
    if (it.id !== it.number && (it.already = await it.step.done(it))) return;
    await fill(it);
    go(it);
  }
  throw new Error(`did not get through; at ${screen(it.element)}: ${says(it.element)}`);
}

/** The press, and what comes of it. */
export async function act(it) {
  const { step } = it;
  if (step.early) {
    appear(it);
    if (step.fill === fill) {
      await until(() => screen(it.element), "a screen");
      await step.fill(it);
    }
  }
  if (it.already) return void (it.passed = true);
  const { element } = it;
  it.before = says(element);
  step.go(it);
  if (it.fault === "twice") {
    try { step.go(it); } catch { /* Nothing to press a second time. */ }
  }
  if (it.leaves) return;
  await settled(element);
  // What is made as soon as the element appears may not have begun.
  await until(async () => (await step.done(it)) || says(element) !== it.before && says(element), "a word about it");
  await settled(element);
  it.passed = Boolean(await step.done(it));
  it.said = says(element);
  if (it.passed || step.silent) return;
  if (!it.said) throw new Error("nothing is said");
  if (!ways(element).length) throw new Error(`no way on from “${it.said}”`);
  if (screen(element) === "identify" && typed(element, "identifier") !== it.person) throw new Error("the identifier is lost");
  if (screen(element) === "email" && typed(element, "email") !== it.to) throw new Error("the address is lost");
}

/** The fault is over. */
export async function finish(it) {
  const { step, element } = it;
  await calm(it);
  if (it.fault in ELSEWHERE) {
    element.setAttribute("backend", `/c/${it.id}/sspr/v1`);
    await pause(0);
  }
  // The browser kept the page that was left: the call may have come to its end or not.
  const kept = it.leaves && !it.already;
  if (kept) {
    await settled(element);
    it.passed = Boolean(await step.done(it));
  }
  const spared = step.optional && it.fault !== "offline";
  const must = it.again || !kept && (spared || step.silent || ABSORBED.has(it.fault));
  if (must && !it.passed) throw new Error(`not done in spite of it: ${it.said}`);
  if (!must && !kept && !EITHER.has(it.fault) && it.passed) throw new Error("done, though it cannot have been");
  if (!it.passed) await recover(it);
  await once(it);
  if (it.told.includes("crash")) throw new Error("a crash");
}

async function recover(it) {
  const { step } = it;
  for (let turn = 0; turn < 40; turn++) {
    await settled(it.element);
    await until(() => isThere(it), "a screen");
    // Where a link is dead, a person who begins again comes to the end without it.
    if ((await step.done(it)) || screen(it.element) === "done") return;
    const here = await step.at(it) && screen(it.element);
    const own = here && step.go !== go && !step.early;
    await (own ? step.fill : fill)(it);
    (own ? step.go : go)(it);
    await pause(5);
    await settled(it.element);
    await pause(20);
  }
  throw new Error(`did not go on; at ${screen(it.element)}: ${says(it.element)}`);
}

/** The server carried the step out once, however often it was asked; again only for who had to begin again. */
async function once(it) {
  const { sent, acted } = await ask("told", { case: it.id });
  const keys = new Set(acted.filter(([name]) => name === it.step.call).map(([, key]) => key));
  const most = (it.step.count ?? 1) * (EITHER.has(it.fault) || it.restarted ? 2 : 1);
  const starts = new Set(acted.filter(([name]) => name === "POST /recovery").map(([, key]) => key)).size;
  if (it.fault === "twice" && sent.filter((name) => name === it.step.call).length > (it.step.count ?? 1)) throw new Error("asked twice");
  if (keys.size > most * Math.max(1, starts) ) throw new Error(`done ${keys.size} times`);
}

const guarded = async (it, phase) => {
  if (it.wrong) return;
  try {
    await phase(it);
  } catch (error) {
    it.wrong = `${phase.name}: ${error.message}`;
  }
};

const drop = (it) => {
  it.holder?.remove();
  running.delete(it.id);
};

/** Does something with all, so many at a time. */
async function each(cases, workers, work) {
  const waiting = [...cases];
  await Promise.all(Array.from({ length: workers }, async () => {
    for (let it; (it = waiting.shift()); ) await work(it);
  }));
}

const report = (it) => ({ number: it.number, wrong: it.wrong ?? null, said: it.said ?? "", passed: Boolean(it.passed) });

/** The commands of the test; each ends by setting `window.over`. */
Object.assign(window, {
  begin(work) {
    window.over = undefined;
    work().then((value) => (window.over = { value }), (error) => (window.over = { value: String(error?.stack ?? error) }));
  },
  async all(cases, workers) {
    await each(cases, workers, async (it) => {
      for (const phase of [prepare, act, finish]) await guarded(it, phase);
      drop(it);
    });
    return cases.map(report);
  },
  async prepareAll(cases, workers) {
    await each(cases, workers, (it) => guarded(it, prepare));
    window.held = cases;
  },
  actAll: (workers) => each(window.held, workers, (it) => guarded(it, act)),
  async finishAll(workers) {
    await each(window.held, workers, (it) => guarded(it, finish));
    window.held.forEach(drop);
    return window.held.map(report);
  },
});
window.isReady = true;
