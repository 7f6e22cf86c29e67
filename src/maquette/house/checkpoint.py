"""Training that was killed goes on: all that the next step needs, as safetensors, written whole or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

KEPT = 2
"""The last ones of a training; should the newest be damaged, the one before is whole."""
SUFFIX = ".checkpoint"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The state of a training."""

    facts: dict[str, Any]
    """Numbers; "identity" says which training it is of."""
    network: dict[str, Tensor]
    average: dict[str, Tensor]
    critic: dict[str, Tensor]
    optimiser: dict[str, Any]
    critic_optimiser: dict[str, Any]


def write_checkpoint(folder: Path, state: Checkpoint) -> Path:
    """Beside its place first, then renamed: a kill leaves no half of it. Older ones of the same training are removed:
    one that was stopped can still be gone on with after another, with other settings, has begun."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, Tensor] = {}
    for part in ("network", "average", "critic"):
        tensors |= {f"{part}/{k}": v for k, v in getattr(state, part).items()}
    for part in ("optimiser", "critic_optimiser"):
        for index, values in getattr(state, part)["state"].items():
            tensors |= {f"{part}/{index}/{k}": v for k, v in values.items()}
    copies = {k: v.detach().cpu().contiguous().clone() for k, v in tensors.items()}
    path = folder / f"{_start(state.facts['identity'])}{int(state.facts['step']):08d}{SUFFIX}"
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        file.write(save(copies, {"facts": json.dumps(state.facts)}))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    for old in _own(folder, state.facts["identity"])[:-KEPT]:
        old.unlink()
    return path


def remove_checkpoints(folder: Path, identity: str) -> None:
    """Those of a training that is done."""
    for path in _own(folder, identity):
        path.unlink(missing_ok=True)


def _start(identity: str) -> str:
    return f"{identity[:12]}-"


def _own(folder: Path, identity: str) -> list[Path]:
    """Oldest first."""
    return sorted(folder.glob(f"{_start(identity)}*{SUFFIX}"))


def newest_checkpoint(folder: Path, like: Checkpoint) -> Checkpoint | None:
    """The newest whole one of the same training as `like`, which also gives what safetensors cannot hold."""
    for path in reversed(_own(folder, like.facts["identity"])):
        found = _read(path, like)
        if found is not None:
            return found
    return None


def _read(path: Path, like: Checkpoint) -> Checkpoint | None:
    try:
        with safe_open(path, framework="pt") as file:
            facts = json.loads((file.metadata() or {})["facts"])
            if facts["identity"] != like.facts["identity"]:
                return None
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
    except (SafetensorError, OSError, KeyError, ValueError):
        return None

    def of(part: str) -> dict[str, Tensor]:
        return {k.removeprefix(f"{part}/"): v for k, v in tensors.items() if k.startswith(f"{part}/")}

    def optimiser(part: str) -> dict[str, Any]:
        state: dict[int, dict[str, Tensor]] = {}
        for name, value in of(part).items():
            index, _, key = name.partition("/")
            state.setdefault(int(index), {})[key] = value
        return {"state": state, "param_groups": getattr(like, part)["param_groups"]}

    return Checkpoint(
        facts, of("network"), of("average"), of("critic"), optimiser("optimiser"), optimiser("critic_optimiser")
    )
