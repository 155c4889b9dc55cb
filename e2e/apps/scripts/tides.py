import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    return (mo,)


@app.cell
def _(mo):
    hours = mo.ui.slider(0, 12, value=3, label="Hours")
    place = mo.ui.text(label="Place")
    table = mo.ui.file(kind="button", label="Table")
    mo.vstack([mo.md("# Tides"), hours, place, table])
    return hours, place, table


@app.cell
def _(hours, mo, place, table):
    mo.md(f"<b id=told>{place.value} {hours.value * 2} {table.name()}</b>")
    return


if __name__ == "__main__":
    app.run()
