"""Cryptomatte 1.2 (Friedman & Jones, Psyop 2015; specification of 2018): every object and part as a matte of its own.

A name's id is its MurmurHash3, read as a float. Layer `crypto_object` has ranks of (id, coverage) pairs, the most
covering first: `crypto_object00.R/G` the first, `.B/A` the second, `crypto_object01` the third and fourth.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
Ids = NDArray[np.integer]

LEVELS = 2
"""Channel groups of two ranks each."""
_MASK = 0xFFFFFFFF


def murmur3(data: bytes, seed: int = 0) -> int:
    """MurmurHash3_x86_32 (Austin Appleby, public domain)."""
    h = seed
    whole = len(data) // 4 * 4
    for (k,) in struct.iter_unpack("<I", data[:whole]):
        h ^= _mixed(k)
        h = ((h << 13 | h >> 19) * 5 + 0xE6546B64) & _MASK
    if len(data) > whole:
        h ^= _mixed(int.from_bytes(data[whole:], "little"))
    h ^= len(data)
    h = ((h ^ h >> 16) * 0x85EBCA6B) & _MASK
    h = ((h ^ h >> 13) * 0xC2B2AE35) & _MASK
    return h ^ h >> 16


def _mixed(k: int) -> int:
    k = (k * 0xCC9E2D51) & _MASK
    return ((k << 15 | k >> 17) * 0x1B873593) & _MASK


def name_id(name: str) -> int:
    """The id of a name as 32 bits that are a normal float: no zero, subnormal, infinity or NaN."""
    h = murmur3(name.encode())
    return h ^ 1 << 23 if h >> 23 & 255 in (0, 255) else h


def object_of(part_name: str) -> str:
    """ "cast/MARA" of "cast/MARA:hair"."""
    return part_name.rpartition(":")[0] or part_name


def matte_attributes(layer: str, names: Sequence[str]) -> dict[str, str]:
    """The header attributes that make a layer known. `names`: index 0 is the sky, which has no id."""
    key = f"cryptomatte/{murmur3(layer.encode()):08x}"[: len("cryptomatte/") + 7]
    manifest = {name: f"{name_id(name):08x}" for name in names[1:] if name}
    return {
        f"{key}/name": layer,
        f"{key}/hash": "MurmurHash3_32",
        f"{key}/conversion": "uint32_to_float32",
        f"{key}/manifest": json.dumps(manifest, ensure_ascii=False, separators=(",", ":")),
    }


def matte_channels(layer: str, ids: Ids, names: Sequence[str], size: tuple[int, int]) -> dict[str, F32]:
    """(H, W) channels of a layer.

    `ids`: (k H, k W) indices into `names`; each pixel's coverage is the share of its k x k ids, and with k = 1 every
    pixel belongs to one name whole. `size`: (width, height).
    """
    width, height = size
    k = ids.shape[0] // height
    samples = ids.reshape(height, k, width, k).transpose(0, 2, 1, 3).reshape(height, width, k * k).astype(np.int32)
    floats = np.array([0] + [name_id(n) if n else 0 for n in names[1:]], np.uint32).view(np.float32)
    channels: dict[str, F32] = {}
    for rank, (index, share) in enumerate(_ranks(samples, 2 * LEVELS)):
        group, second = divmod(rank, 2)
        channels[f"{layer}{group:02d}.{'RB'[second]}"] = floats[index]
        channels[f"{layer}{group:02d}.{'GA'[second]}"] = share
    return channels


def _ranks(samples: NDArray[np.int32], count: int) -> list[tuple[NDArray[np.int32], F32]]:
    """The most frequent ids of each pixel, with their shares; of equal ones the lower first. Sky (0) is none."""
    same = samples[..., :, None] == samples[..., None, :]
    score = same.sum(axis=-1) * (samples > 0)
    total = samples.shape[-1]
    found: list[tuple[NDArray[np.int32], F32]] = []
    for _ in range(count):
        most = score.max(axis=-1)
        index = np.where(score == most[..., None], samples, np.iinfo(np.int32).max).min(axis=-1)
        index = np.where(most > 0, index, 0).astype(np.int32)
        found.append((index, (most / total).astype(np.float32)))
        score = score * (samples != index[..., None])
    return found
