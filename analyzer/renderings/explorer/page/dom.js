// Elements are made here and nowhere else: texts of the analysed project only ever become text.

const byId = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick: …`) and children; null children are left out. */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "className") made.className = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  add(made, children);
  return made;
}

function add(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function fill(parent, ...children) {
  parent.replaceChildren();
  add(parent, children);
}

/** A text of the project that may be written from right to left: it turns nothing around it. */
const bdi = (text, className) => el("bdi", { className }, text);

/** A path, or a path and a line: it may be broken after its folders. */
function placeName(text) {
  return el(
    "bdi",
    { className: "place" },
    text.split(/(?<=\/)/).map((each) => [each, el("wbr")]),
  );
}

const button = (text, onclick, attributes = {}) =>
  el("button", { type: "button", ...attributes, onclick }, text);

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** Tell something to everybody: it is seen, and read out. */
function say(text) {
  const word = byId("word");
  word.textContent = "";
  word.textContent = text;
}

const LONG_TEXT = 600;

/** A text of any length: of a very long one the beginning, and the rest when it is asked for. */
function longText(text, className = "prose") {
  if (text.length <= LONG_TEXT) return bdi(text, className);
  const rest = bdi(text.slice(LONG_TEXT), className);
  return el(
    "span",
    {},
    bdi(`${text.slice(0, LONG_TEXT)}`, className),
    el(
      "details",
      { className: "rest" },
      el("summary", {}, `${(text.length - LONG_TEXT).toLocaleString("en")} more characters`),
      rest,
    ),
  );
}

const MOST_ITEMS = 8;

/** A list whose items are made when they are shown: the first ones, and all when asked for. */
function longList(items, make, attributes = {}, most = MOST_ITEMS) {
  const list = el(
    "ul",
    attributes,
    items.slice(0, most).map((item) => make(item)),
  );
  if (items.length <= most) return list;
  const more = button(`Show all ${items.length.toLocaleString("en")}`, () => {
    const first = items.slice(most).map((item) => make(item));
    add(list, first);
    more.remove();
    first[0].setAttribute("tabindex", "-1");
    first[0].focus();
  });
  return el("div", {}, list, more);
}
