// Everything is put together here, and begins.

const DATA = loadData();

const TAB_TITLES = {
  graph: () => "Graph",
  artifacts: () => `Artifacts (${DATA.artifacts.length.toLocaleString("en")})`,
  waves: () => `Waves (${DATA.waves.length})`,
  owners: () => `Owners (${getFilterCounts().owner.size.toLocaleString("en")})`,
  orphans: () => `Orphans (${DATA.artifacts.filter((one) => one.orphan).length.toLocaleString("en")})`,
  findings: () => `Findings (${DATA.findings.length.toLocaleString("en")})`,
  endpoints: () => `Endpoints (${DATA.endpoints.length.toLocaleString("en")})`,
};

function startTabs() {
  const tabs = VIEWS.map((view) =>
    button(TAB_TITLES[view](), () => go({ view, sort: "" }, { isStep: true }), {
      role: "tab",
      id: `tab-${view}`,
      "aria-controls": view === "graph" ? "view-graph" : "view-table",
    }),
  );
  fill(byId("tabs"), tabs);
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
}

function showTabs(state) {
  for (const view of VIEWS) {
    byId(`tab-${view}`).setAttribute("aria-selected", String(view === state.view));
    byId(`tab-${view}`).tabIndex = view === state.view ? 0 : -1;
  }
  byId("view-graph").hidden = state.view !== "graph";
}

function startToolbar() {
  const titles = {
    auto: "whatever gives few boxes",
    none: "nothing",
    wave: "wave",
    owner: "owner",
    type: "type",
    product: "product",
    folder: "folder",
  };
  fill(
    byId("fold"),
    FOLDS.map((by) => el("option", { value: by }, titles[by])),
  );
  byId("fold").addEventListener("change", (event) =>
    go({ fold: event.target.value, open: [], pick: null, line: null }, { isStep: true }),
  );
  byId("close-all").addEventListener("click", () =>
    go(
      { open: [], pick: DATA.byArtifactId.has(STATE.pick) ? STATE.pick : null, line: null },
      { isStep: true },
    ),
  );
  byId("as-list").addEventListener("click", () => go({ list: !STATE.list }, { isStep: true }));
  byId("share").addEventListener("click", shareLink);
  byId("skip").addEventListener("click", (event) => {
    // The fragment of the address holds the state.
    event.preventDefault();
    byId("main").focus();
  });
}

async function shareLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link to this view is copied.");
  } catch {
    say("Copy the address of this page: it is the link to this view.");
  }
}

function showToolbar(state) {
  byId("fold").value = state.fold;
  byId("close-all").disabled = state.open.length === 0;
  if (document.activeElement !== byId("search")) byId("search").value = state.q;
}

function start() {
  const unread = new Set(DATA.unscanned.map((one) => one.path)).size;
  byId("counts").textContent =
    `${plural(DATA.artifacts.length, "artifact")}, ${plural(DATA.dependencies.length, "dependency", "dependencies")}, ${plural(DATA.findings.length, "finding")}.${unread ? ` ${plural(unread, "file")} could not be read, so something may be missing.` : ""}`;
  startTheme();
  startTabs();
  startFilterPanel();
  startSearchBox();
  startToolbar();
  startGraph();
  startGraphKeys();
  onState(showTabs);
  onState(showFilterPanel);
  onState(showToolbar);
  onState((state) => {
    if (updateView(state)) showCaption();
  });
  onState(showGraphList);
  onState(drawGraph);
  // Where the graph comes later, so does what explains it.
  onState((state) => isPending || showLegend(state));
  onState(showTable);
  onState(showDetails);
  onState(tellOfDetails);
  const follow = () => {
    readAddress();
    // Also where somebody is in it: what is typed changes the address, never the other way round.
    byId("search").value = STATE.q;
  };
  addEventListener("popstate", follow);
  addEventListener("hashchange", () => location.hash.slice(1) !== fragmentOf(STATE) && follow());
  readAddress();
  startReloading();
  (window.requestIdleCallback ?? setTimeout)(warmUp);
}

/** What the first click will need is done once while nobody waits: it takes half the time then. */
function warmUp() {
  getSearchIndex();
  const keys = DATA.artifacts.slice(0, 40).map((one) => one.id);
  const lines = keys.slice(1).map((to, at) => ({ key: `${at}`, from: keys[at >> 1], to, weight: 1 }));
  askDagre(keys, lines, new Map(keys.map((key) => [key, BOX])), "LR");
  for (const by of DIMENSIONS) groupMembers(findVisible(START), by);
}

start();
