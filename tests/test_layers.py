"""The one direction in which packages depend, read from the imports themselves (DESIGN.md section 3)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "maquette"
FILES = sorted(SOURCE.rglob("*.py"))

VERBS = {"script", "direct", "stage", "render", "generate", "house", "deliver", "look", "edit", "measure", "rights"}
ALLOWED: dict[str, set[str]] = {
    "film": set(),
    "imaging": set(),
    "store": {"film"},
    **{verb: {"film", "imaging"} for verb in VERBS},
    "studio": VERBS | {"film", "imaging"},
    "version": set(),
    "pipeline": VERBS | {"film", "imaging", "store", "studio", "version"},
    "cli": {"pipeline", "film", "deliver", "version", ""},
    "app": {"pipeline", "film", ""},
    "": {"pipeline", "film", "version"},
}
"""Package -> packages of Maquette that it may import. "" is `maquette/__init__.py`."""


def package_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def module_of(file: Path) -> str:
    parts = ["maquette", *file.relative_to(SOURCE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the layer; write maquette...."
            module = node.module or ""
            folder = SOURCE.parent / module.replace(".", "/")
            inside = {a.name for a in node.names if (folder / f"{a.name}.py").is_file() or (folder / a.name).is_dir()}
            found |= {f"{module}.{name}" for name in inside}
            if len(inside) < len(node.names):
                found.add(module)
    return {name for name in found if name == "maquette" or name.startswith("maquette.")}


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(SOURCE)))
def test_imports_go_one_way(file: Path) -> None:
    own = package_of(module_of(file))
    assert own in ALLOWED, f"{own} is not a package that DESIGN.md names: decide where it belongs."
    for name in imports_of(file):
        other = package_of(name)
        is_name_of_init = other and not (SOURCE / other).exists() and not (SOURCE / f"{other}.py").exists()
        other = "" if is_name_of_init else other
        assert other == own or other in ALLOWED[own], f"{module_of(file)} must not import {name}"


def stage_files(part: str) -> list[Path]:
    return [f for f in FILES if f.is_relative_to(SOURCE / "stage" / part)]


@pytest.mark.parametrize("part", ["people", "props", "sets"])
def test_people_props_and_sets_know_only_the_mesh(part: str) -> None:
    """They are made apart from one another; blocking and building bring them together."""
    for file in stage_files(part):
        inside = {m for m in imports_of(file) if m.startswith("maquette.stage.")}
        beyond = {m for m in inside if not f"{m}.".startswith(f"maquette.stage.{part}.")}
        assert beyond <= {"maquette.stage.mesh"}, f"{file.relative_to(SOURCE)} imports {sorted(beyond)}"


def test_listing_shots_loads_no_renderer() -> None:
    """`maquette shots` must answer at once: what draws is loaded when something is drawn."""
    loaded = "import sys, maquette.pipeline; print(*{m.split('.')[0] for m in sys.modules})"
    roots = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "anny", "mitsuba", "drjit", "pyoidn", "PyOpenColorIO", "OpenEXR", "scipy"} & set(roots)


@pytest.mark.parametrize("file", [f for f in FILES if package_of(module_of(f)) == "film"], ids=lambda f: f.name)
def test_nouns_know_no_heavy_library(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    roots = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    roots |= {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not roots & {"torch", "mitsuba", "drjit", "sqlalchemy", "PIL", "typst", "anny", "pyoidn", "scipy"}


def test_there_are_no_import_cycles() -> None:
    graph = {module_of(f): imports_of(f) for f in FILES}
    known = set(graph)
    edges = {m: {i for i in found if i in known and i != m} for m, found in graph.items()}
    # A package's __init__ that re-exports its own modules is no cycle as long as they do not import it back.
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail[trail.index(module) :], module))
        if module in done:
            return
        for other in sorted(edges[module]):
            visit(other, (*trail, module))
        done.add(module)

    for module in sorted(known - {"maquette"}):
        visit(module, ())
