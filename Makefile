# Everything sets itself up: a Python environment in .venv from requirements.lock, and from Debian what tests need.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
WORKERS ?= 2

.PHONY: help setup demo test lint types unit soak bench lock docs clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## the Python environment, from the lock file

# Debian ships pip without ensurepip, and its own environment is closed to pip: so the environment is made
# empty and pip installs into it from outside.
$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@test -x $(BIN)/uv || $(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

demo: $(STAMP) ## import the example archive and serve the new website
	@$(BIN)/backfile demo

test: $(STAMP) lint types unit ## lint, types, every test, a real browser

lint: $(STAMP)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(STAMP)
	@$(BIN)/mypy

unit: $(STAMP)
	@tools/system-packages
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not soak"

soak: $(STAMP) ## long runs: kills, big archives, memory
	@tools/system-packages
	@$(BIN)/pytest -m soak
	@HYPOTHESIS=search $(BIN)/pytest -n $(WORKERS) -m "not soak and not browser" tests/shaping tests/proof tests/sources tests/core

bench: $(STAMP) ## what each step costs, as ratios in one run
	@$(BIN)/python -m bench

docs: $(STAMP) ## write the generated pages of docs/ again
	@$(BIN)/python tools/docs.py

lock: ## take newer versions of what we depend on
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra fast --extra dev pyproject.toml -o requirements.lock

clean: ## remove the environment and the demo's archive
	rm -rf .venv demo-archive dist build
