/* What the reviewer decided, how to take it back, and where it is kept. Start reading at `decide`.
 *
 * `chosen[i]` is 0 (undecided), 1 accept, 2 reject, 3 edit; `edits` holds the reviewer's own readings. A step of the
 * undo list remembers what the changes it touched were before, so undoing a group is as quick as deciding it. */
const CHOICES = ["none", "accept", "reject", "edit"];
const ACCEPT = 1, REJECT = 2, EDIT = 3;
const chosen = new Uint8Array(N);
const edits = new Map();
const notes = new Map();
const undoList = [], redoList = [];
let unsaved = false;

/** What stands in the text as things are. */
function outcome(i) {
  if (chosen[i] === EDIT) return edits.get(i);
  if (chosen[i] === ACCEPT) return C.after[i];
  if (chosen[i] === REJECT || C.flagged[i]) return C.before[i];
  return C.after[i];
}

/** Decide about `indices`; `reading` is the reviewer's own for an edit. Returns how many were decided. */
function decide(indices, choice, reading = null) {
  const step = { indices: Int32Array.from(indices), choices: null, readings: null };
  remember(step);
  for (const i of step.indices) set(i, choice, reading);
  undoList.push(step);
  redoList.length = 0;
  changed();
  return step.indices.length;
}

function set(i, choice, reading) {
  // an edit that says what the engine said, or what was read, is an acceptance or a rejection
  if (choice === EDIT && reading === C.after[i]) choice = ACCEPT;
  else if (choice === EDIT && reading === C.before[i]) choice = REJECT;
  chosen[i] = choice;
  if (choice === EDIT) edits.set(i, reading);
  else edits.delete(i);
}

function remember(step) {
  step.choices = Uint8Array.from(step.indices, (i) => chosen[i]);
  step.readings = Array.from(step.indices, (i) => edits.get(i) ?? null);
}

function turnBack(from, onto) {
  const step = from.pop();
  if (!step) return null;
  const back = { indices: step.indices, choices: null, readings: null };
  remember(back);
  step.indices.forEach((i, k) => {
    chosen[i] = step.choices[k];
    if (step.readings[k] === null) edits.delete(i);
    else edits.set(i, step.readings[k]);
  });
  onto.push(back);
  changed();
  return step.indices;
}

const undo = () => turnBack(undoList, redoList);
const redo = () => turnBack(redoList, undoList);

/** How many changes have each choice. */
function tally() {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < N; i++) counts[chosen[i]]++;
  return counts;
}

function changed() {
  unsaved = true;
  keepSoon();
}

/* The browser's own memory, under the log's digest. Some browsers refuse it for files opened from disk. */
const KEY = `onar-review/${DATA.digest}`;
const store = (() => {
  try {
    localStorage.setItem("onar-review/probe", "1");
    localStorage.removeItem("onar-review/probe");
    return localStorage;
  } catch {
    return null;
  }
})();
let keeping = 0;

function keepSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(keep, 250);
}

function keep() {
  clearTimeout(keeping);
  keeping = 0;
  if (!store) return;
  const kept = { chosen: {}, edits: {}, notes: {}, unsaved };
  for (let i = 0; i < N; i++) if (chosen[i]) kept.chosen[i] = chosen[i];
  for (const [i, reading] of edits) kept.edits[i] = reading;
  for (const [i, note] of notes) kept.notes[i] = note;
  try {
    store.setItem(KEY, JSON.stringify(kept));
  } catch {
    toast(t("no_store"));
  }
}

/** Put back what came with the log, then what this browser kept. */
function recall() {
  for (let i = 0; i < N; i++) {
    chosen[i] = C.decision[i];
    if (chosen[i] === EDIT) edits.set(i, C.after[i]); // the log keeps the edit where the proposal stood
    if (C.note[i]) notes.set(i, C.note[i]);
  }
  if (!store) return;
  let kept = null;
  try {
    kept = JSON.parse(store.getItem(KEY));
  } catch {
    return;
  }
  if (kept === null || typeof kept !== "object") return;
  chosen.fill(0), edits.clear(), notes.clear();
  for (const [i, choice] of Object.entries(kept.chosen ?? {})) if (i < N && choice in CHOICES) set(+i, choice, kept.edits?.[i] ?? C.after[i]);
  for (const [i, note] of Object.entries(kept.notes ?? {})) if (i < N) notes.set(+i, String(note));
  unsaved = Boolean(kept.unsaved);
}

addEventListener("pagehide", () => keeping && keep());
document.addEventListener("visibilitychange", () => document.hidden && keeping && keep());
addEventListener("beforeunload", (event) => {
  if (unsaved && !store) event.preventDefault();
});
