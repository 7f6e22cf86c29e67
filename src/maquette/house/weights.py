"""Weights as a file: safetensors, with what they were trained on in the header. Nothing in it can run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from maquette.film.errors import MediaError
from maquette.house.direction import FIELDS
from maquette.house.network import NETWORK_VERSION, HouseNetwork, Widths

KIND = "maquette-house-model"
LARGEST_BYTES = 64 << 20
LARGEST_HEADER_BYTES = 1 << 16
KEY = "maquette"


@dataclass(frozen=True)
class Lineage:
    """Where weights come from: nothing but these paintings."""

    dataset: str
    """SHA-256 over keys, in order."""
    keys: tuple[str, ...]
    """SHA-256 of each painting with its frame."""
    names: tuple[str, ...]
    """What people call the frames ("shot 2F")."""
    rule: tuple[float, ...]
    """Which way strokes run, see `direction`."""
    seed: int
    steps: int
    seconds: float
    """Spent on training."""
    settings: str
    """As JSON."""
    strokes: bool = True
    """Whether it was given random strokes to paint with."""
    started_from: str = "random numbers"
    version: int = NETWORK_VERSION


def weights_bytes(network: HouseNetwork, lineage: Lineage) -> bytes:
    """The file. The same network and lineage give the same bytes."""
    facts = {"kind": KIND, "widths": asdict(network.widths), "lineage": asdict(lineage)}
    tensors = {name: t.detach().cpu().contiguous() for name, t in network.state_dict().items()}
    return save(tensors, {KEY: json.dumps(facts, sort_keys=True)})


def read_weights(data: bytes) -> tuple[HouseNetwork, Lineage]:
    """A network to paint with. Raises MediaError for whatever is no whole house model of this version."""
    facts = _facts(data)
    try:
        lineage = _lineage(facts["lineage"])
        widths = Widths(**{k: int(v) for k, v in facts["widths"].items()})
        sizes = (widths.full, widths.half, widths.quarter, widths.blocks)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MediaError("The house model's header is incomplete: train it anew.") from None
    if lineage.version != NETWORK_VERSION:
        raise MediaError(
            f"This house model is of version {lineage.version}, this program paints with version {NETWORK_VERSION}: "
            "train it anew from its paintings."
        )
    if not all(1 <= s <= 256 for s in sizes) or len(lineage.rule) != len(FIELDS):
        raise MediaError("The house model's header asks for an impossible network: train it anew.")
    network = HouseNetwork(widths)
    try:
        tensors = load(data)
    except (SafetensorError, ValueError, KeyError) as error:
        raise MediaError(f"The house model's file is damaged ({error}): train it anew.") from None
    _check(tensors, network.state_dict())
    network.load_state_dict(tensors)
    return network.eval().requires_grad_(False), lineage


def read_lineage(data: bytes) -> Lineage:
    """Where weights come from, without loading them. Raises MediaError."""
    try:
        return _lineage(_facts(data)["lineage"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise MediaError("The house model's header is incomplete: train it anew.") from None


def _lineage(facts: Mapping[str, Any]) -> Lineage:
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    return Lineage(**lists)


def _facts(data: bytes) -> dict[str, dict[str, Any]]:
    """The header's own part, read before anything is made room for."""
    other = "This file is no house model: give the .safetensors file that training wrote."
    if len(data) > LARGEST_BYTES:
        raise MediaError(f"{other[:-1]}, which is far smaller.")
    size = int.from_bytes(data[:8], "little") if len(data) >= 8 else 0
    if not 2 <= size <= min(LARGEST_HEADER_BYTES, len(data) - 8):
        raise MediaError(other)
    try:
        header = json.loads(data[8 : 8 + size])
        facts = json.loads(header["__metadata__"][KEY])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise MediaError(other) from None
    if not isinstance(facts, dict) or facts.get("kind") != KIND:
        raise MediaError(other)
    return facts


def _check(tensors: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> None:
    if set(tensors) != set(wanted):
        raise MediaError("The house model's file lacks parts of its network, or has others: train it anew.")
    for name, tensor in tensors.items():
        if tensor.shape != wanted[name].shape or tensor.dtype != wanted[name].dtype:
            raise MediaError(f"The house model's {name} has another shape than its network: train it anew.")
        if not bool(torch.isfinite(tensor).all()):
            raise MediaError(f"The house model's {name} holds numbers that are none: train it anew.")
