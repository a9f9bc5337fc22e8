// Runs in a measured page before anything of the page's own. EVENT is the event that says that the form is live, or null:
// then it is live when its first field and the button that sends it can be used.
globalThis.probe = (() => {
  const probe = { times: {} };
  const tell = {};
  for (const name of ["field", "typed", "live"])
    probe[name] = new Promise((resolve) => {
      tell[name] = () => {
        if (name in probe.times) return;
        probe.times[name] = performance.now();
        resolve(true);
      };
    });

  /** The document and all open shadow roots in it. */
  const roots = (root = document) =>
    [root, ...[...root.querySelectorAll("*")].flatMap((element) => (element.shadowRoot ? roots(element.shadowRoot) : []))];
  const usable = (element) =>
    !element.disabled && !element.readOnly && element.ariaDisabled !== "true" && element.checkVisibility({ visibilityProperty: true });
  const find = (css, within = roots()) => within.flatMap((root) => [...root.querySelectorAll(css)]).find(usable);
  const field = () => find("input:is([type=text], [type=email], :not([type]))");
  const button = (input) => find("button:not([type=button]), input[type=submit]", [input.form ?? input.getRootNode()]);

  const live = (input) => button(input) && tell.live();
  const look = () => {
    const input = document.documentElement && field();
    if (input && !("field" in probe.times)) {
      input.focus();
      tell.field();
    }
    if (input && !EVENT) live(input);
    if (!("field" in probe.times) || !(EVENT || "live" in probe.times)) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener("input", (event) => event.composedPath()[0].value === "a" && tell.typed(), true);
  if (EVENT) addEventListener(EVENT, () => tell.live(), { once: true });

  /** What was loaded until the form was live: bodies as they came over the line, without the page itself. */
  probe.loaded = () =>
    performance.getEntriesByType("resource").filter((entry) => entry.responseEnd <= probe.times.live)
      .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize]);

  /** Whether what was typed is still there, in the field that has the focus. */
  probe.kept = () => {
    const input = field();
    return input?.value === "a" && input.getRootNode().activeElement === input;
  };

  /** Begins to watch for an answer of the program on the screen: nodes that change. */
  probe.watch = () => {
    probe.answered = new Promise((resolve) => {
      const observer = new MutationObserver(() => resolve(true));
      for (const root of roots()) observer.observe(root, { subtree: true, childList: true, characterData: true });
    });
  };
  return probe;
})();
