"""A NiceGUI application: log-in, a form, an upload, a table, a clock; its page is Vue's and speaks socket.io."""

import os

from nicegui import app, events, ui


@ui.page("/login")
def login() -> None:
    def enter() -> None:
        if password.value == "correct horse":
            app.storage.user["name"] = "Ada"
            ui.navigate.to("/")
        else:
            ui.notify("Wrong password", color="negative")

    password = ui.input("Password", password=True)
    ui.button("Log in", on_click=enter).props("id=log-in")


@ui.page("/")
def index() -> None:
    if "name" not in app.storage.user:
        ui.navigate.to("/login")
        return
    ui.page_title("Harbour")
    ui.label(f"Hello {app.storage.user['name']}").props("id=hello")
    with ui.tabs() as tabs:
        one, two = ui.tab("Boats"), ui.tab("Files")
    with ui.tab_panels(tabs, value=one):
        with ui.tab_panel(one):
            boats()
        with ui.tab_panel(two):
            files()
    clock = ui.label("0").props("id=clock")
    ui.timer(0.3, lambda: clock.set_text(str(min(int(clock.text) + 1, 3))))

    def leave() -> None:
        app.storage.user.clear()
        ui.navigate.to("/login")

    ui.button("Log out", on_click=leave).props("id=log-out")


def boats() -> None:
    columns = [{"name": "boat", "label": "Boat", "field": "boat", "sortable": True}]
    table = ui.table(columns=columns, rows=[{"boat": "Heron"}, {"boat": "Avocet"}], row_key="boat").props("id=boats")
    name = ui.input("Boat")
    kind = ui.select(["Yawl", "Ketch"], value="Yawl", label="Rig")
    ui.button("Add", on_click=lambda: table.add_row({"boat": f"{name.value}, {kind.value}"})).props("id=add")


def files() -> None:
    read = ui.label().props("id=read")

    async def count(upload: events.UploadEventArguments) -> None:
        read.set_text(f"{upload.file.name}: {len(await upload.file.read())} bytes")

    ui.upload(on_upload=count, auto_upload=True)


ui.run(
    host="127.0.0.1",
    port=int(os.environ["PORT"]),
    show=False,
    reload=False,
    storage_secret="only for tests",
    title="Harbour",
)
