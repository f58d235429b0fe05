/* The changes as the engine logged them, and small ways of looking at them. Start reading at `C`.
 *
 * Every column of the log is one array; a change is its index. Nothing here changes while the page is open.
 * `C.at` counts UTF-16 units, as JavaScript does (the log's own `start` counts code points). */
const DATA = JSON.parse(document.getElementById("data").textContent);
const C = DATA.changes;
const N = C.id.length;
const DOCS = DATA.sources;
const BANDS = ["sure", "likely", "doubtful", "left"];

const INDEX = new Map(C.id.map((id, i) => [`${C.source[i]}/${id}`, i]));

/** Make an element. Attributes are set as attributes, `on…` as listeners, children as text or nodes: never as markup. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

const byId = (id) => document.getElementById(id);

// Characters that hide, or turn the line around: shown by their number, so that no text can disguise itself.
const HIDDEN = /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ud800-\udfff]+)/u;
const BREAK = /\r\n|\r|\n/g;

/** The text as nodes, hidden characters made visible; line ends stay line ends only where `lines` are wanted. */
function plain(text, lines = false) {
  const shown = text.replace(BREAK, lines ? "\n" : "↵").replaceAll("\f", "↡");
  if (!HIDDEN.test(shown)) return [shown];
  return shown.split(HIDDEN).map((part, k) => (k % 2 ? el("span", { class: "ctl" }, [...part].map(codeOf).join("")) : part));
}

const codeOf = (char) => `⟨${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;

/** What two words share: lists of [piece, whether it is shared], for either word. Longest common subsequence. */
function letters(before, after) {
  const a = Array.from(before), b = Array.from(after);
  if (a.length * b.length > 6400) return [[[before, false]], [[after, false]]];
  const width = b.length + 1, common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1
        : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
  const left = [], right = [];
  const push = (list, char, same) => {
    const last = list[list.length - 1];
    if (last && last[1] === same) last[0] += char;
    else list.push([char, same]);
  };
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) push(left, a[i++], true), push(right, b[j++], true);
    else if (j >= b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) push(left, a[i++], false);
    else push(right, b[j++], false);
  }
  return [left, right];
}

/** A word with the letters that differ set apart. */
const lettered = (pieces, lines = false) =>
  pieces.map(([text, same]) => (same ? plain(text, lines) : [el("b", { class: "differs" }, plain(text, lines))])).flat();

/** The line of a change, before and after it, at most `width` characters either side. */
function around(i, width) {
  const text = DOCS[C.source[i]].text;
  if (text === null) return [C.prefix[i].replace(BREAK, " "), C.suffix[i].replace(BREAK, " ")];
  const start = C.at[i], end = start + C.before[i].length;
  const left = text.slice(Math.max(0, start - width), start), right = text.slice(end, end + width);
  const from = Math.max(left.lastIndexOf("\n"), left.lastIndexOf("\r"), left.lastIndexOf("\f")) + 1;
  const to = right.search(/[\r\n\f]/);
  return [left.slice(from), to < 0 ? right : right.slice(0, to)];
}

/** The same, as it reads now: the changes around it as they stand. */
function reading(i, width) {
  const [left, right] = around(i, width), s = C.source[i];
  if (DOCS[s].text === null) return [left, right];
  const start = C.at[i], end = start + C.before[i].length;
  return [restored(s, start - left.length, start, i), restored(s, end, end + right.length, i)];
}

/** A piece of the source, from one place to another near change `i`, with the changes in it as they stand. */
function restored(s, from, to, i) {
  const text = DOCS[s].text;
  while (i > 0 && C.source[i - 1] === s && C.at[i - 1] >= from) i--;
  let out = "", at = from;
  for (; i < N && C.source[i] === s && C.at[i] < to; i++) {
    const end = C.at[i] + C.before[i].length;
    if (C.at[i] < at || end > to) continue;
    out += text.slice(at, C.at[i]) + outcome(i);
    at = end;
  }
  return out + text.slice(at, to);
}

/** Search key: without marks and case, so that `guven` finds `güven` and `GÜVEN`. */
const FOLDS = { ı: "i", İ: "i", I: "i", â: "a", î: "i", û: "u", ç: "c", ğ: "g", ö: "o", ş: "s", ü: "u", Ç: "c", Ğ: "g", Ö: "o", Ş: "s", Ü: "u" };
const fold = (text) => text.replace(/[ıİIâîûçğöşüÇĞÖŞÜ]/g, (c) => FOLDS[c]).toLowerCase();

let haystack = null;
/** The folded words and lines of all changes, made at the first search. */
function searchable() {
  haystack ??= C.id.map((_, i) => {
    const [left, right] = around(i, 120);
    return fold(`${left}${C.before[i]}${right}\n${C.before[i]} → ${C.after[i]}`);
  });
  return haystack;
}

const confusionOf = (i) => C.rules[i].map((r) => DATA.rules[r]).join(" · ");
const whereOf = (i, short) =>
  DATA.paged ? t(short ? "where_short" : "where", { page: C.page[i], line: C.line[i] }) : t("line_only", { line: C.line[i] });
