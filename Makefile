# make brief   set up, run the main job on the shipped example, say where the dossier lies
# make test    set up, run all tests
# make check   set up, run the linters: ruff, mypy --strict, import-linter
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: brief test check setup
setup: $(READY)

$(READY): uv.lock pyproject.toml requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "copydesk needs Python 3.11 or newer, found " + sys.version.split()[0] + ": call make PYTHON=/path/to/newer/python")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@$(BIN)/uv sync --quiet --locked --python $(BIN)/python
	@$(BIN)/python -m compileall -q src
	@touch $(READY)

brief: setup
	@$(BIN)/copydesk brief examples/harbour/pile -o out/harbour

test: setup
	@$(BIN)/python -m pytest -n 2 --dist loadscope

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
