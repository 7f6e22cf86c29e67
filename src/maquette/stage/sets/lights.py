"""Switching a set's own lights on and off."""

from __future__ import annotations

from dataclasses import replace

from maquette.film.stage import SetPlan


def with_lights(plan: SetPlan, on: bool) -> SetPlan:
    """The set with its lamps, screens, signs and lit windows as built, or with all of them dark."""
    if on:
        return plan
    bodies = tuple(b if b.emission is None else replace(b, emission=None) for b in plan.bodies)
    return replace(plan, bodies=bodies, practicals=())
