// The lines between the boxes of a view.

const MOST_LINES = 120; // never more at once, but for those of what is picked
const GOOD_LINES = 32; // more are gathered at the frames, where there are any

/**
 * The lines of a view, each for the dependencies between two boxes.
 *
 * Where they are too many, lines between two frames are gathered at the frames; where they still
 * are, the lightest are left out. Both is said in `notes`.
 */
function buildLines(view, state) {
  const passing = dependenciesBy(kindMask(state)).filter(
    (one) => view.boxOf.has(one.from) && view.boxOf.has(one.to),
  );
  const notes = [];
  let lines = gatherLines(passing, (one) => [view.boxOf.get(one.from), view.boxOf.get(one.to)]);
  if (lines.length > GOOD_LINES && view.frames.size) {
    lines = gatherAtFrames(view, lines);
    notes.push("Lines between frames are gathered at the frames; choose a box to see its own.");
  }
  if (lines.length > MOST_LINES) {
    const heaviest = [...lines].sort(
      (one, other) => other.dependencies.length - one.dependencies.length || (one.key < other.key ? -1 : 1),
    );
    notes.push(
      `${plural(lines.length - MOST_LINES, "lighter line")} of ${lines.length.toLocaleString("en")} are not drawn; choose a box to see all of its own, or use the list.`,
    );
    lines = heaviest.slice(0, MOST_LINES);
  }
  return { lines, passing, notes };
}

/** Dependencies by the two boxes that hold their ends; none within one box. */
function gatherLines(dependencies, endsOf) {
  const lines = new Map();
  for (const one of dependencies) {
    const [from, to] = endsOf(one);
    if (from !== to) lineBetween(lines, from, to).dependencies.push(one);
  }
  return sortedLines(lines);
}

/** Lines by the two frames that hold their ends. */
function gatherAtFrames(view, lines) {
  const gathered = new Map();
  for (const line of lines) {
    const merged = lineBetween(gathered, ...gatheredEnds(view, line.from, line.to));
    // One by one: to put lists together again and again costs their square.
    for (const one of line.dependencies) merged.dependencies.push(one);
  }
  return sortedLines(gathered);
}

/** The line from one box to another, made when it is first asked for: no key for each dependency. */
function lineBetween(lines, from, to) {
  if (!lines.has(from)) lines.set(from, new Map());
  const own = lines.get(from);
  if (!own.has(to)) own.set(to, { key: `${from}\n${to}`, from, to, dependencies: [] });
  return own.get(to);
}

const sortedLines = (lines) =>
  [...lines.values()]
    .flatMap((own) => [...own.values()])
    .sort((one, other) => (one.key < other.key ? -1 : 1));

/** The outermost frames, or boxes, that hold one end each and not the other. */
function gatheredEnds(view, from, to) {
  const [above, below] = [framesAround(view, from), framesAround(view, to)];
  let at = 0;
  while (at < above.length - 1 && at < below.length - 1 && above[at] === below[at]) at++;
  return [above[at], below[at]];
}

/** The frames around a box, from the outermost, and the box itself. */
function framesAround(view, key) {
  const way = [key];
  for (
    let parent = (view.boxes.get(key) ?? view.frames.get(key))?.parent;
    parent;
    parent = view.frames.get(parent).parent
  )
    way.unshift(parent);
  return way;
}

/** All lines of one box, also those that are gathered or left out otherwise. */
function linesOf(view, passing, key) {
  const members = new Set(view.boxes.get(key)?.members ?? []);
  return gatherLines(
    passing.filter((one) => members.has(one.from) !== members.has(one.to)),
    (one) => [view.boxOf.get(one.from), view.boxOf.get(one.to)],
  );
}

const LINE_STYLES = {
  import: "imports",
  sometimes: "imports in some cases",
  types: "types only",
  package: "runs its package only",
  call: "calls",
  declared: "declared only",
};
const STYLE_OF_KIND = {
  runtime: "import",
  "function-level": "sometimes",
  conditional: "sometimes",
  dynamic: "sometimes",
  invokes: "call",
  requests: "call",
  enqueues: "call",
  declared: "declared",
  "type-checking": "types",
  "parent-init": "package",
};

/** By the strongest kind; a chain through other files holds only where its weakest link does. */
function lineStyleOf(dependency) {
  const kinds = kindsOf(dependency.kinds);
  return STYLE_OF_KIND[dependency.chain.length > 1 ? kinds.at(-1) : kinds[0]] ?? "import";
}

/** Of many dependencies the strongest style: the order of the styles is that of strength. */
function styleOfLine(line) {
  const styles = new Set(line.dependencies.map(lineStyleOf));
  return (
    ["import", "call", "sometimes", "declared", "types", "package"].find((style) => styles.has(style)) ??
    "import"
  );
}

/** The word for a box, beside its name: what it is, or how many it holds. */
function describeBox(box) {
  if (box.artifact) return [box.artifact.type ?? "no type", box.artifact.owner ?? "no owner"].join(" · ");
  return plural(box.members.length, "artifact");
}

const nameOfBox = (box) => (box.artifact ? (box.artifact.name ?? box.artifact.id) : foldTitle(box));

/** What a reader has to know about a box, the gravest first. */
function marksOf(box) {
  // A view is made anew when it changes, and its boxes with it.
  box.marks ??= countMarks(box.members.map((number) => DATA.artifacts[number]));
  return box.marks;
}

function countMarks(artifacts) {
  const marks = { errors: 0, warnings: 0, missing: 0, orphans: 0 };
  for (const one of artifacts) {
    marks.errors += one.errors;
    marks.warnings += one.warnings;
    if (one.orphan) marks[one.orphan.reason === "missing-file" ? "missing" : "orphans"] += 1;
  }
  return marks;
}

/** The one owner of all that a box holds; `undefined` where there are several. */
function ownerOf(box) {
  const owners = new Set(box.members.map((number) => DATA.artifacts[number].owner));
  return owners.size === 1 ? [...owners][0] : undefined;
}
