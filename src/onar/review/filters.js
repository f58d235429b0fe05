/* Which changes are shown, in which groups and order. Start reading at `refilter`. */
const filter = { bands: new Set(), choices: new Set(), rules: new Set(), source: -1, from: 0, to: 0, query: "" };
const shape = { by: "word", order: "often", open: new Set() };

let shown = []; // the changes that pass the filter, in text order
let items = []; // rows of the list: {group} for a header, {group, i} for a change
let groupCount = 0;

const filtering = () =>
  filter.bands.size + filter.choices.size + filter.rules.size > 0 || filter.source >= 0 || filter.from > 0 || filter.to > 0 || filter.query !== "";

/** Find what passes the filter, anew. Decisions alone don't: what was just decided stays in sight. */
function refilter() {
  const query = fold(filter.query.trim());
  const hay = query ? searchable() : null;
  shown = [];
  for (let i = 0; i < N; i++) {
    if (filter.bands.size && !filter.bands.has(C.band[i])) continue;
    if (filter.choices.size && !filter.choices.has(chosen[i])) continue;
    if (filter.source >= 0 && C.source[i] !== filter.source) continue;
    if (filter.from && C.page[i] < filter.from) continue;
    if (filter.to && C.page[i] > filter.to) continue;
    if (filter.rules.size && !C.rules[i].some((r) => filter.rules.has(r)) && !(filter.rules.has(-1) && !C.rules[i].length)) continue;
    if (hay && !hay[i].includes(query)) continue;
    shown.push(i);
  }
  regroup();
}

const groupKeys = {
  word: (i) => C.group[i],
  rule: (i) => C.rules[i].join(" "),
  page: (i) => C.source[i] * 1e7 + C.page[i],
  none: (i) => i,
};

/** Gather the shown changes into groups, the groups into rows. */
function regroup() {
  const groups = new Map();
  const keyOf = groupKeys[shape.by];
  for (const i of shown) {
    const key = keyOf(i);
    const group = groups.get(key);
    if (group) group.members.push(i), (group.least = Math.min(group.least, C.confidence[i])), (group.worst = Math.max(group.worst, C.band[i]));
    else groups.set(key, { key, members: [i], least: C.confidence[i], worst: C.band[i] });
  }
  const list = [...groups.values()];
  if (shape.order === "often") list.sort((a, b) => b.members.length - a.members.length || b.worst - a.worst || a.least - b.least || a.members[0] - b.members[0]);
  else if (shape.order === "doubt") list.sort((a, b) => b.worst - a.worst || a.least - b.least || b.members.length - a.members.length || a.members[0] - b.members[0]);
  groupCount = list.length;
  items = [];
  for (const group of list) unfold(group);
}

const alone = (group) => group.members.length === 1 && shape.by !== "page";
const openKey = (group) => `${shape.by}/${group.key}`;

function unfold(group) {
  if (alone(group)) return items.push({ group, i: group.members[0], single: true });
  const open = shape.open.has(openKey(group));
  items.push({ group, i: -1, open });
  if (open) for (const i of group.members) items.push({ group, i, single: false });
}

/** Open or close the group of a row. */
function toggle(group, open = !shape.open.has(openKey(group))) {
  if (alone(group)) return;
  if (open) shape.open.add(openKey(group));
  else shape.open.delete(openKey(group));
  regroup();
}
