// The shop's own script. It knows nothing of co-browsing.
const PRODUCTS = [
  { id: "press", name: "Tide press", price: 48, text: "Four cups, double wall" },
  { id: "dripper", name: "Shell dripper", price: 22, text: "Stoneware, size two" },
  { id: "grinder", name: "Pebble grinder", price: 89, text: "Steel burrs, quiet" },
  { id: "kettle", name: "Heron kettle", price: 64, text: "Gooseneck, 0.8 litres" },
  { id: "scale", name: "Flat scale", price: 35, text: "Tenth of a gram, timer" },
  { id: "beans", name: "Low tide beans", price: 14, text: "Medium roast, 250 g" },
];
const find = (id) => document.getElementById(id);
const cart = JSON.parse(localStorage.getItem("tidepool-cart") ?? "{}");

class TideStars extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `<style>
      button { all: unset; cursor: pointer; font-size: 24px; padding: 0 2px; color: #8a9a9a }
      button[aria-pressed=true] { color: #d08a1d }
      button:focus-visible { outline: 2px solid currentColor }
      </style>${[1, 2, 3, 4, 5].map((n) => `<button type="button" aria-label="${n} of 5" aria-pressed="false">★</button>`).join("")}
      <slot></slot>`;
    const stars = [...root.querySelectorAll("button")];
    for (const [index, star] of stars.entries()) {
      star.addEventListener("click", () => {
        for (const [other, each] of stars.entries()) each.setAttribute("aria-pressed", String(other <= index));
      });
    }
  }
}
customElements.define("tide-stars", TideStars);

function showCart() {
  const lines = PRODUCTS.filter((product) => cart[product.id]);
  const count = find("cart-count");
  if (count) count.textContent = lines.reduce((sum, product) => sum + cart[product.id], 0);
  const body = find("cart");
  if (!body) return;
  body.replaceChildren(
    ...lines.map((product) => {
      const row = document.createElement("tr");
      for (const text of [product.name, cart[product.id], `€ ${product.price * cart[product.id]}`]) row.insertCell().textContent = text;
      return row;
    }),
  );
  if (!lines.length) body.innerHTML = `<tr><td colspan="3">Still empty.</td></tr>`;
  find("total").textContent = `€ ${lines.reduce((sum, product) => sum + product.price * cart[product.id], 0)}`;
}

function showProducts(words = "") {
  const wanted = PRODUCTS.filter((product) => `${product.name} ${product.text}`.toLowerCase().includes(words.toLowerCase()));
  find("products").replaceChildren(
    ...wanted.map((product) => {
      const item = document.createElement("li");
      item.innerHTML = `<img src="/shop/images/${product.id}.svg" alt="" width="96" height="96">
        <h3>${product.name}</h3><p>${product.text}</p>
        <p class="price">€ ${product.price} <small data-stock="${product.id}"></small></p>
        <button class="button quiet" data-add="${product.id}">Add to cart</button>`;
      return item;
    }),
  );
  find("nothing").hidden = wanted.length > 0;
}

async function showStock() {
  const left = await (await fetch("/visitor/stock")).json();
  for (const place of document.querySelectorAll("[data-stock]")) {
    place.textContent = `${left[place.dataset.stock]} left`;
    place.classList.toggle("few", left[place.dataset.stock] < 8);
  }
}

function drawChart() {
  const days = { Mon: 21, Tue: 34, Wed: 28, Thu: 42, Fri: 51, Sat: 33, Sun: 12 };
  const canvas = find("chart");
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(document.documentElement);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.font = "14px system-ui, sans-serif";
  pen.textAlign = "center";
  for (const [index, [day, kg]] of Object.entries(days).entries()) {
    const x = 12 + index * 90;
    pen.fillStyle = style.getPropertyValue("--accent");
    pen.beginPath();
    pen.roundRect(x, 150 - kg * 2.5, 64, kg * 2.5, [6, 6, 0, 0]);
    pen.fill();
    pen.fillStyle = style.getPropertyValue("--soft");
    pen.fillText(day, x + 32, 172);
    pen.fillText(kg, x + 32, 142 - kg * 2.5);
  }
}

function openShop() {
  showProducts();
  drawChart();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawChart);
  find("search").addEventListener("input", (event) => showProducts(event.target.value));
  find("products").addEventListener("click", (event) => {
    const id = event.target.dataset.add;
    if (!id) return;
    cart[id] = (cart[id] ?? 0) + 1;
    localStorage.setItem("tidepool-cart", JSON.stringify(cart));
    showCart();
  });
  find("open-guide").addEventListener("click", () => find("guide").showModal());
  const form = find("order-form");
  form.elements.roast.addEventListener("input", (event) => {
    find("roast-name").textContent = ["light", "soft", "medium", "full", "dark"][event.target.value];
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find("thanks-text").textContent = `We grind it as ${form.elements.grind.value.toLowerCase()}, ${form.elements.cups.value} cups a day.`;
    find("thanks").showModal();
  });
  showStock();
  setInterval(showStock, 2000);
}

showCart();
if (find("products")) openShop();
