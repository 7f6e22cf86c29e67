# Two commands do everything:  make demo  (a storyboard from the example screenplay)   make test  (the whole test suite)
# Others:  make bench  make check (style, types, tests)  make pictures (the pictures of README and docs)  make clean

PYTHON ?= python3
READY := .venv/.ready

.PHONY: demo test bench check pictures setup clean

demo: $(READY)
	@.venv/bin/maquette demo

test: $(READY)
	@.venv/bin/python -m pytest

# Blender has a Python of its own needs: it lives in an environment of its own.
bench: $(READY)
	@[ -x .bench/venv/bin/python ] || { $(PYTHON) -m venv .bench/venv && \
	  .bench/venv/bin/python -m pip install -q "bpy>=5,<6" numpy; } || \
	  echo "Blender could not be installed: its row is left out."
	@.venv/bin/python bench/run.py

check: $(READY)
	@.venv/bin/python -m pip install -q -c constraints.txt -e '.[dev]'
	.venv/bin/ruff check . && .venv/bin/ruff format --check .
	.venv/bin/pyright
	.venv/bin/python -m pytest

pictures: $(READY)
	@.venv/bin/python tools/pictures.py

setup: $(READY)

$(READY): pyproject.toml constraints.txt tools/setup.sh
	@PYTHON="$(PYTHON)" bash tools/setup.sh

clean:
	rm -rf .venv out .bench
