# Every command anyone needs. `make` alone lists them.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test law-test law-check lint format golden bench drill mutants

PORT ?= 8471
# What was compiled once is kept: the tests start hundreds of processes, and each would compile Privity and its libraries anew.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## make what is needed and serve the desk and a demo practice on http://localhost:PORT (PORT=8471)
	@tools/environment.sh run
	@exec $(BIN)/python -m privity.practice.site.serve --port $(PORT)

test: ## install what tests need and run them all
	@tools/environment.sh dev
	@tools/environment.sh chromium
	@$(MAKE) --no-print-directory -j 2 --output-sync lint law-test law-check
	@echo "== tests, on SQLite"
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
	@echo "== what is kept, on PostgreSQL"
	@# the commands run in processes of their own, the same in both runs; the backup's tests have had a server of their own above
	@PRIVITY_TEST_ON=postgresql $(BIN)/python -m pytest tests/keep -m "not browser" \
		--ignore tests/keep/test_commands.py --ignore tests/keep/test_backup_on_postgresql.py -n 2 --dist loadfile --no-loadscope-reorder

law-test:
	@echo "== the law's own cases" && $(BIN)/python -m privity law test

law-check:
	@echo "== the law's files" && $(BIN)/python -m privity law check --no-dialogues

lint: ## ruff, mypy, and which room may import which
	@tools/environment.sh dev
	@echo "== ruff" && $(BIN)/ruff check src tests tools bench && $(BIN)/ruff format --check --quiet src tests tools bench
	@echo "== mypy" && $(BIN)/mypy
	@echo "== import-linter" && $(BIN)/lint-imports

golden: ## write the example answers anew; read the diff line by line
	@tools/environment.sh dev
	@$(BIN)/python tools/golden.py
	@$(BIN)/python tools/keys_pages.py
	@$(BIN)/python tools/reference_pages.py

bench: ## measure the engine beside its peers, the vault beside bare AES-GCM and SQLite, a practice beside an unsealed one
	@tools/environment.sh bench
	@.bench/bin/python bench/engine.py $(ARGS)
	@$(BIN)/python bench/vault.py $(ARGS)
	@$(BIN)/python bench/trail.py $(ARGS)
	@$(BIN)/python bench/keep.py $(ARGS)
	@$(BIN)/python bench/pages.py $(ARGS)

drill: ## the long exercises: every dialogue of the law, 10,200 attacks on the log, a practice on bad days (1,000 kills and more)
	@tools/environment.sh dev
	@$(BIN)/python -m privity law check
	@PRIVITY_EXAM=whole $(BIN)/python -m pytest tests/law/test_exam.py -k left_out
	@$(BIN)/python tools/drill_log.py
	@$(BIN)/python tools/drill_keep.py $(ARGS)

mutants: ## small faults put into the decision core: how many do the quick tests notice? (ARGS=--all for every one)
	@tools/environment.sh dev
	@$(BIN)/python tools/mutants.py --write $(ARGS)
