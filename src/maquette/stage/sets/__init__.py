"""Sets by the word of a heading: one builder for each kind of place."""

from __future__ import annotations

from collections.abc import Callable

from maquette.film.stage import SetKind, SetPlan
from maquette.stage.sets import (
    bar,
    bedroom,
    car,
    corridor,
    diner,
    field,
    forest,
    kitchen,
    living_room,
    neutral,
    office,
    road,
    rooftop,
    shore,
    stairwell,
    street,
)

SetBuilder = Callable[[int, int, tuple[str, ...]], SetPlan]
"""(seed, seats_needed, words) -> the set: pure, the same arguments give the same bytes. `words` are lower-case words
of the heading and the scene's action that may steer it."""

SET_BUILDERS: dict[SetKind, SetBuilder] = {
    SetKind.LIVING_ROOM: living_room.build,
    SetKind.BEDROOM: bedroom.build,
    SetKind.KITCHEN: kitchen.build,
    SetKind.OFFICE: office.build,
    SetKind.BAR: bar.build,
    SetKind.DINER: diner.build,
    SetKind.CORRIDOR: corridor.build,
    SetKind.STAIRWELL: stairwell.build,
    SetKind.CAR: car.build,
    SetKind.STREET: street.build,
    SetKind.FOREST: forest.build,
    SetKind.FIELD: field.build,
    SetKind.ROAD: road.build,
    SetKind.ROOFTOP: rooftop.build,
    SetKind.SHORE: shore.build,
    SetKind.NEUTRAL: neutral.build,
}
