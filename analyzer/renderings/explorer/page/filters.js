// Which artifacts and which dependencies pass. Of one filter any value fits; all filters have to.

const NONE = "none";

const valueOf = {
  wave: (one) => (one.wave === null || one.wave === undefined ? NONE : String(one.wave)),
  owner: (one) => one.owner ?? NONE,
  type: (one) => one.type ?? NONE,
  status: (one) => one.status ?? NONE,
  product: (one) => one.product ?? NONE,
};

const FILTER_TITLES = {
  wave: "Wave",
  owner: "Owner",
  type: "Type",
  status: "Status",
  kind: "Kind of dependency",
  finding: "Finding",
};

/** Numbers by their size, words by the alphabet, what says nothing last. */
function compareValues(one, other) {
  if (one === other) return 0;
  if (one === NONE || other === NONE) return one === NONE ? 1 : -1;
  return COLLATOR.compare(one, other) || (one < other ? -1 : 1);
}
const COLLATOR = new Intl.Collator("en", { numeric: true });

/** Filter -> value -> how many artifacts (of kinds: dependencies) have it; sorted. */
function countFilterValues() {
  const counts = Object.fromEntries(FILTERS.map((name) => [name, new Map()]));
  const count = (name, value) => counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
  for (const one of DATA.artifacts) {
    for (const name of ["wave", "owner", "type", "status"]) count(name, valueOf[name](one));
    for (const code of new Set(one.findings.map((finding) => finding.code))) count("finding", code);
  }
  for (const one of DATA.dependencies) for (const kind of kindsOf(one.kinds)) count("kind", kind);
  for (const name of FILTERS) {
    const sorted = [...counts[name]].sort(([one], [other]) => compareValues(one, other));
    counts[name] = new Map(
      name === "kind"
        ? sorted.sort(([one], [other]) => DATA.kinds.indexOf(one) - DATA.kinds.indexOf(other))
        : sorted,
    );
  }
  return counts;
}

let filterCounts = null;
const getFilterCounts = () => (filterCounts ??= countFilterValues());
const filterValues = () =>
  Object.fromEntries(FILTERS.map((name) => [name, [...getFilterCounts()[name].keys()]]));

const filterKey = (state) => JSON.stringify(FILTERS.map((name) => state[name]));

let lastVisible = { key: null, found: [] };

/** The numbers of the artifacts that pass; the same list for the same filters. */
function findVisible(state) {
  const key = filterKey(state);
  if (lastVisible.key !== key) lastVisible = { key, found: filterArtifacts(state) };
  return lastVisible.found;
}

function filterArtifacts(state) {
  const wanted = ["wave", "owner", "type", "status"]
    .filter((name) => state[name].length)
    .map((name) => [valueOf[name], new Set(state[name])]);
  const codes = new Set(state.finding);
  return DATA.artifacts
    .filter(
      (one) =>
        wanted.every(([read, values]) => values.has(read(one))) &&
        (!codes.size || one.findings.some((finding) => codes.has(finding.code))),
    )
    .map((one) => one.number);
}

/** The chosen kinds as bits; all of them where none is chosen. */
function kindMask(state) {
  if (!state.kind.length) return allKinds();
  return state.kind.reduce((mask, kind) => mask | (1 << DATA.kinds.indexOf(kind)), 0);
}
