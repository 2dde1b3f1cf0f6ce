# Fondaco. `make` alone prints what there is.
PYTHON ?= python3
BIN := .venv/bin
TOOL := @exec $(PYTHON) -m tools
export PYTHONUNBUFFERED := 1
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := verbs
.PHONY: verbs setup run test quick check fix lock docs bench bench-pages pictures check-deploy

verbs:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## everything from nothing: environment, database, programmes, season (SEASON=no, SEASON=again), the site on FONDACO_PORT (8000)
	$(TOOL).run

test: ## everything from nothing: the whole suite on PostgreSQL and on SQLite, browser included
	$(TOOL).suite

setup: ## the environment alone, with everything development needs
	$(TOOL).environment dev

quick: setup ## before each commit, in seconds: formats, types, contracts, the tests of rules and states
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@find fondaco -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/lint-imports
	$(BIN)/mypy .
	@find tests -name 'test_rules*.py' -o -name 'test_states*.py' -o -path 'tests/kernel/*.py' | xargs -r $(BIN)/pytest

check: quick check-deploy ## before each push, the whole truth: quick, the deployment check, the handbook, the whole suite
	@$(BIN)/python -m tools.handbook build
	$(TOOL).suite

fix: setup ## everything a machine can repair
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	@find fondaco -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2

lock: setup ## pin the dependencies anew, without hosts; UPGRADE=yes takes the newest
	$(TOOL).lock

docs: setup ## build the handbook and serve it on FONDACO_DOCS_PORT (8001)
	@exec $(BIN)/python -m tools.handbook serve

bench: setup ## the benchmarks, each beside its goal and its floor, in some six minutes; FULL=yes: in full size
	@exec $(BIN)/python -m benchmarks

bench-pages: setup ## what public pages cost, against a file that the same web server hands out
	@exec $(BIN)/python -m tools.bench

pictures: setup ## pictures of the pages, in every language, into var/pictures
	@exec $(BIN)/python -m tools.pictures

check-deploy: setup ## Django's check of a deployment, as production would be set
	$(TOOL).check_deploy
