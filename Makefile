# Beluur: `make run` starts it, `make test` tests it; both do all of their own set-up.
.DEFAULT_GOAL := help
.PHONY: help run test check format bench requirements
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.in-step

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(STAMP) ## start Beluur; prints its address and how to sign in
	@exec $(BIN)/beluur run

test: $(STAMP) ## every test, on SQLite and on PostgreSQL, in a browser too
	@scripts/test

check: $(STAMP) ## lint, types, import law, fast tests; a minute; leaves most pages, mail, bank, browser to `make test`
	@scripts/check

format: $(STAMP) ## put the code in its one layout
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: $(STAMP) ## measure speed, against limits measured in the same run
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.explaining
	@$(BIN)/python -m bench.bank
	@$(BIN)/python -m bench.nights
	@$(BIN)/python -m bench.mails

requirements: $(STAMP) ## pin again what pyproject.toml asks for; U=1 takes the newest versions
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-header $(if $(U),--upgrade) pyproject.toml -o requirements.txt

$(STAMP): requirements.txt pyproject.toml scripts/environment
	@scripts/environment $(VENV)
	@touch $@
