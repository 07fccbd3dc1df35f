// The graph by keyboard: one box has the focus, and a word tells of it.

let focusedKey = null;

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PAN_STEP = 60;

function startGraphKeys() {
  const canvas = byId("canvas");
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) cy.panBy({ x: -arrow[0] * PAN_STEP, y: -arrow[1] * PAN_STEP });
    else if (arrow) focusBox(nextBox(arrow));
    else if (event.key === "Enter" || event.key === " ") {
      if (focusedKey === null) return;
      pickBox(focusedKey);
    } else if (event.key === "+" || event.key === "=") zoomBy(1.3);
    else if (event.key === "-") zoomBy(1 / 1.3);
    else if (event.key === "0") fitGraph({ isWhole: true });
    else if (event.key === "Escape") go({ pick: null, line: null }, { isStep: true });
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("focus", () => {
    if (!canvas.matches(":focus-visible")) return;
    const key = [focusedKey, STATE.pick].find((one) => one !== null && cy.getElementById(one).nonempty());
    focusBox(key ?? nextBox([1, 0]));
  });
  canvas.addEventListener("blur", () => cy.nodes(".focus").removeClass("focus"));
}

/** The nearest box in a direction; without a focus the first one. */
function nextBox([x, y]) {
  const nodes = cy.nodes();
  if (nodes.empty()) return null;
  const from = focusedKey === null ? null : cy.getElementById(focusedKey);
  if (!from || from.empty())
    return nodes
      .sort(
        (one, other) => one.position("x") - other.position("x") || one.position("y") - other.position("y"),
      )[0]
      .id();
  const start = from.position();
  let best = null;
  nodes.forEach((node) => {
    if (node.same(from)) return;
    const [along, across] = [
      (node.position("x") - start.x) * x + (node.position("y") - start.y) * y,
      Math.abs((node.position("x") - start.x) * y + (node.position("y") - start.y) * x),
    ];
    if (along <= 1) return;
    const cost = along + 2 * across;
    if (best === null || cost < best.cost) best = { cost, key: node.id() };
  });
  return best?.key ?? focusedKey;
}

function focusBox(key) {
  cy.nodes(".focus").removeClass("focus");
  focusedKey = key;
  const node = cy.getElementById(key ?? "");
  // What is drawn may be older than the state, for a moment.
  if (node.empty() || !(VIEW.boxes.has(key) || VIEW.frames.has(key))) return;
  node.addClass("focus");
  bringIntoView(node);
  say(tellOfBox(key));
}

function tellOfBox(key) {
  const frame = VIEW.frames.get(key);
  if (frame)
    return `${foldTitle(frame)}, open, ${plural(frame.members.length, "artifact")}. Enter chooses it, Enter again closes it.`;
  const box = VIEW.boxes.get(key);
  const count = (end) => VIEW.lines.filter((line) => line[end] === key).length;
  const how = box.artifact ? "Enter shows its details." : "Enter chooses it, Enter again opens it.";
  return `${nameOfBox(box)}, ${describeMarks(box, marksOf(box))}, lines to ${count("from")}, from ${count("to")}. ${how}`;
}
