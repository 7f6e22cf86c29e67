"""The camera of one shot over its running time: set-up, keys, move, hand and focus, from first word to last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import CameraControls
from maquette.film.controls import Track, track_value
from maquette.film.request import ScreenLine, TakeRequest
from maquette.film.shot import Framing, Move, Shot
from maquette.film.stage import PlacedCamera, SetPlan
from maquette.stage.ask import Ask
from maquette.stage.by_hand import along_path, hand_setup, key_moments
from maquette.stage.camera import asked_setup
from maquette.stage.clear_path import Detour, Sight, around, detour_of, moments_of
from maquette.stage.clear_view import GROUND, Step, clear_view, obstacles_of, step_between, struck_for
from maquette.stage.focus import FocusPlan, focus_plan, focused
from maquette.stage.framing import Figure, camera_axes
from maquette.stage.moves import camera_at, move_progress
from maquette.stage.one_wall import behind_one_wall
from maquette.stage.operating import operated
from maquette.stage.plausible import camera_warnings, crosses_the_line, hidden_faces
from maquette.stage.readback import read_back
from maquette.stage.setup import Setup, Thing, carried, moved_camera
from maquette.stage.sightline import wild_bodies

Vec = NDArray[np.float64]
Keep = Callable[[str, Callable[[], Setup]], Setup]
Way = Callable[[str, Fraction], tuple[float, float]]
Eyes = Callable[[str, Fraction], tuple[float, float, float] | None]


def _gone_by(figure: Figure, gone: Vec) -> Figure:
    return replace(figure, landmarks={name: point + gone for name, point in figure.landmarks.items()})


def _found(_key: str, find: Callable[[], Setup]) -> Setup:
    return find()


FRAMING_TRACKS = frozenset({"tightness", "pitch", "height", "azimuth"})
"""Keyed controls that put the camera elsewhere; lens, roll, stop and focus change where it stands."""
RECOMPOSES = ("composition", "headroom", "tightness")
"""Controls that place the subject in the frame and leave the camera's direction alone."""
_ON_WHEELS = (Move.PUSH_IN, Move.PULL_OUT, Move.STEADICAM, Move.GIMBAL, Move.HANDHELD)
"""These cameras can give ground to who walks towards them; tripods, cranes and drones let people pass."""
WALKED_M = 0.4
"""Who goes less far stays in a view that is clear already."""
_AFTER = ("t_stop", "focus", "focus_m", "rack_to", "deep_focus", "move", "move_speed", "move_extent", "easing", "shake",
          "operator")  # fmt: skip
"""Controls that change nothing about the set-up."""
PANNED_DEG = 2.0
"""An operator who turns the camera by less has done nothing to speak of."""
_OPERATED_AT = tuple(i / 12 for i in range(13))
_CHECKED_AT = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, eq=False)
class ShotCamera:
    """A shot's camera as a function of time. Made for figures and things at the shot's first moment."""

    shot: Shot
    controls: CameraControls
    tracks: tuple[Track, ...]
    figures: Mapping[str, Figure]
    things: Sequence[Thing]
    plan: SetPlan
    aspect: float
    seed: int = 0
    line: ScreenLine | None = None
    keep: Keep = _found
    way: Way | None = None
    """How far (dx, dy, metres) somebody has gone from where the set-up found them, by name and time; None: nobody
    goes anywhere."""
    eyes: Eyes | None = None
    """About where somebody's eyes are (world, metres), by name and time; None: whoever the operator lets come and go.
    """

    @staticmethod
    def of(
        request: TakeRequest,
        figures: Mapping[str, Figure],
        things: Sequence[Thing],
        plan: SetPlan,
        keep: Keep = _found,
        way: Way | None = None,
        eyes: Eyes | None = None,
    ) -> ShotCamera:
        """The camera that a request asks for. keep: gives the set-up of a key, found by the function if it is new."""
        aspect = request.frame.width / request.frame.height
        return ShotCamera(request.shot, request.camera, request.tracks, figures, things, plan, aspect, request.seed,
                          request.line, keep, way, eyes)  # fmt: skip

    @cached_property
    def first(self) -> Setup:
        """The set-up at the shot's first moment, with everything to be said about the shot's camera in its notes."""
        setup = self._cleared
        focus = self._focus
        setup = replace(setup, struck=self._struck)
        named = self._named_by_hand(setup)
        way = (*self._operating, *self._going_around)
        notes = (*setup.notes, *way, *named, *(focus.notes if focus is not None else ()), *self._warnings(setup))
        return replace(setup, notes=tuple(dict.fromkeys(notes)))

    def at(self, t_s: Fraction, figures: Mapping[str, Figure], things: Sequence[Thing]) -> PlacedCamera:
        """The camera `t_s` seconds into the shot, with everybody where they are then."""
        share = self._share(t_s)
        setup, camera = self._on_its_way(share, t_s)
        if share > 0 and self._detour is not None:
            camera = around(camera, self._middle(setup), self._detour.at(share))
        lens = self._tracks.get("lens")
        if lens is not None:
            # A keyed lens is a zoom: the camera stands where the first key put it.
            camera = replace(camera, lens_mm=camera.lens_mm * track_value(lens, share) / track_value(lens, 0.0))
        focus = self._focus
        if focus is None:
            return camera
        now = self._focus_at(focus, share)
        return focused(camera, now, self.shot, figures, things, move_progress(self._racking, t_s, self.controls))

    def _on_its_way(self, share: float, t_s: Fraction) -> tuple[Setup, PlacedCamera]:
        """The set-up as the operator has it then, and the camera as its move has it, whatever stands in the way."""
        setup = self._followed(self._framed(share), t_s)
        return setup, camera_at(self._shot_at(share), setup, t_s, self._controls_at(share), self.seed)

    def _followed(self, setup: Setup, t_s: Fraction) -> Setup:
        """FOLLOW and LEAD go where the walking subject goes; with every other move the operator turns with them."""
        if self.shot.move not in (Move.FOLLOW, Move.LEAD):
            return self._operated(setup, t_s)
        subject = next((n for n in self.shot.subjects if n in self.figures), None)
        if self.way is None or subject is None or self._by_hand:
            return setup
        gone = np.array([*self.way(subject, t_s), 0.0])
        camera = setup.camera
        moved = moved_camera(camera, np.array(camera.position) + gone, np.array(camera.look_at) + gone)
        eyes = None if setup.eyes is None else setup.eyes + gone
        return replace(setup, camera=moved, target=setup.target + gone, eyes=eyes)

    def _operated(self, setup: Setup, t_s: Fraction) -> Setup:
        """The operator keeps those in the frame whom the shot is about. A camera put down by hand is locked off."""
        gone = self._gone(setup, t_s)
        if not gone:
            return setup
        return operated(setup, np.mean(list(gone.values()), axis=0), group=len(gone) > 1,
                        on_wheels=self.shot.move in _ON_WHEELS)  # fmt: skip

    def _gone(self, setup: Setup, t_s: Fraction) -> dict[str, Vec]:
        """How far (3,) the eyes of those whom the operator keeps in the frame are from where the set-up has them."""
        if self.controls.operator is False:
            return {}
        if self.eyes is None or self._by_hand or self.shot.framing is Framing.PLACE or setup.eyes is None:
            return {}
        gone: dict[str, Vec] = {}
        for name in self.shot.subjects:
            if name in self.figures and name not in setup.hidden:
                now = self.eyes(name, t_s)
                gone[name] = np.zeros(3) if now is None else np.array(now) - self.figures[name].landmarks["eyes"]
        return gone

    # --- what stands in the way ---------------------------------------------------------------------------------

    @cached_property
    def _detour(self) -> Detour | None:
        """How the camera leaves its way for what would stop or blind it; None: it does not."""
        stands = self.shot.move is Move.STATIC and self.eyes is None and not self._keyed & FRAMING_TRACKS
        if self._by_hand or stands or self.shot.duration_s <= 0:
            return None
        duration = float(self.shot.duration_s)
        first = self._cleared
        targets = [first.target, *(f.landmarks["chest"] for f in self.figures.values())]
        gone = {*wild_bodies(self.plan, first.camera, targets), *first.struck, *GROUND}
        solids = obstacles_of(tuple(b for b in self.plan.bodies if b.name not in gone))
        return detour_of([self._sight(float(s)) for s in moments_of(duration)], duration, solids)

    def _sight(self, share: float) -> Sight:
        t_s = self.shot.duration_s * Fraction(share)
        setup, camera = self._on_its_way(share, t_s)
        faces: list[Vec] = []
        people: list[list[float]] = []
        gone = self._gone(setup, t_s)
        for name, figure in self.figures.items():
            marks = figure.landmarks
            if name in self.shot.subjects and setup.eyes is not None:
                came = gone.get(name, np.zeros(3))
                faces += [marks[n] + came for n in ("head_top", "eyes", "chin")]
            elif name != self.shot.over and name not in setup.hidden:
                dx, dy = (0.0, 0.0) if self.way is None else self.way(name, t_s)
                x, y, floor = marks["sole"]
                people.append([float(x) + dx, float(y) + dy, float(floor), float(marks["head_top"][2])])
        return Sight(camera, self._middle(setup), np.array(faces).reshape(-1, 3), np.array(people).reshape(-1, 4))

    def _middle(self, setup: Setup) -> Vec:
        """(3,) what the camera goes around when it leaves its way."""
        alone = setup.eyes is not None and len([n for n in self.shot.subjects if n in self.figures]) == 1
        return setup.eyes if alone and setup.eyes is not None else setup.target

    # --- keys -------------------------------------------------------------------------------------------------

    @cached_property
    def _tracks(self) -> dict[str, Track]:
        return {t.control: t for t in self.tracks if t.keys}

    @cached_property
    def _keyed(self) -> frozenset[str]:
        return frozenset(self._tracks)

    @property
    def _by_hand(self) -> bool:
        return self.controls.placement is not None or bool(self.controls.path)

    def _share(self, t_s: Fraction) -> float:
        if self.shot.duration_s <= 0:
            return 0.0
        return float(min(max(t_s / self.shot.duration_s, Fraction(0)), Fraction(1)))

    def _value(self, control: str, share: float) -> float | None:
        track = self._tracks.get(control)
        return None if track is None else track_value(track, share)

    def _shot_at(self, share: float) -> Shot:
        """The shot with its keyed values as they are then; the lens as it is at first."""
        keyed = {
            "camera_height_m": self._value("height", share),
            "azimuth_deg": self._value("azimuth", share),
            "roll_deg": self._value("roll", share),
            "lens_mm": self._value("lens", 0.0),
        }
        changed: dict[str, object] = {name: value for name, value in keyed.items() if value is not None}
        if self.controls.path and self.shot.move is not Move.HANDHELD:
            changed["move"] = Move.STATIC
        return self.shot.model_copy(update=changed) if changed else self.shot

    def _controls_at(self, share: float) -> CameraControls:
        keyed = {"tightness": self._value("tightness", share), "pitch_deg": self._value("pitch", share)}
        changed = {name: value for name, value in keyed.items() if value is not None}
        return self.controls.model_copy(update=changed) if changed else self.controls

    # --- set-ups ----------------------------------------------------------------------------------------------

    def _ask(self, share: float) -> Ask:
        return Ask(self._shot_at(share), self._controls_at(share), self.figures, self.things, self.plan, self.aspect,
                   self._keyed)  # fmt: skip

    @cached_property
    def _cleared(self) -> Setup:
        """The first set-up, around what stands in its way."""
        ask = self._ask(0.0)
        if self.controls.path:
            keys = sorted(self.controls.path, key=lambda k: k.at)
            return hand_setup(ask, keys[0].placement)
        if self.controls.placement is not None:
            return hand_setup(ask, self.controls.placement)

        plain = replace(ask, controls=ask.controls.model_copy(update=dict.fromkeys(RECOMPOSES)))
        if plain.controls == ask.controls or self._keyed & FRAMING_TRACKS:
            return self._clear(ask)
        # Who recomposes wants the same view: the camera stands where it stood for the usual frame, if it can.
        usual = self._clear(plain)
        return self._clear(ask, step_between(self._walled(plain), usual))

    def _walled(self, ask: Ask) -> Setup:
        """The asked set-up behind one wall of a room."""
        setup = asked_setup(ask)
        return setup if ask.direction_is_stated else behind_one_wall(setup, self.plan)

    def _clear(self, ask: Ask, like: Step | None = None) -> Setup:
        def find() -> Setup:
            return clear_view(self._walled(ask), ask.shot, self.figures, self.plan, ask.controls, self._keyed, like)

        return self.keep(_setup_key(ask), find)

    @cached_property
    def _struck(self) -> tuple[str, ...]:
        """What is carried out for the whole of a shot whose keys lead the camera elsewhere."""
        found = [self._cleared.struck]
        if self._keyed & FRAMING_TRACKS and not self._by_hand:
            found += [struck_for(self._framed(s), self.shot, self.figures, self.plan) for s in _CHECKED_AT[1:]]
        found += self._struck_on_the_way()
        return tuple(dict.fromkeys(name for names in found for name in names))

    def _struck_on_the_way(self) -> list[tuple[str, ...]]:
        """What would hide somebody's face while the camera turns with them."""
        found: list[tuple[str, ...]] = []
        for share in _OPERATED_AT:
            t_s = self.shot.duration_s * Fraction(share)
            gone = self._gone(self._cleared, t_s)
            if max((float(np.linalg.norm(g)) for g in gone.values()), default=0.0) < WALKED_M:
                continue
            figures = {n: _gone_by(f, gone[n]) if n in gone else f for n, f in self.figures.items()}
            setup = self._followed(self._framed(share), t_s)
            camera = camera_at(self._shot_at(share), setup, t_s, self._controls_at(share))
            if self._detour is not None:
                camera = around(camera, self._middle(setup), self._detour.at(share))
            setup = replace(setup, camera=camera)
            found.append(struck_for(setup, self.shot, figures, self.plan))
        return found

    def _framed(self, share: float) -> Setup:
        """The set-up that the move starts from, `share` of the shot in."""
        first = self._cleared
        if self._keyed & FRAMING_TRACKS and share > 0.0 and not self._by_hand:
            turn, scale, lift = self._stepped
            return carried(asked_setup(self._ask(share)), turn, scale, lift)
        camera = first.camera
        if self.controls.path:
            camera = along_path(camera, self.controls.path, share)
        if "roll" in self._keyed:
            camera = replace(camera, roll_deg=self._shot_at(share).roll_deg)
        return first if camera is first.camera else replace(first, camera=camera)

    @cached_property
    def _stepped(self) -> Step:
        """What clearing the view took at first, as `carried` takes it: the whole shot keeps it."""
        return step_between(asked_setup(self._ask(0.0)), self._cleared)

    # --- focus ------------------------------------------------------------------------------------------------

    @cached_property
    def _focus(self) -> FocusPlan | None:
        return focus_plan(self.shot, self.controls, self._keyed, self._cleared.camera, self.figures, self.things)

    def _focus_at(self, focus: FocusPlan, share: float) -> FocusPlan:
        stop, distance = self._value("t-stop", share), self._value("focus-distance", share)
        if stop is not None and not self.controls.deep_focus:
            focus = replace(focus, t_stop=stop)
        return focus if distance is None else replace(focus, focus_m=distance, rack_to=None, rack_m=None)

    @property
    def _racking(self) -> Shot:
        """The shot as a rack is timed: whatever the camera does, the focus takes the move's time and easing."""
        return self.shot.model_copy(update={"move": Move.RACK_FOCUS})

    # --- what to say ------------------------------------------------------------------------------------------

    @property
    def _operating(self) -> tuple[str, ...]:
        """What the operator does over the shot, for whom, and how to have the camera stay."""
        turns = goes = 0.0
        with_whom: set[str] = set()
        for share in _OPERATED_AT:
            t_s = self.shot.duration_s * Fraction(share)
            gone = self._gone(self._cleared, t_s)
            if not gone or self.shot.move in (Move.FOLLOW, Move.LEAD):
                return ()
            before = self._framed(share)
            a, b = before.camera, self._operated(before, t_s).camera
            turn = float(np.degrees(np.arccos(np.clip(camera_axes(a)[2] @ camera_axes(b)[2], -1.0, 1.0))))
            turns, goes = max(turns, turn), max(goes, float(np.linalg.norm(np.subtract(a.position, b.position))))
            with_whom |= {n for n, way in gone.items() if float(np.linalg.norm(way)) > WALKED_M / 2}
        if not with_whom or (turns < PANNED_DEG and goes < WALKED_M / 2):
            return ()
        does = "goes along" if goes >= WALKED_M / 2 else "pans"
        names = " and ".join(n.title() for n in self.shot.subjects if n in with_whom)
        return (f"The operator {does} with {names}: operator=off has the camera do nothing but its move.",)

    @property
    def _going_around(self) -> tuple[str, ...]:
        """What stood in the way of a camera that travels."""
        detour = self._detour
        if detour is None:
            return ()
        said = ("The camera goes around what stands in its way.",) if detour.leaves else ()
        if not detour.faulty:
            return said
        seconds = float(self.shot.duration_s) * detour.faulty[0]
        remedy = "less move-extent, another move or operator=off"
        return (*said, f"Something stands in the camera's way {seconds:.1f} s into the shot: try {remedy}.")

    def _named_by_hand(self, setup: Setup) -> tuple[str, ...]:
        """What a camera that was put down by hand is called, where it starts and where it ends."""
        subject = next((n for n in self.shot.subjects if n in self.figures), None)
        if subject is None or not self._by_hand:
            return ()
        ends = [setup.camera, self._framed(1.0).camera] if self.controls.path else [setup.camera]
        names = [read.words for camera in ends if (read := read_back(camera, self.figures, subject)) is not None]
        names = list(dict.fromkeys(names))
        return (f"By hand, on {subject.title()}: {'; it ends as '.join(names)}.",) if names else ()

    def _warnings(self, setup: Setup) -> tuple[str, ...]:
        """What is implausible about a camera that was put down by hand or led by keys, each said once."""
        if not (self._by_hand or self._keyed & FRAMING_TRACKS):
            ask = self._ask(0.0)
            placed = self.controls.eyeline_side is not None or self.controls.azimuth_deg is not None
            crossed = crosses_the_line(setup.camera, self.line, self.figures) if placed else None
            said = (crossed,) if crossed else ()
            if (ask.height_is_law or placed) and not setup.hidden:
                faces = () if self.shot.framing is Framing.PLACE else self.shot.subjects
                said += hidden_faces(setup.camera, self.figures, self.plan, faces, setup.struck)
            return said
        moments = key_moments(self.controls.path) if self.controls.path else _CHECKED_AT
        shares = moments if self.controls.path or not self._by_hand else (0.0,)
        said = (
            camera_warnings(self._framed(share).camera, self.figures, self.plan, self.shot.subjects, self.line,
                            hidden=setup.hidden)
            for share in shares
        )  # fmt: skip
        return tuple(dict.fromkeys(note for notes in said for note in notes))


def _setup_key(ask: Ask) -> str:
    """Names everything that a set-up follows from: what happens after it (move, focus, stop) changes none."""
    shot = ask.shot.model_copy(update={"move": Move.STATIC, "duration_s": Fraction(1)})
    after: dict[str, Any] = dict.fromkeys(_AFTER)
    controls = ask.controls.model_copy(update=after)
    return f"{shot.digest()} {controls.digest()} {ask.aspect} {sorted(ask.keyed)}"
