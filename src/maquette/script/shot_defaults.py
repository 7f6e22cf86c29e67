"""What a shot is where its words leave it open. Usual lenses and directions are in `film.usual`: a director's change of
size is answered with them, too."""

from __future__ import annotations

from maquette.film.shot import Angle, Framing, Move, ShotRole, ShotSize

FRAMING_SIZE: dict[Framing, ShotSize] = {
    Framing.SINGLE: ShotSize.MS,
    Framing.TWO_SHOT: ShotSize.MS,
    Framing.THREE_SHOT: ShotSize.MLS,
    Framing.GROUP: ShotSize.WS,
    Framing.OTS: ShotSize.MS,
    Framing.POV: ShotSize.MS,
    Framing.PROFILE: ShotSize.MCU,
    Framing.INSERT: ShotSize.CU,
    Framing.PLACE: ShotSize.WS,
}


def framing_for(people: int) -> Framing:
    """The framing that holds so many people."""
    return (
        (Framing.PLACE, Framing.SINGLE, Framing.TWO_SHOT, Framing.THREE_SHOT)[people] if people < 4 else Framing.GROUP
    )


def size_for(framing: Framing, role: ShotRole | None, angle: Angle | None) -> ShotSize:
    """The size of a shot that states none: establishing and aerial shots are very wide, masters wide."""
    if angle in (Angle.BIRDS_EYE, Angle.OVERHEAD) and framing is Framing.PLACE:
        return ShotSize.EWS
    if role is ShotRole.ESTABLISHING:
        return ShotSize.VWS
    if role is ShotRole.MASTER:
        return ShotSize.WS
    if role is ShotRole.REACTION:
        return ShotSize.MCU
    return FRAMING_SIZE[framing]


def role_for(framing: Framing, size: ShotSize) -> ShotRole:
    """What a shot is for that does not say it."""
    if framing is Framing.INSERT:
        return ShotRole.INSERT
    if size in (ShotSize.EWS, ShotSize.VWS) or (framing is Framing.PLACE and size is ShotSize.WS):
        return ShotRole.ESTABLISHING
    wide_enough = size in (ShotSize.WS, ShotSize.FS)
    if wide_enough and framing in (Framing.TWO_SHOT, Framing.THREE_SHOT, Framing.GROUP):
        return ShotRole.MASTER
    return ShotRole.COVERAGE


DEFAULT_ANGLE = Angle.EYE
DEFAULT_MOVE = Move.STATIC
