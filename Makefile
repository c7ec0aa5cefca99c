# Each target does its own set-up: a machine with Python >= 3.11 and its venv module is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
FUZZ := .venv-fuzz
PLUGINS := $(wildcard plugins/*)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run test safety fuzz check bench peers readme train clean

help:
	@echo "make run     classify real images with a network declared in YAML"
	@echo "make test    run all tests: nnspec's, the doctests, the plugins', the specs'"
	@echo "make safety  show the promises about strangers' files that take minutes: strace, yaml-test-suite, 100,000 mutations"
	@echo "make fuzz    fuzz each reader for a minute (FUZZ_SECONDS=60), guided by coverage"
	@echo "make check   format, lint, types, import layers, generated files"
	@echo "make bench   measure accuracy, speed and start, beside the peers (2.2 GB)"
	@echo "make peers   ask PyTorch, Keras, JAX and ONNX again, and try the engines that are extras (2.2 GB)"
	@echo "make readme  write what the README shows of commands anew"
	@echo "make train   train the networks of specs/ again"
	@echo "make clean   remove what the other targets made"

run: $(VENV)/.run
	$(BIN)/nnspec run specs/textbook.yaml '[1.0, 0.5]' --preview
	$(BIN)/nnspec run specs/digits.yaml specs/data/digits-x.npy --preview
	$(BIN)/nnspec test specs/digits.yaml

test: $(VENV)/.test
	$(BIN)/python -m pytest
	$(BIN)/nnspec validate specs --strict
	$(BIN)/nnspec test $(wildcard specs/*.yaml)

# What is downloaded is data and tools: the table of scalars, yaml-test-suite, two versions of PyYAML.
safety: $(VENV)/.test
	@command -v strace >/dev/null || apt-get install -qq strace || { echo "make safety needs strace"; exit 1; }
	NNSPEC_SAFETY=all NNSPEC_EXAMPLES=2000 $(BIN)/python -m pytest -q tests/safety tests/property tests/fuzz
	set -e; export NNSPEC_DISABLE_CACHE=1; for script in $(wildcard tests/safety/slow/*.py); do echo "== $$script"; $(BIN)/python $$script; done

fuzz: $(FUZZ)/.fuzz
	set -e; for script in $(wildcard tests/fuzz/fuzz_*.py); do echo "== $$script"; $(FUZZ)/bin/python $$script; done

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/nnspec schema --core | diff schemas/nnspec-v1.schema.json -

bench: $(VENV)/.dev $(PEERS)/.peers
	$(PEERS)/bin/python -m pytest -q tests/benchmarks --benchmark-columns=median,iqr,rounds --benchmark-time-unit=ms --benchmark-max-time=0.5
	set -e; for script in accuracy validate; do echo "== $$script"; $(BIN)/python tests/benchmarks/$$script.py; done
	$(BIN)/python tests/benchmarks/start.py $(PEERS)/bin/python
	$(PEERS)/bin/python tests/benchmarks/engines.py --names numpy,numpy-by-hand
	$(PEERS)/bin/python tests/benchmarks/engines.py --names numba,onnxruntime,openvino,torch,numpy-by-hand,matrix-products --turns 3

peers: $(PEERS)/.peers
	$(PEERS)/bin/python tests/peers/compute.py --check
	$(PEERS)/bin/python -m pytest tests/testing plugins -k onnx
	$(PEERS)/bin/python -m pytest tests/engines tests/bench

readme: $(VENV)/.dev
	$(BIN)/python tests/readme.py

train: $(VENV)/.dev
	$(BIN)/python specs/train.py

clean:
	rm -rf $(VENV) $(PEERS) $(FUZZ) .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable .
	touch $@

$(VENV)/.test: pyproject.toml $(PLUGINS:%=%/pyproject.toml) | $(VENV)/bin/python
	$(PIP) --editable '.[test]' $(PLUGINS:%=--editable ./%)
	touch $@

# atheris has no build for some machines; the harnesses then change their seeds blindly.
$(FUZZ)/.fuzz: pyproject.toml
	$(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check --editable . safetensors
	$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check atheris || true
	touch $@

# The frameworks are heavy and stay out of the environment of the tests.
$(PEERS)/.peers: pyproject.toml $(PLUGINS:%=%/pyproject.toml)
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check \
		--editable '.[peers]' $(PLUGINS:%=--editable ./%)
	touch $@

$(VENV)/.dev: pyproject.toml $(PLUGINS:%=%/pyproject.toml) | $(VENV)/bin/python
	$(PIP) --editable '.[dev]' $(PLUGINS:%=--editable ./%)
	touch $@
