/* The change at hand: large, in its lines, with rivals and everything one can do about it. Start reading at `drawDetail`. */
let editing = false;

function drawDetail() {
  const pane = byId("detail"), item = handled();
  if (!item) return pane.replaceChildren(el("p", { class: "soft" }, t("empty")));
  const { i, group, whole } = item;
  const facts = el("p", { class: "facts" }, whole ? groupFacts(group) : [el("span", { class: `badge ${BANDS[C.band[i]]}` }, t(BANDS[C.band[i]])), " ", whereOf(i, false), sourceName(i)]);
  pane.replaceChildren(facts, bigPair(i), editing ? editor(item) : buttons(item), ...(whole ? [occurrences(group)] : single(i)));
  if (editing) {
    const input = byId("edit");
    input.focus();
    input.select();
  }
}

const sourceName = (i) => (DOCS.length > 1 ? [" · ", el("bdi", {}, DOCS[C.source[i]].name)] : []);

function groupFacts(group) {
  const pages = new Set(group.members.map((i) => `${C.source[i]}/${C.page[i]}`)).size;
  const counts = [0, 0, 0, 0];
  for (const i of group.members) counts[C.band[i]]++;
  const badges = counts.map((n, b) => (n ? el("span", { class: `badge ${BANDS[b]}` }, `${t(BANDS[b])} ${number(n)}`) : null));
  return [t("times", { n: number(group.members.length) }), DATA.paged ? ` ${t("on_pages", { n: number(pages) })}` : "", el("span", { class: "badges" }, badges)];
}

function bigPair(i) {
  const now = shownReading(i), [left, right] = letters(C.before[i], now);
  const rows = [el("dt", {}, t("read")), el("dd", { class: "read" }, el("bdi", {}, lettered(left)))];
  if (now !== C.before[i]) rows.push(el("dt", {}, t("printed")), el("dd", {}, el("bdi", {}, lettered(right))));
  return el("div", { class: "big" },
    DATA.pictures[i] ? el("figure", {}, el("img", { src: DATA.pictures[i], alt: t("picture") }), el("figcaption", {}, t("picture"))) : null,
    el("dl", { lang: "tr", class: longest(i) > 22 ? "long" : "" }, rows));
}

const longest = (i) => Math.max(C.before[i].length, shownReading(i).length);

const action = (name, key, label, run, pressed) =>
  el("button", { type: "button", class: `act ${name}`, onclick: run, "aria-keyshortcuts": key, "aria-pressed": pressed }, el("span", {}, label), el("kbd", {}, key));

function buttons({ i, group, whole }) {
  const choice = whole ? 0 : chosen[i], n = group.members.length;
  const row = el("div", { class: "acts" });
  if (!whole)
    row.append(action("accept", "a", t("do_accept"), acceptIt, choice === ACCEPT), action("reject", "r", t("do_reject"), rejectIt, choice === REJECT),
      action("edit", "e", t("do_edit"), startEdit, choice === EDIT));
  if (n > 1) {
    row.append(action("accept group", "A", t("group_accept", { n: number(n) }), acceptGroup), action("reject group", "R", t("group_reject", { n: number(n) }), rejectGroup));
    if (whole) row.append(action("edit wide", "e", t("do_edit"), startEdit));
  }
  return row;
}

function editor({ i }) {
  return el("form", { class: "editor", onsubmit: keepEdit, autocomplete: "off" },
    el("label", { for: "edit" }, t("edit_hint")),
    el("input", { id: "edit", value: shownReading(i), lang: "tr", spellcheck: "false", autocomplete: "off", autocapitalize: "off" }),
    el("button", { class: "main" }, t("save_edit")), el("button", { type: "button", onclick: stopEdit }, t("cancel")));
}

function single(i) {
  return [contextLines(i), rivals(i), meter(i), noteBox(i)];
}

/** The line of the word with the lines around it. */
function contextLines(i) {
  const s = C.source[i], text = DOCS[s].text, [left, right] = reading(i, 400);
  const line = el("p", { class: "now" }, plain(left), markOf(i, el("bdi", {}, plain(chosen[i] === REJECT ? C.before[i] : shownReading(i)))), plain(right));
  if (text === null) return el("blockquote", { lang: "tr" }, line);
  const [ahead, behind] = around(i, 400), start = C.at[i] - ahead.length, end = C.at[i] + C.before[i].length + behind.length;
  return el("blockquote", { lang: "tr" }, neighbours(restored(s, Math.max(0, start - 400), start, i), -1), line,
    neighbours(restored(s, end, Math.min(text.length, end + 400), i), 1));
}

function neighbours(text, way) {
  const all = text.split(/\r\n|[\r\n\f]/).slice(way < 0 ? -3 : 1, way < 0 ? -1 : 3).filter((l) => l.trim());
  return all.map((l) => el("p", {}, plain(l)));
}

/** What else it may have been; keys 1 to 9 take one. */
function rivals(i) {
  const list = rivalsOf(i);
  if (!list.length) return null;
  return el("section", { class: "rivals" }, el("h2", {}, t("rivals")), el("ol", {}, list.map(([word, p], k) =>
    el("li", {}, el("button", { type: "button", onclick: () => takeRival(k), "aria-pressed": outcome(i) === word },
      k < 9 ? el("kbd", {}, k + 1) : null, el("bdi", { lang: "tr" }, plain(word)), el("span", { class: "soft" }, p === null ? t("as_read") : percent(p)))))));
}

/** Rivals of a change: the engine's, then the word as it was read. */
function rivalsOf(i) {
  const list = C.alternatives[i].filter(([word]) => word !== C.after[i]);
  if (chosen[i] === EDIT || C.flagged[i]) if (C.after[i] !== C.before[i]) list.unshift([C.after[i], C.confidence[i]]);
  if (!list.some(([word]) => word === C.before[i])) list.push([C.before[i], null]);
  return list;
}

function meter(i) {
  const fill = el("i", { class: BANDS[C.band[i]] });
  fill.style.width = `${C.confidence[i] * 100}%`;
  return el("dl", { class: "meters" },
    C.band[i] === 3 ? null : [el("dt", {}, t("confidence")), el("dd", {}, el("span", { class: "meter" }, fill), " ", percent(C.confidence[i]))],
    C.rules[i].length ? [el("dt", {}, t("because")), el("dd", {}, C.rules[i].map((r) => el("code", {}, el("bdi", {}, plain(DATA.rules[r])))))] : null);
}

function noteBox(i) {
  return el("label", { class: "note" }, el("span", {}, t("note")),
    el("textarea", { id: "note", rows: 2, placeholder: t("note_hint"), oninput: (event) => writeNote(i, event.target.value) }, notes.get(i) ?? ""));
}

function writeNote(i, text) {
  if (text) notes.set(i, text);
  else notes.delete(i);
  changed();
}

/** The first places where the changes of a group stand. */
function occurrences(group) {
  const some = group.members.slice(0, 30);
  return el("ul", { class: "places" }, some.map((i) => {
    const [left, right] = reading(i, 60);
    return el("li", {}, el("span", { class: "soft" }, whereOf(i, true)), sign(chosen[i]), el("span", { lang: "tr" }, plain(left), markOf(i, el("bdi", {}, plain(shownReading(i)))), plain(right)));
  }), group.members.length > some.length ? el("li", { class: "soft" }, t("and_more", { n: number(group.members.length - some.length) })) : null);
}
