// Before everything else of a page: what its own scripts did not catch is kept; long waits pass five times as fast, so
// that a test sees their end; and the clock can be wrong.
const top_ = window.top;
top_.uncaught ??= [];
top_.clockOffset ??= 0;
addEventListener("error", (event) => top_.uncaught.push(String(event.error?.stack ?? event.message)));
addEventListener("unhandledrejection", (event) => top_.uncaught.push(String(event.reason?.stack ?? event.reason)));

const { setTimeout: later } = window;
window.setTimeout = (work, wait, ...more) => later(work, wait >= 10000 ? wait / 5 : wait, ...more);
const limit = AbortSignal.timeout;
AbortSignal.timeout = (wait) => limit.call(AbortSignal, wait >= 10000 ? Math.round(wait / 5) : wait);

const Clock = Date;
window.Date = class Date extends Clock {
  constructor(...given) { given.length ? super(...given) : super(Date.now()); }
  static now() { return Clock.now() + top_.clockOffset; }
};
