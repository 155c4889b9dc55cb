// What is done with an app: rows as in the well-known benchmark of frameworks, and to-dos with the events of a person.
{
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const done = async () => {
    await app.settled();
    await frame();
  };
  let next = 1;
  const fresh = (count) => Array.from({ length: count }, () => ({ id: next, label: `pretty red table ${next++}` }));
  const all = (selector) => [...(app.root ?? document).querySelectorAll(selector)];

  const works = {
    async rows() {
      app.rows(() => fresh(1000));
      await done();
      app.rows((rows) => rows.map((row, at) => (at % 10 ? row : { ...row, label: `${row.label} !!!` })));
      await done();
      app.select(next - 500);
      await done();
      app.rows((rows) => [rows[0], rows[998], ...rows.slice(2, 998), rows[1], rows[999]]);
      await done();
      app.rows((rows) => rows.toSpliced(500, 1));
      await done();
      app.rows((rows) => [...rows, ...fresh(1000)]);
      await done();
      app.rows(() => []);
      await done();
    },
    async todos() {
      const field = all(".new-todo")[0];
      for (let at = 0; at < 100; at++) {
        field.value = `something to do ${at}`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        await app.settled();
      }
      await done();
      for (const box of all(".toggle")) {
        box.click();
        await app.settled();
      }
      await done();
      for (let button = all(".destroy")[0]; button; button = all(".destroy")[0]) {
        button.click();
        await app.settled();
      }
      await done();
    },
  };

  globalThis.work = async ([name, times]) => {
    performance.mark("bench-start");
    for (let n = 0; n < times; n++) await works[name]();
    await new Promise((resolve) => setTimeout(resolve, 200));
    performance.mark("bench-end");
  };
}
