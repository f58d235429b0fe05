/* Where the reviewer is, and deciding there. Start reading at `handled` and `decideHere`.
 *
 * `cursor.row` is a row of `items` in the list of groups, an index into `shown` in the views of the text;
 * `cursor.i` is the change there (the first of the group on a group's own row). */
const VIEWS = ["groups", "inline", "side", "summary"];
const cursor = { row: 0, i: 0 };
let view = "groups";

const inText = () => view === "inline" || view === "side";
const rowCount = () => (inText() ? shown.length : items.length);

/** What a decision would be about: a change, or a whole group on the group's own row. */
function handled() {
  if (inText()) {
    const i = shown[cursor.row];
    return i === undefined ? null : { i, group: alike(i), whole: false };
  }
  const item = items[cursor.row];
  if (!item) return null;
  if (shape.by === "none") return { i: item.i, group: alike(item.i), whole: false };
  return { i: item.i < 0 ? item.group.members[0] : item.i, group: item.group, whole: item.i < 0 };
}

/** All shown changes of the same word into the same word. */
const alike = (i) => ({ key: i, members: shown.filter((m) => C.group[m] === C.group[i]) });

function goRow(row) {
  editing = false;
  cursor.row = Math.max(0, Math.min(rowCount() - 1, row));
  const item = handled();
  cursor.i = item ? item.i : -1;
  show();
  drawDetail();
  announce();
}

const move = (by) => goRow(cursor.row + by);

function show() {
  if (inText()) list.show(lineOf[cursor.i], 120);
  else list.show(cursor.row);
  if (inText()) byId("list").removeAttribute("aria-activedescendant");
  else byId("list").setAttribute("aria-activedescendant", `row-${cursor.row}`);
}

/** Go to a change, or to the group it is in. */
function goTo(i) {
  let row = -1;
  if (inText()) row = shown.indexOf(i);
  else {
    row = items.findIndex((item) => item.i === i);
    if (row < 0) row = items.findIndex((item) => item.i < 0 && C.group[item.group.members[0]] === C.group[i] && item.group.members.includes(i));
  }
  goRow(Math.max(0, row));
}

const stillOpen = (row) => {
  if (inText()) return !chosen[shown[row]];
  const item = items[row];
  return item.i >= 0 ? !chosen[item.i] : !item.open && item.group.members.some((i) => !chosen[i]);
};

/** Go to the next undecided row, round the end; tell whether there was one. */
function nextUndecided() {
  const count = rowCount();
  for (let k = 1; k <= count; k++) {
    const row = (cursor.row + k) % count;
    if (stillOpen(row)) return goRow(row), true;
  }
  return false;
}

/** Decide about what is handled, then go on, unless this was a second thought. */
function decideHere(choice, { wholeGroup = false, reading = null } = {}) {
  const item = handled();
  if (!item) return;
  editing = false;
  const indices = wholeGroup || item.whole ? item.group.members : [item.i];
  const fresh = indices.some((i) => !chosen[i]);
  const n = decide(indices, choice, reading);
  status();
  if (n > 1) toast(t(`did_${CHOICES[choice]}`, { n: number(n) }), true);
  if (wholeGroup) close(item.group);
  if (!fresh || !choice || !nextUndecided()) goRow(cursor.row);
}

const acceptIt = () => decideHere(ACCEPT);
const rejectIt = () => decideHere(REJECT);
const forgetIt = () => decideHere(0);
const acceptGroup = () => decideHere(ACCEPT, { wholeGroup: true });
const rejectGroup = () => decideHere(REJECT, { wholeGroup: true });

function takeRival(k) {
  const item = handled();
  const rival = item && !item.whole && rivalsOf(item.i)[k];
  if (rival) decideHere(EDIT, { reading: rival[0] });
}

function startEdit() {
  if (!handled() || view === "summary") return;
  editing = true;
  drawDetail();
}

function stopEdit() {
  editing = false;
  drawDetail();
  byId("list").focus({ preventScroll: true });
}

function keepEdit(event) {
  event.preventDefault();
  const reading = byId("edit").value;
  byId("list").focus({ preventScroll: true });
  decideHere(EDIT, { reading });
}

function acceptShown() {
  const rest = shown.filter((i) => !chosen[i]);
  if (!rest.length) return toast(t("no_undecided"));
  const n = decide(rest, ACCEPT);
  status();
  toast(t("did_accept", { n: number(n) }), true);
  goRow(cursor.row);
}

function goBack(indices, word) {
  if (!indices) return toast(t("nothing_undo"));
  status();
  if (indices.length) goTo(indices[0]);
  toast(t(word));
}

/** Close a group that was settled as a whole, and stand on its own row. */
function close(group) {
  if (inText() || shape.by === "none" || !shape.open.has(openKey(group))) return;
  toggle(group, false);
  relist();
  cursor.row = items.findIndex((item) => item.group.key === group.key);
}

function openClose(want) {
  if (inText() || view === "summary") return;
  const item = items[cursor.row];
  if (!item) return;
  if (item.i >= 0 && !item.single) {
    if (want === true) return; // already inside
    toggle(item.group, false);
  } else if (item.i < 0 && want !== item.open) toggle(item.group, !item.open);
  else return;
  relist();
  goRow(items.findIndex((other) => other.group.key === item.group.key));
}
