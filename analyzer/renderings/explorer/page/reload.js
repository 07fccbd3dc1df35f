// Only where `analyzer explore --serve` has sent the page: ask if there is something newer.

const ASK_EVERY_MS = 1000;

function startReloading() {
  // What the server knows this very page by: it may have a newer one before it is asked.
  const { served } = document.documentElement.dataset;
  if (served === "no") return;
  let said = "";
  const tell = (text) => {
    if (text !== said) say(text);
    said = text;
  };
  const ask = async () => {
    try {
      const answer = await (await fetch("/version", { cache: "no-store" })).json();
      // The state stands in the address, and stays.
      if (answer.version !== served) return location.reload();
      tell(answer.problem ? `This page is the last good one: ${answer.problem}` : "");
    } catch {
      tell("The server has ended; the page stays as it is.");
    }
    setTimeout(ask, ASK_EVERY_MS);
  };
  ask();
}
