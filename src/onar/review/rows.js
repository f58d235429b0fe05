/* One row of the list: a group of like changes, or one change in its line. Start reading at `drawItem`. */
const SIGNS = ["", "✓", "✕", "✎"];
const arrow = () => el("span", { class: "arrow", "aria-hidden": "true" }, "→");

/** `giivenlik → güvenlik`, the letters that differ set apart; the right side is what stands now. */
function pair(i, className = "pair") {
  if (C.before[i] === shownReading(i)) return el("span", { class: className, lang: "tr" }, el("bdi", { class: "kept" }, plain(C.before[i])));
  const [left, right] = letters(C.before[i], shownReading(i));
  return el("span", { class: className, lang: "tr" }, el("del", {}, el("bdi", {}, lettered(left))), arrow(), el("ins", {}, el("bdi", {}, lettered(right))));
}

const shownReading = (i) => (chosen[i] === EDIT ? edits.get(i) : C.after[i]);

function sign(choice) {
  return el("span", { class: `sign ${CHOICES[choice]}`, title: t(CHOICES[choice]), "aria-hidden": "true" }, SIGNS[choice]);
}

function sureness(i) {
  const p = C.confidence[i];
  return el("span", { class: `pct ${BANDS[C.band[i]]}`, title: `${t(BANDS[C.band[i]])}: ${t(`${BANDS[C.band[i]]}_tip`)}` },
    C.band[i] === 3 ? "?" : percent(p));
}

/** The word in its line, in the manner of a concordance: words under one another, context to either side. */
function concordance(i) {
  const [left, right] = reading(i, 90);
  const word = shownReading(i);
  return el("span", { class: "kwic", lang: "tr" },
    el("span", { class: "ahead" }, el("bdi", {}, plain(left.slice(-90)))),
    el("span", { class: `word ${BANDS[C.band[i]]}` }, el("bdi", {}, plain(chosen[i] === REJECT ? C.before[i] : word))),
    el("span", { class: "behind" }, el("bdi", {}, plain(right.slice(0, 90)))));
}

function drawItem(k) {
  const item = items[k], here = k === cursor.row;
  const node = item.i < 0 ? headRow(item) : item.single ? singleRow(item.i) : memberRow(item.i);
  node.id = `row-${k}`;
  node.dataset.k = k;
  node.setAttribute("role", "treeitem");
  node.setAttribute("aria-setsize", items.length);
  node.setAttribute("aria-posinset", k + 1);
  node.setAttribute("aria-level", item.i >= 0 && !item.single ? 2 : 1);
  node.setAttribute("aria-selected", here);
  if (item.i < 0) node.setAttribute("aria-expanded", item.open);
  if (here) node.classList.add("here");
  return node;
}

function groupTally(group) {
  const counts = [0, 0, 0, 0];
  for (const i of group.members) counts[chosen[i]]++;
  return counts;
}

function headRow({ group, open }) {
  const i = group.members[0], n = group.members.length, counts = groupTally(group);
  const whole = counts.findIndex((c) => c === n);
  const tallies = [1, 3, 2].filter((c) => counts[c] && whole < 0).map((c) => el("span", { class: `tally ${CHOICES[c]}` }, `${SIGNS[c]}${number(counts[c])}`));
  return el("div", { class: `row head ${whole > 0 ? `is-${CHOICES[whole]}` : ""}` },
    el("span", { class: "fold", "aria-hidden": "true" }, open ? "▾" : "▸"),
    sign(Math.max(0, whole)),
    headTitle(group, i),
    el("span", { class: "count" }, t("times", { n: number(n) })),
    el("span", { class: "grow" }), ...tallies, bandBar(group));
}

function headTitle(group, i) {
  if (shape.by === "rule") return el("span", { class: "pair" }, el("bdi", {}, plain(confusionOf(i) || t("no_rule"))));
  if (shape.by === "page") return el("span", { class: "pair" }, t("page", { n: C.page[i] }), DOCS.length > 1 ? ` · ${DOCS[C.source[i]].name}` : "");
  return pair(i);
}

/** How sure a group is: one strip, a piece a band. */
function bandBar(group) {
  const counts = [0, 0, 0, 0];
  for (const i of group.members) counts[C.band[i]]++;
  const bar = el("span", { class: "bandbar", title: counts.map((n, b) => (n ? `${t(BANDS[b])} ${number(n)}` : "")).filter(Boolean).join(", ") });
  counts.forEach((n, b) => {
    if (!n) return;
    const piece = el("i", { class: BANDS[b] });
    piece.style.flexGrow = n;
    bar.append(piece);
  });
  return bar;
}

function singleRow(i) {
  return el("div", { class: `row single is-${CHOICES[chosen[i]]}` }, el("span", { class: "fold" }), sign(chosen[i]), pair(i), concordance(i),
    el("span", { class: "where" }, whereOf(i, true)), sureness(i));
}

function memberRow(i) {
  return el("div", { class: `row member is-${CHOICES[chosen[i]]}` }, el("span", { class: "fold" }), sign(chosen[i]),
    shape.by === "word" ? null : pair(i), concordance(i), el("span", { class: "where" }, whereOf(i, true)), sureness(i));
}
