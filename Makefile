# The commands of the project. `make up` and `make test` are the two a newcomer needs; each sets itself up.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
ON_ALL_CORES := -n auto --dist worksteal
PYTHON ?= python3.11
STAMP := $(VENV)/.shifan-ready

# Nothing here phones home.
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
# What is compiled once need not be compiled at each of many starts, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup up test test-fast test-browser lint lock bench matrix chaos clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 18

setup: $(STAMP) ## make .venv from requirements.lock

# uv is faster and checks the same hashes; pip is enough. The stamp is written last, so a killed set-up starts again.
$(STAMP): requirements.lock pyproject.toml
	@PY=$$(command -v $(PYTHON) || command -v python3); \
	$$PY -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本，当前是 $$($$PY --version)。请安装后再运行，或用 make setup PYTHON=解释器路径 指定。"; exit 1; }; \
	rm -f $(STAMP); \
	test -x $(BIN)/python || $$PY -m venv $(VENV); \
	if command -v uv >/dev/null 2>&1; then \
	  uv pip install -q --python $(BIN)/python --no-deps --require-hashes -r requirements.lock; \
	else \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock; \
	fi
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib models notifications tasks flows deployments >/dev/null || true
	@touch $(STAMP)

up: setup ## start Shifan with the demo campaign
	@$(BIN)/shifan up

test: setup ## every test that needs no browser and no LibreOffice
	@$(PYTEST) $(ON_ALL_CORES) -m "not browser and not office"

test-fast: setup ## the tests that need no server
	@$(PYTEST) $(ON_ALL_CORES) -m "not browser and not office and not server"

test-browser: setup ## the tests that drive chromium
	@$(PYTEST) -m browser

test-office: setup ## the tests that need LibreOffice (Writer and Calc)
	@$(PYTEST) -m office

lint: setup ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lock: ## remake requirements.lock with hashes, without index addresses
	@command -v uv >/dev/null 2>&1 || { test -x $(VENV)/lock/bin/uv || { python3 -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q uv; }; }
	@PATH="$(VENV)/lock/bin:$$PATH" uv pip compile pyproject.toml --all-extras --generate-hashes \
	  --no-emit-index-url --no-header --universal --python-version 3.11 -q -o requirements.lock

bench: setup ## the figures of the README, each beside its floor or rival of the same run
	@$(BIN)/python -m tests.bench

matrix: setup ## the adapter on Apprise 1.13 and the newest 2.x, the fast tests on Python 3.12 and 3.13
	@$(BIN)/python -m tests.matrix

chaos: setup ## kill patrol and delivery 500 times, on SQLite and PostgreSQL; count what was lost
	@$(BIN)/python -m tests.chaos

clean: ## forget the venv; var/ stays
	rm -rf $(VENV)
