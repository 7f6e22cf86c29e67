"""README.md says what is true: its Python runs, and its session prints what it shows.

`pytest tests/test_readme.py --update-goldens` pastes what the session prints now.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SESSION = re.compile(r"<!-- session: [^>]*-->\n```console\n(.*?)```\n", re.DOTALL)
PYTHON = re.compile(r"<!-- python: [^>]*-->\n```python\n(.*?)```\n", re.DOTALL)
ELISION = "..."
"""A last line of output that stands for all that follows."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, as the checkout has them."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "examples").symlink_to(ROOT / "examples")
    return folder


def environment() -> dict[str, str]:
    here = str(Path(sys.executable).parent)
    return os.environ | {"PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100", "NO_COLOR": "1"}


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout}{done.stderr}"
    return done.stdout


def steps(session: str) -> list[tuple[str, list[str]]]:
    """(command, lines it is shown to print) of a console block."""
    found: list[tuple[str, list[str]]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def shown(printed: str, before: list[str]) -> list[str]:
    """What a README shows of an output: as many lines as before, where it was cut."""
    lines = [line.rstrip() for line in printed.splitlines()]
    cut = bool(before) and before[-1] == ELISION and len(before) > 1
    return [*lines[: len(before) - 1], ELISION] if cut and len(lines) >= len(before) else lines


def test_session_prints_what_is_shown(desk: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    match = SESSION.search(text)
    assert match is not None
    fresh: list[str] = []
    for command, before in steps(match[1]):
        fresh += [f"$ {command}", *shown(run(["bash", "-c", command], desk), before)]
    if request.config.getoption("--update-goldens"):
        README.write_text(text[: match.start(1)] + "\n".join(fresh) + "\n" + text[match.end(1) :], encoding="utf-8")
        return
    assert match[1].splitlines() == fresh, "paste the new output: pytest tests/test_readme.py --update-goldens"


def test_python_runs(desk: Path) -> None:
    blocks = PYTHON.findall(README.read_text(encoding="utf-8"))
    assert blocks
    for block in blocks:
        printed = run([sys.executable, "-c", block], desk)
        assert "because:" in printed
    assert (desk / "cup" / "board" / "board.pdf").read_bytes().startswith(b"%PDF")


def test_every_python_block_is_run() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.count("```python") == len(PYTHON.findall(text))
    assert text.count("```console") == len(SESSION.findall(text))
