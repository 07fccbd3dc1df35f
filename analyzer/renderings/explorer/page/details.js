// What is known about what is picked.

function showDetails(state) {
  const holder = byId("details");
  const box = state.pick === null ? null : (VIEW.boxes.get(state.pick) ?? VIEW.frames.get(state.pick));
  const artifact = DATA.byArtifactId.get(state.pick);
  const content = artifact
    ? artifactDetails(artifact)
    : box
      ? foldDetails(box)
      : state.line
        ? lineDetails(state.line)
        : startDetails();
  fill(holder, whyPart(state), content);
  holder.scrollTop = 0;
}

/** Where the details stand below everything else, a word tells that they have changed. */
function tellOfDetails(state, before) {
  if (state.pick === null || state.pick === before.pick || !matchMedia("(max-width: 60rem)").matches) return;
  say(`${titleOfKey(state.pick)} is chosen; its details are below.`);
}

const startDetails = () => [
  el("h2", {}, "Details"),
  el("p", {}, "Choose a box or a line in the graph, a row of a table, or something that the search finds."),
];

const ABOUT = ["wave", "type", "status", "owner", "product"];

function artifactDetails(one) {
  const use = one.use();
  const [reaching, reached] = [reachingOf(one.number), reachedOf(one.number)];
  return [
    el("h2", {}, bdi(one.name ?? one.id)),
    el("p", { className: "id" }, bdi(one.id)),
    el(
      "p",
      { className: "chips" },
      ABOUT.filter((name) => one[name] !== null).map((name) =>
        el("span", { className: "chip" }, `${name} `, bdi(String(one[name]))),
      ),
    ),
    el(
      "p",
      { className: "actions" },
      STATE.view !== "graph"
        ? button("Show in the graph", () => showArtifact(one.number, { view: "graph" }))
        : null,
      button("Why: from here", () => go({ from: one.id }, { isStep: true })),
      button("Why: to here", () => go({ to: one.id }, { isStep: true })),
    ),
    one.orphan
      ? part(
          `Orphan: ${one.orphan.reason} (${one.orphan.confidence})`,
          null,
          el("p", {}, longText(one.orphan.explanation)),
          one.orphan.line === null ? null : placeName(`${one.orphan.path}:${one.orphan.line}`),
        )
      : null,
    part("Findings", one.findings.length, longList(one.findings, showFinding)),
    part(
      "Depends on",
      one.dependsOn.length,
      longList(one.dependsOn, (each) => showDependency(each, "to")),
    ),
    part(
      "Used by",
      one.usedBy.length,
      longList(one.usedBy, (each) => showDependency(each, "from")),
    ),
    part("Endpoints", one.endpoints.length, longList(one.endpoints, showEndpoint)),
    el(
      "section",
      {},
      el("h3", {}, "Reach"),
      foldedPart(`A change of it can affect ${plural(reaching.size, "artifact")}`, () =>
        showByDistance(reaching),
      ),
      foldedPart(`It reaches ${plural(reached.size, "artifact")}`, () => showByDistance(reached)),
    ),
    part("Record", null, recordPart(one)),
    part("Whether production uses it", null, usePart(one, use)),
  ];
}

function recordPart(one) {
  const rows = one.fields().map(([name, value]) => [el("dt", {}, bdi(name)), el("dd", {}, showValue(value))]);
  return [
    el("dl", { className: "fields" }, rows),
    el(
      "p",
      { className: "quiet" },
      "Written in ",
      placeName(one.origin.line === null ? one.origin.path : `${one.origin.path}:${one.origin.line}`),
    ),
    el(
      "p",
      { className: "quiet" },
      one.paths.length
        ? ["Stands in ", one.paths.map((path, at) => [at ? ", " : "", placeName(path)])]
        : "Has no place in the code",
      ` (by ${one.resolution}). `,
      bdi(one.explanation),
    ),
  ];
}

function showValue(value) {
  if (value === null) return el("span", { className: "quiet" }, "empty");
  if (typeof value === "string")
    return value === "" ? el("span", { className: "quiet" }, "empty") : longText(value);
  if (Array.isArray(value))
    return value.length
      ? longList(value, (each) => el("li", {}, showValue(each)))
      : el("span", { className: "quiet" }, "empty list");
  return el(
    "dl",
    { className: "fields" },
    value.pairs.map(([name, each]) => [el("dt", {}, bdi(name)), el("dd", {}, showValue(each))]),
  );
}

const showStart = (point) => [
  `${point.kind}: `,
  bdi(point.how),
  " ",
  placeName(point.line ? `${point.declared_at}:${point.line}` : point.declared_at),
];

/** What `orphans --explain` prints. */
function usePart(one, use) {
  if (one.orphan && one.orphan.reason === "missing-file") return el("p", {}, "Its file is missing.");
  if (!use.analysed && !one.orphan)
    return el(
      "p",
      {},
      "Nothing is claimed: it has no code that is read, or is started without being imported.",
    );
  return [
    el("p", {}, use.starts.length ? "Started itself by:" : "Nothing starts its own files."),
    use.starts.length ? longList(use.starts, (point) => el("li", {}, showStart(point))) : null,
    use.chain.length
      ? [
          el(
            "p",
            {},
            "Reached from what is started",
            use.started ? [", by ", showStart(use.started)] : "",
            ":",
          ),
          showChain(use.chain),
        ]
      : null,
    !use.chain.length && !use.starts.length
      ? el("p", {}, "No way from anything that is started leads to it.")
      : null,
    use.importers.length
      ? foldedPart(`Imported or started from outside of it: ${use.importers.length}`, () =>
          longList(use.importers, ({ link, role }) =>
            el(
              "li",
              { className: "evidence" },
              el("span", { className: "kind" }, role),
              " ",
              placeName(placeOf(link)),
              el("code", {}, bdi(link.text)),
            ),
          ),
        )
      : el("p", {}, "Nothing outside of it imports it."),
    use.mentions.length
      ? [
          el("p", {}, "Named without being imported:"),
          longList(use.mentions, (mention) =>
            el(
              "li",
              { className: "evidence" },
              placeName(`${mention.path}:${mention.line}`),
              el("code", {}, bdi(mention.text)),
            ),
          ),
        ]
      : null,
    use.unmounted.length
      ? [
          el("p", {}, "Routers that no application takes in:"),
          longList(use.unmounted, (router) =>
            el(
              "li",
              {},
              placeName(`${router.path}:${router.line}`),
              " ",
              el("code", {}, bdi(router.name)),
              " ",
              bdi(router.explanation),
            ),
          ),
        ]
      : null,
  ];
}

function foldDetails(box) {
  const members = new Set(box.members);
  const between = (end, other) =>
    VIEW.passing.filter((one) => members.has(one[end]) && !members.has(one[other]));
  const inside = VIEW.passing.filter((one) => members.has(one.from) && members.has(one.to));
  const [outgoing, incoming] = [between("from", "to"), between("to", "from")];
  const isOpen = VIEW.frames.has(box.key);
  return [
    el("h2", {}, bdi(foldTitle(box))),
    el(
      "p",
      {},
      `${plural(members.size, "artifact")}, folded by ${box.by}; ${plural(inside.length, "dependency", "dependencies")} among them.`,
    ),
    el(
      "p",
      { className: "actions" },
      button(isOpen ? "Close it" : "Open it", () => toggleFold(box.key)),
    ),
    part(
      "Artifacts",
      members.size,
      longList(box.members, (number) => el("li", {}, artifactButton(number))),
    ),
    part("Depend on others", outgoing.length, longList(outgoing, showBetween)),
    part("Are used by others", incoming.length, longList(incoming, showBetween)),
  ];
}

function lineDetails([from, to]) {
  const membersOf = (key) => new Set((VIEW.boxes.get(key) ?? VIEW.frames.get(key))?.members ?? []);
  const [above, below] = [membersOf(from), membersOf(to)];
  const dependencies = VIEW.passing.filter((one) => above.has(one.from) && below.has(one.to));
  if (!dependencies.length)
    return [el("h2", {}, "Nothing to show"), el("p", {}, "There is no such line in this view.")];
  return [
    el("h2", {}, bdi(titleOfKey(from)), " → ", bdi(titleOfKey(to))),
    part("Dependencies", dependencies.length, longList(dependencies, showBetween)),
  ];
}
