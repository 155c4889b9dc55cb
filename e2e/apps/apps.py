"""All applications, in the order of the table."""

from __future__ import annotations

from typing import Final

from e2e.apps import (
    django_admin,
    gradio_app,
    jupyter,
    lite,
    marimo_notebook,
    nicegui_app,
    nodered,
    tensorboard_app,
    wagtail_cms,
    wiki,
)
from e2e.apps.app import App

APPS: Final[list[App]] = [
    django_admin.APP,
    wagtail_cms.APP,
    wiki.APP,
    jupyter.APP,
    lite.APP,
    marimo_notebook.APP,
    nicegui_app.APP,
    gradio_app.APP,
    tensorboard_app.APP,
    nodered.APP,
]
