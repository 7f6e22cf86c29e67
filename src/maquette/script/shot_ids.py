"""Stable ids: the same draft read again gives the same ids."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence


def shot_ids(scene_id: str, keys: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """One id a key, from the scene, the key's words and how often the same key came before in the scene."""
    seen: Counter[tuple[str, ...]] = Counter()
    ids: list[str] = []
    for key in keys:
        text = "\x1f".join((scene_id, *key, str(seen[key])))
        seen[key] += 1
        ids.append(f"shot-{hashlib.sha256(text.encode()).hexdigest()[:16]}")
    return tuple(ids)
