/* Puts the page together: listeners, views, progress, summary. Start reading at `start`, at the end. */
const list = new VirtualList(byId("list"), (k) => (inText() ? drawLine(k) : drawItem(k)));

/** Lay the rows of the view at hand anew. */
function relist() {
  if (inText()) {
    layLines();
    list.reset(lines.length, guessLine, false);
  } else list.reset(items.length, (k) => (items[k].i < 0 || items[k].single ? 44 : 36), true);
  byId("empty").hidden = shown.length > 0;
  const groups = shape.by === "none" || inText() ? "" : `${t("shown_groups", { n: number(groupCount) })} · `;
  byId("count").textContent = groups + t(shown.length === N ? "shown_all" : "shown", { n: number(shown.length), all: number(N) });
}

/** Progress, tools and counts after a decision. */
function status() {
  const counts = tally(), done = N - counts[0], bar = byId("progress");
  for (const c of [1, 2, 3]) bar.querySelector(`.${CHOICES[c]}`).style.width = `${N ? (counts[c] / N) * 100 : 0}%`;
  bar.setAttribute("aria-valuenow", N ? Math.floor((done / N) * 100) : 100);
  const words = t("progress", { done: number(done), all: number(N), percent: percent(N ? done / N : 1) });
  bar.setAttribute("aria-label", words);
  byId("progress-words").textContent = words;
  byId("undo").disabled = !undoList.length;
  byId("save").classList.toggle("unsaved", unsaved);
  drawChoices();
}

function announce() {
  const item = handled();
  if (!item) return;
  const { i, group, whole } = item;
  byId("live").textContent = [t("reading", { before: C.before[i], after: shownReading(i) }), whole ? t("times", { n: number(group.members.length) }) : t(CHOICES[chosen[i]]),
    t(BANDS[C.band[i]]), whole ? "" : whereOf(i, false)].filter(Boolean).join(", ");
}

let toasting = 0;
function toast(words, withUndo = false) {
  const box = byId("toast");
  box.replaceChildren(el("span", {}, words), withUndo ? el("button", { type: "button", onclick: () => KEYS.u() }, t("undo")) : "");
  box.classList.add("up");
  clearTimeout(toasting);
  toasting = setTimeout(() => box.classList.remove("up"), 4000);
}

function setView(name) {
  const i = cursor.i;
  view = name;
  byId("desk").dataset.view = name;
  for (const button of document.querySelectorAll("[data-view]")) if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", button.dataset.view === name);
  byId("list").setAttribute("role", inText() ? "document" : "tree");
  if (name === "summary") {
    drawSummary();
    return byId("summary").focus();
  }
  relist();
  goTo(i);
  byId("list").focus({ preventScroll: true });
}

const preferred = matchMedia("(prefers-color-scheme: dark)");
let theme = null;
const dark = () => (theme === null ? preferred.matches : theme);
function setTheme(value) {
  theme = value;
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  remembered("theme", value === null ? null : value ? "dark" : "light");
}

/** A choice of the reader that outlives the page; kept apart from the decisions. */
function remembered(name, value) {
  try {
    if (value === null) store?.removeItem(`onar-review/${name}`);
    else if (value !== undefined) store?.setItem(`onar-review/${name}`, value);
    return store?.getItem(`onar-review/${name}`) ?? null;
  } catch {
    return null;
  }
}

function setTongue(name) {
  tongue = name in WORDS ? name : "en";
  remembered("tongue", tongue);
  byId("language").textContent = tongue === "en" ? "TR" : "EN";
  byId("language").lang = tongue === "en" ? "tr" : "en";
  translate();
  byId("load").title = t("load_tip");
  byId("save").title = t("save_tip");
  options("by", ["word", "rule", "page", "none"].filter((by) => by !== "page" || DATA.paged), "by_", shape.by);
  options("order", ["often", "doubt", "text"], "order_", shape.order);
  drawHints();
  drawFilters();
  status();
  relist();
  goRow(cursor.row);
  drawSummary();
}

/** Another grouping or order: begin at its top. */
function reshaped() {
  regroup();
  relist();
  goRow(0);
}

function options(id, values, prefix, value) {
  byId(id).replaceChildren(...values.map((v) => el("option", { value: v }, t(prefix + v))));
  byId(id).value = value;
}

/** The part of the summary that depends on the decisions: progress, and what the reviewer changed. */
function drawSummary() {
  const counts = tally(), odd = [];
  for (let i = 0; i < N; i++) if (chosen[i] === REJECT || chosen[i] === EDIT) odd.push(i);
  byId("summary-live").replaceChildren(
    el("ul", { class: "numbers" }, CHOICES.map((name, c) => el("li", {}, el("b", {}, number(counts[c])), " ", sign(c), t(name)))),
    el("h2", {}, t("decided_table")), odd.length ? decidedTable(odd.slice(0, 400)) : el("p", { class: "soft" }, t("decided_none")),
    odd.length > 400 ? el("p", { class: "soft" }, t("and_more", { n: number(odd.length - 400) })) : "",
    el("button", { type: "button", class: "noprint main", onclick: () => print() }, t("print")));
}

function decidedTable(indices) {
  const head = ["t_where", "t_word", "t_engine", "t_person", "t_note"].map((key) => el("th", {}, t(key)));
  return el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, indices.map((i) => el("tr", {},
    el("td", {}, whereOf(i, true)), ...[C.before[i], C.after[i]].map((word) => el("td", { lang: "tr" }, el("bdi", {}, plain(word)))),
    el("td", { lang: "tr" }, sign(chosen[i]), el("bdi", {}, plain(outcome(i)))), el("td", {}, el("bdi", {}, plain(notes.get(i) ?? "")))))));
}

function onListClick(event) {
  const mark = event.target.closest("[data-i]"), row = event.target.closest("[data-k]");
  if (mark && inText()) {
    const at = shown.indexOf(+mark.dataset.i);
    if (at >= 0) goRow(at);
  } else if (row) {
    const k = +row.dataset.k, again = k === cursor.row;
    goRow(k);
    if (items[k].i < 0 && (again || event.target.closest(".fold"))) openClose();
  }
}

function listen() {
  document.addEventListener("keydown", onKey);
  byId("list").addEventListener("click", onListClick);
  for (const button of byId("views").children) button.addEventListener("click", () => setView(button.dataset.view));
  const clicks = { undo: () => KEYS.u(), language: () => setTongue(tongue === "en" ? "tr" : "en"), theme: () => setTheme(!dark()), "help-button": showHelp,
    save: saveFile, load: () => byId("file").click(), clear: clearFilters, "accept-shown": acceptShown, "rules-more": () => ((allRules = !allRules), drawRules()) };
  for (const [id, run] of Object.entries(clicks)) byId(id).addEventListener("click", run);
  byId("file").addEventListener("change", (event) => {
    if (event.target.files[0]) loadFile(event.target.files[0]);
    event.target.value = "";
  });
  let searching = 0;
  byId("query").addEventListener("input", (event) => {
    clearTimeout(searching);
    searching = setTimeout(() => ((filter.query = event.target.value), filtered()), 80);
  });
  for (const [id, name] of [["from", "from"], ["to", "to"], ["source", "source"]])
    byId(id).addEventListener("change", (event) => ((filter[name] = event.target.value === "" ? 0 : +event.target.value), filtered()));
  byId("by").addEventListener("change", (event) => ((shape.by = event.target.value), reshaped()));
  byId("order").addEventListener("change", (event) => ((shape.order = event.target.value), reshaped()));
  preferred.addEventListener("change", () => theme === null && setTheme(null));
  addEventListener("beforeprint", drawSummary);
}

function start() {
  recall();
  const kept = remembered("theme");
  setTheme(kept === null ? null : kept === "dark");
  refilter();
  listen();
  setTongue(remembered("tongue") ?? "en");
  byId("list").focus({ preventScroll: true });
  if (!store) toast(t("no_store"));
  document.documentElement.dataset.ready = "yes"; // tests and print scripts wait for this
}

start();
