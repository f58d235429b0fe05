/* Decisions as a file: saved as a download, loaded back. Start reading at `decisionsFile`.
 *
 * The file is what `onar apply SOURCE LOG --decisions FILE` reads (onar-decisions/1): one entry a source, in it one
 * judgement a line. */
const SCHEMA = "onar-decisions/1";

/** One person's word about one change. `after` is what was proposed, or with an edit the reviewer's own reading. */
function judgement(i) {
  const row = { id: C.id[i], decision: CHOICES[chosen[i]], before: C.before[i], after: chosen[i] === EDIT ? edits.get(i) : C.after[i],
    prefix: C.prefix[i], suffix: C.suffix[i], start: C.start[i] };
  if (notes.has(i)) row.note = notes.get(i);
  return row;
}

/** The text of the decisions file, and how many decisions are in it. */
function decisionsFile() {
  const rows = DOCS.map(() => []);
  for (let i = 0; i < N; i++) if (chosen[i]) rows[C.source[i]].push(JSON.stringify(judgement(i)));
  const parts = DOCS.map((doc, s) => `${JSON.stringify({ source: doc.name, sha256: doc.sha256 }).slice(0, -1)},"decisions":[\n${rows[s].join(",\n")}\n]}`);
  return [`{"schema":"${SCHEMA}","sources":[\n${parts.join(",\n")}\n]}\n`, rows.reduce((n, list) => n + list.length, 0)];
}

function saveFile() {
  const [text, n] = decisionsFile();
  download(DATA.file, text);
  unsaved = false;
  keep();
  status();
  toast(t("saved", { n: number(n) }));
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Read the sources of a decisions file; null when it is none. */
function readSources(text) {
  try {
    const whole = JSON.parse(text.replace(/^\ufeff/, ""));
    const fits = whole.schema === SCHEMA && whole.sources.every((one) => typeof one.sha256 === "string" && Array.isArray(one.decisions));
    return fits ? whole.sources : null;
  } catch {
    return null;
  }
}

async function loadFile(file) {
  const sources = readSources(await file.text());
  if (!sources) return toast(t("not_decisions"));
  const mine = sources.map((one) => [DOCS.findIndex((doc) => doc.sha256 === one.sha256), one]).filter(([s]) => s >= 0);
  if (!mine.length) return toast(t("other_source", { source: String(sources[0]?.source ?? "?") }));
  const wanted = new Map();
  let odd = 0;
  for (const [s, one] of mine)
    for (const row of one.decisions) {
      const i = INDEX.get(`${s}/${row?.id}`), choice = CHOICES.indexOf(row?.decision);
      if (i === undefined || choice < 1 || row.before !== C.before[i] || typeof row.after !== "string") odd++;
      else wanted.set(i, { choice, row });
    }
  takeAll(wanted);
  toast(t(odd ? "loaded_some" : "loaded", { n: number(wanted.size), odd: number(odd) }), true);
}

/** Take over loaded decisions in one step, so that one undo takes them back. */
function takeAll(wanted) {
  const step = { indices: Int32Array.from(wanted.keys()), choices: null, readings: null };
  remember(step);
  for (const [i, { choice, row }] of wanted) {
    // accepting another reading than this log proposes is an edit
    set(i, choice === ACCEPT && row.after !== C.after[i] ? EDIT : choice, row.after);
    if (row.note) notes.set(i, String(row.note));
  }
  undoList.push(step);
  redoList.length = 0;
  changed();
  status();
  filtered();
}
