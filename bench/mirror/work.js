// The changes whose cost is measured, each made in one task; on the page of `pages.work()`.
const byId = (id) => document.getElementById(id);

function reordered(order) {
  const list = byId("keyed");
  for (const child of order([...list.children])) list.append(child);
}

globalThis.work = {
  "append 1,000 rows"() {
    const body = byId("rows");
    for (let row = 0; row < 1000; row++) {
      const tr = document.createElement("tr");
      tr.className = "row new";
      tr.dataset.row = `n${row}`;
      for (let column = 0; column < 6; column++) {
        const td = document.createElement("td");
        td.className = "p-2 text-sm";
        td.textContent = `cell ${row} ${column}`;
        tr.append(td);
      }
      body.append(tr);
    }
  },
  "10,000 attributes"() {
    document.querySelectorAll("#spans span").forEach((span, i) => {
      span.setAttribute("class", `tag ${i % 3 ? "on" : "off"} s${i % 50}`);
    });
  },
  "10,000 style properties"() {
    document.querySelectorAll("#spans span").forEach((span, i) => {
      span.style.setProperty("opacity", String(0.5 + (i % 50) / 100));
    });
  },
  "10,000 texts"() {
    document.querySelectorAll("#spans span").forEach((span, i) => {
      span.firstChild.data = `value ${i * 7}`;
    });
  },
  "reverse 1,000 keyed rows"() {
    reordered((rows) => rows.reverse());
  },
  "shuffle 1,000 keyed rows"() {
    let seed = 12345;
    const chance = () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed;
    };
    reordered((rows) => rows.map((row) => [chance(), row]).sort(([a], [b]) => a - b).map(([, row]) => row));
  },
  "swap 2 of 1,000"() {
    const { children } = byId("keyed");
    const [early, late] = [children[1], children[998]];
    const place = early.nextSibling;
    late.after(early);
    place.before(late);
  },
  "replace 1,000 rows"() {
    byId("keyed").innerHTML = Array.from({ length: 1000 }, (_, i) => `<li class="row"><b>${i}</b> new item</li>`).join("");
  },
  "remove 1,000 rows"() {
    byId("keyed").replaceChildren();
  },
};
