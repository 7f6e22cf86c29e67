"""How much of a figure each shot size shows, and the camera that shows it: semantic framing by real optics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.shot import ShotSize
from maquette.film.stage import PlacedCamera

Vec = NDArray[np.float64]

PRIMES_MM = (12, 14, 18, 21, 25, 27, 32, 35, 40, 50, 65, 75, 85, 100, 135)


@dataclass(frozen=True, eq=False)
class Figure:
    """Where a posed person is, for the camera."""

    name: str
    landmarks: Mapping[str, Vec]
    """World points: head_top, eyes, nose, chin, shoulders, chest, waist, hip, mid_thigh, knee, ankle, sole."""
    look: Vec
    """(2,) horizontal unit vector they look along."""
    height_m: float
    """Standing height."""

    @property
    def upright(self) -> bool:
        """False for somebody lying: the head is then not above the hip."""
        return float(self.landmarks["head_top"][2] - self.landmarks["hip"][2]) > 0.25 * self.height_m


@dataclass(frozen=True)
class SizeRule:
    """One row of the size table."""

    bottom: str | None
    """Landmark on the lower frame edge. None: the whole figure, `figure_share` of the frame height."""
    headroom: float
    """Free share of the frame above the head; negative: the frame cuts into the head."""
    height_heads: float
    """Frame height in units of 0.13 standing heights (a head): for people who lie."""
    center: str
    """Landmark in the middle of the frame for people who lie."""
    figure_share: float = 1.0


SIZE_RULES: dict[ShotSize, SizeRule] = {
    ShotSize.ECU: SizeRule("nose", -0.62, 0.55, "eyes"),
    ShotSize.BCU: SizeRule("chin", -0.22, 1.0, "nose"),
    ShotSize.CU: SizeRule("shoulders", 0.06, 1.7, "nose"),
    ShotSize.MCU: SizeRule("chest", 0.09, 2.6, "chin"),
    ShotSize.MS: SizeRule("waist", 0.11, 3.8, "chest"),
    ShotSize.COWBOY: SizeRule("mid_thigh", 0.11, 5.4, "waist"),
    ShotSize.MLS: SizeRule("knee", 0.11, 6.6, "waist"),
    ShotSize.FS: SizeRule(None, 0.09, 9.2, "hip", 0.86),
    ShotSize.WS: SizeRule(None, 0.22, 13.0, "hip", 0.58),
    ShotSize.VWS: SizeRule(None, 0.38, 26.0, "hip", 0.30),
    ShotSize.EWS: SizeRule(None, 0.50, 70.0, "hip", 0.11),
}
"""The frame edge on the figure for each size (Mascelli, The Five C's of Cinematography; schools differ by a hand)."""


@dataclass(frozen=True, eq=False)
class FrameBox:
    """What the frame must hold at the subject's distance."""

    center: Vec
    """(3,) world point in the middle of the frame, before lead room."""
    height_m: float
    """Height of the frame at the subject's distance."""


def frame_figure(figure: Figure, size: ShotSize, tightness: float = 1.0) -> FrameBox:
    """The frame for one figure.

    For an upright figure the lower edge passes through the size's landmark and the headroom is free above the head;
    for wide sizes the whole figure takes its share. A lying figure is framed around its landmark by head heights.
    `tightness` divides the height and makes the size continuous: at a height between two sizes the eyes stand between
    where these two have them.
    """
    box = _frame_of(figure, size)
    if tightness == 1.0:
        return box
    height = box.height_m / tightness
    if not figure.upright:
        return FrameBox(box.center, height)
    eyes = float(figure.landmarks["eyes"][2])
    center_z = eyes - (0.5 - _eyes_down(figure, eyes, height)) * height
    return FrameBox(np.array([box.center[0], box.center[1], center_z], float), height)


def _eyes_down(figure: Figure, eyes: float, height: float) -> float:
    """Where the eyes stand in a frame of this height, 0 the upper edge .. 1 the lower, by the sizes around it."""
    boxes = sorted((_frame_of(figure, size) for size in ShotSize), key=lambda b: b.height_m)
    logs = np.log([b.height_m for b in boxes])
    downs = [0.5 - (eyes - float(b.center[2])) / b.height_m for b in boxes]
    return float(np.interp(np.log(height), logs, downs))


def _frame_of(figure: Figure, size: ShotSize) -> FrameBox:
    rule = SIZE_RULES[size]
    marks = figure.landmarks
    if not figure.upright:
        return FrameBox(marks[rule.center].astype(float), rule.height_heads * 0.13 * figure.height_m)
    top = float(marks["head_top"][2])
    if rule.bottom is None:
        bottom = min(float(marks["sole"][2]), float(marks["ankle"][2]))
        # A sitter's figure is shorter than the standing one: wide sizes keep the standing scale so that a cut
        # from a sitting to a standing person does not jump in distance.
        span = max(top - bottom, 0.8 * figure.height_m)
        height = span / rule.figure_share
        center_z = top + rule.headroom * height - height / 2
    else:
        bottom = _lower_edge(figure, rule.bottom)
        height = (top - bottom) / (1 - rule.headroom)
        center_z = bottom + height / 2
    axis = marks["eyes"] if size in (ShotSize.ECU, ShotSize.BCU, ShotSize.CU, ShotSize.MCU) else marks["chest"]
    return FrameBox(np.array([axis[0], axis[1], center_z], float), height)


def _lower_edge(figure: Figure, landmark: str) -> float:
    """Height of the lower frame edge: the landmark itself, but never less than its share of the standing figure.

    A sitter's knees are as high as the hip; the frame then takes the distance along the body instead.
    """
    top = float(figure.landmarks["head_top"][2])
    share = {"nose": 0.075, "chin": 0.125, "shoulders": 0.19, "chest": 0.28, "waist": 0.40, "mid_thigh": 0.60,
             "knee": 0.72}[landmark]  # fmt: skip
    by_share = top - share * figure.height_m
    mark = float(figure.landmarks[landmark][2])
    if landmark in ("mid_thigh", "knee"):
        return min(mark, by_share)
    return mark if abs(mark - by_share) < 0.12 * figure.height_m else by_share


def distance_for(height_m: float, lens_mm: float, sensor_width_mm: float, aspect: float) -> float:
    """Metres between lens and subject so that the frame is `height_m` high there: d = h f / sensor height.

    `sensor_width_mm` with an anamorphic lens: times its squeeze.
    """
    return height_m * lens_mm / (sensor_width_mm / aspect)


def lens_for(height_m: float, distance_m: float, sensor_width_mm: float, aspect: float) -> float:
    """The longest prime that still shows `height_m` at this distance, in mm."""
    exact = distance_m * (sensor_width_mm / aspect) / height_m
    fitting = [p for p in PRIMES_MM if p <= exact * 1.02]
    return float(fitting[-1] if fitting else PRIMES_MM[0])


def camera_axes(camera: PlacedCamera) -> tuple[Vec, Vec, Vec]:
    """(right, up, forward) unit vectors of a camera, roll included. Positive roll leans the horizon clockwise."""
    forward = np.asarray(camera.look_at, float) - np.asarray(camera.position, float)
    forward /= max(float(np.linalg.norm(forward)), 1e-9)
    # As the renderer has it: beyond this the frame's upper edge is to the north.
    world_up = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, world_up)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    angle = np.radians(camera.roll_deg)
    return right * np.cos(angle) + up * np.sin(angle), up * np.cos(angle) - right * np.sin(angle), forward


def half_view(camera: PlacedCamera) -> float:
    """Half the frame's width at distance 1: sensor x squeeze / (2 f)."""
    return camera.sensor_width_mm * camera.squeeze / (2 * camera.lens_mm)


def project(camera: PlacedCamera, points: Vec) -> Vec:
    """(N, 3) of world points as x (0 left .. 1 right), y (0 top .. 1 bottom) and depth in metres along the axis."""
    right, up, forward = camera_axes(camera)
    offset = np.atleast_2d(np.asarray(points, float)) - np.asarray(camera.position, float)
    depth = offset @ forward
    safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
    half_width = half_view(camera)
    x = offset @ right / safe / half_width
    y = offset @ up / safe / half_width * camera.aspect
    return np.stack([(x + 1) / 2, (1 - y) / 2, depth], axis=1)


def rotated(vector: Vec, degrees: float) -> Vec:
    """(2,) rotated counter-clockwise seen from above."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([c * vector[0] - s * vector[1], s * vector[0] + c * vector[1]])
