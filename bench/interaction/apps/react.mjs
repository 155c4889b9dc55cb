// Rows and to-dos in React.
import { createElement as h, memo, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

const Row = memo(({ row, selected, remove }) =>
  h(
    "tr",
    { className: selected ? "danger" : "" },
    h("td", { className: "col-md-1" }, row.id),
    h("td", { className: "col-md-4" }, h("a", null, row.label)),
    h("td", null, h("a", { className: "remove", onClick: () => remove(row.id) }, "×")),
  ),
);
const Todo = memo(({ todo, toggle, remove }) =>
  h(
    "li",
    { className: todo.done ? "completed" : "" },
    h("input", { type: "checkbox", className: "toggle", checked: todo.done, onChange: () => toggle(todo.id) }),
    h("label", null, todo.text),
    h("button", { type: "button", className: "destroy", onClick: () => remove(todo.id) }, "×"),
  ),
);

let set;
const change = (next) => flushSync(() => set((state) => ({ ...state, ...next(state) })));
const removeRow = (id) => change(({ rows }) => ({ rows: rows.filter((row) => row.id !== id) }));
const toggle = (id) =>
  change(({ todos }) => ({ todos: todos.map((todo) => (todo.id === id ? { ...todo, done: !todo.done } : todo)) }));
const removeTodo = (id) => change(({ todos }) => ({ todos: todos.filter((todo) => todo.id !== id) }));

function App() {
  const [state, setState] = useState({ rows: [], todos: [], selected: 0 });
  set = setState;
  return h(
    "main",
    null,
    h("input", {
      className: "new-todo",
      onKeyDown: ({ key, target }) => {
        if (key !== "Enter") return;
        const text = target.value;
        target.value = "";
        change(({ todos }) => ({ todos: [...todos, { id: crypto.randomUUID(), text, done: false }] }));
      },
    }),
    h(
      "ul",
      { className: "todos" },
      state.todos.map((todo) => h(Todo, { key: todo.id, todo, toggle, remove: removeTodo })),
    ),
    h("p", null, `${state.todos.filter(({ done }) => !done).length} items left`),
    h(
      "table",
      null,
      h(
        "tbody",
        null,
        state.rows.map((row) => h(Row, { key: row.id, row, selected: row.id === state.selected, remove: removeRow })),
      ),
    ),
  );
}

globalThis.app = {
  start(root) {
    flushSync(() => createRoot(root).render(h(App)));
  },
  rows: (next) => change(({ rows }) => ({ rows: next(rows) })),
  select: (id) => change(() => ({ selected: id })),
  settled: () => Promise.resolve(),
};
