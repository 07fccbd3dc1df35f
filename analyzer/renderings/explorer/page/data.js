// The data as objects again: `renderings/explorer/payload.py` has packed it.

function loadData() {
  const raw = JSON.parse(byId("data").textContent);
  const text = (number) =>
    number === -1 || number === null || number === undefined ? null : raw.strings[number];
  const named = (packed, names) => {
    const copy = { ...packed };
    for (const name of names) if (name in copy) copy[name] = text(copy[name]);
    return copy;
  };
  const files = raw.files.path.map((path, number) => ({
    number,
    path: text(path),
    artifact: raw.files.artifact[number],
    isTest: false,
    uses: [],
    usedBy: [],
  }));
  for (const number of raw.files.tests) files[number].isTest = true;

  const ends = new Set(raw.links.ends);
  const links = raw.links.from.map((from, number) => ({
    number,
    from,
    to: raw.links.to[number],
    line: raw.links.line[number],
    kind: raw.links.kind[number],
    text: text(raw.links.text[number]),
    ends: ends.has(number),
    namedAt: null,
  }));
  for (const [number, place] of raw.links.named) links[number].namedAt = named(place, ["path", "text"]);
  // What a chain may be made of; the other links are evidence only.
  for (const link of links.slice(0, raw.walked)) {
    files[link.from].uses.push(link);
    files[link.to].usedBy.push(link);
  }
  const executors = new Map();
  for (const number of raw.executors) {
    const link = links[number];
    if (!executors.has(link.to)) executors.set(link.to, []);
    executors.get(link.to).push(link);
  }

  const value = (packed) => {
    if (typeof packed === "number") return text(packed);
    if (Array.isArray(packed)) return packed.map(value);
    return { pairs: packed.pairs.map(([key, each]) => [text(key), value(each)]) };
  };
  const point = (packed) => named(packed, ["path", "kind", "how", "declared_at"]);
  const artifacts = raw.artifacts.map((one, number) => ({
    number,
    id: text(one.id),
    name: text(one.name),
    type: text(one.type),
    status: text(one.status),
    owner: text(one.owner),
    wave: one.wave,
    product: text(one.product),
    origin: { path: text(one.origin[0]), line: one.origin[1] },
    resolution: text(one.place[0]),
    explanation: text(one.place[1]),
    paths: one.place[2].map(text),
    files: one.files,
    // Most of it is never looked at: it is put together when it is.
    fields: () => value(one.fields).pairs,
    use: () => ({
      analysed: one.use.analysed,
      starts: one.use.starts.map(point),
      started: one.use.started && point(one.use.started),
      chain: one.use.chain.map((each) => links[each]),
      importers: one.use.importers.map(([each, role]) => ({ link: links[each], role: text(role) })),
      mentions: one.use.mentions.map((each) => named(each, ["path", "text"])),
      unmounted: one.use.unmounted.map((each) => named(each, ["path", "name", "explanation"])),
    }),
    orphan: one.use.orphan && {
      reason: text(one.use.orphan[0]),
      confidence: text(one.use.orphan[1]),
      explanation: text(one.use.orphan[2]),
      path: text(one.use.orphan[3]),
      line: one.use.orphan[4],
    },
    dependsOn: [],
    usedBy: [],
    endpoints: [],
    findings: [],
  }));

  const dependencies = raw.dependencies.from.map((from, number) => ({
    number,
    from,
    to: raw.dependencies.to[number],
    kinds: raw.dependencies.kinds[number],
    chain: raw.dependencies.chain[number],
  }));
  for (const one of dependencies) {
    artifacts[one.from].dependsOn.push(one);
    artifacts[one.to].usedBy.push(one);
  }
  const endpoints = raw.endpoints.route.map((route, number) => ({
    artifact: raw.endpoints.artifact[number],
    method: text(raw.endpoints.method[number]),
    route: text(route),
    handler: text(raw.endpoints.handler[number]),
    path: text(raw.endpoints.path[number]),
    line: raw.endpoints.line[number],
    mounted: ["not mounted", "may be mounted", "mounted"][raw.endpoints.mounted[number]],
  }));
  for (const one of endpoints) if (one.artifact !== -1) artifacts[one.artifact].endpoints.push(one);
  const of = raw.findings;
  const findings = of.code.map((code, number) => ({
    code: text(code),
    name: text(of.name[number]),
    severity: text(of.severity[number]),
    message: text(of.message[number]),
    path: text(of.path[number]),
    line: of.line[number],
    artifact: of.artifact[number],
    owner: text(of.owner[number]),
    chain: of.chain[number],
    source: text(of.source[number]),
  }));
  for (const one of findings) if (one.artifact !== -1) artifacts[one.artifact].findings.push(one);
  for (const one of artifacts) {
    one.errors = one.findings.filter((finding) => finding.severity === "error").length;
    one.warnings = one.findings.filter((finding) => finding.severity === "warning").length;
  }

  const fills = new Map(raw.fills.map(([owner, fill]) => [text(owner), fill]));
  return {
    title: text(raw.title),
    kinds: raw.kinds,
    files,
    links,
    executors,
    artifacts,
    dependencies,
    endpoints,
    findings,
    fills,
    shapes: raw.shapes,
    waves: raw.waves.map((one) => named(one, ["title", "status"])),
    unscanned: raw.unscanned.map((one) => named(one, ["path", "reason", "detail"])),
    byArtifactId: new Map(artifacts.map((one) => [one.id, one])),
  };
}

/** The dependency's kinds as words, the strongest first: the order of bits is that of strength. */
const kindsOf = (mask) => DATA.kinds.filter((_, bit) => mask & (1 << bit));

const placeOf = (link) => `${DATA.files[link.from].path}:${link.line}`;
