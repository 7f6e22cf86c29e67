"""A USD attribute over a take: written once where it never changes, sampled only where it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.usd_library import Gf, Vt

Values = NDArray[np.generic]


class Series:
    """One attribute, fed frame by frame in rising order; remembers no more than the last value.

    The first value becomes the default and stays it if nothing changes. USD interpolates between samples, so before a
    change the value that was held is sampled on the frame before: nothing starts to drift while it should rest.
    """

    def __init__(self, attribute: Any, convert: Callable[[Any], Any] = lambda v: v, *, every_frame: bool = False):
        self._attribute = attribute
        self._convert = convert
        self._every_frame = every_frame
        self._last: Any = None
        self._last_sample: int | None = None

    def put(self, frame: int, value: Any) -> None:
        """The attribute's value at this frame."""
        if self._last is None:
            self._attribute.Set(self._convert(value))
            if self._every_frame:
                self._sample(frame, value)
        elif self._every_frame:
            self._sample(frame, value)
        elif not _equal(self._last, value):
            if self._last_sample != frame - 1:
                self._sample(frame - 1, self._last)
            self._sample(frame, value)
        self._last = value

    def _sample(self, frame: int, value: Any) -> None:
        self._attribute.Set(self._convert(value), frame)
        self._last_sample = frame


def _equal(a: Any, b: Any) -> bool:
    if a is b:
        return True
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return bool(np.array_equal(a, b))
    return bool(a == b)


def vectors3(values: Values) -> Any:
    """(N, 3) as an array of float3."""
    return Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(values, np.float32))


def vectors2(values: Values) -> Any:
    """(N, 2) as an array of float2."""
    return Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(values, np.float32))


def floats(values: Values) -> Any:
    """(N,) as an array of float."""
    return Vt.FloatArray.FromNumpy(np.ascontiguousarray(values, np.float32))


def integers(values: Values) -> Any:
    """Any shape, flattened, as an array of int."""
    return Vt.IntArray.FromNumpy(np.ascontiguousarray(values, np.int32).reshape(-1))


def matrix(values: Values) -> Any:
    """(4, 4) for row vectors, as USD has them: axes in the first three rows, the place in the fourth."""
    return Gf.Matrix4d(np.asarray(values, np.float64).tolist())


def bounds(vertices: Values) -> Values:
    """(2, 3) the lowest and the highest corner: a mesh's extent."""
    if len(vertices) == 0:
        return np.zeros((2, 3), np.float32)
    return np.stack([np.asarray(vertices.min(axis=0)), np.asarray(vertices.max(axis=0))])
