// A page of another origin that uses the standalone module; its address is known from the name of this machine.
const base = location.origin.replace("localhost", "127.0.0.1");

async function use() {
  const { load, estimate } = await import(`${base}/sspr-strength.js`);
  let early = "";
  try {
    estimate("x");
  } catch (reason) {
    early = reason.message;
  }
  const without = await load({ words: null });
  const basic = estimate("Schokolade1");
  const loaded = await load({ words: "small", lang: "de-AT" });
  const german = estimate("Schokolade1");
  const own = estimate("HansFlorianZimmer", ["Hans", "Florian", "Zimmer"]);
  const absent = await load({ words: "words/absent.words" });
  return { early, without, basic, loaded, german, own, absent };
}

use().then(
  (answer) => (window.answer = answer),
  (reason) => (window.failure = `${reason?.stack ?? reason}`),
);
