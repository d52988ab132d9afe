# make run   sets everything up, imports the sample exports, prints the scorecard, serves it
# make test  sets everything up and runs all tests
# make proof the slow proofs: crash, soak, fuzz, cluster, benchmarks
# make check formatting, lint, types, import contracts

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export TOLOK_HOME ?= $(CURDIR)/.tolok

.PHONY: run test proof check setup setup-dev clean

run: setup
	@$(BIN)/tolok demo --host $(HOST) --port $(PORT)

test: setup-dev
	@$(BIN)/python scripts/prepare_tests.py
	@$(BIN)/python -m pytest -n $${TEST_WORKERS:-2} --dist loadscope

proof: setup-dev
	@$(BIN)/python scripts/prepare_tests.py
	@$(BIN)/python -m pytest -m proof -o addopts="--strict-markers --import-mode=importlib -ra"

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(VENV)/.run-ready
setup-dev: $(VENV)/.dev-ready

$(VENV)/bin/uv:
	@echo "› making a virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit("Tolok needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(VENV)/bin/uv
	@echo "› installing Tolok and what it stands on (pinned, hashes checked)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev-ready: requirements-dev.lock pyproject.toml | $(VENV)/bin/uv
	@echo "› installing Tolok, its tests and what they stand on (pinned, hashes checked)"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@ $(VENV)/.run-ready

clean:
	rm -rf $(VENV) .tolok .mypy_cache .ruff_cache .pytest_cache
