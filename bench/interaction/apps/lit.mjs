// Rows and to-dos in a Lit element with an open shadow root.
import { html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";

class BenchApp extends LitElement {
  static properties = { rows: { attribute: false }, todos: { attribute: false }, selected: { attribute: false } };

  constructor() {
    super();
    Object.assign(this, { rows: [], todos: [], selected: 0 });
  }

  row = (row) => html`<tr class=${row.id === this.selected ? "danger" : ""}>
    <td class="col-md-1">${row.id}</td>
    <td class="col-md-4"><a>${row.label}</a></td>
    <td><a class="remove" @click=${() => (this.rows = this.rows.filter(({ id }) => id !== row.id))}>×</a></td>
  </tr>`;

  todo = (todo) => html`<li class=${todo.done ? "completed" : ""}>
    <input type="checkbox" class="toggle" .checked=${todo.done} @change=${() => this.toggle(todo)} />
    <label>${todo.text}</label>
    <button class="destroy" @click=${() => (this.todos = this.todos.filter(({ id }) => id !== todo.id))}>×</button>
  </li>`;

  toggle(todo) {
    this.todos = this.todos.map((one) => (one.id === todo.id ? { ...one, done: !one.done } : one));
  }

  add({ key, target }) {
    if (key !== "Enter") return;
    this.todos = [...this.todos, { id: crypto.randomUUID(), text: target.value, done: false }];
    target.value = "";
  }

  render() {
    return html`<main>
      <input class="new-todo" @keydown=${this.add} />
      <ul class="todos">${repeat(this.todos, ({ id }) => id, this.todo)}</ul>
      <p>${this.todos.filter(({ done }) => !done).length} items left</p>
      <table><tbody>${repeat(this.rows, ({ id }) => id, this.row)}</tbody></table>
    </main>`;
  }
}
customElements.define("bench-app", BenchApp);

let element;
globalThis.app = {
  start(root) {
    element = document.createElement("bench-app");
    root.append(element);
  },
  rows(next) {
    element.rows = next(element.rows);
  },
  select(id) {
    element.selected = id;
  },
  settled: () => element.updateComplete,
  get root() {
    return element.shadowRoot;
  },
};
