// The library's own script. It knows nothing of co-browsing, nor of any proxy.
const find = (id) => document.getElementById(id);

async function show(words) {
  const address = new URL("/search", location.href);
  address.searchParams.set("q", words);
  const books = await (await fetch(address)).json();
  if (words !== find("search").value) return; // a later search is under way
  find("books").replaceChildren(...books.map(card));
  find("none").hidden = books.length > 0;
}

function card(book) {
  const item = document.createElement("li");
  item.innerHTML = `<a href="${book.address}"><img src="/cover/${book.key}" alt="" width="160" height="220"></a>`;
  const link = item.firstElementChild;
  link.append(book.title, Object.assign(document.createElement("small"), { textContent: book.author }));
  return item;
}

find("search").addEventListener("input", (event) => show(event.target.value));
find("size").addEventListener("click", () => {
  const large = document.documentElement.className !== "large";
  document.cookie = `text=${large ? "large" : "usual"}; path=/; max-age=86400`;
  document.documentElement.className = large ? "large" : "usual";
});
find("propose-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("/propose", { method: "POST", body: event.target.elements.list.files[0] });
  find("proposed").textContent = `Thank you for ${(await answer.json()).books} books.`;
});
new EventSource("/news").addEventListener("message", (event) => {
  find("news").textContent = event.data;
});
await show("");
