# `make` sets up and runs the main job; `make test` sets up and passes the tests.
# Nothing is needed but make and Python 3.11 or later.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# What the main job writes with, and what tests need beside it.
EXTRAS := cite,parquet,pictures,site
TEST_EXTRAS := notebook,server,shacl

.DEFAULT_GOAL := main
.PHONY: main test lint interop bench pictures clean

main: $(VENV)/main.stamp
	$(BIN)/argmap check --strict
	$(BIN)/argmap build
	$(BIN)/argmap site

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Real clients that read what argmap writes; one that cannot be had is reported as skipped.
interop: $(VENV)/test.stamp
	$(BIN)/argmap build
	$(BIN)/python tests/interop/run.py

bench: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks

# The pictures of README.md and docs/; those that Gephi and Gephi Lite draw need Java, node, Chromium.
pictures: $(VENV)/main.stamp
	$(BIN)/argmap export svg --view dispute:coalitions-effective-by-design -o docs/pictures/dispute.svg
	$(BIN)/argmap export svg --view holders -o docs/pictures/holders.svg
	$(BIN)/python tests/interop/draw_pictures.py
	$(BIN)/python tests/interop/draw_site.py

$(VENV)/main.stamp: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "argmap needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'
	$(PIP) install --editable '.[$(EXTRAS)]'
	touch $@

$(VENV)/test.stamp: $(VENV)/main.stamp
	$(PIP) install --editable '.[$(EXTRAS),$(TEST_EXTRAS)]' --group dev
	touch $@

clean:
	rm -rf $(VENV) .interop .mypy_cache .ruff_cache .pytest_cache .hypothesis
