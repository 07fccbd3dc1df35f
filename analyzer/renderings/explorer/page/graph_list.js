// The graph in words: its caption, its legend, and the same boxes and lines as a list.

function showCaption() {
  const hidden = DATA.artifacts.length - VIEW.boxOf.size;
  const inLines = VIEW.passing.length;
  const folds = [...VIEW.boxes.values()].filter((box) => !box.artifact);
  const parts = [
    `${plural(VIEW.boxes.size, "box", "boxes")} for ${plural(VIEW.boxOf.size, "artifact")}, ${plural(VIEW.lines.length, "line")} for ${plural(inLines, "dependency", "dependencies")}`,
  ];
  if (folds.length) {
    const within =
      inLines - VIEW.passing.filter((one) => VIEW.boxOf.get(one.from) !== VIEW.boxOf.get(one.to)).length;
    parts.push(
      `${plural(folds.length, "box", "boxes")} of several${VIEW.by === "none" ? "" : `, folded by ${VIEW.by}`}: ${plural(within, "dependency", "dependencies")} inside of them not shown`,
    );
  }
  if (hidden) parts.push(`${plural(hidden, "artifact")} left out by filters`);
  fill(
    byId("caption"),
    el("span", {}, `${parts.join("; ")}.`),
    VIEW.notes.map((note) => el("strong", {}, ` ${note}`)),
  );
}

function showLegend(state) {
  const shown = [...VIEW.boxes.values()];
  const owners = [...new Set(shown.map(ownerOf))]
    .filter((owner) => owner !== undefined)
    .sort((one, other) => compareValues(one ?? NONE, other ?? NONE));
  const types = [
    ...new Set(shown.filter((box) => box.artifact).map((box) => box.artifact.type ?? "no type")),
  ].sort();
  const styles = Object.keys(LINE_STYLES).filter((style) =>
    VIEW.lines.some((line) => styleOfLine(line) === style),
  );
  const marks = shown.map(marksOf);
  const signs = [
    [shown.some((box) => !box.artifact), "several artifacts", "double"],
    [marks.some((mark) => mark.errors), "has errors", "error"],
    [shown.some((box, at) => box.artifact && marks[at].orphans), "orphan", "orphan"],
    [shown.some((box, at) => box.artifact && marks[at].missing), "file missing", "missing"],
    [state.pick !== null, "uses what is chosen", "up"],
    [state.pick !== null, "used by it", "down"],
  ].filter(([isThere]) => isThere);
  const swatch = (owner) => {
    const box = el("span", { className: "swatch" });
    box.style.backgroundColor = DATA.fills.get(owner);
    return box;
  };
  const group = (title, items) =>
    items.length
      ? el("div", { className: "legend-group" }, el("span", { className: "legend-title" }, title), items)
      : null;
  fill(
    byId("legend"),
    group(
      "Owners",
      owners.map((owner) => el("span", {}, swatch(owner), bdi(owner ?? "no owner"))),
    ),
    group(
      "Types by shape",
      types.map((type) => el("span", {}, shapeSign(DATA.shapes[type] ?? "rectangle"), type)),
    ),
    group(
      "Lines",
      styles.map((style) => el("span", {}, el("span", { className: `sample ${style}` }), LINE_STYLES[style])),
    ),
    group(
      "Borders",
      signs.map(([, text, sign]) => el("span", {}, el("span", { className: `border ${sign}` }), text)),
    ),
  );
}

const OUTLINES = {
  rectangle: "M1 1H31V15H1Z",
  "cut-rectangle": "M5 1H27L31 5V11L27 15H5L1 11V5Z",
  barrel: "M1 3Q16 0 31 3V13Q16 16 1 13Z",
  "round-rectangle": "M5 1H27Q31 1 31 5V11Q31 15 27 15H5Q1 15 1 11V5Q1 1 5 1Z",
  "bottom-round-rectangle": "M1 1H31V10Q31 15 26 15H6Q1 15 1 10Z",
};
/** Corners from -1 to 1 as a path. */
const outlineOf = (corners) =>
  `M${corners
    .split(" ")
    .map((each, at) => (at % 2 ? 8 + 7 * each : 16 + 15 * each))
    .join(" ")}Z`;

function shapeSign(shape) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 32 16",
    width: 32,
    height: 16,
    "aria-hidden": "true",
    class: "shape",
  }))
    svg.setAttribute(name, value);
  const outline = document.createElementNS(svg.namespaceURI, "path");
  outline.setAttribute("d", isPolygon(shape) ? outlineOf(shape) : OUTLINES[shape]);
  svg.append(outline);
  return svg;
}

/** The boxes and lines of the graph as nested lists: nobody needs the canvas. */
function showGraphList(state) {
  const holder = byId("graph-list");
  holder.hidden = !state.list;
  byId("canvas-frame").hidden = state.list;
  byId("help").hidden = state.list;
  byId("legend").hidden = state.list;
  byId("as-list").setAttribute("aria-pressed", String(state.list));
  if (!state.list) return fill(holder);
  const outgoing = new Map();
  for (const line of VIEW.lines) outgoing.set(line.from, [...(outgoing.get(line.from) ?? []), line]);
  const lineItem = (line) =>
    el(
      "li",
      {},
      button(
        `→ ${titleOfKey(line.to)} (${plural(line.dependencies.length, "dependency", "dependencies")}, ${LINE_STYLES[styleOfLine(line)]})`,
        () => go({ pick: null, line: [line.from, line.to] }, { isStep: true }),
        { className: "link" },
      ),
    );
  const boxItem = (one) => {
    const isFrame = VIEW.frames.has(one.key);
    const lines = outgoing.get(one.key) ?? [];
    return el(
      "li",
      {},
      button(
        isFrame ? foldTitle(one) : nameOfBox(one),
        () => go({ pick: one.key, line: null }, { isStep: true }),
        { className: "link strong", "aria-current": state.pick === one.key },
      ),
      ` ${one.artifact ? `${one.artifact.id} · ` : ""}${describeMarks(one, marksOf(one))} `,
      one.artifact
        ? null
        : button(isFrame ? "Close" : "Open", () => toggleFold(one.key), {
            "aria-expanded": String(isFrame),
            "aria-label": `${isFrame ? "Close" : "Open"} ${foldTitle(one)}`,
          }),
      lines.length ? longList(lines, lineItem, {}, MOST_BOXES) : null,
      isFrame ? longList(childrenOf(one.key), boxItem, {}, MOST_BOXES) : null,
    );
  };
  const childrenOf = (parent) =>
    [...VIEW.frames.values(), ...VIEW.boxes.values()].filter((one) => (one.parent ?? null) === parent);
  const top = childrenOf(null);
  fill(
    holder,
    el("h2", {}, "What the graph shows"),
    top.length
      ? longList(top, boxItem, { className: "boxes" }, MOST_BOXES)
      : el("p", {}, "No artifact passes the filters."),
  );
}
