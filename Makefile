# Every command does its own set-up: a virtual environment in .venv with the tested versions.
SHELL := /bin/sh
PORT ?= 8050
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt
NEWSROOM := --sources etl/newsroom/sources.toml --topics etl/newsroom/topics.toml --settings etl/newsroom/settings.toml

.PHONY: demo test test-slow lint bench pictures lab clean

demo: $(VENV)/run.done ## collect from the newsroom, publish, serve the dashboard
	@$(PYTHON) -m etl $(NEWSROOM) newsroom demo --port $(PORT)

test: $(VENV)/dev.done ## everything in its small form, in under five minutes
	@$(PYTHON) -m pytest -m "not slow" -n 2 --dist loadfile

test-slow: $(VENV)/slow.done ## the rest, in under an hour
	@$(PYTHON) -m pytest -m slow -n 2 --dist loadfile

lint: $(VENV)/dev.done ## style, types, who may import whom, generated files, stripped notebooks
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(VENV)/bin/lint-imports --no-logo 2>/dev/null || $(VENV)/bin/lint-imports
	@$(PYTHON) -m etl dictionary --check
	@$(VENV)/bin/nbstripout --verify notebooks/*.ipynb

bench: $(VENV)/bench.done ## absolute figures of this machine
	@for file in tests/benchmarks/*.py; do $(PYTHON) -m tests.benchmarks.$$(basename $$file .py) || exit 1; done

pictures: $(VENV)/dev.done ## screenshots of every page, made by the browser tests
	@MEDIA_COVERAGE_PICTURES=build/pictures $(PYTHON) -m pytest tests/browser -m browser

lab: $(VENV)/lab.done ## JupyterLab on the notebooks
	@test -e data/coverage.duckdb || $(PYTHON) -m etl $(NEWSROOM) newsroom demo --no-dashboard
	@$(VENV)/bin/jupyter lab --notebook-dir=notebooks --ip=127.0.0.1 $$(test "$$(id -u)" = 0 && echo --allow-root)

# pip 23 dies on an extra that two packages ask for; so pip comes first.
$(VENV)/pip.done:
	@echo "Setting up .venv (about a minute) ..."
	@python3 -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@touch $@

$(VENV)/run.done: $(VENV)/pip.done pyproject.toml .ci/constraints.txt
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev.done: $(VENV)/run.done
	@$(PIP) --group dev --editable ".[cluster]"
	@touch $@

$(VENV)/slow.done: $(VENV)/dev.done
	@$(PIP) --group slow
	@touch $@

$(VENV)/bench.done: $(VENV)/dev.done
	@$(PIP) --group bench
	@touch $@

$(VENV)/lab.done: $(VENV)/run.done
	@$(PIP) --editable ".[notebooks]"
	@touch $@

clean: ## remove the environment and what tests and tools leave behind
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
