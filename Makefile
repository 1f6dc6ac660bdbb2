# `make run` and `make test` need Python 3.11, make and a C compiler; they fetch the rest.
ifndef PYTHON
PYTHON := $(or $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
  done),python3)
endif
BIN := .venv/bin
ONCE := $(PYTHON) -m tools.once
NPM := $(BIN)/python -m tools.npm
CODE := bashi tools $(wildcard bench) tests
FAST := $(wildcard tests/core tests/render) tests/test_tidy.py
# Two processes, each with servers of its own: tests/support/shares.py says who does what.
SHARED := -p tests.support.shares -n 2 --no-loadscope-reorder --max-worker-restart 0
DATED := $(addprefix tests/,dates blackbox edge browser crash races sandbox deploy cli)
EDGE_HOST := tests/edge/host
EDGE_DOCUMENTS := deploy/cloudflare/documents
GENERATORS := tests/api/generators
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

export STARTED := $(shell date +%s)
export NEXT_TELEMETRY_DISABLED := 1
# The suite starts hundreds of processes: they read what the first of them has compiled.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: languages help run test test-dates check bench bench-scale race crash build lock openapi format clean \
  environment dev site lint types fast web-modules web-check

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 18

run: site ## the platform with demo data, at http://localhost:8000
	@BASHI_MODE=demo exec $(BIN)/bashi serve

test: dev site lint types web-check ## everything, a real browser included (about 10 minutes)
	@CHROMIUM="$$($(BIN)/python -m tools.chromium)" && export CHROMIUM && \
	  exec $(BIN)/python -m pytest -p tools.elapsed $(SHARED) tests

check: dev lint types web-check fast ## style, types, layers and the fast tests (under two minutes)

bench: dev ## floors and product, as CPU per request, requests/s and ratios
	@$(BIN)/python -m bench

bench-scale: dev site ## at scale: PostgreSQL and Valkey, 10,000 connections, a flash sale, 1,000,000 tickets, the edge (20 minutes)
	@$(BIN)/python -m bench.scale $(PARTS)

race: dev ## the races with 20 seeds each
	@RACE_SEEDS=20 $(BIN)/python -m pytest tests/races

crash: dev ## 100 kills in the middle of purchases
	@CRASH_KILLS=100 $(BIN)/python -m pytest tests/crash

test-dates: dev site ## what uses a real clock, on other days: DATES="ahead leap spring autumn" (10 minutes each)
	@$(BIN)/python -c "from tests.edge.harness import prepare; prepare()"
	@CHROMIUM="$$($(BIN)/python -m tools.chromium)" && export CHROMIUM && \
	  exec $(BIN)/python -m tools.dates $(DATES) -- pytest $(SHARED) $(DATED)

build: dev site ## dist/*.whl with the built site inside; needs no Node where it is installed
	@rm -rf dist && $(BIN)/uv build --quiet --wheel --out-dir dist && ls -1 dist/*.whl

lock: dev ## lock again after a change of dependencies; UPGRADE=1 takes the newest versions
	@$(COMPILE) $(if $(UPGRADE),--upgrade) -o requirements.lock
	@$(COMPILE) $(if $(UPGRADE),--upgrade) --group dev -c requirements.lock -o requirements-dev.lock
	@$(NPM) $(if $(UPGRADE),update,install) --package-lock-only --ignore-scripts
	@$(BIN)/python web/scripts/complete_lock.py
	@$(BIN)/python -m tools.edge_lock $(if $(UPGRADE),--upgrade)
	@for folder in $(EDGE_HOST) $(EDGE_DOCUMENTS) $(GENERATORS); do \
	  $(NPM) $(if $(UPGRADE),update,install) --prefix ../$$folder --package-lock-only --ignore-scripts && \
	  $(BIN)/python web/scripts/complete_lock.py $$folder/package-lock.json || exit 1; done
	@$(subst pyproject.toml,$(GENERATORS)/requirements.in,$(COMPILE)) $(if $(UPGRADE),--upgrade) \
	  -o $(GENERATORS)/requirements.lock

languages: dev ## what the site and emails read of the table of languages and of CLDR
	@$(BIN)/python -m tools.languages

openapi: dev web-modules ## the API's description and the site's types made from it
	@mkdir -p .stamps && $(BIN)/bashi openapi > .stamps/openapi.json
	@mv .stamps/openapi.json web/openapi.json
	@$(BIN)/python -m tools.currencies > web/lib/currencies.json
	@$(NPM) run --silent types

format: dev web-modules ## put every file into its one form
	@$(BIN)/ruff check --quiet --fix $(CODE); $(BIN)/ruff format --quiet $(CODE)
	@$(NPM) run --silent format

clean: ## remove all that is made here, except data/
	rm -rf .venv .stamps .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist \
	  bashi/site web/node_modules web/.next web/out web/next-env.d.ts

environment:
	@$(ONCE) $(BIN)/bashi requirements.lock pyproject.toml tools/bootstrap.py -- \
	  $(PYTHON) -m tools.bootstrap run

dev:
	@$(ONCE) $(BIN)/pytest requirements-dev.lock pyproject.toml tools/bootstrap.py -- \
	  $(PYTHON) -m tools.bootstrap dev

web-modules: environment
	@$(ONCE) web/node_modules web/package-lock.json web/package.json -- \
	  $(NPM) ci --ignore-scripts --no-progress

site: web-modules
	@$(ONCE) bashi/site/index.html web -- \
	  sh -c '$(NPM) run --silent build && $(BIN)/python web/scripts/postbuild.py'

lint:
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE)
	@$(BIN)/lint-imports --no-logo

types:
	@$(BIN)/mypy $(CODE)

fast:
	@$(BIN)/python -m pytest -q -m "not slow" $(FAST)

web-check: web-modules
	@$(NPM) run --silent lint
	@$(NPM) run --silent typecheck
	@$(NPM) run --silent test
