# `make demo` and `make test` set up everything they need; see README.md.
.PHONY: help demo test lint bench package screenshots setup lock clean
.DEFAULT_GOAL := help

BIN := .venv/bin
FAST_TESTS = $(wildcard tests/unit tests/integration tests/ui)
WHOLE_TESTS = $(wildcard tests/e2e tests/chaos)
export PYTHON

help:
	@echo "make demo         the till in training mode, with pretend payment services"
	@echo "make test         all tests"
	@echo "make lint         ruff, mypy and the import contracts"
	@echo "make bench        how fast it is, beside what is possible"
	@echo "make screenshots  a picture of every screen state, in build/screenshots"
	@echo "make package      the wheel, in dist"
	@echo "make setup        only the set-up that the others do anyway"
	@echo "make lock         pin newer packages (needs uv)"
	@echo "make clean        remove what was built"

setup:
	@sh packaging/setup.sh

demo: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(BIN)/pos-app demo; \
	else \
		echo "No display here: taking the tour off screen."; \
		QT_QPA_PLATFORM=offscreen $(BIN)/pos-app demo --tour; \
	fi

# The second part starts whole programs and kills them: one at a time. A worker that has crashed
# is not replaced: the run would wait for it for ever.
test: setup
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --max-worker-restart 0 $(FAST_TESTS)
	$(if $(WHOLE_TESTS),$(BIN)/python -m pytest -q $(WHOLE_TESTS))

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m tests.bench

screenshots: setup
	$(BIN)/python -m tests.screenshots

package: setup
	$(BIN)/python -m hatchling build -d dist

lock:
	printf '%s\n' '# Every package, pinned with hashes, for Linux, macOS and Windows and Python 3.11 or newer.' \
		'# Made by `make lock` from pyproject.toml; do not edit.' >requirements.lock.new
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-annotate --no-header --group dev pyproject.toml >>requirements.lock.new
	mv requirements.lock.new requirements.lock

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find pos_app tests packaging -name __pycache__ -prune -exec rm -rf {} +
