"""Fitting: how a cut sheet leaves the body and hangs with the arms down, and the folds it makes.

Clothes are cut for a person who stands with the arms hanging. So the cloth is laid off and smoothed in that stance,
and then carried back to the rest pose by the inverse of its own skinning: there, and near it, sleeves fall as fitted.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.ndimage import gaussian_filter1d

from maquette.stage.people.cloth import Trunk, turn_of
from maquette.stage.people.figure import SIDES, Figure, vec
from maquette.stage.people.garment_regions import Cut, along, arm_place, arm_share, leg_place, mirrored
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import (
    F64,
    Sheet,
    Sparse,
    rims_smoothed,
    smooth_step,
    smoothed,
    vertex_normals,
    wave_noise,
)


@lru_cache(maxsize=16)
def _stance(shape: BodyShape) -> F64:
    """(B, 3, 4) rest -> arms hanging, 12 degrees off the trunk, elbows a little bent."""
    figure = Figure(shape)
    for side in SIDES:
        wrist = figure.joint(f"upperarm01.{side}") + figure.size.arm * vec(0.20, 0.10, -0.955, side)
        figure.reach_arm(side, wrist, vec(0.32, -1.0, 0.0, side), vec(-1.0, -0.30, 0.0, side))
    return figure.rig.transforms(shape, figure.pose((0.0, 0.0, 0.0), 0.0)).astype(np.float64)


def _blend(skin: Sparse, transforms: F64) -> F64:
    return (skin @ transforms.reshape(len(transforms), 12)).reshape(-1, 3, 4)


def fitted(sheet: Sheet, cut: Cut, trunk: Trunk, shape: BodyShape, seed: int) -> tuple[Sheet, F64]:
    """The cut sheet moved off the body: smoothed, offset, draped, sleeves and legs straightened, wrinkled.

    Returns the sheet and the wrinkle height (N,) in metres.
    """
    mean = sheet.adjacency()
    stance = _stance(shape)
    blend = _blend(sheet.skin, stance)
    rest = np.einsum("nij,nj->ni", blend[..., :3], sheet.rest) + blend[..., 3]
    rest = smoothed(rest, mean, 6, 0.5 * smooth_step(-0.70, -0.66, sheet.template[:, 2]))
    rest = rims_smoothed(rest, sheet.faces, 10)
    rest = rest + _laid_off(rest, sheet, mean, cut, shape)
    arms = smoothed(arm_share(sheet.skin), mean, 4)
    if cut.neckline is not None:
        rest = _hung(rest, sheet, arms, cut, trunk)
    rest = _straightened(rest, sheet, cut, stance, shape, arms)
    if cut.neckline is not None:
        rest = smoothed(rest, mean, 8, 0.5 * _at_shoulder(sheet))
    normals = vertex_normals(rest, sheet.faces)
    height = _wrinkles(sheet, rest, cut, arms, seed)
    rest = rims_smoothed(rest + normals * height[:, None], sheet.faces, 6)
    back = np.linalg.solve(blend[..., :3], (rest - blend[..., 3])[..., None])[..., 0]
    return sheet.moved(np.asarray(back, np.float64)), height


def _at_shoulder(sheet: Sheet) -> F64:
    """(N,) 0..1: where the sleeve is set in."""
    gap = np.linalg.norm(mirrored(sheet.template) - (0.185, -0.012, 0.505), axis=1)
    return smooth_step(0.13, 0.06, gap)


def _laid_off(rest: F64, sheet: Sheet, mean: Sparse, cut: Cut, shape: BodyShape) -> F64:
    """(N, 3) metres from skin to cloth: cloth rests on the shoulders and stands off where it hangs."""
    size = shape.height_m / 1.72
    normals = vertex_normals(rest, sheet.faces)
    away = smoothed(normals, mean, 4)
    away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    offset = np.full(len(rest), cut.offset * (0.4 + 0.6 * size) + 0.003)
    if cut.neckline is not None:
        least = cut.over + 0.0045 + 0.10 * cut.offset
        resting = smooth_step(-0.15, 0.75, away[:, 2]) * smooth_step(0.36, 0.46, sheet.template[:, 2])
        offset += resting * np.minimum(least - offset, 0.0)
    return away * offset[:, None]


def _hung(rest: F64, sheet: Sheet, arms: F64, cut: Cut, trunk: Trunk) -> F64:
    share = smooth_step(0.50, 0.44, sheet.template[:, 2]) * smooth_step(0.5, 0.15, arms)
    middle = trunk.middle(rest[:, 2])
    turn = turn_of(rest, middle)
    here = np.hypot(rest[:, 0], rest[:, 1] - middle)
    wanted = trunk.draped(cut.taper).at(turn, rest[:, 2]) + cut.clearance
    push = 1 + share * np.maximum(wanted - here, 0) / np.maximum(here, 1e-3)
    moved = rest.copy()
    moved[:, 0] *= push
    moved[:, 1] = middle + (rest[:, 1] - middle) * push
    return moved


def _straightened(rest: F64, sheet: Sheet, cut: Cut, stance: F64, shape: BodyShape, arms: F64) -> F64:
    """Sleeves and trouser legs as tubes of cloth, instead of stockings."""
    index = load_rig().bone_index

    def joint(bone: str) -> F64:
        i = index[bone]
        return stance[i, :, :3] @ shape.heads[i] + stance[i, :, 3]

    for side, sign in (("L", 1), ("R", -1)):
        own = sheet.template[:, 0] * sign > 0
        if cut.neckline is not None and cut.sleeve > 0.2:
            joints = [joint(f"{b}.{side}") for b in ("upperarm01", "lowerarm01", "wrist")]
            share = smooth_step(0.55, 0.95, arms) * smooth_step(0.22, 0.70, arm_place(sheet.template)) * own
            narrow = 0.62 if cut.sleeve > 1.2 else 1.02
            rest = _tube(rest, joints, share, 0.25 * cut.ease, end=min(cut.sleeve, 2.0), narrow=narrow)
        if cut.legs:
            joints = [joint(f"{b}.{side}") for b in ("upperleg01", "lowerleg01", "foot")]
            place = leg_place(sheet.template)
            share = smooth_step(0.2, 0.6, place) * own
            narrow = {"jeans": 0.56, "shorts": 0.98}.get(cut.part, 0.64)
            end = 0.84 if cut.part == "shorts" else 2.0
            rest = _tube(rest, joints, share, cut.ease, end, narrow)
            rest[own, 0] = sign * np.maximum(rest[own, 0] * sign, 0.004)
    return rest


def _tube(rest: F64, joints: list[F64], share: F64, ease: float, end: float, narrow: float) -> F64:
    a, b, c = joints
    place = along(rest, a, b, c)
    t = np.clip(place, 0, 2)[:, None]
    axis = np.where(t < 1, a + (b - a) * t, b + (c - b) * (t - 1))
    use = share > 0.5
    if not use.any():
        return rest
    middles = np.linspace(0.05, 1.95, 20)
    which = np.clip((place[use] * 10).astype(int), 0, 19)
    has = np.bincount(which, minlength=20) > 0
    # The limb's flesh is not centred on its bones: measure from the middle of each ring of cloth.
    shift = np.array([(rest[use] - axis[use])[which == k].mean(axis=0) for k in np.flatnonzero(has)])
    shift = gaussian_filter1d(shift, 1.0, axis=0, mode="nearest")
    axis = axis + np.stack([np.interp(place, middles[has], shift[:, k]) for k in range(3)], axis=1)
    out = rest - axis
    turn = smooth_step(0.8, 1.2, t[:, 0])[:, None]
    bone = (1 - turn) * (b - a) / np.linalg.norm(b - a) + turn * (c - b) / np.linalg.norm(c - b)
    bone /= np.linalg.norm(bone, axis=1, keepdims=True)
    out -= (out * bone).sum(axis=1, keepdims=True) * bone
    here = np.linalg.norm(out, axis=1)
    mean = np.array([here[use][which == k].mean() if has[k] else np.nan for k in range(20)])
    wide = float(np.nanmean(mean[5:8])) if np.isfinite(mean[5:8]).any() else float(np.nanmax(mean))
    wanted = np.interp(place, [0.5, end], [wide, wide * narrow]) + ease
    grow = share * np.maximum(wanted - here, 0) / np.maximum(here, 1e-3)
    return rest + out * grow[:, None]


def _wrinkles(sheet: Sheet, rest: F64, cut: Cut, arms: F64, seed: int) -> F64:
    """(N,) metres: broad unevenness, and folds that run round elbows, knees, waist and hems."""
    place, leg = arm_place(sheet.template), leg_place(sheet.template)
    z = sheet.template[:, 2]
    wobble = wave_noise(rest, seed, 0.16, 2)
    height = 0.30 * wave_noise(rest, seed + 1, 0.11, 2)
    sleeve = smooth_step(0.6, 0.95, arms)
    elbow = np.exp(-(((place - 1.02) / 0.22) ** 2)) + 0.6 * smooth_step(1.5, 1.9, place)
    armpit = np.exp(-(((place - 0.12) / 0.22) ** 2)) * smooth_step(0.1, 0.5, arms)
    height += sleeve * elbow * _fold(place * 0.23, 0.045, wobble, seed)
    height += 0.8 * armpit * _fold(rest[:, 2] - rest[:, 0] * 0.4, 0.05, wobble, seed + 2)
    if cut.legs:
        knee = np.exp(-(((leg - 1.0) / 0.16) ** 2)) + 1.1 * smooth_step(1.72, 1.98, leg)
        height += knee * _fold(leg * 0.4, 0.052, wobble, seed + 3)
        groin = np.exp(-(((leg - 0.10) / 0.12) ** 2))
        height += 0.7 * groin * _fold(rest[:, 2] + np.abs(rest[:, 0]) * 0.9, 0.045, wobble, seed + 4)
    else:
        waist = np.exp(-(((z - 0.17) / 0.06) ** 2)) * (1 - sleeve)
        height += 0.9 * waist * _fold(rest[:, 2] + 0.3 * np.abs(rest[:, 0]), 0.055, 1.6 * wobble, seed + 5)
    return cut.wrinkle * height


def _fold(place: F64, wavelength: float, wobble: F64, seed: int) -> F64:
    phase = np.random.default_rng(seed).uniform(0, 2 * np.pi)
    wave = np.sin(2 * np.pi * place / wavelength + phase + 1.5 * wobble)
    return 0.9 * (np.sign(wave) * np.abs(wave) ** 0.8)
