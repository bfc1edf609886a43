# The two commands of a fresh machine: `make demo` and `make test`. They need git, make and
# Python 3.11 or newer; everything else goes into .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
REPORTS ?= reports

.PHONY: demo test check lint format bench clean golden schemas

demo: $(VENV)/.run
	$(BIN)/it4it-assess demo --out $(REPORTS)

test: $(VENV)/.test tools $(VENV)/.node
	$(BIN)/pytest -n auto $(PYTEST)

check: $(VENV)/.dev tools $(VENV)/.node
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
	$(BIN)/it4it-assess questionnaire schema policy -q it4it > questionnaires/it4it/policy.schema.json
	$(BIN)/it4it-assess questionnaire schema questionnaire > questionnaires/questionnaire.schema.json
	$(BIN)/it4it-assess questionnaire schema stream > questionnaires/stream.schema.json
	$(BIN)/it4it-assess questionnaire schema changes > questionnaires/changes.schema.json
	$(BIN)/it4it-assess questionnaire schema report > questionnaires/report.schema.json
	$(BIN)/it4it-assess questionnaire schema portfolio > questionnaires/portfolio.schema.json

# The manual page is made from the commands' help; a test holds it to that.
.PHONY: man
man: $(VENV)/.run
	$(BIN)/python tests/man_page.py

# Ratios to bare Python, and of scoring to parsing, in an environment of its own: what a user's
# installation costs, without the test tools, which rich would import if they were there. Then
# triage on simulated firms.
bench: $(VENV)-bench/.run
	$(VENV)-bench/bin/python tests/bench.py
	$(VENV)-bench/bin/python tests/throughput.py
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[fast]'
	$(VENV)-bench/bin/python tests/throughput.py
	$(VENV)-bench/bin/python -m pip uninstall --quiet --yes yaml-rs
	$(VENV)-bench/bin/python tests/cache_bench.py
	$(VENV)-bench/bin/python tests/triage_bench.py

# What the greedy plan loses beside proven best ones; the solver stays out of the above.
bench: plan-bench
.PHONY: plan-bench
plan-bench: $(VENV)/.test
	$(BIN)/python tests/plan_bench.py

# The engine against independent implementations, on many more random cases than `make test`;
# then every reader on inputs near to real files. What breaks a law is kept in found/.
.PHONY: torture
torture: $(VENV)/.test
	TORTURE_CASES=$${TORTURE_CASES:-10000} $(BIN)/pytest -n auto tests/oracles $(PYTEST)
	$(BIN)/python -W ignore tests/fuzz/campaign.py --inputs $${FUZZ_INPUTS:-100000} --jobs $${FUZZ_JOBS:-1}

# Whether the tests notice when the engine is changed: all of it takes hours, so
# `make mutate MODULES="scoring tally"` does some. A run goes on where the last one stopped.
.PHONY: mutate
mutate: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutation]'
	nice $(BIN)/python tests/mutation/run.py $(MODULES)

# Pages are tested in a real browser, documents in LibreOffice, PDF with Pango. Where one is
# not installed and apt-get can be had as root, it is; elsewhere the tests say what is missing
# and fail.
TOOLS := chromium fonts-dejavu-core libreoffice-calc libreoffice-writer poppler-utils \
	libpango-1.0-0 libpangoft2-1.0-0 shellcheck zsh fish groff mandoc
.PHONY: tools
tools:
	@{ { command -v chromium || command -v chromium-browser || command -v google-chrome; } \
	&& command -v soffice && command -v pdftotext && command -v shellcheck && command -v zsh \
	&& command -v fish && command -v groff && command -v mandoc && ldconfig -p | grep libpangoft2; } >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	&& apt-get update -qq && apt-get install -y -qq --no-install-recommends $(TOOLS) >/dev/null; } \
	|| echo "for the tests of pages and documents install (Debian names): $(TOOLS)"

# html-validate judges the pages by the rules of HTML; it needs Node and npm. Where they are
# missing, its tests say so and fail.
$(VENV)/.node: $(VENV)/.run
	@npm install --prefix $(VENV)/node --silent --no-audit --no-fund --no-save html-validate@10 \
	&& touch $@ \
	|| echo "no html-validate here: install Node 20 or newer with npm for the HTML tests"

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
	rm -rf $(VENV) $(VENV)-bench mutants build dist reports .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
