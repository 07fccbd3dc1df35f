// Which boxes the graph has: artifacts, or folds of many, in frames where a fold is open.

const MOST_BOXES = 120; // never more at once
const GOOD_BOXES = 60; // and no more in one frame
const DIMENSIONS = ["wave", "owner", "type", "product", "folder"];

const DEEPEST = 12;

/** The folder of an artifact, cut to some depth; of one without a place, none. */
function folderOf(one, depth) {
  one.folders ??= listFolders(one);
  return one.folders[Math.min(depth, one.folders.length) - 1];
}

/** The folders above an artifact's first file, from the outermost. */
function listFolders(one) {
  const path = one.paths[0] ?? (one.files.length ? DATA.files[one.files[0]].path : null);
  if (path === null) return [NONE];
  const folders = path.split("/").slice(0, -1).slice(0, DEEPEST);
  return folders.length ? folders.map((_, at) => folders.slice(0, at + 1).join("/")) : ["."];
}

const groupCache = new WeakMap();

/** Members by their value, sorted; the same groups for the same list of members. */
function groupMembers(members, by) {
  if (!groupCache.has(members)) groupCache.set(members, new Map());
  const known = groupCache.get(members);
  if (!known.has(by))
    known.set(
      by,
      by === "parts"
        ? chunkMembers(members)
        : by === "folder"
          ? groupByFolder(members)
          : groupBy(members, valueOf[by]),
    );
  return known.get(by);
}

/** As deep as a picture can show them. */
function groupByFolder(members) {
  let best = null;
  for (let depth = 1; depth <= DEEPEST; depth++) {
    const groups = groupBy(members, (one) => folderOf(one, depth));
    if (best && (groups.size > GOOD_BOXES || groups.size === best.size)) {
      if (best.size > 1) break;
      if (groups.size > GOOD_BOXES) break;
    }
    best = groups;
  }
  return best;
}

function groupBy(members, read) {
  const groups = new Map();
  for (const number of members) {
    const value = read(DATA.artifacts[number]);
    if (!groups.has(value)) groups.set(value, []);
    groups.get(value).push(number);
  }
  const sorted = [...groups].sort(([one], [other]) => compareValues(one, other));
  if (sorted.length <= GOOD_BOXES) return new Map(sorted);
  // The largest get a box each, the others share one.
  const large = new Set(
    [...sorted]
      .sort((one, other) => other[1].length - one[1].length)
      .slice(0, GOOD_BOXES - 1)
      .map(([value]) => value),
  );
  const rest = sorted.filter(([value]) => !large.has(value));
  return new Map([
    ...sorted.filter(([value]) => large.has(value)),
    [`${rest.length} others`, rest.flatMap(([, each]) => each)],
  ]);
}

const TOO_MUCH = 2 / 3; // of all in one box: such a fold tells little

/**
 * What leaves the fewest boxes, but more than one; nothing where all members are alike. A fold with
 * nearly everything in one box is taken where there is no other.
 */
function chooseFold(members, dimensions) {
  let best = null;
  for (const by of dimensions) {
    const groups = groupMembers(members, by);
    if (groups.size < 2 || groups.size > GOOD_BOXES) continue;
    const isPoor =
      Math.max(...[...groups.values()].map((inside) => inside.length)) > TOO_MUCH * members.length;
    const one = { by, rank: groups.size + (isPoor ? MOST_BOXES : 0) };
    if (best === null || one.rank < best.rank) best = one;
  }
  return best?.by ?? null;
}

/** Members in rows of the alphabet: what no property tells apart. */
function chunkMembers(members) {
  const size = Math.max(GOOD_BOXES / 2, Math.ceil(members.length / GOOD_BOXES));
  const groups = new Map();
  for (let at = 0; at < members.length; at += size)
    groups.set(`part ${at / size + 1}`, members.slice(at, at + size));
  return groups;
}

/**
 * The boxes and frames of a state.
 *
 * Returns `boxes` and `frames` by key, `boxOf` (artifact -> key of its box), the dimension of the
 * outermost fold, and `notes`: what a reader has to be told.
 */
function buildBoxes(visible, state) {
  const view = { boxes: new Map(), frames: new Map(), boxOf: new Map(), by: null, notes: [] };
  const open = new Set(state.open);
  let wanted = state.fold;
  if (wanted === "auto")
    wanted = visible.length <= GOOD_BOXES ? "none" : (chooseFold(visible, DIMENSIONS) ?? "parts");
  if (wanted === "none" && visible.length > MOST_BOXES) {
    wanted = chooseFold(visible, DIMENSIONS) ?? "parts";
    view.notes.push(
      `${plural(visible.length, "artifact")} are too many for one picture, so they are folded by ${wanted}.`,
    );
  }
  view.by = wanted;
  if (wanted === "none") visible.forEach((number) => addArtifact(view, number, null));
  else placeFolds(view, { members: visible, by: wanted, parent: null, used: [] }, open);
  return view;
}

function placeFolds(view, { members, by, parent, used }, open) {
  const groups = groupMembers(members, by);
  const prefix = parent === null ? "" : `${parent}/`;
  const folds = [...groups].map(([value, inside]) => ({
    key: `${prefix}${by}:${value}`,
    by,
    value,
    members: inside,
    parent,
  }));
  // All boxes of this level are there before one of them is opened: so no level is left half drawn.
  for (const fold of folds) {
    if (fold.members.length === 1) addArtifact(view, fold.members[0], parent);
    else addFold(view, fold);
  }
  for (const fold of folds)
    if (fold.members.length > 1 && open.has(fold.key)) openFold(view, fold, [...used, by], open);
}

function addArtifact(view, number, parent) {
  const one = DATA.artifacts[number];
  view.boxes.set(one.id, { key: one.id, artifact: one, members: [number], parent });
  view.boxOf.set(number, one.id);
}

function addFold(view, fold) {
  view.boxes.set(fold.key, { ...fold, artifact: null });
  for (const number of fold.members) view.boxOf.set(number, fold.key);
}

/** A frame in the place of a box; what would burst the limit is folded by something else. */
function openFold(view, fold, used, open) {
  const room = MOST_BOXES - view.boxes.size + 1;
  view.boxes.delete(fold.key);
  const frame = { ...fold, frame: true };
  if (fold.members.length <= Math.min(room, GOOD_BOXES)) {
    view.frames.set(fold.key, frame);
    for (const number of fold.members) addArtifact(view, number, fold.key);
    return;
  }
  // Folders go on where they have been cut.
  const left = DIMENSIONS.filter((by) => by === "folder" || !used.includes(by));
  const by = chooseFold(fold.members, left) ?? "parts";
  const count = groupMembers(fold.members, by).size;
  if (count > room) {
    addFold(view, fold);
    view.notes.push(`${foldTitle(fold)} stays folded: the picture would have more than ${MOST_BOXES} boxes.`);
    return;
  }
  view.frames.set(fold.key, frame);
  placeFolds(view, { members: fold.members, by, parent: fold.key, used }, open);
}

const foldTitle = (fold) => {
  if (fold.value === NONE) return `no ${fold.by}`;
  return fold.by === "wave" && /^\d+$/.test(fold.value)
    ? `wave ${fold.value}${waveTitle(fold.value)}`
    : fold.value;
};

const waveTitle = (number) => {
  const title = DATA.waves.find((wave) => String(wave.number) === number)?.title;
  return title ? `: ${title}` : "";
};

/** The keys that have to be open for an artifact to be a box by itself, from the outermost. */
function findKeysTo(number, state) {
  const keys = [];
  for (let tries = 0; tries < 8; tries++) {
    const view = buildBoxes(findVisible(state), { ...state, open: [...state.open, ...keys] });
    const key = view.boxOf.get(number);
    if (key === undefined || view.boxes.get(key).artifact || keys.includes(key) || state.open.includes(key))
      break;
    keys.push(key);
  }
  return keys;
}
