# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PORT   ?= 8501

ifneq ($(wildcard ../shared/data),)
export COPYASSIST_BENCH_DATA ?= $(abspath ../shared/data)
endif
export OMP_NUM_THREADS ?= 2

.PHONY: run test test-all test-lowest test-wheel check coverage audit bench train lock browser clean

run: $(VENV)/.runs
	$(BIN)/copyassist demo --if-empty
	$(BIN)/copyassist ui --port $(PORT)

test: $(STAMP) browser check
	$(PYTEST)

PYTEST = $(BIN)/python -m pytest -n 2 --dist loadscope

# Which branches of the package the tests go through; fails below the floor of pyproject.toml.
coverage: $(STAMP) browser
	$(PYTEST) --cov --cov-report=term:skip-covered --cov-report=xml

# The tests with the lowest versions that pyproject.toml names, page tests included.
test-lowest: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python --resolution lowest-direct \
	  --group dev -e .
	$(VENV)-lowest/bin/python -m pytest -n 2 --dist loadscope --ignore=tests/browser

# The wheel in an environment of its own runs every command of both READMEs.
test-wheel: $(STAMP)
	rm -rf dist $(VENV)-wheel
	$(BIN)/python -m build --outdir dist
	$(PYTHON) -m venv $(VENV)-wheel
	$(VENV)-wheel/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)-wheel/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/copyassist-*.whl
	$(BIN)/python -m tests.wheel dist $(VENV)-wheel/bin/python

# Known faults of the packages that users get. Asks the network.
audit: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

# The same tests on every Python from 3.11 on that this machine has, each in an environment of its own.
PYTHONS = $(foreach v,3.11 3.12 3.13 3.14,$(shell $(FIND_PYTHON) $(v)))
FIND_PYTHON = find_python() { command -v python$$1 || ls -d $$HOME/.pyenv/versions/$$1.*/bin/python$$1 2>/dev/null | tail -1; }; find_python
test-all: browser
	@for python in $(PYTHONS); do \
	  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])') || continue; \
	  echo "== Python $$version"; \
	  $(MAKE) --no-print-directory PYTHON=$$python VENV=.venv-$$version .venv-$$version/.installed && \
	  .venv-$$version/bin/python -m pytest -n 2 --dist loadscope || exit 1; \
	done

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m benchmarks

train: $(STAMP)
	$(BIN)/python -m copyassist.training

# Both locks pin every package with its hashes: requirements.lock what a user runs,
# requirements-dev.lock besides what the tests need.
$(VENV)/.runs: requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

$(STAMP): requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.runs

define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "copyassist needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
endef

# The browser tests want a Chromium and Chinese fonts. Only root may install them unasked.
browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk"; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	else \
	  echo "No Chromium: the browser tests are skipped. Install it with: sudo apt-get install chromium fonts-noto-cjk"; \
	fi

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) -o requirements-dev.lock --group dev

COMPILE = $(VENV)-lock/bin/uv pip compile --quiet --universal --generate-hashes \
  --python-version 3.11 pyproject.toml --no-header --upgrade

clean:
	rm -rf $(VENV) $(VENV)-* dist .coverage coverage.xml .mypy_cache .ruff_cache .pytest_cache .hypothesis
