// The search box: a combination of a text field and the list of what it finds.

let activeOption = -1;

function startSearchBox() {
  const input = byId("search");
  let timer = null;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    showResults(input.value);
    timer = setTimeout(() => go({ q: input.value.trim() }), 150);
  });
  input.addEventListener("keydown", (event) => {
    const options = [...byId("results").querySelectorAll("[role=option]")];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (byId("results").hidden) showResults(input.value);
      else activate(options, activeOption + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && options.length && !byId("results").hidden)
      options[Math.max(activeOption, 0)].click();
    else if (event.key === "Escape") {
      if (byId("results").hidden) return;
      hideResults();
    } else return;
    event.preventDefault();
  });
  input.addEventListener("blur", hideResults);
  document.addEventListener("keydown", (event) => {
    if (
      event.key !== "/" ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.target.closest("input, select, textarea")
    )
      return;
    event.preventDefault();
    input.focus();
  });
}

function showResults(query) {
  const list = byId("results");
  activeOption = -1;
  if (!searchWords(query).length) return hideResults();
  const found = findMatches(query);
  const option = (number, at) => {
    const one = DATA.artifacts[number];
    const choose = () => {
      hideResults();
      showArtifact(number, { q: query.trim() });
    };
    return el(
      "li",
      {
        role: "option",
        id: `option-${at}`,
        "aria-selected": "false",
        onmousedown: (event) => event.preventDefault(),
        onclick: choose,
      },
      el("strong", {}, bdi(one.id)),
      " ",
      bdi(one.name ?? ""),
      el("div", { className: "quiet" }, bdi(explainMatch(one, query))),
    );
  };
  const more = found.length - MOST_FOUND;
  fill(
    list,
    found.slice(0, MOST_FOUND).map(option),
    found.length && more <= 0
      ? null
      : el(
          "li",
          { role: "option", "aria-disabled": "true", className: "quiet" },
          found.length ? `${more.toLocaleString("en")} more: type more to find fewer` : "Nothing found",
        ),
  );
  list.hidden = false;
  byId("search").setAttribute("aria-expanded", "true");
  byId("search").removeAttribute("aria-activedescendant");
  say(found.length ? `${plural(found.length, "artifact")} found.` : "Nothing found.");
}

function hideResults() {
  byId("results").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

function activate(options, at) {
  const usable = options.filter((option) => option.getAttribute("aria-disabled") !== "true");
  if (!usable.length) return;
  activeOption = (at + usable.length) % usable.length;
  for (const [number, option] of usable.entries())
    option.setAttribute("aria-selected", String(number === activeOption));
  usable[activeOption].scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", usable[activeOption].id);
}
