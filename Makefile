# Everything happens in a virtual environment of the project's own, made when it is needed.
.DEFAULT_GOAL := help
.PHONY: help sample serve test soak fuzz protections check fix lint types docs bench bench-search texts quality clean browser

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

help:
	@echo "make sample   build the sample archive and say where to open it"
	@echo "make serve    build it and serve it with search on this machine"
	@echo "make test     run the tests         (ARGS='tests/test_dates.py -k leap' for some)"
	@echo "make soak     the tests of hostile input and of faults at full size: takes long"
	@echo "make fuzz     look for input that breaks a parser (ARGS='dates --seconds 600')"
	@echo "make protections   take each protection out and see its test fail: takes an hour"
	@echo "make check    format, lint, types, tests: what CI runs"
	@echo "make fix      let the formatter and the linter mend what they can"
	@echo "make docs     write docs/commands.md from the commands themselves"
	@echo "make texts    bring the catalogues of translated texts up to date with the theme"
	@echo "make quality  score the cleaning on the benchmark pages, where they are present"
	@echo "make bench    measure the build and the search (ARGS='--n 1000 10000')"
	@echo "make clean    remove what was made here, the environment included"

$(VENV)/python: Makefile
	@python=$$(for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done); \
	if [ -z "$$python" ]; then echo "archive-gen needs Python 3.11 or newer: install it, then run make again" >&2; exit 1; fi; \
	$$python -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); \
	    echo "$$python can't make a virtual environment: install its venv package (Debian: apt install python3-venv), then run make again" >&2; exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/python pyproject.toml
	$(BIN)/pip install -qq --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/python pyproject.toml
	$(BIN)/pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

sample: $(VENV)/installed
	@$(BIN)/archive build
	@echo "Or run 'make serve' to browse it with the search of the local server."

serve: $(VENV)/installed
	@$(BIN)/archive build
	@$(BIN)/archive serve --open

browser: $(VENV)/installed-dev
	@sh tests/ensure_browser.sh

test: $(VENV)/installed-dev browser
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

soak: $(VENV)/installed-dev
	ARCHIVE_SOAK=100 $(BIN)/pytest -m soak $(ARGS)
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; then $(BIN)/python -m tests.fuzz; \
	    else echo "Not fuzzed: 'make fuzz' installs what it needs and does it."; fi

fuzz: $(VENV)/installed-dev
	$(BIN)/pip install -qq --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz $(ARGS)

protections: $(VENV)/installed-dev
	$(BIN)/python -m tests.protections $(ARGS)

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

check: lint types test

fix: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

quality: $(VENV)/installed-dev  # pip before 24 fails on an extra that two libraries ask for
	$(BIN)/python -m pip install -qq --disable-pip-version-check 'pip>=24'
	$(BIN)/pip install -qq --disable-pip-version-check --editable '.[quality]'
	$(BIN)/python -m bench.cleaning $(ARGS)

docs: $(VENV)/installed-dev
	$(BIN)/python -m docs.write_commands

texts: $(VENV)/installed-dev
	$(BIN)/python -m tools.catalogues

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench.build $(ARGS)
	$(MAKE) bench-search

bench-search: $(VENV)/installed-dev
	$(BIN)/python -m bench.search $(ARGS)

clean:
	rm -rf $(VENV) .archive public .public.staging .mypy_cache .pytest_cache .ruff_cache .hypothesis .fuzz
