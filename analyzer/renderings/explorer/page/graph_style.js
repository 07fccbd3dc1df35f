// What boxes and lines look like: type is a shape, owner a colour, kind a line; and never colour alone.

const FONT = '"Segoe UI", system-ui, "DejaVu Sans", sans-serif';
const NAME_SIZE = 13;

/** The colours of the theme, from the style sheet. */
function themeColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(
    [
      "page",
      "text",
      "muted",
      "line",
      "call",
      "frame",
      "frame-line",
      "error",
      "up",
      "down",
      "why",
      "accent",
    ].map((name) => [name, read(name)]),
  );
}

function graphStyle() {
  const of = themeColours();
  return [
    {
      selector: "node",
      style: {
        width: BOX.width,
        height: BOX.height,
        shape: "data(shape)",
        "background-color": "data(fill)",
        "border-width": 1,
        "border-color": "#595959",
        label: "data(label)",
        color: "#1a1a1a",
        "font-family": FONT,
        "font-size": NAME_SIZE,
        "text-valign": "center",
        "text-halign": "center",
        "text-wrap": "wrap",
        "text-max-width": BOX.width,
        "line-height": 1.25,
        "text-events": "no",
        "min-zoomed-font-size": 4,
      },
    },
    { selector: "node[points]", style: { "shape-polygon-points": "data(points)" } },
    { selector: "node.fold", style: { "border-style": "double", "border-width": 4 } },
    {
      selector: "node.orphan",
      style: { "border-style": "dashed", "border-width": 2, "border-color": "#1a1a1a" },
    },
    {
      selector: "node.missing",
      style: { "border-style": "dotted", "border-width": 3, "border-color": "#8b0000" },
    },
    { selector: "node.error", style: { "border-width": 3, "border-color": "#8b0000" } },
    { selector: "node.fold.error", style: { "border-width": 5, "border-color": "#8b0000" } },
    {
      selector: "node.frame",
      style: {
        shape: "round-rectangle",
        "background-color": of.frame,
        "background-opacity": 0.6,
        "border-width": 1,
        "border-color": of["frame-line"],
        width: "data(width)",
        height: "data(height)",
        "z-compound-depth": "bottom",
        label: "data(label)",
        color: of.text,
        "font-size": 14,
        "font-weight": "bold",
        "text-valign": "top",
        "text-halign": "center",
        "text-margin-y": 25,
        "text-max-width": 600,
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": of.line,
        "target-arrow-color": of.line,
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        "curve-style": "bezier",
        "control-point-step-size": 28,
        label: "data(label)",
        "font-size": 10,
        "font-family": FONT,
        color: of.text,
        "text-background-color": of.page,
        "text-background-opacity": 0.85,
        "text-background-padding": 2,
        "min-zoomed-font-size": 5,
      },
    },
    {
      selector: "edge[bends]",
      style: {
        "curve-style": "unbundled-bezier",
        "control-point-weights": "data(bends)",
        "control-point-distances": "data(offsets)",
        "edge-distances": "node-position",
      },
    },
    {
      selector: "edge[startAt]",
      style: {
        "curve-style": "straight",
        "source-endpoint": "data(startAt)",
        "target-endpoint": "data(endAt)",
        "text-margin-x": "data(besideX)",
        "text-margin-y": "data(besideY)",
      },
    },
    { selector: "edge.sometimes", style: { "line-style": "dashed" } },
    { selector: "edge.types", style: { "line-style": "dotted", "target-arrow-shape": "vee" } },
    { selector: "edge.package", style: { "line-style": "dotted", "target-arrow-fill": "hollow" } },
    {
      selector: "edge.declared",
      style: { "line-style": "dotted", "target-arrow-shape": "diamond", "target-arrow-fill": "hollow" },
    },
    { selector: "edge.call", style: { "line-color": of.call, "target-arrow-color": of.call } },
    { selector: "node.dim", style: { opacity: 0.5 } },
    { selector: "edge.dim", style: { opacity: 0.25 } },
    { selector: "node.up", style: { "border-color": of.up, "border-width": 4, "border-style": "solid" } },
    {
      selector: "node.down",
      style: { "border-color": of.down, "border-width": 4, "border-style": "dashed" },
    },
    { selector: "edge.up", style: { "line-color": of.up, "target-arrow-color": of.up } },
    { selector: "edge.down", style: { "line-color": of.down, "target-arrow-color": of.down } },
    {
      selector: "node.why, edge.why",
      style: {
        "border-color": of.why,
        "border-width": 5,
        "line-color": of.why,
        "target-arrow-color": of.why,
        "z-index": 20,
      },
    },
    {
      selector: "node.found",
      style: { "underlay-color": of.accent, "underlay-opacity": 0.5, "underlay-padding": 6 },
    },
    {
      selector: "node.picked",
      style: { "border-color": of.accent, "border-width": 6, "border-style": "solid" },
    },
    {
      selector: "edge.picked",
      style: { "line-color": of.accent, "target-arrow-color": of.accent, "z-index": 30 },
    },
    {
      selector: "node.focus",
      style: { "outline-color": of.accent, "outline-width": 4, "outline-offset": 4, "outline-opacity": 1 },
    },
    { selector: "core", style: { "active-bg-opacity": 0 } },
  ];
}

const measuring = document.createElement("canvas").getContext("2d");

const widths = new Map();

/** How wide a text is; asked for again and again, so it is kept. */
function widthOf(text, size) {
  const key = `${size} ${text}`;
  if (!widths.has(key)) {
    const font = `${size}px ${FONT}`;
    // To set it takes longer than to measure with it.
    if (measuring.wanted !== font) measuring.font = measuring.wanted = font;
    widths.set(key, measuring.measureText(text).width);
  }
  return widths.get(key);
}

const isNarrow = (text, width, size = NAME_SIZE) => text.length < 400 && widthOf(text, size) <= width;

/** A text that fits into a width, shortened in its middle; the details have the whole. */
function shorten(text, width, size = NAME_SIZE) {
  if (isNarrow(text, width, size)) return text;
  const clean = text.length > 400 ? `${text.slice(0, 200)}…${text.slice(-200)}` : text;
  const letters = [...clean];
  let [least, most] = [1, letters.length - 1];
  const cut = (kept) =>
    `${letters.slice(0, Math.ceil(kept / 2)).join("")}…${letters.slice(letters.length - Math.floor(kept / 2)).join("")}`;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (widthOf(cut(middle), size) <= width) least = middle;
    else most = middle - 1;
  }
  return cut(least);
}

const isPolygon = (shape) => shape.includes(" ");

/** A box for the graph library. */
function elementOfBox(box, look) {
  const shape = shapeOf(box);
  const owner = ownerOf(box);
  return {
    group: "nodes",
    data: {
      id: box.key,
      name: nameOfBox(box),
      shape: isPolygon(shape) ? "polygon" : shape,
      points: isPolygon(shape) ? shape : undefined,
      fill: owner === undefined ? "#e8e8e8" : DATA.fills.get(owner),
      label: labelOfBox(box, look),
    },
    classes: classesOfBox(box, look),
  };
}

const shapeOf = (box) => (box.artifact ? (DATA.shapes[box.artifact.type] ?? "rectangle") : "round-rectangle");

/** The name, and below it what a picked thing has to do with the box, else what the box is. */
function labelOfBox(box, look) {
  const width = (BOX.width - 18) * (isPolygon(shapeOf(box)) ? 0.9 : 1);
  const role = look.roles.get(box.key);
  const texts = role?.said ? [role.said, role.short ?? role.said] : describeShortly(box, marksOf(box));
  return `${shorten(nameOfBox(box), width)}\n${shorten(texts.find((text) => isNarrow(text, width)) ?? texts.at(-1), width)}`;
}

function classesOfBox(box, look) {
  const marks = marksOf(box);
  const role = look.roles.get(box.key);
  return [
    ...(box.artifact ? [] : ["fold"]),
    ...(marks.errors ? ["error"] : []),
    ...(box.artifact && marks.orphans ? ["orphan"] : []),
    ...(box.artifact && marks.missing ? ["missing"] : []),
    ...(role?.classes ?? (look.roles.size && box.key !== look.picked ? ["dim"] : [])),
    ...(look.found.has(box.key) ? ["found"] : []),
    ...(box.key === look.picked ? ["picked"] : []),
    ...(box.key === focusedKey && document.activeElement === byId("canvas") ? ["focus"] : []),
  ];
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact" });

/** What the second line of a box says: what it is, and the gravest of what is wrong with it. */
function describeMarks(box, marks) {
  const what = describeBox(box);
  if (!box.artifact)
    return marks.errors
      ? `${what}, ${COMPACT.format(marks.errors)} ${marks.errors === 1 ? "error" : "errors"}`
      : what;
  if (marks.missing) return `file missing · ${what}`;
  if (marks.orphans) return `orphan · ${what}`;
  return marks.errors ? `! ${marks.errors} · ${what}` : what;
}

/** The same, and shorter: of what does not fit the owner goes first, which the colour says, too. */
function describeShortly(box, marks) {
  const whole = describeMarks(box, marks);
  if (!box.artifact) return [whole];
  return [whole, whole.split(" · ").slice(0, -1).join(" · "), whole.split(" · ")[0]];
}

/** A frame is drawn as a box below all else: nested boxes of the library's own cost it much time. */
function elementOfFrame(frame, look) {
  const bounds = boundsOf(keysWithin(frame.key), framesAround(VIEW, frame.key).length - 1);
  return {
    group: "nodes",
    data: {
      id: frame.key,
      name: foldTitle(frame),
      width: bounds.width,
      height: bounds.height,
      label: `${shorten(foldTitle(frame), 480, 14)} (${frame.members.length})`,
      shape: "round-rectangle",
      fill: "#fff",
    },
    classes: classesOfFrame(frame, look),
    position: { x: bounds.left + bounds.width / 2, y: bounds.top + bounds.height / 2 },
  };
}

const classesOfFrame = (frame, look) => [
  "frame",
  ...(frame.key === look.picked ? ["picked"] : []),
  ...(frame.key === focusedKey && document.activeElement === byId("canvas") ? ["focus"] : []),
];

function elementOfLine(line, look, way) {
  const count = line.dependencies.length;
  return {
    group: "edges",
    data: {
      id: `line:${line.key}`,
      source: line.from,
      target: line.to,
      width: Math.min(1.2 + 0.4 * Math.log2(count), 5),
      label: count > 1 ? String(count) : "",
      ...way,
    },
    classes: classesOfLine(line, look),
  };
}

function classesOfLine(line, look) {
  const { roles } = look;
  const style = styleOfLine(line);
  if (look.line === line.key) return [style, "picked"];
  if (!roles.size) return [style];
  const isStep = (key) => roles.get(key)?.classes.includes("why");
  if (isStep(line.from) && isStep(line.to) && roles.get(line.from).next === line.to) return [style, "why"];
  return [style, ["up", "down"].find((name) => isOnTheWay(line, look, name)) ?? "dim"];
}

/** Whether one of the line's own dependencies is among those that reach, or are reached. */
function isOnTheWay(line, { ways, start }, name) {
  const isPart = (number) => number === start || ways[name].has(number);
  return ways !== undefined && line.dependencies.some((one) => isPart(one.from) && isPart(one.to));
}
