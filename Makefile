# Two commands do all the set-up: `make demo` and `make test`. They need Python 3.11 or newer, and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test bench explorer-libraries clean

help:
	@echo "make demo    analyse the bundled example; the pictures go into output/"
	@echo "make test    lint, types, import contracts, dependencies, all tests"
	@echo "make bench   time analyzer against other tools; prints one table"
	@echo "make explorer-libraries   bring the libraries of the explorer's page, by npm"
	@echo "make clean   remove .venv and what the tools have cached"

# The environment is built anew when the project's dependencies change.
.venv/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "analyzer needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "building .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

demo: .venv/.installed
	@$(BIN)/analyzer demo --output output

test: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	@# The tests start it some hundred times, also where Python is told to keep nothing compiled.
	@$(BIN)/python -m compileall -q analyzer
	@# This project is registered in registry_data/analyzer, and judged by its own rules.
	$(BIN)/analyzer registry validate
	$(BIN)/analyzer check
	$(BIN)/analyzer orphans --fail
	$(BIN)/analyzer diagram --embed CONTRIBUTING.md --check
	$(BIN)/pytest -n 2 --dist loadgroup

bench: .venv/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@$(BIN)/python -m benchmarks.bench

# What `package-lock.json` names; the pages hold these files, so that nobody else needs npm.
explorer-libraries: .venv/.installed
	cd analyzer/renderings/explorer && npm ci --ignore-scripts --no-audit --no-fund
	$(BIN)/python -m analyzer.renderings.explorer.libraries analyzer/renderings/explorer/node_modules
	rm -rf analyzer/renderings/explorer/node_modules

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .grimp_cache
