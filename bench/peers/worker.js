// The npm deasciifier behind the same protocol as worker.py; with "rules" it runs after search and replace (rules.tsv).
const fs = require("fs"), path = require("path"), readline = require("readline");
const Deasciifier = require(path.join(process.env.PEER_MODULES, "turkish-deasciifier"));
const rows = fs.readFileSync(path.join(__dirname, "rules.tsv"), "utf8").trim().split("\n").slice(1).map((r) => r.split("\t"));
const rules = (text) => {
  for (const [read, printed] of rows) text = text.split(read).join(printed);
  return text.replace(/(?<=\p{L})6|6(?=\p{L})/gu, "ö");
};
const engine = new Deasciifier();
const restore = (text) => engine.deasciify(process.argv[2] === "rules" ? rules(text) : text);
restore("Tiirkiye");
console.log(JSON.stringify({ ready: true }));
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const asked = JSON.parse(line), start = process.cpuUsage();
  const texts = asked.texts.map(restore);
  const used = process.cpuUsage(start), seconds = (used.user + used.system) / 1e6;
  console.log(JSON.stringify({ texts, seconds, peak: process.resourceUsage().maxRSS / 1024 }));
});
