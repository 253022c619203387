# Everything a newcomer needs: python3 (3.11 or later) and make. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
BIND ?= 127.0.0.1:8000
WEB_CONCURRENCY ?= 2
DATA_DIR ?= $(CURDIR)/var
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r
UV_COMPILE := $(abspath $(BIN))/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
GUNICORN := $(BIN)/gunicorn --config deploy/gunicorn.conf.py

export DATA_DIR

.PHONY: help run serve test check bench lock messages catalogues ready clean
.DEFAULT_GOAL := help

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' Makefile | expand -t 12

run: export SITE_URL = http://localhost:$(PORT)
run: ready  ## start the app with a demo organisation; PORT=8001 for another port
	@$(MANAGE) demo
	@exec $(GUNICORN) --bind 127.0.0.1:$(PORT) --workers 2

serve: ready  ## start the app for real, with the environment's settings (see README)
	@exec $(GUNICORN) --bind $(BIND) --workers $(WEB_CONCURRENCY)

ready: $(VENV)/base.installed catalogues
	@mkdir -p "$(DATA_DIR)"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_questionnaire --verbosity 0
	@$(MANAGE) collectstatic --no-input --verbosity 0

test: $(VENV)/dev.installed catalogues  ## run all tests on SQLite and PostgreSQL; ARGS="-k closing"
	@$(BIN)/python tools/run_tests.py $(ARGS)

check: $(VENV)/dev.installed catalogues  ## look at the code without running it
	@$(BIN)/python tools/run_checks.py

bench: $(VENV)/base.installed catalogues  ## measure how fast it is; SIZE=1000000 for that many responses
	@$(BIN)/python -m benchmarks $(if $(SIZE),--size 100 --size $(SIZE)) $(ARGS)

catalogues: $(VENV)/base.installed
	@$(BIN)/python tools/compile_catalogues.py

messages: $(VENV)/dev.installed  ## collect the Dutch texts into the catalogues; needs gettext
	$(BIN)/python tools/collect_messages.py

lock: $(VENV)/dev.installed  ## lock the requirements again
	cd requirements && $(UV_COMPILE) base.in -o base.txt && $(UV_COMPILE) dev.in -o dev.txt

clean:  ## remove what can be made again; keeps your data in var/
	rm -rf $(VENV) staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	rm -rf test-results
	find . -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1)." ; \
		echo "Name another one with: make PYTHON=python3.12 …" ; exit 1 ; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV) ; \
		echo "No virtual environment could be made. On Debian: apt-get install python3-venv" ; exit 1 ; }

$(VENV)/base.installed: requirements/base.txt | $(BIN)/python
	@echo "Installing what the app needs …"
	@$(PIP_INSTALL) requirements/base.txt
	@touch $@

$(VENV)/dev.installed: requirements/dev.txt | $(BIN)/python
	@echo "Installing what the tests and checks need …"
	@$(PIP_INSTALL) requirements/dev.txt
	@touch $@ $(VENV)/base.installed
