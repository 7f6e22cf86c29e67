"""Whether the camera of an edited moment may stay where it stood."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import PlacedCamera

STEP = 0.08
"""Share of the focus distance by which a camera may have been set elsewhere and still stays: nobody moves a tripod
because somebody leans back."""
TURN_DEG = 4.0
LENS = 0.08
"""Share of the focal length, likewise."""


def stays(was: PlacedCamera, now: PlacedCamera) -> bool:
    """Whether the camera, which framing would set up as `now` after an edit, can stay as it `was`: for small changes of
    pose. Another lens, roll, stop or place is another picture."""
    if (was.roll_deg, was.sensor_width_mm, was.squeeze, was.t_stop) != (
        now.roll_deg, now.sensor_width_mm, now.squeeze, now.t_stop
    ):  # fmt: skip
        return False
    if abs(was.aspect - now.aspect) > 1e-6 or abs(now.lens_mm / was.lens_mm - 1) > LENS:
        return False
    step = np.linalg.norm(np.subtract(now.position, was.position))
    a, b = (np.subtract(c.look_at, c.position) for c in (was, now))
    cosine = float(a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-9))
    return bool(step <= STEP * was.focus_m and cosine >= np.cos(np.radians(TURN_DEG)))
