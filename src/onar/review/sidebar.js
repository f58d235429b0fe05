/* The filters at the side. Start reading at `drawFilters`. */
const RULES_FIRST = 9;
let allRules = false;

/** A ticking box with a name and a number. */
function check(set, value, label, count, extra = {}) {
  const box = el("input", { type: "checkbox", onchange: (event) => (event.target.checked ? set.add(value) : set.delete(value), filtered()) });
  box.checked = set.has(value);
  return el("label", { class: `check ${extra.class ?? ""}`, title: extra.title }, box, extra.swatch ?? null,
    el("span", { class: "name" }, el("bdi", {}, plain(label))), el("span", { class: "n" }, number(count)));
}

function drawFilters() {
  const bands = [0, 0, 0, 0];
  for (const b of C.band) bands[b]++;
  byId("bands").replaceChildren(...BANDS.map((name, b) => bands[b] || b < 3 ? check(filter.bands, b, t(name), bands[b],
    { title: t(`${name}_tip`), swatch: el("i", { class: `swatch ${name}` }) }) : null).filter(Boolean));
  drawChoices();
  drawRules();
  drawSources();
  drawPages();
}

function drawChoices() {
  const counts = tally();
  byId("states").replaceChildren(...CHOICES.map((name, c) => check(filter.choices, c, t(name), counts[c], { swatch: el("span", { class: `sign ${name}` }, SIGNS[c]) })));
}

function drawRules() {
  const counts = new Map();
  for (const rules of C.rules) for (const r of rules.length ? new Set(rules) : [-1]) counts.set(r, (counts.get(r) ?? 0) + 1);
  const list = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]), top = list.length ? list[0][1] : 1;
  const some = allRules ? list : list.filter(([r], k) => k < RULES_FIRST || filter.rules.has(r));
  byId("rules").replaceChildren(...some.map(([r, n]) => {
    const bar = el("i", { class: "bar" });
    bar.style.width = `${(n / top) * 100}%`;
    return check(filter.rules, r, r < 0 ? t("no_rule") : DATA.rules[r], n, { class: "rule", swatch: bar });
  }));
  const more = byId("rules-more");
  more.hidden = list.length <= RULES_FIRST;
  more.textContent = allRules ? t("fewer") : t("more", { n: number(list.length) });
}

function drawSources() {
  byId("sources-section").hidden = DOCS.length < 2;
  byId("source").replaceChildren(el("option", { value: -1 }, t("all_files")), ...DOCS.map((doc, s) => el("option", { value: s }, doc.name)));
  byId("source").value = filter.source;
}

/** Pages side by side, each as tall as it has changes, its doubtful part on top; a click shows that page alone. */
function drawPages() {
  const last = C.page.reduce((a, b) => Math.max(a, b), 1);
  byId("pages-section").hidden = !DATA.paged;
  byId("from").max = byId("to").max = last;
  const bins = Math.min(last, 120), per = last / bins, all = new Uint32Array(bins), doubt = new Uint32Array(bins);
  for (let i = 0; i < N; i++) {
    const bin = Math.min(bins - 1, Math.floor((C.page[i] - 1) / per));
    all[bin]++;
    if (C.band[i] > 1) doubt[bin]++;
  }
  const top = Math.max(1, ...all);
  byId("pagemap").replaceChildren(...Array.from(all, (n, bin) => {
    const from = Math.floor(bin * per) + 1, to = Math.max(from, Math.floor((bin + 1) * per));
    const within = (!filter.from || to >= filter.from) && (!filter.to || from <= filter.to);
    const title = `${t("page", { n: from === to ? from : `${from}–${to}` })}: ${number(n)}`;
    const bar = el("button", { type: "button", tabindex: -1, class: within ? "" : "out", title, "aria-label": title,
      onclick: () => onePage(from, to) }, el("i", { class: "doubt" }), el("i"));
    bar.children[0].style.height = `${(doubt[bin] / top) * 100}%`;
    bar.children[1].style.height = `${((n - doubt[bin]) / top) * 100}%`;
    return bar;
  }));
}

function onePage(from, to) {
  const same = filter.from === from && filter.to === to;
  filter.from = same ? 0 : from;
  filter.to = same ? 0 : to;
  filtered();
}

function clearFilters() {
  filter.bands.clear(), filter.choices.clear(), filter.rules.clear();
  filter.source = -1, filter.from = 0, filter.to = 0, filter.query = "";
  byId("query").value = "";
  filtered();
}

/** A filter has changed: show what it leaves. */
function filtered() {
  const i = cursor.i;
  byId("from").value = filter.from || "";
  byId("to").value = filter.to || "";
  byId("clear").hidden = !filtering();
  refilter();
  drawFilters();
  cursor.row = 0;
  relist();
  goTo(i);
}
