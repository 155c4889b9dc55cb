# One page, two panes. Everything below needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: setup setup-dev demo test check bench screens dev build generate format audit sbom

# A place of its own for Python packages and Node.js; leaves .venv/bin/twinpane ready.
setup: .venv/.ready build

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) tools/setup_env.py requirements.lock
	touch $@

.venv/.ready-dev: requirements-dev.lock pyproject.toml
	$(PYTHON) tools/setup_env.py requirements-dev.lock
	touch $@ .venv/.ready

node_modules/.ready: package-lock.json | .venv/.ready
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

# Browser parts, bundled into the Python package.
BROWSER_SOURCES := $(shell find protocol/ts link ink sdk player console shim server/twinpane/web/pages -type f 2>/dev/null)
build: server/twinpane/assets/manifest.json
server/twinpane/assets/manifest.json: node_modules/.ready tools/build.mjs $(BROWSER_SOURCES)
	node tools/build.mjs

# The product with its demo shop: prints one URL.
demo: setup
	twinpane demo

# The server alone, reloading the browser parts when they change.
dev: setup
	twinpane serve --data data/dev

setup-dev: .venv/.ready-dev node_modules/.ready build
	$(PYTHON) tools/setup_browsers.py
	.venv/bin/python tools/postgres.py
	.venv/bin/python tools/nats_server.py

# Every test: browser-side units, then Python (units, contracts, journeys in real browsers), as many files at once as
# there are workers: browsers wait more than they work.
WORKERS ?= 2
test: setup-dev
	npx vitest run
	pytest --numprocesses $(WORKERS) --dist loadfile

# Everything a machine can say about the code without running it.
check: .venv/.ready-dev node_modules/.ready
	ruff check .
	ruff format --check .
	mypy
	python tools/check_layers.py
	npx biome check .
	npx tsc --noEmit
	python tools/check_sizes.py
	python tools/check_pairs.py
	python tools/check_rules.py
	python tools/check_sdk_tests.py
	python -m tools.check_threats
	python -m tools.check_masking
	python protocol/generate.py --check
	python tools/write_rest.py --check
	python tools/sdk_reference.py --check
	python tools/write_cli.py --check
	python tools/write_data.py --check
	node tools/build.mjs --check-size

# Known weaknesses of what is locked. Fails when a registry cannot be asked, and says so.
audit: .venv/.ready node_modules/.ready
	python tools/audit.py

# What is locked, as CycloneDX, in dist/sbom.
sbom: .venv/.ready node_modules/.ready
	python tools/audit.py --sbom

# Pictures of every state that people see, in docs/screens.
screens: setup-dev
	python -m e2e.screens
	python -m e2e.gallery

generate: .venv/.ready-dev node_modules/.ready
	python protocol/generate.py
	python tools/write_rest.py
	python tools/sdk_reference.py
	python tools/write_cli.py
	python tools/write_data.py

format: .venv/.ready-dev node_modules/.ready
	ruff check --fix .
	ruff format .
	npx biome check --write .

bench: setup-dev
	python -m bench.run
