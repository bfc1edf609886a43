# The two commands of a fresh machine: `make demo` and `make test`. They need git, make and
# Python 3.11 or newer; everything else goes into .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
REPORTS ?= reports

.PHONY: demo test check lint format bench clean golden schemas

demo: $(VENV)/.run
	$(BIN)/it4it-assess demo --out $(REPORTS)

test: $(VENV)/.test browser
	$(BIN)/pytest -n auto $(PYTEST)

check: $(VENV)/.dev browser
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/it4it-assess questionnaire lint
	$(BIN)/pytest -n auto --cov --cov-report=term-missing:skip-covered $(PYTEST)

lint: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/it4it-assess questionnaire lint
	$(BIN)/pre-commit validate-config

format: $(VENV)/.dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

golden: $(VENV)/.test
	$(BIN)/pytest -n auto --update-golden

# The schemas that editors read are made from the models; tests hold them to that.
schemas: $(VENV)/.run
	$(BIN)/it4it-assess questionnaire schema answers -q it4it > questionnaires/it4it/answers.schema.json
	$(BIN)/it4it-assess questionnaire schema questionnaire > questionnaires/questionnaire.schema.json
	$(BIN)/it4it-assess questionnaire schema stream > questionnaires/stream.schema.json

# Ratios to bare Python, and of scoring to parsing, in an environment of its own: what a user's installation costs,
# without the test tools, which rich would import if they were there.
bench: $(VENV)-bench/.run
	$(VENV)-bench/bin/python tests/bench.py
	$(VENV)-bench/bin/python tests/throughput.py
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[fast]'
	$(VENV)-bench/bin/python tests/throughput.py
	$(VENV)-bench/bin/python -m pip uninstall --quiet --yes yaml-rs

# The pages are tested in a real browser. Where none is installed and apt-get can be had
# as root, it is installed; elsewhere the tests say what is missing and fail.
.PHONY: browser
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
	|| command -v google-chrome >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	&& apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	|| echo "no Chromium here: install it (Debian: apt-get install chromium) for the page tests"

%/.run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "it4it-assess needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V)"; exit 1; }
	$(PYTHON) -m venv $*
	$*/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.test

clean:
	rm -rf $(VENV) $(VENV)-bench build dist reports .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
