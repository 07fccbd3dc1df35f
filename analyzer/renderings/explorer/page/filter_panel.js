// The filters: of each property its values, with how many artifacts have them.

function startFilterPanel() {
  const counts = getFilterCounts();
  const group = (name) => {
    const values = counts[name];
    if (values.size === 0) return null;
    const boxes = [...values].map(([value, count]) =>
      el(
        "label",
        {},
        el("input", { type: "checkbox", name, value, onchange: () => chooseFilter(name) }),
        el(
          "span",
          { className: "value" },
          bdi(name === "wave" && value !== NONE ? `${value}${waveTitle(value)}` : value),
        ),
        el("span", { className: "count" }, count.toLocaleString("en")),
      ),
    );
    return el(
      "fieldset",
      {},
      el("legend", {}, FILTER_TITLES[name]),
      el(
        "div",
        { className: values.size > 10 ? "values many" : "values", tabindex: values.size > 10 ? "0" : null },
        boxes,
      ),
    );
  };
  fill(
    byId("filter-groups"),
    button(
      "Clear all",
      () => go({ ...Object.fromEntries(FILTERS.map((name) => [name, []])), q: "" }, { isStep: true }),
      { id: "clear" },
    ),
    FILTERS.map(group),
  );
  // On a narrow screen they would hide everything else.
  if (matchMedia("(max-width: 60rem)").matches) byId("filters").open = false;
}

function chooseFilter(name) {
  const chosen = [...byId("filter-groups").querySelectorAll("input:checked")]
    .filter((one) => one.name === name)
    .map((one) => one.value);
  go({ [name]: chosen }, { isStep: true });
  say(
    `${findVisible(STATE).length.toLocaleString("en")} of ${plural(DATA.artifacts.length, "artifact")} pass.`,
  );
}

function showFilterPanel(state) {
  for (const input of byId("filter-groups").querySelectorAll("input"))
    input.checked = state[input.name].includes(input.value);
  const count = FILTERS.filter((name) => state[name].length).length;
  byId("filter-count").textContent = count
    ? `(${count} set: ${findVisible(state).length.toLocaleString("en")} of ${DATA.artifacts.length.toLocaleString("en")} pass)`
    : "";
  byId("clear").disabled = count === 0 && !state.q;
}
