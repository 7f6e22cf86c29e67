"""What crews usually take where nobody says otherwise: the lens and the camera's direction for a size and a framing."""

from __future__ import annotations

from maquette.film.shot import Framing, ShotSize

LENS_MM: dict[ShotSize, float] = {
    ShotSize.EWS: 18.0,
    ShotSize.VWS: 21.0,
    ShotSize.WS: 25.0,
    ShotSize.FS: 32.0,
    ShotSize.MLS: 35.0,
    ShotSize.COWBOY: 40.0,
    ShotSize.MS: 40.0,
    ShotSize.MCU: 50.0,
    ShotSize.CU: 75.0,
    ShotSize.BCU: 85.0,
    ShotSize.ECU: 100.0,
}
"""Primes on Super 35: short for places, long for faces, so that a face is never closer than about 1.3 m to the lens."""

FRAMING_LENS_MM: dict[Framing, float] = {Framing.OTS: 50.0, Framing.POV: 32.0, Framing.INSERT: 65.0}
"""Framings that have their own lens whatever the size."""

AZIMUTH_DEG: dict[ShotSize, float] = {
    ShotSize.EWS: 70.0,
    ShotSize.VWS: 70.0,
    ShotSize.WS: 70.0,
    ShotSize.FS: 35.0,
    ShotSize.MLS: 35.0,
    ShotSize.COWBOY: 35.0,
    ShotSize.MS: 35.0,
    ShotSize.MCU: 25.0,
    ShotSize.CU: 20.0,
    ShotSize.BCU: 15.0,
    ShotSize.ECU: 10.0,
}
"""The closer, the nearer to the eyeline: wide shots look across the line of action, close-ups along it."""

FRAMING_AZIMUTH_DEG: dict[Framing, float | None] = {
    Framing.TWO_SHOT: 80.0,
    Framing.THREE_SHOT: 70.0,
    Framing.GROUP: 70.0,
    Framing.OTS: 30.0,
    Framing.POV: None,
    Framing.PROFILE: 90.0,
    Framing.INSERT: None,
    Framing.PLACE: None,
}
"""Framings that have their own direction. None: a thing, a place or a point of view has no facing to be off from."""


def lens_for(framing: Framing, size: ShotSize) -> float:
    """Prime in mm on Super 35 for a shot that states no lens."""
    return FRAMING_LENS_MM.get(framing, LENS_MM[size])


def azimuth_for(framing: Framing, size: ShotSize) -> float | None:
    """Camera direction off the subject's facing in degrees for a shot that states none; None: left to the stage."""
    return FRAMING_AZIMUTH_DEG[framing] if framing in FRAMING_AZIMUTH_DEG else AZIMUTH_DEG[size]
