// The graph on its canvas: built when its boxes change, lit when something is picked.

let VIEW = {
  boxes: new Map(),
  frames: new Map(),
  boxOf: new Map(),
  lines: [],
  passing: [],
  notes: [],
  by: "none",
};
let cy = null;

function startGraph() {
  cy = cytoscape({
    container: byId("canvas"),
    style: graphStyle(),
    layout: { name: "preset" },
    minZoom: 0.05,
    maxZoom: 3,
    boxSelectionEnabled: false,
    autoungrabify: true,
    autounselectify: true,
  });
  cy.on("tap", "node", (event) => pickBox(event.target.id()));
  cy.on("tap", "edge", (event) =>
    go({ pick: null, line: [event.target.source().id(), event.target.target().id()] }, { isStep: true }),
  );
  cy.on("tap", (event) => {
    if (event.target === cy && (STATE.pick !== null || STATE.line))
      go({ pick: null, line: null }, { isStep: true });
  });
  cy.on("mouseover", "node, edge", (event) => showTip(event));
  cy.on("mouseout pan zoom tap", () => (byId("tip").hidden = true));
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("fit").addEventListener("click", () => fitGraph({ isWhole: true }));
  new ResizeObserver(() => {
    const isFirst = cy.width() === 0;
    cy.resize();
    if (isFirst) fitGraph();
  }).observe(byId("canvas"));
}

const viewKey = (state) => JSON.stringify([filterKey(state), state.fold, state.open]);

/** Boxes and lines of the state; each is put together only where it changed. */
function updateView(state) {
  const key = viewKey(state);
  if (VIEW.key === key) return false;
  const view = buildBoxes(findVisible(state), state);
  const { lines, passing, notes } = buildLines(view, state);
  VIEW = { ...view, lines, passing, notes: [...view.notes, ...notes], key };
  return true;
}

/** A box that is picked; one of several that is picked already is opened, a frame is closed. */
function pickBox(key) {
  // What is drawn may be older than the state, for a moment.
  if (!VIEW.boxes.has(key) && !VIEW.frames.has(key)) return;
  if (STATE.pick === key && !VIEW.boxes.get(key)?.artifact) toggleFold(key);
  else go({ pick: key, line: null }, { isStep: true });
}

/** Open a fold in its place, or close it with everything that is open in it. */
function toggleFold(key) {
  const isOpen = VIEW.frames.has(key);
  const title = foldTitle(VIEW.frames.get(key) ?? VIEW.boxes.get(key));
  const open = isOpen
    ? STATE.open.filter((one) => one !== key && !one.startsWith(`${key}/`))
    : [...STATE.open, key];
  go({ open, pick: key, line: null }, { isStep: true });
  say(`${title} is ${isOpen ? "closed" : "open"}: ${plural(VIEW.boxes.size, "box", "boxes")} in the graph.`);
}

/** Pick an artifact wherever it is: what hides it is opened. */
function showArtifact(number, patch = {}) {
  const next = { ...STATE, ...patch };
  const isHidden = !findVisible(next).includes(number);
  const open = isHidden ? STATE.open : [...STATE.open, ...findKeysTo(number, next)];
  go({ ...patch, pick: DATA.artifacts[number].id, line: null, open }, { isStep: true });
  if (isHidden) say(`${DATA.artifacts[number].id} does not pass the filters, so the graph does not show it.`);
}

let drawnKey = null;
let laid = { middles: new Map(), bends: new Map(), sizes: new Map() };

let isPending = false;

const isGraphSeen = (state) => state.view === "graph" && !state.list && byId("canvas").offsetParent !== null;

/** The graph of a state; other boxes are drawn after everything else of the state has been seen. */
function drawGraph(state) {
  if (!isGraphSeen(state) || isPending) return;
  if (drawnKey === VIEW.key) {
    changeLook(findLook(state));
    if (state.pick && cy.getElementById(state.pick).nonempty()) bringIntoView(cy.getElementById(state.pick));
  } else if (drawnKey === null) drawAnew(state);
  else {
    isPending = true;
    byId("canvas").setAttribute("aria-busy", "true");
    requestAnimationFrame(() => setTimeout(drawPending));
  }
}

function drawPending() {
  isPending = false;
  byId("canvas").removeAttribute("aria-busy");
  showLegend(STATE);
  if (!isGraphSeen(STATE)) return;
  if (drawnKey === VIEW.key) changeLook(findLook(STATE));
  else drawAnew(STATE);
}

function drawAnew(state) {
  const look = findLook(state);
  const aspect = Math.max(0.6, Math.min(cy.width() / Math.max(cy.height(), 1), 2.2)) || 1.4;
  laid = layOut(VIEW, VIEW.lines, aspect);
  const boxes = [...VIEW.boxes.values()].map((box) => ({
    ...elementOfBox(box, look),
    position: { ...laid.middles.get(box.key) },
  }));
  const lines = VIEW.lines.map((line) => elementOfLine(line, look, wayOfLine(line, laid)));
  cy.batch(() => {
    cy.elements().remove();
    cy.add([
      ...[...VIEW.frames.values()].map((frame) => elementOfFrame(frame, look)),
      ...boxes,
      ...lines,
      ...extraLines(look),
    ]);
  });
  drawnKey = VIEW.key;
  fitGraph();
}

/** Lines of the picked box that are otherwise gathered or left out. */
function extraLines(look) {
  if (!VIEW.boxes.has(look.picked)) return [];
  const drawn = new Set(VIEW.lines.map((line) => line.key));
  return linesOf(VIEW, VIEW.passing, look.picked)
    .filter((line) => !drawn.has(line.key))
    .map((line) => {
      const element = elementOfLine(line, look, wayOfLine(line, laid));
      return { ...element, classes: [...element.classes, "extra"] };
    });
}

/** What is picked, what it reaches and what reaches it, by distance; all else steps back. */
function findLook(state) {
  const found = new Set(state.q ? findMatches(state.q).map((number) => VIEW.boxOf.get(number)) : []);
  return { ...findRoles(state), found, line: state.line?.join("\n") ?? null };
}

/** The same boxes and lines in another light: only what differs is touched. */
function changeLook(look) {
  const dress = (element, classes, label) => {
    if (element.classes().join() !== classes.join()) element.classes(classes);
    if (label !== undefined && element.data("label") !== label) element.data("label", label);
  };
  cy.batch(() => {
    cy.elements(".extra").remove();
    for (const box of VIEW.boxes.values())
      dress(cy.getElementById(box.key), classesOfBox(box, look), labelOfBox(box, look));
    for (const frame of VIEW.frames.values())
      dress(cy.getElementById(frame.key), classesOfFrame(frame, look));
    for (const line of VIEW.lines) dress(cy.getElementById(`line:${line.key}`), classesOfLine(line, look));
    cy.add(extraLines(look));
  });
}

/** Box -> its classes and what it says, for all that is lit. */
function findRoles(state) {
  const roles = new Map();
  const join = (one, other) => (one ? `${one}, ${other}` : other);
  const give = (key, name, said, { next = null, short = said } = {}) => {
    const role = roles.get(key) ?? { classes: [], said: "", short: "", next: null };
    roles.set(key, {
      classes: [...role.classes, name],
      said: join(role.said, said),
      short: join(role.short, short),
      next: next ?? role.next,
    });
  };
  const chain = currentChain(state);
  if (chain.length) {
    const steps = artifactsOfChain(chain)
      .map((number) => VIEW.boxOf.get(number))
      .filter(Boolean);
    steps.forEach((key, at) =>
      give(key, "why", `step ${at + 1} of ${steps.length}`, { next: steps[at + 1] }),
    );
    return { roles, picked: null };
  }
  const artifact = DATA.byArtifactId.get(state.pick);
  // What is picked may be in a box of several.
  const picked = artifact ? (VIEW.boxOf.get(artifact.number) ?? state.pick) : state.pick;
  if (artifact) {
    const ways = { up: reachingOf(artifact.number), down: reachedOf(artifact.number) };
    for (const [name, distances, many, one] of [
      ["up", ways.up, "use it", "uses it"],
      ["down", ways.down, "used by it", "used by it"],
    ]) {
      const nearest = new Map();
      for (const [number, distance] of distances) {
        const key = VIEW.boxOf.get(number);
        if (key === undefined || key === picked) continue;
        const of = nearest.get(key) ?? { distance, count: 0 };
        nearest.set(key, { distance: Math.min(of.distance, distance), count: of.count + 1 });
      }
      for (const [key, { distance, count }] of nearest) {
        const box = VIEW.boxes.get(key);
        const short = box.artifact ? one : `${count} ${many}`;
        const far = box.artifact ? `${distance} away` : `${distance}+ away`;
        give(key, name, `${short}, ${far}`, { short });
      }
    }
    if (!roles.size) roles.set(picked, { classes: [], said: "no way from or to it" });
    if (picked !== artifact.id) roles.set(picked, { classes: [], said: "holds the chosen one" });
    return { roles, picked, ways, start: artifact.number };
  }
  if (state.line)
    for (const key of state.line) if (VIEW.boxes.has(key)) give(key, "why", describeBox(VIEW.boxes.get(key)));
  return { roles, picked };
}

const zoomBy = (factor) =>
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });

const READABLE = 0.75;
const MARGIN = 24;

/**
 * Show everything; where that would be unreadable, the picked part, else the left upper corner. Whoever asks
 * for the whole gets it, however small.
 */
function fitGraph({ isWhole = false } = {}) {
  if (cy.width() === 0 || !laid.middles.size || drawnKey !== VIEW.key) return;
  const all = withWays(boundsOf([...VIEW.boxes.keys()]));
  const fitting = Math.min((cy.width() - 2 * MARGIN) / all.width, (cy.height() - 2 * MARGIN) / all.height);
  const zoom = Math.max(isWhole ? cy.minZoom() : READABLE, Math.min(fitting, 1.15));
  const part = !isWhole && fitting < READABLE && STATE.pick !== null ? boundsOf(keysWithin(STATE.pick)) : null;
  const shown = part ?? all;
  const along = (room, start, length) =>
    length * zoom <= room ? room / 2 - zoom * (start + length / 2) : MARGIN - zoom * start;
  cy.viewport({
    zoom,
    pan: { x: along(cy.width(), shown.left, shown.width), y: along(cy.height(), shown.top, shown.height) },
  });
}

/** The same bounds with the lines, which lead around the boxes. */
function withWays({ left, top, width, height }) {
  const points = [...laid.bends.values()].flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [right, bottom] = [Math.max(left + width, ...xs), Math.max(top + height, ...ys)];
  [left, top] = [Math.min(left, ...xs), Math.min(top, ...ys)];
  return { left, top, width: right - left, height: bottom - top };
}

/** The keys of the boxes in a frame; a box by itself. */
const keysWithin = (key) => [
  ...new Set(
    (VIEW.boxes.get(key) ?? VIEW.frames.get(key) ?? { members: [] }).members.map((number) =>
      VIEW.boxOf.get(number),
    ),
  ),
];

/** Where some boxes are, with the frames around them but for the outermost; nothing where there are none. */
function boundsOf(keys, outside = 0) {
  if (!keys.length) return null;
  const places = keys.map((key) => [laid.middles.get(key), framesAround(VIEW, key).length - 1 - outside]);
  const left = Math.min(...places.map(([{ x }, depth]) => x - BOX.width / 2 - depth * FRAME.side));
  const top = Math.min(...places.map(([{ y }, depth]) => y - BOX.height / 2 - depth * FRAME.top));
  const right = Math.max(...places.map(([{ x }, depth]) => x + BOX.width / 2 + depth * FRAME.side));
  const bottom = Math.max(...places.map(([{ y }, depth]) => y + BOX.height / 2 + depth * FRAME.side));
  return { left, top, width: right - left, height: bottom - top };
}

function bringIntoView(node) {
  const { x1, y1, x2, y2 } = node.renderedBoundingBox();
  if (x1 < 0 || y1 < 0 || x2 > cy.width() || y2 > cy.height()) cy.center(node);
}

function showTip(event) {
  const tip = byId("tip");
  const key = event.target.id();
  const box = VIEW.boxes.get(key) ?? VIEW.frames.get(key);
  const lines = box
    ? [
        nameOfBox(box),
        box.artifact ? box.artifact.id : "",
        describeBox(box),
        box.artifact?.paths[0] ?? "",
        box.artifact?.orphan?.explanation ?? "",
      ]
    : [
        `${titleOfKey(event.target.source().id())} → ${titleOfKey(event.target.target().id())}`,
        LINE_STYLES[event.target.classes().find((name) => name in LINE_STYLES)],
      ];
  fill(
    tip,
    lines
      .filter(Boolean)
      .map((line) => el("div", {}, bdi(line.length > 300 ? `${line.slice(0, 300)}…` : line))),
  );
  tip.hidden = false;
  const { x, y } = event.renderedPosition;
  // By the object model: the policy of the page allows no style attributes.
  tip.style.left = `${Math.max(0, Math.min(x + 12, cy.width() - 280))}px`;
  tip.style.top = `${Math.max(0, y + 16)}px`;
}

const titleOfKey = (key) => {
  const box = VIEW.boxes.get(key) ?? VIEW.frames.get(key);
  return box ? nameOfBox(box) : (DATA.byArtifactId.get(key)?.name ?? key);
};
