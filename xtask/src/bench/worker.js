// One engine in a worker: the first message names it, each further one is a password.
self.window = self;

const START = {
  zxcvbn() {
    importScripts("/zxcvbn.js");
    return (password) => self.zxcvbn(password);
  },
  "zxcvbn-ts"() {
    importScripts("/zxcvbn-ts.js");
    const factory = self.createZxcvbnTs();
    return (password) => factory.check(password);
  },
  async ours() {
    const glue = await import("/sspr-estimator.js");
    await glue.default({ module_or_path: "/sspr-estimator_bg.wasm" });
    const estimator = new glue.Estimator(new Date().getFullYear());
    estimator.setWords(new Uint8Array(await (await fetch("/words/full.words")).arrayBuffer()));
    return (password) => estimator.estimate(password);
  },
};

let engine;
self.onmessage = async ({ data: { engine: name, password, repeats } }) => {
  if (name) {
    engine = await START[name]();
    engine("warm-up1");
    self.postMessage(true);
    return;
  }
  let best = Infinity;
  for (let round = 0; round < repeats; round++) {
    const began = performance.now();
    try {
      engine(password);
    } catch {
      // zxcvbn throws on some long strings; the time until then counts.
    }
    best = Math.min(best, performance.now() - began);
  }
  self.postMessage({ ms: best });
};
