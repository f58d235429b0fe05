/* A list of any length of which only what is in sight exists. Start reading at `VirtualList.draw`.
 *
 * Heights are guessed, then measured when a row has been drawn once; the rows in sight stand in one block that is moved
 * to its place. Drawing all of them anew on each key press takes about a millisecond or two, so there is no patching. */
const OVERSCAN = 6;

class VirtualList {
  constructor(port, drawRow) {
    this.port = port;
    this.drawRow = drawRow;
    this.block = el("div", { class: "block", role: "presentation" });
    this.space = el("div", { class: "space", role: "presentation" }, this.block);
    this.heights = new Float64Array(0);
    this.offsets = new Float64Array(1);
    this.exact = false;
    this.first = this.last = -1;
    port.replaceChildren(this.space);
    let asked = false;
    port.addEventListener("scroll", () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => ((asked = false), this.draw(false)));
    }, { passive: true });
    new ResizeObserver(() => this.draw()).observe(port);
  }

  /** Start over with `count` rows whose heights `guess` tells, exactly or not; they are drawn by the next `show`. */
  reset(count, guess, exact) {
    this.exact = exact;
    this.heights = Float64Array.from({ length: count }, (_, k) => guess(k));
    this.sum();
  }

  sum() {
    const offsets = new Float64Array(this.heights.length + 1);
    for (let k = 0; k < this.heights.length; k++) offsets[k + 1] = offsets[k] + this.heights[k];
    this.offsets = offsets;
    this.space.style.height = `${offsets[offsets.length - 1]}px`;
  }

  /** The row at a height. */
  rowAt(y) {
    let low = 0, high = this.heights.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsets[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** Draw what is in sight; unless `anew`, only if other rows have come into sight. */
  draw(anew = true) {
    const count = this.heights.length, top = this.port.scrollTop, tall = this.port.clientHeight;
    if (!tall) return;
    const first = Math.max(0, this.rowAt(top) - OVERSCAN);
    const last = Math.min(count, this.rowAt(top + tall) + 1 + OVERSCAN);
    if (!anew && first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    const rows = [];
    for (let k = first; k < last; k++) rows.push(this.drawRow(k));
    this.block.replaceChildren(...rows);
    this.block.style.transform = `translateY(${this.offsets[first]}px)`;
    if (!this.exact) this.measure(first, rows);
  }

  measure(first, rows) {
    const reading = this.rowAt(this.port.scrollTop);
    let wrong = false, above = 0;
    rows.forEach((row, k) => {
      const tall = row.getBoundingClientRect().height, off = tall - this.heights[first + k];
      if (Math.abs(off) < 0.5) return;
      this.heights[first + k] = tall;
      wrong = true;
      if (first + k < reading) above += off;
    });
    if (!wrong) return;
    this.sum();
    if (above) this.port.scrollTop += above; // what is being read stays where it is
    this.block.style.transform = `translateY(${this.offsets[first]}px)`;
  }

  /** Bring a row into sight, with some of what surrounds it. */
  show(k, lead = 60) {
    if (k < 0 || k >= this.heights.length) return this.draw();
    const top = this.port.scrollTop, tall = this.port.clientHeight;
    lead = Math.min(lead, tall / 4);
    if (this.offsets[k] - lead < top) this.port.scrollTop = this.offsets[k] - lead;
    else if (this.offsets[k + 1] + lead > top + tall) this.port.scrollTop = Math.min(this.offsets[k + 1] + lead - tall, this.offsets[k] - lead);
    this.draw();
  }

  get screenful() {
    return Math.max(1, Math.floor(this.port.clientHeight / 44) - 1);
  }
}
