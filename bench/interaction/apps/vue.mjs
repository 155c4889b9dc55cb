// Rows and to-dos in Vue, by render functions.
import { createApp, h, nextTick, shallowReactive } from "vue";

const state = shallowReactive({ rows: [], todos: [], selected: 0 });
const Row = (row) =>
  h("tr", { key: row.id, class: row.id === state.selected ? "danger" : "" }, [
    h("td", { class: "col-md-1" }, row.id),
    h("td", { class: "col-md-4" }, [h("a", row.label)]),
    h("td", [
      h("a", { class: "remove", onClick: () => (state.rows = state.rows.filter(({ id }) => id !== row.id)) }, "×"),
    ]),
  ]);
const Todo = (todo) =>
  h("li", { key: todo.id, class: todo.done ? "completed" : "" }, [
    h("input", {
      type: "checkbox",
      class: "toggle",
      checked: todo.done,
      onChange: () => (state.todos = state.todos.map((one) => (one === todo ? { ...one, done: !one.done } : one))),
    }),
    h("label", todo.text),
    h(
      "button",
      { class: "destroy", onClick: () => (state.todos = state.todos.filter((one) => one.id !== todo.id)) },
      "×",
    ),
  ]);
const App = () =>
  h("main", [
    h("input", {
      class: "new-todo",
      onKeydown: ({ key, target }) => {
        if (key !== "Enter") return;
        state.todos = [...state.todos, { id: crypto.randomUUID(), text: target.value, done: false }];
        target.value = "";
      },
    }),
    h("ul", { class: "todos" }, state.todos.map(Todo)),
    h("p", `${state.todos.filter(({ done }) => !done).length} items left`),
    h("table", [h("tbody", state.rows.map(Row))]),
  ]);

globalThis.app = {
  start: (root) => createApp({ render: App }).mount(root),
  rows(next) {
    state.rows = next(state.rows);
  },
  select(id) {
    state.selected = id;
  },
  settled: nextTick,
};
