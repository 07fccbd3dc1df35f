// Evidence as everybody sees it: file, line, and the text that stands there.

/** One link of a chain. */
function showLink(link) {
  const kind = DATA.kinds[link.kind];
  return el(
    "li",
    { className: "evidence" },
    placeName(placeOf(link)),
    " ",
    el("span", { className: "kind" }, kind),
    el("code", {}, bdi(link.text)),
    link.namedAt
      ? el(
          "span",
          { className: "note" },
          "named at ",
          placeName(`${link.namedAt.path}:${link.namedAt.line}`),
          el("code", {}, bdi(link.namedAt.text)),
        )
      : null,
    el("span", { className: "note" }, "→ ", placeName(DATA.files[link.to].path)),
  );
}

const showChain = (links) => el("ol", { className: "chain" }, links.map(showLink));

/** A button that picks an artifact, with what tells it from others. */
function artifactButton(number) {
  const one = DATA.artifacts[number];
  return [
    button(one.id, () => showArtifact(number), { className: "link strong" }),
    " ",
    bdi(one.name ?? "", "quiet"),
  ];
}

/** A dependency with its chain; `end` says which of its artifacts is named. */
function showDependency(dependency, end) {
  return el(
    "li",
    {},
    artifactButton(dependency[end]),
    " ",
    kindsOf(dependency.kinds).length > 1
      ? el("div", { className: "quiet" }, `by ${kindsOf(dependency.kinds).join(", ")}`)
      : null,
    showChain(dependency.chain.map((number) => DATA.links[number])),
  );
}

const showBetween = (dependency) =>
  el(
    "li",
    {},
    artifactButton(dependency.from),
    " → ",
    artifactButton(dependency.to),
    showChain(dependency.chain.map((number) => DATA.links[number])),
  );

function showFinding(finding) {
  return el(
    "li",
    { className: "finding" },
    el("span", { className: `severity ${finding.severity}` }, finding.severity),
    " ",
    el("strong", {}, finding.code),
    ` ${finding.name}`,
    el("div", {}, longText(finding.message)),
    el(
      "div",
      {},
      placeName(finding.line === null ? finding.path : `${finding.path}:${finding.line}`),
      finding.source ? el("code", {}, bdi(finding.source)) : null,
    ),
    finding.chain.length > 1 ? showChain(finding.chain.map((number) => DATA.links[number])) : null,
  );
}

const showEndpoint = (one) =>
  el(
    "li",
    {},
    el("strong", { className: "method" }, one.method),
    " ",
    bdi(one.route, "route"),
    " ",
    bdi(one.handler, "quiet"),
    one.mounted === "mounted" ? null : el("strong", {}, ` (${one.mounted})`),
    el("div", {}, placeName(`${one.path}:${one.line}`)),
  );

/** A part of the details with a heading; nothing where there is nothing to show. */
function part(title, count, ...content) {
  if (count === 0) return null;
  return el(
    "section",
    {},
    el("h3", {}, count === null ? title : `${title} (${count.toLocaleString("en")})`),
    content,
  );
}

/** The same, closed until somebody wants it: its content is made then. */
function foldedPart(title, make) {
  const holder = el("details", {}, el("summary", {}, title));
  holder.addEventListener("toggle", () => {
    if (holder.open && holder.childElementCount === 1) add(holder, [make()]);
  });
  return holder;
}

/** Artifacts by distance: the nearest first. */
function showByDistance(distances) {
  const rows = Map.groupBy(distances.keys(), (number) => distances.get(number));
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([distance, numbers]) =>
      el(
        "div",
        {},
        el("h4", {}, `${distance} away (${numbers.length.toLocaleString("en")})`),
        longList(
          numbers.sort((one, other) => one - other),
          (number) => el("li", {}, artifactButton(number)),
        ),
      ),
    );
}
