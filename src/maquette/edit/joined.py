"""Passes of an edited moment that are, outside the edit's region, those of the moment before it, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.edit.region import Region
from maquette.film.passes import Passes

FINE = "fine_"
"""What the finer buffers' names begin with (`Passes.extra`)."""


def joined(before: Passes, after: Passes, region: Region) -> Passes:
    """One camera's passes: `after` inside the region, `before` elsewhere.

    Light goes over from one to the other by `region.light`; the camera and its exposure are `before`'s. A generator
    that draws both places strokes across the region's border as one.
    """
    objects, object_names = _numbered(before.object_id, before.object_names, after.object_id, after.object_names)
    parts, part_names = _numbered(before.part_id, before.part_names, after.part_id, after.part_names)
    inside = region.things
    extra = dict(before.extra)
    for name, old in before.extra.items():
        new = after.extra.get(name)
        if new is None or new.shape != old.shape:
            continue
        if name == "fine_part_id":
            ids, _ = _numbered(old.astype(np.uint16), before.part_names, new.astype(np.uint16), after.part_names)
            new = ids.astype(np.float32)
        extra[name] = _chosen(old, new, inside) if name.startswith(FINE) else _mixed(old, new, region.light)
    rest = None
    if before.rest is not None and after.rest is not None:
        rest = _chosen(before.rest, after.rest, inside)
    return Passes(
        beauty=_mixed(before.beauty, after.beauty, region.light),
        albedo=_chosen(before.albedo, after.albedo, inside),
        normal=_chosen(before.normal, after.normal, inside),
        depth=_chosen(before.depth, after.depth, inside),
        position=_chosen(before.position, after.position, inside),
        object_id=_chosen(before.object_id, objects, inside),
        part_id=_chosen(before.part_id, parts, inside),
        object_names=object_names,
        part_names=part_names,
        camera=before.camera,
        rest=rest,
        heads=after.heads,
        extra=extra,
    )


def _numbered(
    old: NDArray[Any], old_names: tuple[str, ...], new: NDArray[Any], new_names: tuple[str, ...]
) -> tuple[NDArray[Any], tuple[str, ...]]:
    """`new` as indices into the old names and those that came, and all these names."""
    names = (*old_names, *(n for n in new_names if n not in old_names))
    number = {name: i for i, name in enumerate(names)}
    table = np.array([number[name] for name in new_names], old.dtype)
    return table[new], names


def _chosen(old: NDArray[Any], new: NDArray[Any], inside: NDArray[np.bool_]) -> NDArray[Any]:
    """`new` inside; the mask is made finer where the arrays are."""
    fine = old.shape[0] // inside.shape[0]
    mask = inside if fine == 1 else inside.repeat(fine, 0).repeat(fine, 1)
    return np.where(mask.reshape(*mask.shape, *(1,) * (old.ndim - 2)), new, old)


def _mixed(old: NDArray[np.float32], new: NDArray[np.float32], share: NDArray[np.float32]) -> NDArray[np.float32]:
    weight = share.reshape(*share.shape, *(1,) * (old.ndim - 2))
    between = np.where(weight > 0, old + weight * (new - old), old)
    return np.where(weight < 1, between, new).astype(np.float32)
