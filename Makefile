# Two commands matter: make run, make test. The others are for those who change the program.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check

.PHONY: run run-google test lint format bench screenshots requirements clean

run: $(VENV)/run          ## install, write the demonstration data if there are none, start the server
	@$(BIN)/python -m lib demo
	@$(BIN)/streamlit run app.py

run-google: $(VENV)/test  ## the demonstration in a Google of our own, with pages to edit its cells
	@$(BIN)/python -m tests.google.demonstration

test: $(VENV)/test        ## everything, browser included
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/test        ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/test      ## put the code in order
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/bench      ## how fast, beside other libraries, in one run
	@$(BIN)/python -m tests.benchmarks

screenshots: $(VENV)/test ## the pictures of README.md and docs/, made anew
	@$(BIN)/python -m tests.browser.screenshots

requirements: $(VENV)/test ## requirements*.txt anew from requirements*.in, in the newest versions
	@for list in requirements requirements-dev tests/benchmarks/requirements; do \
	  $(BIN)/pip-compile --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-find-links \
	    --no-emit-options --no-header --output-file $$list.txt $$list.in; done

clean:                    ## remove what the other commands made, but not data/
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.txt | $(BIN)/python
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/test: requirements-dev.txt $(VENV)/run
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/bench: tests/benchmarks/requirements.txt $(VENV)/test
	@$(PIP) -r tests/benchmarks/requirements.txt
	@touch $@
