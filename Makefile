# The two commands of the README, and what contributors need beside them.

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
MANAGE := $(BIN)/python example_site/manage.py
PYTEST_ARGS ?=

export PORT

.PHONY: help demo demo-load neighbours free-port half-made test test-sqlite test-postgres coverage lint bench messages wagtail-vi screenshots clean

help:
	@echo "make demo         install, load the demo portal and serve it at http://127.0.0.1:$(PORT)/"
	@echo "make demo-load    the same without serving"
	@echo "make neighbours   beside make demo: two other sites that show sections of the portal"
	@echo "make test         run all tests, on PostgreSQL and SQLite at once"
	@echo "make screenshots  take the pictures in docs/screenshots again; NAMES=desks those of the admin"
	@echo "make bench        measure the public pages beside the bare page of a new project"
	@echo "make lint         run the linters and the type check"
	@echo "make wagtail-vi   say what of the installed Wagtail has no Vietnamese"

# The first Python that is new enough; PYTHON= names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

# What an interrupted run left half-made, or whose Python is gone, is made anew.
ifneq ($(shell $(BIN)/python -m pip --version >/dev/null 2>&1 && echo works),works)
$(BIN)/python $(VENV)/.demo $(VENV)/.test $(VENV)/.lint: half-made
endif
half-made: ;

# setuptools warns that an editable package lies in its own folder.
INSTALL := PYTHONWARNINGS='ignore:Editable installation' $(BIN)/python -m pip install --quiet

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed."; exit 1; }
	@echo "Installing into $(VENV): this takes a minute or two."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) --upgrade pip

$(VENV)/.demo: setup.cfg pyproject.toml | $(BIN)/python
	@$(INSTALL) --editable '.[files]'
	@touch $@

$(VENV)/.test: setup.cfg pyproject.toml | $(BIN)/python
	$(INSTALL) --editable '.[test]'
	@touch $@ $(VENV)/.demo

$(VENV)/.lint: setup.cfg pyproject.toml | $(BIN)/python
	$(INSTALL) --editable '.[test,lint]'
	@touch $@ $(VENV)/.test $(VENV)/.demo

demo-load: $(VENV)/.demo
	@mkdir -p var
	@echo "Loading the demo portal."
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo

# Said before minutes of loading, not after them.
free-port: $(BIN)/python
	@$(BIN)/python example_site/free_port.py $(PORT)

demo: free-port
	@$(MAKE) --no-print-directory demo-load
	$(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

neighbours: $(VENV)/.demo
	@$(MANAGE) demo_neighbours

# POSTGRES_PYTHON and SQLITE_PYTHON name environments in which the wheel is installed.
test: $(VENV)/.test
	$(BIN)/python tests/run.py $(PYTEST_ARGS)

test-sqlite test-postgres: test-%: $(VENV)/.test
	$(BIN)/python tests/run.py $* $(PYTEST_ARGS)

coverage: $(VENV)/.test
	DATABASE=sqlite $(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term $(PYTEST_ARGS)

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet wagtail_pbgdpl/templates example_site
	$(BIN)/mypy

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks.pages --database postgres --write docs/concept/performance.md
	$(BIN)/python -m benchmarks.pages --database sqlite --write docs/concept/performance.md
	$(BIN)/python -m benchmarks.page_cache --write docs/concept/performance.md
	$(BIN)/python -m benchmarks.first_visit --write docs/concept/performance.md

messages: $(VENV)/.demo
	cd wagtail_pbgdpl && ../$(BIN)/django-admin makemessages --locale vi --no-wrap --add-location file --ignore 'vietnamese/*'
	cd wagtail_pbgdpl && ../$(BIN)/django-admin compilemessages

# ARGS="--add" enters what is new, ARGS="--compile" writes what Django reads.
wagtail-vi: $(VENV)/.test
	$(MANAGE) wagtail_vi $(ARGS)

screenshots: $(VENV)/.test
	$(BIN)/python docs/screenshots/take.py $(NAMES)

clean:
	rm -rf $(VENV) var build dist *.egg-info .tox
