// Why one artifact depends on another: a shortest chain between the two that are picked.

const reachCache = new Map();

function cachedReach(name, number, find) {
  const key = `${name} ${number} ${STATE.kind.join()}`;
  if (!reachCache.has(key))
    reachCache.set(key, find(number, STATE.kind.length ? kindMask(STATE) : undefined));
  return reachCache.get(key);
}

/** Artifact -> distance, of all that a change can affect; of all that is reached. */
const reachingOf = (number) => cachedReach("reaching", number, findReaching);
const reachedOf = (number) => cachedReach("reached", number, findReached);

function currentChain(state) {
  if (state.from === null || state.to === null || state.from === state.to) return [];
  const [from, to] = [DATA.byArtifactId.get(state.from), DATA.byArtifactId.get(state.to)];
  return cachedReach(`why ${to.number}`, from.number, (number, mask) => findChain(number, to.number, mask));
}

/** The artifacts that a chain passes, each once, from its first to its last. */
function artifactsOfChain(chain) {
  const files = [chain[0].from, ...chain.map((link) => link.to)];
  return [...new Set(files.map((file) => DATA.files[file].artifact).filter((number) => number !== -1))];
}

function whyPart(state) {
  if (state.from === null && state.to === null) return null;
  const chain = currentChain(state);
  const end = (name, word) =>
    el(
      "div",
      {},
      `${word}: `,
      state[name] === null
        ? el("em", {}, "choose an artifact, then press its button")
        : artifactButton(DATA.byArtifactId.get(state[name]).number),
    );
  const isWhole = state.from !== null && state.to !== null;
  const reverse =
    isWhole && !chain.length && state.from !== state.to
      ? button("Try the other way round", () => go({ from: state.to, to: state.from }, { isStep: true }))
      : null;
  return el(
    "section",
    { className: "why-part" },
    el("h2", {}, "Why"),
    end("from", "From"),
    end("to", "To"),
    !isWhole
      ? null
      : chain.length
        ? [
            el(
              "p",
              {},
              `${plural(chain.length, "link")}, through ${plural(artifactsOfChain(chain).length, "artifact")}:`,
            ),
            showChain(chain),
          ]
        : el(
            "p",
            {},
            state.from === state.to
              ? "These are one and the same."
              : "No chain leads from the first to the second.",
          ),
    el(
      "p",
      { className: "actions" },
      reverse,
      button("End why", () => go({ from: null, to: null }, { isStep: true })),
    ),
  );
}
