// What a search finds: every word has to stand somewhere in the same artifact, field by field.

const MOST_FOUND = 50;

const searchFields = [
  ["id", (one) => [one.id]],
  ["name", (one) => [one.name]],
  ["path", (one) => [...one.paths, ...one.files.map((number) => DATA.files[number].path)]],
  ["owner", (one) => [one.owner]],
  ["endpoint", (one) => one.endpoints.map((endpoint) => `${endpoint.method} ${endpoint.route}`)],
];

let searchIndex = null;

/** Everything in lower case, put together once: a search looks at one text for each artifact. */
function getSearchIndex() {
  searchIndex ??= DATA.artifacts.map((one) =>
    searchFields
      .map(([, read]) => read(one).filter(Boolean).join("\n"))
      .join("\n")
      .toLowerCase(),
  );
  return searchIndex;
}

const searchWords = (query) => query.toLowerCase().split(/\s+/).filter(Boolean);

/** The numbers of the artifacts that fit, those whose id or name begins so first. */
function findMatches(query) {
  const words = searchWords(query);
  if (!words.length) return [];
  const index = getSearchIndex();
  const fitting = DATA.artifacts.filter((one) => words.every((word) => index[one.number].includes(word)));
  const rank = (one) => {
    const [id, name] = [one.id.toLowerCase(), (one.name ?? "").toLowerCase()];
    if (id === words[0] || name === words[0]) return 0;
    if (id.startsWith(words[0]) || name.startsWith(words[0])) return 1;
    return id.includes(words[0]) || name.includes(words[0]) ? 2 : 3;
  };
  return fitting
    .map((one) => [rank(one), one])
    .sort(([a, one], [b, other]) => a - b || one.number - other.number)
    .map(([, one]) => one.number);
}

/** Why an artifact was found: the first field that holds a word, and the text in it. */
function explainMatch(one, query) {
  const words = searchWords(query);
  for (const [field, read] of searchFields) {
    if (field === "id" || field === "name") continue;
    const text = read(one).find((each) => each && words.some((word) => each.toLowerCase().includes(word)));
    if (text) return `${field} ${text}`;
  }
  return "";
}
