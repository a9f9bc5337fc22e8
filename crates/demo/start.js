// Starts the demonstration's program beside a page that is usable already. A file of its own, because the page's
// Content-Security-Policy allows nothing inline.

// What the person chose before, in time for the elements: the language decides what they load.
const chosen = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const root = document.documentElement;
root.lang = /^ja\b/i.test(chosen("language") ?? navigator.language) ? "ja" : "en";
if (/^(light|dark)$/.test(chosen("theme"))) root.dataset.theme = chosen("theme");

const glue = document.querySelector('link[rel="modulepreload"][href*="sspr-demo"]').href;
const wasm = document.querySelector('link[rel="preload"][href*="sspr-demo"]').href;
const program = import(glue).then(async (module) => {
  await module.default({ module_or_path: wasm });
  return module;
});

// Without “?server” the service runs inside the page: the elements get a `fetch` that waits for it.
const inside = new URLSearchParams(location.search).has("server")
  ? undefined
  : async (input, init) => {
      const request = new Request(input, init);
      return (await program).answer(request);
    };
if (inside) document.querySelector("sspr-reset").fetch = inside;

// A mailed link carries its token in the fragment. The element reads and removes it; the page only makes room.
const forgot = document.getElementById("forgot");
const carriesLink = (address) => new URL(address).hash.startsWith("#sspr=");
if (carriesLink(location.href)) forgot.open = true;
addEventListener("hashchange", (event) => {
  if (carriesLink(event.newURL)) forgot.open = true;
});

// The administrator's panel is a module of its own, which nobody else needs.
addEventListener("administration", () => import(new URL("embed/sspr-administration.js", document.baseURI).href));

program.then((module) => module.start(inside));
