/* The text itself, its changes marked, in one column or two. Start reading at `layLines`.
 *
 * A row is a line of the source; a word broken over a line end keeps its lines together, and a line of more than
 * a few hundred characters is cut where a word ends, so that a text without line breaks is as quick as any other. */
const LONG = 480;
let lines = [];
const lineOf = new Int32Array(N);

/** Cut the sources into rows; while a filter is on, only rows with a change that passes. */
function layLines() {
  lines = [];
  const only = filtering() ? new Set(shown) : null;
  let i = 0;
  DOCS.forEach((doc, s) => {
    let last = i;
    while (last < N && C.source[last] === s) last++;
    if (doc.text === null) laySnippets(s, i, last, only);
    else layText(s, doc.text, i, last, only);
    i = last;
  });
}

function laySnippets(s, i, last, only) {
  for (; i < last; i++) {
    lineOf[i] = lines.length;
    if (!only || only.has(i)) lines.push({ s, from: -1, to: -1, first: i, last: i + 1, page: 0, line: C.line[i] });
  }
}

function layText(s, text, i, last, only) {
  let from = 0, line = 1, page = 1, fresh = s > 0 || text.includes("\f") ? 1 : 0;
  while (from < text.length) {
    const first = i, row = reach(text, from, i, last);
    i = row.next;
    lineOf.fill(lines.length, first, i);
    const bare = row.to === from && row.mark === "\f" && first === i; // nothing but the end of a page
    if (only ? some(first, i, only) : !bare) {
      lines.push({ s, from, to: row.to, first, last: i, page: fresh, line });
      fresh = 0;
    }
    line += countBreaks(text.slice(from, row.to)) + (row.mark && row.mark !== "\f" ? 1 : 0);
    if (row.mark === "\f") fresh = ++page;
    from = row.to + row.mark.length;
  }
}

/** Where the row that begins at `from` ends, by which mark, and the first change after it. */
function reach(text, from, i, last) {
  const breaks = /\r\n|[\r\n\f]/g;
  let end = from; // of the changes in this row
  for (;;) {
    breaks.lastIndex = end;
    const found = breaks.exec(text);
    let to = found ? found.index : text.length, mark = found ? found[0] : "";
    if (to - from > LONG) (to = Math.max(end, cut(text, from))), (mark = "");
    for (; i < last && (C.at[i] < to || (C.at[i] === to && !C.before[i])); i++) end = Math.max(end, C.at[i] + C.before[i].length);
    if (end <= to) return { to, mark, next: i };
    if (!mark) return { to: Math.min(end, text.length), mark, next: i };
    // a change goes on over the line end: take that line too
  }
}

const countBreaks = (text) => (text.match(BREAK) ?? []).length;

function cut(text, from) {
  const space = text.indexOf(" ", from + LONG - 80);
  const at = space < 0 || space > from + LONG ? from + LONG : space + 1;
  return /[\udc00-\udfff]/.test(text[at]) ? at + 1 : at; // never inside a character
}

function some(first, last, only) {
  for (let i = first; i < last; i++) if (only.has(i)) return true;
  return false;
}

const guessLine = (k) => (lines[k].page ? 74 : 30);

function drawLine(k) {
  const row = lines[k], doc = DOCS[row.s], side = view === "side";
  const node = el("div", { class: `line ${side ? "side" : "inline"}`, lang: "tr" });
  if (row.page) node.append(el("div", { class: "pagehead", lang: tongue }, DOCS.length > 1 ? `${doc.name} · ` : "", t("page", { n: row.page })));
  const wrap = el("div", { class: "cells" }, el("span", { class: "gutter" }, row.line));
  if (side) wrap.append(el("div", { class: "cell read" }, pieces(row, readMark)), el("div", { class: "cell" }, pieces(row, resultMark)));
  else wrap.append(el("div", { class: "cell" }, pieces(row, inlineMark)));
  node.append(wrap);
  return node;
}

/** The text of a row, each change drawn by `mark`. */
function pieces(row, mark) {
  if (row.from < 0) return [...plain(`… ${C.prefix[row.first]}`), mark(row.first), ...plain(`${C.suffix[row.first]} …`)];
  const text = DOCS[row.s].text, out = [];
  let at = row.from;
  for (let i = row.first; i < row.last; i++) {
    if (C.at[i] < at) continue; // rivals for the same place: the first is drawn, the list has all
    if (C.at[i] > at) out.push(...plain(text.slice(at, C.at[i])));
    out.push(mark(i));
    at = Math.min(row.to, C.at[i] + C.before[i].length);
  }
  if (at < row.to) out.push(...plain(text.slice(at, row.to)));
  return out;
}

const markOf = (i, ...children) =>
  el("span", { class: `mark ${BANDS[C.band[i]]} is-${CHOICES[chosen[i]]}${i === cursor.i ? " here" : ""}`, "data-i": i,
    title: `${C.before[i]} → ${shownReading(i)} · ${t(BANDS[C.band[i]])} ${percent(C.confidence[i])} · ${t(CHOICES[chosen[i]])}` }, ...children);

const readMark = (i) => markOf(i, el("bdi", {}, lettered(letters(C.before[i], outcome(i))[0], true)));
const resultMark = (i) => markOf(i, el("bdi", {}, lettered(letters(C.before[i], outcome(i))[1], true)));

function inlineMark(i) {
  const now = outcome(i), before = el("bdi", {}, plain(C.before[i], now === C.before[i]));
  if (now !== C.before[i]) return markOf(i, el("del", {}, before), el("ins", {}, el("bdi", {}, plain(now, true))));
  if (chosen[i] === REJECT || C.after[i] === C.before[i]) return markOf(i, el("span", { class: "kept" }, before));
  return markOf(i, el("span", { class: "kept" }, before), el("small", {}, arrow(), el("bdi", {}, plain(C.after[i])), "?"));
}
