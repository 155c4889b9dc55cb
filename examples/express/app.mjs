// Co-browsing in an Express application: three endpoints, nothing is stored.
//
//   npm install express
//   export TWINPANE_URL=http://localhost:8080 TWINPANE_PUBLIC_KEY=… TWINPANE_REST_KEY=…
//   PORT=3000 node app.mjs

import express from "express";

const { TWINPANE_URL, TWINPANE_PUBLIC_KEY, TWINPANE_REST_KEY, PORT = "3000" } = process.env;
// A site whose pages we cannot change. It is never taken from a request.
const { TWINPANE_FOREIGN_URL = "https://example.com/" } = process.env;

const app = express();

// The page that is shared. It says who the visitor is, by our own ID.
app.get("/visitor", (request, response) => {
  const identity = JSON.stringify({ uniqueId: customerId(request), identities: ["Ada"] }).replaceAll("<", "\\u003c");
  response.send(`<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Our shop</title>
<script>
  window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };
  Upscope("init", {});
  Upscope("updateConnection", ${identity});
</script>
<script async src="${TWINPANE_URL}/${TWINPANE_PUBLIC_KEY}.js"></script>
<h1>Our shop</h1>
<label>Search <input id="search"></label>
</html>`);
});

// Instead of /visitor where the page is somebody else's. Let only signed-in customers reach this.
app.get("/visitor-proxied", async (request, response) => {
  const wanted = { initial_url: TWINPANE_FOREIGN_URL, unique_id: customerId(request), identities: ["Ada"] };
  const { url } = await rest("POST", "/v1.4/proxy_sessions", wanted);
  response.redirect(url);
});

// Unique ID → short ID → watch URL → there, in one request. Let only signed-in colleagues reach this.
app.get("/agent", async (request, response) => {
  const search = new URLSearchParams({ search: `id:"${customerId(request)}"`, max_results: "1" });
  const { visitors } = await rest("GET", `/v1.4/list?${search}`);
  if (visitors.length === 0) {
    response.status(404).type("text").send("Nobody to help yet: the customer has not opened the page.");
    return;
  }
  const agent = { id: "7", name: "Zoë" };
  const { watch_url } = await rest("POST", `/v1.4/visitors/${visitors[0].short_id}/watch_url`, { agent });
  response.redirect(watch_url);
});

// Whom it is about: a customer's or case number. A real application takes it from its log-in.
function customerId(request) {
  return String(request.query.id ?? "case-42").replaceAll('"', "");
}

// Ask the co-browsing server. The key is secret: it never leaves this process.
async function rest(method, path, body) {
  const headers = { "X-Api-Key": TWINPANE_REST_KEY, "Content-Type": "application/json" };
  const sent = body && JSON.stringify(body);
  const answer = await fetch(TWINPANE_URL + path, { method, headers, body: sent, signal: AbortSignal.timeout(10_000) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.message, { cause: told.error });
  return told;
}

// Say why in words; the code is for our log.
app.use((problem, _request, response, _next) => {
  console.warn("co-browsing:", problem.cause, problem.message);
  response.status(502).type("text").send(`Help could not start. ${problem.message}`);
});

app.listen(Number(PORT), "localhost");
