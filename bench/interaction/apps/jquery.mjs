// Rows and to-dos in jQuery, as pages without a framework are: what changes is made anew or changed in place.
import $ from "jquery";

let rows = [];
let left = 0;
const made = new Map();

function make(row) {
  const element = $("<tr>").append(
    $("<td class=col-md-1>").text(row.id),
    $("<td class=col-md-4>").append($("<a>").text(row.label)),
    $("<td>").append($("<a class=remove>").text("×")),
  );
  made.set(row.id, { element, label: row.label });
  return element;
}
function count(change) {
  left += change;
  $("main > p").text(`${left} items left`);
}
function add(text) {
  const box = $("<input type=checkbox class=toggle>");
  const item = $("<li>").append(box, $("<label>").text(text), $("<button class=destroy>").text("×"));
  box.on("change", () => {
    item.toggleClass("completed", box.prop("checked"));
    count(box.prop("checked") ? -1 : 1);
  });
  item.find(".destroy").on("click", () => item.remove());
  $(".todos").append(item);
  count(1);
}

globalThis.app = {
  start(root) {
    $(root).append("<main><input class=new-todo><ul class=todos></ul><p></p><table><tbody></tbody></table></main>");
    $(".new-todo").on("keydown", function ({ key }) {
      if (key === "Enter") add($(this).val());
    });
  },
  rows(next) {
    rows = next(rows);
    const here = new Set(rows.map(({ id }) => id));
    for (const [id, { element }] of made) {
      if (here.has(id)) continue;
      element.remove();
      made.delete(id);
    }
    let before = null;
    const body = $("tbody");
    for (const row of rows) {
      const known = made.get(row.id);
      if (known && known.label !== row.label) known.element.find("a").first().text(row.label);
      if (known) known.label = row.label;
      const element = known?.element ?? make(row);
      const place = before ? before.next() : body.children().first();
      if (place[0] !== element[0]) before ? before.after(element) : body.prepend(element);
      before = element;
    }
  },
  select(id) {
    $("tr.danger").removeClass("danger");
    made.get(id)?.element.addClass("danger");
  },
  settled: () => Promise.resolve(),
};
