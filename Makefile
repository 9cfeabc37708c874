# Two commands on a fresh machine with Python 3.11+, pip and make: `make demo` and `make test`. Everything else is
# installed from the package registries: uv into .tools, the locked environment into .venv. Nothing needs root.

MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

# The first Python that is new enough; `make demo PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$p" && break; done)
UV_VERSION := 0.13.9
UV := .tools/bin/uv
BIN := .venv/bin
# The machine's Python, never a downloaded one.
export UV_PYTHON_DOWNLOADS := never
# How many test processes, 2 to 8; all of them run against the same two servers.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); \
	[ $$n -ge 2 ] || n=2; [ $$n -le 8 ] || n=8; echo $$n)

.PHONY: demo up test check bench soak faults format clean environment help

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: environment ## Install everything and start the demo; Ctrl-C stops it
	@exec $(BIN)/booka demo

up: environment ## Start an empty Booka of your own
	@exec $(BIN)/booka up

# A file's tests stay on one process, because some share what is costly to start. Files come in their own order: the few
# long tests stand in files with few tests, which would otherwise be left for the end.
test: environment ## Install everything and run all tests, the kill tests too
	@exec $(BIN)/pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: environment ## Style, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -q tests/architecture

faults: environment ## Only the tests that kill processes and servers on purpose
	@exec $(BIN)/pytest -q -m faults

bench: environment ## Measure beside peers; prints ratios
	@$(UV) sync --locked --inexact --quiet --group bench
	@exec $(BIN)/python -m bench

# SOAK=300 make soak explores fewer.
SOAK ?= 20000
soak: environment ## Hours of random days against the book on paper, and 500 rounds of 200 who want one time
	@BOOKA_TEST_SOAK=$(SOAK) exec $(BIN)/pytest -q tests/integration/booking/test_two_hundred.py \
		tests/integration/booking/test_stateful.py

format: environment ## Put the code into its one format
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

# Keeps what was added by hand, such as a plugin under development (`uv pip install -e`).
environment: $(UV)
	@$(UV) sync --locked --inexact --quiet --python "$(PYTHON)"

# pip's --target also works where the system's Python refuses packages or has no venv.
$(UV): Makefile
	@test -n "$(PYTHON)" || { echo "Booka needs Python 3.11 or newer" >&2; exit 1; }
	@"$(PYTHON)" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade --target .tools "uv==$(UV_VERSION)"
	@touch $(UV)

clean: ## Remove what was installed and built here; data directories stay
	rm -rf .tools .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find booka_core plugins tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
