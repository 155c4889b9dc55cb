"""Co-browsing in a Flask application: three endpoints, nothing is stored.

pip install flask "twinpane[client]"
export TWINPANE_URL=http://localhost:8080 TWINPANE_PUBLIC_KEY=… TWINPANE_REST_KEY=…
flask --app app run --port 3000
"""

from __future__ import annotations

import os

from flask import Flask, redirect, render_template_string, request
from twinpane.client import Twinpane, TwinpaneError
from werkzeug.wrappers import Response

URL, PUBLIC_KEY = os.environ["TWINPANE_URL"], os.environ["TWINPANE_PUBLIC_KEY"]
# A site whose pages we cannot change. It is never taken from a request.
FOREIGN_URL = os.environ.get("TWINPANE_FOREIGN_URL", "https://example.com/")

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Our shop</title>
<script>
  window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };
  Upscope("init", {});
  Upscope("updateConnection", {{ identity|tojson }});
</script>
<script async src="{{ url }}/{{ key }}.js"></script>
<h1>Our shop</h1>
<label>Search <input id="search"></label>
</html>"""

app = Flask(__name__)
twinpane = Twinpane(URL, key=os.environ["TWINPANE_REST_KEY"])


@app.get("/visitor")
def visitor() -> str:
    """The page that is shared. It says who the visitor is, by our own ID."""
    identity = {"uniqueId": customer_id(), "identities": ["Ada"]}
    return render_template_string(PAGE, identity=identity, url=URL, key=PUBLIC_KEY)


@app.get("/visitor-proxied")
def visitor_proxied() -> Response:
    """Instead of /visitor where the page is somebody else's. Let only signed-in customers reach this."""
    opened = twinpane.proxy_session(FOREIGN_URL, unique_id=customer_id(), identities=["Ada"])
    return redirect(opened.url)


@app.get("/agent")
def agent() -> Response | tuple[str, int]:
    """Unique ID → short ID → watch URL → there, in one request. Let only signed-in colleagues reach this."""
    found = twinpane.find_visitor(customer_id())
    if found is None:
        return "Nobody to help yet: the customer has not opened the page.", 404
    started = twinpane.watch_url(found.short_id, agent_id="7", agent_name="Zoë")
    return redirect(started.watch_url)


@app.errorhandler(TwinpaneError)
def help_could_not_start(problem: TwinpaneError) -> tuple[str, int]:
    """Say why in words; the code is for our log."""
    app.logger.warning("co-browsing: %s", problem)
    return f"Help could not start. {problem.message}", 502


def customer_id() -> str:
    """Whom it is about: a customer's or case number. A real application takes it from its log-in."""
    return request.args.get("id", "case-42")
