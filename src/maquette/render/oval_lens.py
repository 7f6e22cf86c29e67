"""The anamorphic lens of the scalar engine: Mitsuba's own thin lens has a round opening only."""

from __future__ import annotations

from functools import cache
from typing import Any

import mitsuba as mi

from maquette.render.optics import Optics

NAME = "maquette_oval_lens"


def oval_lens(optics: Optics, settings: dict[str, Any]) -> Any:
    """A sensor with the view and the oval opening of `optics`. settings: film, sampler and pose as for `thinlens`."""
    _register()
    film = settings["film"]
    return mi.load_dict(
        {
            "type": NAME,
            "to_world": settings["to_world"],
            "film": film,
            "sampler": settings["sampler"],
            "tangent_x": optics.tangent_x,
            "tangent_y": optics.tangent_x * film["height"] / film["width"],
            "opening_x": optics.aperture_across_m,
            "opening_y": optics.aperture_m,
            "focus": optics.focus_m,
        }
    )


@cache
def _register() -> None:
    class OvalLens(mi.Sensor):
        """Rays through an oval opening that meet in the plane of focus; camera space has +X on the left."""

        def __init__(self, props: Any) -> None:
            super().__init__(props)
            self._tangent = (props["tangent_x"], props["tangent_y"])
            self._opening = (props["opening_x"], props["opening_y"])
            self._focus = props["focus"]

        def sample_ray(self, time: Any, sample1: Any, sample2: Any, sample3: Any, active: Any = True) -> Any:
            disk = mi.warp.square_to_uniform_disk_concentric(sample3)
            lens = mi.Point3f(-disk.x * self._opening[0], disk.y * self._opening[1], 0)
            x, y = (1 - 2 * sample2.x) * self._tangent[0], (1 - 2 * sample2.y) * self._tangent[1]
            way = mi.Point3f(x * self._focus, y * self._focus, self._focus) - lens
            length = (way.x * way.x + way.y * way.y + way.z * way.z) ** 0.5
            to_world = self.world_transform()
            direction = mi.Vector3f(way.x / length, way.y / length, way.z / length)
            return mi.Ray3f(to_world @ lens, to_world @ direction), mi.Color3f(1)

        def sample_ray_differential(
            self, time: Any, sample1: Any, sample2: Any, sample3: Any, active: Any = True
        ) -> Any:
            ray, weight = self.sample_ray(time, sample1, sample2, sample3, active)
            return mi.RayDifferential3f(ray), weight

    mi.register_sensor(NAME, lambda props: OvalLens(props))
