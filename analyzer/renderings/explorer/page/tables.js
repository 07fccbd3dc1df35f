// The tables beside the graph. Each sorts by any column, and shows a page of its rows at a time.

const PAGE_ROWS = 30;
const SEVERITIES = ["error", "warning", "info"];

const column = (title, read, show = null, isNumber = false) => ({ title, read, show, isNumber });
const number = (title, read, show = null) => column(title, read, show, true);
const artifactCell = (number) =>
  number === -1 || number === undefined
    ? ""
    : button(DATA.artifacts[number].id, () => showArtifact(number), { className: "link" });
const placeText = (path, line) => (path === null ? "" : placeName(line === null ? path : `${path}:${line}`));
const sumOf = (artifacts, name) => artifacts.reduce((sum, one) => sum + one[name], 0);

/** A bar that says the same as the number beside it. */
function progressCell(done, all) {
  if (!all) return "";
  return el(
    "span",
    { className: "progress" },
    el("progress", { value: Math.min(done, all), max: all, "aria-label": `${done} of ${all}` }),
    ` ${done} of ${all}`,
  );
}

const ID = column(
  "Id",
  (one) => one.id,
  (one) => artifactCell(one.number),
);
const ARTIFACT = column(
  "Artifact",
  (one) => (one.artifact === -1 ? "" : DATA.artifacts[one.artifact].id),
  (one) => artifactCell(one.artifact),
);

const TABLES = {
  artifacts: {
    title: "Artifacts",
    rows: () => visibleArtifacts(),
    of: (one) => one.number,
    columns: [
      ID,
      column("Name", (one) => one.name ?? ""),
      column("Type", (one) => one.type ?? ""),
      column("Owner", (one) => one.owner ?? ""),
      number(
        "Wave",
        (one) => one.wave ?? Infinity,
        (one) => one.wave ?? "",
      ),
      column("Status", (one) => one.status ?? ""),
      number("Depends on", (one) => one.dependsOn.length),
      number("Used by", (one) => one.usedBy.length),
      number("Findings", (one) => one.findings.length),
      column(
        "Path",
        (one) => one.paths[0] ?? "",
        (one) => placeText(one.paths[0] ?? null, null),
      ),
    ],
  },
  waves: {
    title: "Waves",
    rows: () =>
      DATA.waves.map((wave) => ({
        ...wave,
        members: DATA.artifacts.filter((one) => one.wave === wave.number),
      })),
    columns: [
      number(
        "Wave",
        (one) => one.number,
        (one) =>
          button(
            `Wave ${one.number}`,
            () => go({ wave: [String(one.number)], view: "graph" }, { isStep: true }),
            { className: "link" },
          ),
      ),
      column("Title", (one) => one.title ?? ""),
      column("Status claimed", (one) => one.status ?? ""),
      number(
        "Registered, as claimed",
        (one) => one.claimed_registered ?? -1,
        (one) =>
          one.claimed_total === undefined
            ? (one.claimed_registered ?? "")
            : progressCell(one.claimed_registered ?? 0, one.claimed_total),
      ),
      number("Listed", (one) => one.listed),
      number("Records", (one) => one.records),
      number(
        "Found in the code",
        (one) => one.located,
        (one) => progressCell(one.located, one.records),
      ),
      number("Orphans", (one) => one.members.filter((each) => each.orphan).length),
      number("Errors", (one) => sumOf(one.members, "errors")),
    ],
  },
  owners: {
    title: "Owners",
    rows: () =>
      [...Map.groupBy(visibleArtifacts(), valueOf.owner)].map(([owner, members]) => ({ owner, members })),
    columns: [
      column(
        "Owner",
        (one) => one.owner,
        (one) =>
          button(one.owner, () => go({ owner: [one.owner], view: "graph" }, { isStep: true }), {
            className: "link",
          }),
      ),
      number("Artifacts", (one) => one.members.length),
      number("Endpoints", (one) => one.members.reduce((sum, each) => sum + each.endpoints.length, 0)),
      number("Depend on other owners", (one) => foreign(one, "dependsOn", "to")),
      number("Used by other owners", (one) => foreign(one, "usedBy", "from")),
      number("Orphans", (one) => one.members.filter((each) => each.orphan).length),
      number("Errors", (one) => sumOf(one.members, "errors")),
      number("Warnings", (one) => sumOf(one.members, "warnings")),
    ],
  },
  orphans: {
    title: "Orphans",
    rows: () => visibleArtifacts().filter((one) => one.orphan),
    of: (one) => one.number,
    columns: [
      ID,
      column("Name", (one) => one.name ?? ""),
      column("Owner", (one) => one.owner ?? ""),
      column("Reason", (one) => one.orphan.reason),
      column("How sure", (one) => one.orphan.confidence),
      column(
        "Why",
        (one) => one.orphan.explanation,
        (one) => longText(one.orphan.explanation),
      ),
    ],
  },
  findings: {
    title: "Findings",
    rows: () => visibleFindings(),
    of: (one) => one.artifact,
    columns: [
      column(
        "Severity",
        (one) => SEVERITIES.indexOf(one.severity),
        (one) => el("span", { className: `severity ${one.severity}` }, one.severity),
      ),
      column("Code", (one) => one.code),
      ARTIFACT,
      column("Owner", (one) => one.owner ?? ""),
      column(
        "Message",
        (one) => one.message,
        (one) => longText(one.message),
      ),
      column(
        "Place",
        (one) => `${one.path}:${one.line ?? 0}`,
        (one) => placeText(one.path, one.line),
      ),
    ],
  },
  endpoints: {
    title: "Endpoints",
    rows: () => visibleEndpoints(),
    of: (one) => one.artifact,
    columns: [
      column("Method", (one) => one.method),
      column(
        "Address",
        (one) => one.route,
        (one) => bdi(one.route, "route"),
      ),
      column("Handler", (one) => one.handler),
      ARTIFACT,
      column("Mounted", (one) => one.mounted),
      column(
        "Place",
        (one) => `${one.path}:${one.line}`,
        (one) => placeText(one.path, one.line),
      ),
    ],
  },
};

const foreign = ({ owner, members }, list, end) =>
  members.reduce(
    (sum, one) => sum + one[list].filter((each) => valueOf.owner(DATA.artifacts[each[end]]) !== owner).length,
    0,
  );

/** Artifacts that pass the filters and the search. */
function visibleArtifacts() {
  const found = STATE.q ? new Set(findMatches(STATE.q)) : null;
  return findVisible(STATE)
    .filter((number) => found === null || found.has(number))
    .map((number) => DATA.artifacts[number]);
}

/** Of what belongs to no artifact nothing is known to filter by: it is shown where no filter is set. */
function visibleOf(list) {
  const isFiltered =
    STATE.q !== "" || FILTERS.some((name) => name !== "kind" && name !== "finding" && STATE[name].length);
  const passing = new Set(visibleArtifacts().map((one) => one.number));
  return list.filter((one) => (one.artifact === -1 ? !isFiltered : passing.has(one.artifact)));
}
const visibleFindings = () =>
  visibleOf(DATA.findings).filter((one) => !STATE.finding.length || STATE.finding.includes(one.code));
const visibleEndpoints = () => visibleOf(DATA.endpoints);

let tablePage = 0;

function showTable(state, before) {
  const holder = byId("view-table");
  const table = TABLES[state.view];
  holder.hidden = !table;
  if (!table) return fill(holder);
  if (
    state.view !== before.view ||
    state.sort !== before.sort ||
    filterKey(state) !== filterKey(before) ||
    state.q !== before.q
  )
    tablePage = 0;
  else if (holder.dataset.key === tableKey(state)) return markRow(state);
  holder.dataset.key = tableKey(state);
  holder.setAttribute("aria-labelledby", `tab-${state.view}`);
  const rows = sortRows(table, state.sort);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const shown = rows.slice(tablePage * PAGE_ROWS, (tablePage + 1) * PAGE_ROWS);
  fill(
    holder,
    el(
      "div",
      { className: "scroller", tabindex: "0", role: "region", "aria-label": table.title },
      el(
        "table",
        {},
        el("caption", {}, `${table.title}: ${rows.length.toLocaleString("en")}`),
        headOf(table, state),
        el(
          "tbody",
          {},
          shown.map((row) => rowOf(table, row)),
        ),
      ),
    ),
    rows.length ? null : el("p", {}, "Nothing passes the filters and the search."),
    pages > 1 ? pager(pages, rows.length) : null,
  );
  markRow(state);
}

const tableKey = (state) => JSON.stringify([state.view, state.sort, filterKey(state), state.q, tablePage]);

/** `Owner` or `-Owner`: by this column, from its largest down. */
function sortRows(table, sort) {
  const rows = table.rows();
  const isDown = sort.startsWith("-");
  const by = table.columns.find((one) => one.title === sort.replace(/^-/, ""));
  if (!by) return rows;
  const compare = by.isNumber
    ? (one, other) => one - other
    : (one, other) => (typeof one === "number" ? one - other : COLLATOR.compare(one, other));
  const keyed = rows.map((row, at) => [by.read(row), at, row]);
  keyed.sort(([one, first], [other, second]) => (isDown ? -1 : 1) * compare(one, other) || first - second);
  return keyed.map(([, , row]) => row);
}

function headOf(table, state) {
  const cell = ({ title, isNumber }) => {
    const order = state.sort === title ? "ascending" : state.sort === `-${title}` ? "descending" : null;
    const sign = order === "ascending" ? " ▲" : order === "descending" ? " ▼" : "";
    // A number is wanted from the largest down first.
    const next =
      order === null ? (isNumber ? `-${title}` : title) : order === "ascending" ? `-${title}` : title;
    const sort = () => {
      go({ sort: next });
      [...byId("view-table").querySelectorAll("th button")]
        .find((one) => one.dataset.title === title)
        ?.focus();
    };
    return el(
      "th",
      { scope: "col", "aria-sort": order, className: isNumber ? "number" : null },
      button(title, sort, { className: "sort", "data-title": title }),
      el("span", { "aria-hidden": "true" }, sign),
    );
  };
  return el("thead", {}, el("tr", {}, table.columns.map(cell)));
}

function rowOf(table, row) {
  const cells = table.columns.map(({ read, show, isNumber }) =>
    el(
      "td",
      { className: isNumber ? "number" : null },
      show ? show(row) : isNumber ? read(row).toLocaleString("en") : bdi(String(read(row))),
    ),
  );
  return el("tr", { "data-artifact": table.of && table.of(row) !== -1 ? table.of(row) : null }, cells);
}

function markRow(state) {
  const number = DATA.byArtifactId.get(state.pick)?.number;
  for (const row of byId("view-table").querySelectorAll("tbody tr"))
    row.classList.toggle("picked", number !== undefined && row.dataset.artifact === String(number));
}

function pager(pages, count) {
  const turn = (step) => () => {
    tablePage += step;
    showTable(STATE, STATE);
    const wanted = byId("view-table").querySelector(step > 0 ? ".next" : ".previous");
    (wanted.disabled ? byId("view-table").querySelector(".pager button:not([disabled])") : wanted).focus();
  };
  const [first, last] = [tablePage * PAGE_ROWS + 1, Math.min((tablePage + 1) * PAGE_ROWS, count)];
  return el(
    "p",
    { className: "pager" },
    button("Previous", turn(-1), { className: "previous", disabled: tablePage === 0 }),
    ` ${first.toLocaleString("en")}–${last.toLocaleString("en")} of ${count.toLocaleString("en")} `,
    button("Next", turn(1), { className: "next", disabled: tablePage === pages - 1 }),
  );
}
