// What is shown is one frozen value, and it stands in the fragment of the address: a link is a view.

const VIEWS = ["graph", "artifacts", "waves", "owners", "orphans", "findings", "endpoints"];
const FILTERS = ["wave", "owner", "type", "status", "kind", "finding"];
const FOLDS = ["auto", "none", "wave", "owner", "type", "product", "folder"];

const START = Object.freeze({
  q: "",
  wave: [],
  owner: [],
  type: [],
  status: [],
  kind: [],
  finding: [],
  fold: "auto",
  open: [],
  pick: null,
  line: null,
  from: null,
  to: null,
  view: "graph",
  list: false,
  sort: "",
});

/** The fragment of a state: only what is not as at the start. */
function fragmentOf(state) {
  const parts = new URLSearchParams();
  for (const name of FILTERS) for (const value of state[name]) parts.append(name, value);
  for (const key of state.open) parts.append("open", key);
  for (const name of ["q", "fold", "pick", "from", "to", "view", "sort"]) {
    if (state[name] !== START[name]) parts.set(name, state[name]);
  }
  if (state.line) for (const end of state.line) parts.append("line", end);
  if (state.list) parts.set("list", "yes");
  return parts.toString();
}

/** The state of a fragment, and what of it says nothing here: that is left out. */
function readFragment(fragment) {
  const state = { ...START };
  const ignored = [];
  const known = { ...filterValues(), view: VIEWS, fold: FOLDS, list: ["yes"] };
  const line = [];
  for (const [name, value] of new URLSearchParams(fragment)) {
    if (Object.hasOwn(known, name) && !known[name].includes(value)) ignored.push(`${name}=${value}`);
    else if (FILTERS.includes(name)) state[name] = [...new Set([...state[name], value])];
    else if (name === "open") state.open = [...new Set([...state.open, value])];
    else if (name === "line") line.push(value);
    else if (name === "list") state.list = true;
    else if (["from", "to"].includes(name) && !DATA.byArtifactId.has(value)) ignored.push(`${name}=${value}`);
    else if (["view", "fold", "q", "pick", "from", "to", "sort"].includes(name)) state[name] = value;
    else ignored.push(value === "" ? name : `${name}=${value}`);
  }
  if (line.length === 2) state.line = line;
  else if (line.length) ignored.push("line");
  return { state: Object.freeze(state), ignored };
}

let STATE = START;
const watchers = [];

/** Call `show(state, before)` whenever the state changes, in the order of these calls. */
const onState = (show) => watchers.push(show);

/** Change the state: the address, then everything that is seen. `isStep`: Back undoes it. */
function go(patch, { isStep = false } = {}) {
  const before = STATE;
  STATE = Object.freeze({ ...STATE, ...patch });
  const fragment = fragmentOf(STATE);
  if (fragment !== fragmentOf(before)) {
    // An empty fragment keeps its sign: without it a browser would load the page anew.
    history[isStep ? "pushState" : "replaceState"](null, "", `#${fragment}`);
  }
  showState(before);
}

function showState(before) {
  for (const show of watchers) show(STATE, before);
}

/** Take the state from the address; a word tells what of it is ignored. */
function readAddress() {
  const before = STATE;
  const { state, ignored } = readFragment(location.hash.slice(1));
  STATE = state;
  showState(before);
  // Which boxes there are is known only now.
  const isThere = (key) => VIEW.frames.has(key) || VIEW.boxes.has(key);
  const closed = STATE.open.filter((key) => !isThere(key));
  const pick =
    STATE.pick !== null && !isThere(STATE.pick) && !DATA.byArtifactId.has(STATE.pick) ? [STATE.pick] : [];
  const line = STATE.line && !STATE.line.every(isThere) ? ["line"] : [];
  const gone = [
    ...ignored,
    ...closed.map((key) => `open=${key}`),
    ...pick.map((key) => `pick=${key}`),
    ...line,
  ];
  if (closed.length || pick.length || line.length) {
    go({
      open: STATE.open.filter(isThere),
      pick: pick.length ? null : STATE.pick,
      line: line.length ? null : STATE.line,
    });
  }
  if (gone.length) {
    const shown = gone
      .slice(0, 3)
      .map((one) => (one.length > 60 ? `${one.slice(0, 60)}…` : one))
      .join(", ");
    say(
      `Part of the link says nothing here and is ignored: ${shown}${gone.length > 3 ? ` and ${gone.length - 3} more` : ""}.`,
    );
  }
}
