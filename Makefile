# Everything runs in .venv, made from requirements.lock (pinned, with hashes).
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: demo test check lint format example lock bench clean

demo: .venv/ready
	$(BIN)/briefs run corpus --out outputs --format md,json,html

test: .venv/ready
	$(BIN)/pytest -n 2 -q

check: .venv/ready lint
	$(BIN)/pytest -n 2

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The worked example that the README shows; a test holds it current.
example: .venv/ready
	$(BIN)/briefs run corpus/halmen-gazette-nurses.docx --out outputs/example --format md,json,html --quiet
	rm outputs/example/run.json

bench: .venv/ready
	$(BIN)/python -m benchmarks.offline

# Resolve again; needs uv. The lock names no registry.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.lock

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
