// Where the boxes stand: frame by frame, so that each has few boxes to put in order.
//
// dagre finds columns and the order in them; here long columns are broken, and what has no line
// stands below in rows. What uses stands left of what is used, or above it.

const BOX = { width: 184, height: 46 };
// Between two boxes of a column there is room for an arrowhead: else the line between them is not drawn.
const GAP = { column: 80, row: 20, broken: 20 };
const FRAME = { side: 18, top: 40 };

/**
 * Where everything is: `middles` and `sizes` (of each box or frame, by key), and `bends` (key of a line -> points
 * that it passes, so that it leads around boxes), for boxes in frames in frames.
 */
function layOut(view, lines, aspect) {
  const children = new Map([[null, []]]);
  for (const frame of view.frames.values()) children.set(frame.key, []);
  for (const one of [...view.frames.values(), ...view.boxes.values()])
    children.get(one.parent ?? null).push(one.key);
  const between = new Map([...children.keys()].map((key) => [key, new Map()]));
  for (const line of lines) {
    const [from, to] = gatheredEnds(view, line.from, line.to);
    if (from === to) continue;
    const here = between.get(parentOf(view, from));
    const key = `${from}\n${to}`;
    here.set(key, { key, from, to, weight: (here.get(key)?.weight ?? 0) + line.dependencies.length });
  }
  const sizes = new Map([...view.boxes.keys()].map((key) => [key, BOX]));
  const inner = new Map();
  const arrange = (frame) => {
    for (const key of children.get(frame)) if (view.frames.has(key)) arrange(key);
    const laid = arrangeBoxes(children.get(frame), [...between.get(frame).values()], sizes, aspect);
    inner.set(frame, laid);
    sizes.set(frame, { width: laid.width + 2 * FRAME.side, height: laid.height + FRAME.top + FRAME.side });
  };
  arrange(null);
  const [middles, bends] = [new Map(), new Map()];
  const settle = (frame, left, top) => {
    for (const [key, place] of inner.get(frame).places) {
      const size = sizes.get(key);
      if (view.frames.has(key)) settle(key, left + place.left + FRAME.side, top + place.top + FRAME.top);
      middles.set(key, { x: left + place.left + size.width / 2, y: top + place.top + size.height / 2 });
    }
    for (const [key, points] of inner.get(frame).bends)
      bends.set(
        key,
        points.map(({ x, y }) => ({ x: x + left, y: y + top })),
      );
  };
  settle(null, 0, 0);
  return { middles, bends, sizes };
}

const parentOf = (view, key) => (view.boxes.get(key) ?? view.frames.get(key)).parent ?? null;

/** Boxes of one frame: the left upper corner of each, the size of all, and bends of lines. */
function arrangeBoxes(keys, lines, sizes, aspect) {
  const linked = new Set(lines.flatMap(({ from, to }) => [from, to]));
  const area = keys.reduce(
    (sum, key) => sum + (sizes.get(key).width + GAP.column) * (sizes.get(key).height + GAP.row),
    0,
  );
  const tallest = Math.max(...keys.map((key) => sizes.get(key).height), 0);
  const most = Math.max(tallest, 6 * (BOX.height + GAP.row), Math.sqrt(area / aspect));
  const drawn = drawByDagre(
    keys.filter((key) => linked.has(key)),
    lines,
    sizes,
    aspect,
  );
  // Broken columns are shorter, but their lines lead through boxes: nothing is won where the width decides.
  const isShort = drawn.height <= Math.max(1.25 * most, drawn.width / aspect);
  const laid = drawn.rankdir === "TB" || isShort ? drawn : breakColumns(drawn, sizes, most);
  return placeInRows(
    keys.filter((key) => !linked.has(key)),
    sizes,
    laid,
    aspect,
  );
}

/** The same columns, broken where they are too long: the rest of one stands beside it. */
function breakColumns({ places }, sizes, most) {
  const columns = new Map();
  for (const [key, { left, top }] of places) {
    const middle = Math.round(left + sizes.get(key).width / 2);
    columns.set(middle, [...(columns.get(middle) ?? []), [top, key]]);
  }
  const broken = new Map();
  let [left, height] = [0, 0];
  for (const [, column] of [...columns].sort(([one], [other]) => one - other)) {
    let [top, width] = [0, 0];
    for (const [, key] of column.sort(([one], [other]) => one - other)) {
      const size = sizes.get(key);
      if (top > 0 && top + size.height > most) {
        left += width + GAP.broken;
        [top, width] = [0, 0];
      }
      broken.set(key, { left, top });
      [top, width] = [top + size.height + GAP.row, Math.max(width, size.width)];
      height = Math.max(height, top - GAP.row);
    }
    left += width + GAP.column;
  }
  return { places: broken, width: Math.max(left - GAP.column, 0), height, bends: new Map() };
}

/** What has no line, in rows below the rest. */
function placeInRows(keys, sizes, laid, aspect) {
  if (!keys.length) return laid;
  const area = keys.reduce(
    (sum, key) => sum + (sizes.get(key).width + GAP.broken) * (sizes.get(key).height + GAP.row),
    0,
  );
  const widest = Math.max(laid.width, Math.sqrt(area * aspect), ...keys.map((key) => sizes.get(key).width));
  let [left, top, row, width] = [0, laid.height ? laid.height + 2.5 * GAP.row : 0, 0, laid.width];
  for (const key of keys) {
    const size = sizes.get(key);
    if (left > 0 && left + size.width > widest) [left, top, row] = [0, top + row + GAP.row, 0];
    laid.places.set(key, { left, top });
    width = Math.max(width, left + size.width);
    left += size.width + GAP.broken;
    row = Math.max(row, size.height);
  }
  return { ...laid, width, height: top + row };
}

const MOST_PLACING = 45; // lines: what dagre takes grows with their square

/** The lines that decide where boxes stand: the heaviest, and of each box its heaviest. */
function findPlacingLines(lines) {
  if (lines.length <= MOST_PLACING) return lines;
  const heaviest = [...lines].sort(
    (one, other) => other.weight - one.weight || (one.key < other.key ? -1 : 1),
  );
  const placed = new Set();
  return heaviest.filter(({ from, to }, at) => {
    const isNeeded = at < MOST_PLACING || !placed.has(from) || !placed.has(to);
    if (isNeeded) placed.add(from).add(to);
    return isNeeded;
  });
}

const drawnBefore = new Map();
const FEW_BOXES = 24;

/** Of two drawings the one that leaves less of the picture empty. */
function nearest(aspect, one, other) {
  const needs = ({ width, height }) => Math.max(width / aspect, height);
  return needs(one) <= needs(other) ? one : other;
}

/** By dagre, which is asked once about the same boxes and lines: most frames stay as they are. */
function drawByDagre(keys, lines, sizes, aspect) {
  const key = JSON.stringify([
    keys.map((each) => [each, sizes.get(each).width, sizes.get(each).height]),
    lines.map((line) => [line.key, line.weight]),
  ]);
  if (!drawnBefore.has(key)) {
    const flat = askDagre(keys, lines, sizes, "LR");
    // A few boxes in one long row are read better from top to bottom.
    const isRow = keys.length <= FEW_BOXES && flat.width > 1.6 * aspect * flat.height;
    drawnBefore.set(key, isRow ? nearest(aspect, flat, askDagre(keys, lines, sizes, "TB")) : flat);
  }
  const drawn = drawnBefore.get(key);
  return { ...drawn, places: new Map(drawn.places) };
}

function askDagre(keys, lines, sizes, rankdir) {
  const [places, bends] = [new Map(), new Map()];
  if (!keys.length) return { places, bends, width: 0, height: 0 };
  const placing = findPlacingLines(lines);
  const graph = new dagre.graphlib.Graph().setGraph({
    rankdir,
    nodesep: rankdir === "LR" ? GAP.row : 2 * GAP.row,
    edgesep: rankdir === "LR" ? 10 : 24,
    ranksep: rankdir === "LR" ? GAP.column : GAP.column / 2,
    ranker: placing.length < MOST_PLACING ? "network-simplex" : "tight-tree",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const key of keys) graph.setNode(key, { ...sizes.get(key) });
  for (const { from, to } of placing) graph.setEdge(from, to);
  dagre.layout(graph);
  for (const key of keys) {
    const { x, y, width, height } = graph.node(key);
    places.set(key, { left: x - width / 2, top: y - height / 2 });
  }
  for (const { key, from, to } of placing) bends.set(key, graph.edge(from, to).points.slice(1, -1));
  const { width, height } = graph.graph();
  return { places, bends, width, height, rankdir };
}

/** How a line runs, as the graph library wants it: around boxes, straight between near ones, or as it likes. */
function wayOfLine({ from, to, key }, { middles, sizes, bends }) {
  const [start, end] = [middles.get(from), middles.get(to)];
  if (!start || !end) return {};
  const points = bends.get(key);
  if (points?.length) return bendData(points, start, end);
  const [one, other] = [sizes.get(from), sizes.get(to)];
  const isAbove = nearEnds(start, end, one, other, ["x", "width"], ["y", "height"]);
  return isAbove ?? nearEnds(start, end, one, other, ["y", "height"], ["x", "width"]) ?? {};
}

const NEAR = 48; // points: the library has no way for two curves, there and back, in so little room
const LANE = 24;

/** Both ends of a line across a narrow gap, as offsets from the middles: there and back are apart. */
function nearEnds(start, end, one, other, [across, breadth], [along, length]) {
  const step = end[along] > start[along] ? 1 : -1;
  const gap = step * (end[along] - start[along]) - (one[length] + other[length]) / 2;
  const low = Math.max(start[across] - one[breadth] / 2, end[across] - other[breadth] / 2);
  const high = Math.min(start[across] + one[breadth] / 2, end[across] + other[breadth] / 2);
  if (gap < 0 || gap > NEAR || low >= high) return null;
  const place = (low + high) / 2 + step * Math.min(LANE, (high - low) / 4);
  const offset = (middle, size, side) => {
    const at = { [across]: place - middle[across], [along]: (side * size[length]) / 2 };
    return `${at.x}px ${at.y}px`;
  };
  // What is written on so short a line would cover it: it stands beside it.
  const beside = { [across]: 9 * step, [along]: 0 };
  return {
    startAt: offset(start, one, step),
    endAt: offset(end, other, -step),
    besideX: beside.x,
    besideY: beside.y,
  };
}

/** Points on the way as the graph library wants them: along the line, and off it. */
function bendData(points, start, end) {
  const [x, y] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(x, y);
  if (!points?.length || length === 0) return {};
  return {
    bends: points.map((point) => ((point.x - start.x) * x + (point.y - start.y) * y) / length ** 2),
    offsets: points.map((point) => ((point.y - start.y) * x - (point.x - start.x) * y) / length),
  };
}
