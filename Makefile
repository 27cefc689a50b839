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

.PHONY: run test check bench train lock browser clean

run: $(STAMP)
	$(BIN)/copyassist demo --if-empty
	$(BIN)/copyassist ui --port $(PORT)

test: $(STAMP) browser check
	$(BIN)/python -m pytest -n 2 --dist loadscope

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m benchmarks

train: $(STAMP)
	$(BIN)/python -m copyassist.training

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "copyassist needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(STAMP)

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
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --group dev \
	  pyproject.toml -o requirements.lock --no-header --upgrade

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
