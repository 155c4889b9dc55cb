"""Co-browsing in a Django project: three views, nothing is stored. Here the whole project is one file.

pip install django "twinpane[client]"
export TWINPANE_URL=http://localhost:8080 TWINPANE_PUBLIC_KEY=… TWINPANE_REST_KEY=…
python app.py runserver 3000
"""

from __future__ import annotations

import logging
import os
import secrets
import sys
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context, Template
from django.urls import path
from twinpane.client import Twinpane, TwinpaneError

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_urlsafe(),
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    TWINPANE_URL=os.environ["TWINPANE_URL"],
    TWINPANE_PUBLIC_KEY=os.environ["TWINPANE_PUBLIC_KEY"],
    TWINPANE_REST_KEY=os.environ["TWINPANE_REST_KEY"],
    # A site whose pages we cannot change. It is never taken from a request.
    FOREIGN_URL=os.environ.get("TWINPANE_FOREIGN_URL", "https://example.com/"),
)

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Our shop</title>
{{ identity|json_script:"identity" }}
<script>
  window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };
  Upscope("init", {});
  Upscope("updateConnection", JSON.parse(document.getElementById("identity").textContent));
</script>
<script async src="{{ url }}/{{ key }}.js"></script>
<h1>Our shop</h1>
<label>Search <input id="search"></label>
</html>"""

View = Callable[[HttpRequest], HttpResponse]
twinpane = Twinpane(settings.TWINPANE_URL, key=settings.TWINPANE_REST_KEY)
log = logging.getLogger("shop")


def in_words(view: View) -> View:
    """A view that says why help could not start; the code is for our log."""

    @wraps(view)
    def worded(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except TwinpaneError as problem:
            log.warning("co-browsing: %s", problem)
            return HttpResponse(f"Help could not start. {problem.message}", status=502, content_type="text/plain")

    return worded


def visitor(request: HttpRequest) -> HttpResponse:
    """The page that is shared. It says who the visitor is, by our own ID."""
    identity = {"uniqueId": customer_id(request), "identities": ["Ada"]}
    known = {"identity": identity, "url": settings.TWINPANE_URL, "key": settings.TWINPANE_PUBLIC_KEY}
    return HttpResponse(Template(PAGE).render(Context(known)))


@in_words
def visitor_proxied(request: HttpRequest) -> HttpResponse:
    """Instead of /visitor where the page is somebody else's. Let only signed-in customers reach this."""
    opened = twinpane.proxy_session(settings.FOREIGN_URL, unique_id=customer_id(request), identities=["Ada"])
    return redirect(opened.url)


@in_words
def agent(request: HttpRequest) -> HttpResponse:
    """Unique ID → short ID → watch URL → there, in one request. Let only signed-in colleagues reach this."""
    found = twinpane.find_visitor(customer_id(request))
    if found is None:
        return HttpResponse("Nobody to help yet: the customer has not opened the page.", status=404)
    started = twinpane.watch_url(found.short_id, agent_id="7", agent_name="Zoë")
    return redirect(started.watch_url)


def customer_id(request: HttpRequest) -> str:
    """Whom it is about: a customer's or case number. A real project takes it from its log-in."""
    return str(request.GET.get("id", "case-42"))


urlpatterns = [path("visitor", visitor), path("visitor-proxied", visitor_proxied), path("agent", agent)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
