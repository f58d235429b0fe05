/* What the keys do, and the page that tells so. Start reading at `KEYS`. */
const KEYS = {
  j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
  n: () => nextUndecided() || toast(t("no_undecided")), Home: () => goRow(0), End: () => goRow(rowCount() - 1),
  PageDown: () => move(list.screenful), PageUp: () => move(-list.screenful),
  a: () => acceptIt(), r: () => rejectIt(), e: () => startEdit(), x: () => forgetIt(), Delete: () => forgetIt(),
  A: () => acceptGroup(), R: () => rejectGroup(),
  u: () => goBack(undo(), "undone"), U: () => goBack(redo(), "redone"),
  Enter: () => openClose(), o: () => openClose(), ArrowRight: () => openClose(true), ArrowLeft: () => openClose(false),
  "/": () => byId("query").focus(), v: () => setView(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length]),
  s: () => saveFile(), t: () => setTheme(!dark()), m: () => byId("note")?.focus(), "?": () => showHelp(), Escape: () => filtering() && clearFilters(),
};
for (let k = 0; k < 9; k++) KEYS[k + 1] = () => takeRival(k);

const HELP = [
  [["j", "k", "↓", "↑"], "k_next"], [["n"], "k_undecided"], [["a"], "k_accept"], [["r"], "k_reject"], [["e"], "k_edit"], [["1", "…", "9"], "k_rival"],
  [["A", "R"], "k_group"], [["x"], "k_clear"], [["u", "U"], "k_undo"], [["Enter", "←", "→"], "k_open"], [["m"], "k_note"], [["/"], "k_search"],
  [["v"], "k_view"], [["Home", "End"], "k_ends"], [["PgUp", "PgDn"], "k_page"], [["s"], "k_save"], [["t"], "k_theme"], [["?"], "k_help"],
];

function showHelp() {
  const box = byId("help");
  if (box.open) return box.close();
  box.setAttribute("aria-label", t("keys"));
  box.replaceChildren(el("h2", {}, t("keys")),
    el("dl", { class: "keys" }, HELP.map(([keys, what]) => [el("dt", {}, keys.map((key) => (key === "…" ? key : el("kbd", {}, key)))), el("dd", {}, t(what))])),
    el("p", {}, t("help_1")), el("p", {}, t("help_2")),
    el("form", { method: "dialog" }, el("button", { class: "main" }, t("close"))));
  box.showModal();
}

const HINTS = [[["j", "k"], "h_move"], [["a"], "do_accept"], [["r"], "do_reject"], [["e"], "do_edit"], [["A", "R"], "h_group"], [["u"], "undone"], [["?"], "h_more"]];

function drawHints() {
  byId("hints").replaceChildren(...HINTS.map(([keys, what]) => el("span", {}, keys.map((key) => el("kbd", {}, key)), what === "undone" ? t("undo").split(" (")[0] : t(what))));
}

const typing = (node) => node.matches?.("input:not([type=checkbox]), textarea, select");

function onKey(event) {
  if (event.isComposing || event.altKey) return;
  if (byId("help").open) return event.key === "?" ? (event.preventDefault(), showHelp()) : undefined;
  const command = event.ctrlKey || event.metaKey;
  if (typing(event.target)) return keyWhileTyping(event);
  if (command && event.key === "z") return event.preventDefault(), KEYS[event.shiftKey ? "U" : "u"]();
  if (command && event.key === "y") return event.preventDefault(), KEYS.U();
  if (command && event.key === "s") return event.preventDefault(), KEYS.s();
  if (command) return;
  // a button or box that has the focus keeps Enter and Space
  if (event.key === "Enter" && event.target.matches?.("button, a, input, label, summary")) return;
  if (view === "summary" && /^(Arrow|Page|Home|End)/.test(event.key)) return;
  const run = KEYS[event.key];
  if (!run) return;
  event.preventDefault();
  run();
}

function keyWhileTyping(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    if (editing) stopEdit();
    else event.target.blur(), byId("list").focus({ preventScroll: true });
  } else if (event.target.id === "query" && (event.key === "Enter" || event.key === "ArrowDown")) {
    event.preventDefault();
    byId("list").focus({ preventScroll: true });
  }
}
