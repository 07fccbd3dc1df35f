// Who reaches whom, file by file, as the command line answers `impact`, `deps --transitive` and `why`.
//
// A step into another artifact costs one; a step within an artifact, or through code of none, costs
// nothing. A link that ends (to a package that is only executed) may be the last of a chain or none.

const allKinds = () => (1 << DATA.kinds.length) - 1;
const runningMask = () => allKinds() & ~(1 << DATA.kinds.indexOf("type-checking"));

/** Of the links between two files, one that a chain can go on from, else the strongest. */
function* strongestLinks(links, otherEnd, mask) {
  for (let at = 0; at < links.length;) {
    const end = links[at][otherEnd];
    let best = null;
    for (; at < links.length && links[at][otherEnd] === end; at++) {
      const link = links[at];
      if (mask & (1 << link.kind) && (best === null || (best.ends && !link.ends))) best = link;
    }
    if (best) yield best;
  }
}

/** What a file uses or is used by; both lists are sorted by that end, the strongest link first. */
const usesOf = (file, mask) => strongestLinks(DATA.files[file].uses, "to", mask);
function* usersOf(file, mask, isStart) {
  const found = new Set();
  for (const link of strongestLinks(DATA.files[file].usedBy, "from", mask)) {
    found.add(link.from);
    yield link;
  }
  // Only of an `__init__` that changes itself it matters who executes it.
  if (!isStart || !(mask & (1 << DATA.kinds.indexOf("parent-init")))) return;
  for (const link of DATA.executors.get(file) ?? []) if (!found.has(link.from)) yield link;
}

/** Artifact -> how many artifacts a change of `start` passes to get there. `impact` has the same. */
function findReaching(start, mask = runningMask()) {
  return walkByDistance(
    start,
    (file, isStart) => usersOf(file, mask, isStart),
    "from",
    (link, isStart) => isStart || !link.ends,
    true,
  );
}

/** Artifact -> how many artifacts away it is, of all that `start` reaches through any code. */
function findReached(start, mask = allKinds()) {
  return walkByDistance(
    start,
    (file) => usesOf(file, mask),
    "to",
    () => true,
    false,
  );
}

/** Breadth first, where steps cost nothing or one: a row of files for each distance. */
function walkByDistance(start, linksOf, end, mayFollow, leavesTests) {
  const starts = new Set(DATA.artifacts[start].files);
  const found = new Map();
  const entered = new Set();
  let row = [...starts].map((file) => ({ file, link: null }));
  for (let distance = 0; row.length; distance++) {
    const next = [];
    for (let at = 0; at < row.length; at++) {
      const { file, link } = row[at];
      const { artifact, isTest } = DATA.files[file];
      const isStart = link === null;
      if (entered.has(file) || (!isStart && starts.has(file))) continue;
      if (leavesTests && isTest && !isStart) continue;
      if (!isStart && artifact !== -1 && artifact !== start && !found.has(artifact))
        found.set(artifact, distance);
      // What is only executed is reached, and not gone on from; a longer way may enter it.
      if (end === "to" && link?.ends) continue;
      entered.add(file);
      for (const each of linksOf(file, isStart)) {
        if (!mayFollow(each, isStart)) continue;
        const other = DATA.files[each[end]].artifact;
        const target = other !== -1 && other !== artifact ? next : row;
        target.push({ file: each[end], link: each });
      }
    }
    row = next;
  }
  return found;
}

/**
 * What some files use, directly or through others: file -> the link that reaches it first, and the chain to it.
 *
 * A file that is only executed is reached and not gone on from; a longer way may enter it.
 */
function walkUses(starts, mask, mayEnter) {
  const [reached, entered] = [new Map(), new Map()];
  const seen = new Set(starts);
  const queue = [...starts];
  for (let at = 0; at < queue.length; at++) {
    for (const link of usesOf(queue[at], mask)) {
      if (seen.has(link.to)) continue;
      if (!reached.has(link.to)) reached.set(link.to, link);
      if (link.ends || entered.has(link.to)) continue;
      entered.set(link.to, link);
      seen.add(link.to);
      if (mayEnter(link.to)) queue.push(link.to);
    }
  }
  const chainInto = (file) => {
    const links = [];
    for (let link = entered.get(file); link; link = entered.get(link.from)) links.unshift(link);
    return links;
  };
  const chainTo = (link) => [...chainInto(link.from), link];
  return { reached, entered, chainTo };
}

/** A shortest chain of links from one artifact to another, as `why` finds it; empty without one. */
function findChain(from, to, mask = allKinds()) {
  const [starts, targets] = [DATA.artifacts[from].files, new Set(DATA.artifacts[to].files)];
  const { reached, entered, chainTo } = walkUses(starts, mask, (file) => !targets.has(file));
  let chains = [...targets].filter((file) => reached.has(file)).map((file) => chainTo(reached.get(file)));
  if (!chains.length && mask & (1 << DATA.kinds.indexOf("parent-init"))) {
    // Nothing imports it, but something inside of the package, which executes it.
    const begun = new Set(starts);
    chains = [...targets]
      .flatMap((file) => DATA.executors.get(file) ?? [])
      .filter((link) => begun.has(link.from) || entered.has(link.from))
      .map(chainTo);
  }
  const compare = (one, other) =>
    one.length - other.length || one.reduce((sign, link, at) => sign || link.number - other[at].number, 0);
  return chains.sort(compare)[0] ?? [];
}

let lastDependencies = { mask: null, found: [] };

/** The dependencies by links of some kinds and no others, as `--kinds` has them; found once for the same kinds. */
function dependenciesBy(mask) {
  if (mask === allKinds()) return DATA.dependencies;
  if (lastDependencies.mask !== mask)
    lastDependencies = { mask, found: DATA.artifacts.flatMap((one) => findDependencies(one, mask)) };
  return lastDependencies.found;
}

function findDependencies({ number: from, files }, mask) {
  const { reached, chainTo } = walkUses(files, mask, (file) => DATA.files[file].artifact === -1);
  const chains = new Map();
  for (const [file, link] of reached) {
    const to = DATA.files[file].artifact;
    if (to !== -1 && to !== from && !chains.has(to)) chains.set(to, chainTo(link));
  }
  // Of a direct one all links count, of a chain those that it consists of.
  const direct = new Map();
  for (const link of files.flatMap((file) => DATA.files[file].uses)) {
    const to = DATA.files[link.to].artifact;
    direct.set(to, direct.get(to) | (mask & (1 << link.kind)));
  }
  return [...chains]
    .sort(([one], [other]) => one - other)
    .map(([to, chain]) => ({
      from,
      to,
      kinds: chain.length > 1 ? chain.reduce((kinds, link) => kinds | (1 << link.kind), 0) : direct.get(to),
      chain: chain.map((link) => link.number),
    }));
}
