"""Shooting a take: stopped and gone on with, on twos, with a shutter, circled, delivered and refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import maquette
from maquette.film.errors import MaquetteError, UsageError
from maquette.film.rate import RATES
from maquette.film.shot import Move
from maquette.film.take import Motion, ShootRequest
from maquette.pipeline import Production
from maquette.pipeline.shoot import ShootSettings, ShotTake, circle, shoot, shoot_request
from maquette.studio.shoot import Shooting, ShotFrame
from tests.small_film import SCRIPT, small_film

SMALL = ShootSettings(size="96x54", seconds="0.25")
FRAMES = 6


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with small_film(tmp_path_factory.mktemp("take") / "film") as production:
        yield production


@pytest.fixture(scope="module")
def whole(film: Production) -> ShotTake:
    return shoot(film, "1A", SMALL)


def bytes_of(taken: ShotTake, production: Production) -> list[bytes]:
    return [path.read_bytes() for path in production.take_frames(taken.record)]


def pixels(path: Path) -> NDArray[np.float32]:
    with Image.open(path) as picture:
        return np.asarray(picture, np.float32)


def test_a_take_has_as_many_frames_as_its_seconds_at_its_rate(film: Production, whole: ShotTake) -> None:
    assert whole.record.frames == FRAMES == whole.record.finished == whole.new
    assert [p.name for p in film.take_frames(whole.record)] == [f"{n}.png" for n in range(1001, 1001 + FRAMES)]
    assert whole.record.rate == RATES["24"]
    request = film.take_request(whole.record)
    assert request is not None
    assert request.digest() == whole.record.request


def test_the_same_settings_are_the_same_take_and_nothing_is_made_again(film: Production, whole: ShotTake) -> None:
    again = shoot(film, "1A", SMALL)
    assert (again.new, again.record) == (0, whole.record)


class Stop(Exception):
    """Somebody pulls the plug."""


@pytest.mark.parametrize("after", [1, 3, 5])
def test_a_stopped_take_goes_on_where_it_was_and_is_the_same_byte_for_byte(
    film: Production, whole: ShotTake, tmp_path: Path, after: int
) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done >= after:
            raise Stop

    with small_film(tmp_path / "film") as other:
        with pytest.raises(Stop):
            shoot(other, "1A", SMALL, progress=stop)
        (record,) = other.takes()
        assert after <= record.finished < FRAMES
        assert not record.complete
        assert other.best_take(record.shot_id) is None
        rest = shoot(other, "1A", SMALL)
        assert rest.new == FRAMES - record.finished
        assert bytes_of(rest, other) == bytes_of(whole, film)
        assert not list(rest.folder.glob("state*"))


def test_frames_without_a_state_are_made_again_and_are_the_same(
    film: Production, whole: ShotTake, tmp_path: Path
) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done >= 3:
            raise Stop

    with small_film(tmp_path / "film") as other:
        with pytest.raises(Stop):
            shoot(other, "1A", SMALL, progress=stop)
        for state in other.take_folder(other.takes()[0]).root.glob("state*"):
            state.write_bytes(state.read_bytes()[:1000])
        rest = shoot(other, "1A", SMALL)
        assert bytes_of(rest, other) == bytes_of(whole, film)


def test_another_seed_or_rate_is_another_take_with_the_next_number(film: Production, whole: ShotTake) -> None:
    seed = shoot(film, "1A", ShootSettings(size="96x54", seconds="0.125", seed=9))
    rate = shoot(film, "1A", ShootSettings(size="96x54", seconds="0.125", rate="23.976", handles=2))
    assert [seed.record.number, rate.record.number] == [whole.record.number + 1, whole.record.number + 2]
    assert rate.record.rate.fps == Fraction(24000, 1001)
    assert film.take_frames(rate.record)[0].name == "0999.png"
    assert len(film.take_frames(rate.record)) == 3 + 2 * 2
    best = film.best_take(whole.record.shot_id)
    assert best is not None and best.number == rate.record.number
    circle(film, "1A", whole.record.number)
    best = film.best_take(whole.record.shot_id)
    assert best is not None and (best.number, best.circled) == (whole.record.number, True)
    with pytest.raises(UsageError, match="no take 99; it has 1, 2, 3"):
        circle(film, "1A", 99)


def test_on_twos_people_hold_each_drawing_and_the_camera_does_not(film: Production) -> None:
    request, _ = shoot_request(film, "1A", ShootSettings(size="96x54", seconds="0.25", hold=2))
    shooting = Shooting(film.studio, request)
    frames = list(shooting.frames())
    moments = [f.moment for f in frames]

    def body(i: int) -> NDArray[np.float32]:
        return next(b.vertices for b in moments[i].bodies if b.name == "cast/MARA")

    for first in (0, 2, 4):
        assert np.array_equal(body(first), body(first + 1))
    assert not np.array_equal(body(1), body(2))
    assert moments[2].camera.position != moments[3].camera.position  # it pushes in


def test_no_kernel_is_compiled_from_frame_to_frame(film: Production, whole: ShotTake) -> None:
    renderer = film.studio.renderer
    before = renderer.kernel_compilations
    shoot(film, "1A", ShootSettings(size="96x54", seconds="0.2", seed=4))
    assert renderer.kernel_compilations == before


def test_a_shutter_blurs_what_moves(film: Production) -> None:
    kept: list[ShotFrame] = []
    for shutter in (None, 360.0):
        request, _ = shoot_request(film, "1A", ShootSettings(size="160x90", seconds="0.1", shutter_deg=shutter))
        # A whip pan in the middle of it.
        shot = request.picture.shot.model_copy(update={"move": Move.WHIP_PAN})
        request = request.model_copy(update={"picture": request.picture.model_copy(update={"shot": shot})})
        kept.append(list(Shooting(film.studio, request).frames())[1])

    def detail(frame: ShotFrame) -> float:
        grey = frame.pixels.astype(np.float32).mean(axis=2)
        return float(np.abs(np.diff(grey, axis=1)).mean())

    assert detail(kept[1]) < 0.8 * detail(kept[0])
    assert kept[0].passes.part_names == kept[1].passes.part_names


def test_passes_have_motion_both_ways(film: Production) -> None:
    request, _ = shoot_request(film, "1A", ShootSettings(size="96x54", seconds="0.125"))
    frames = list(Shooting(film.studio, request).frames(forward=True))
    assert len(frames) == 3
    assert "motion_back" not in frames[0].passes.extra
    for frame in frames:
        assert frame.passes.extra["motion"].shape == (54, 96, 2)
    ahead, back = frames[0].passes.extra["motion"], frames[1].passes.extra["motion_back"]
    seen = frames[1].passes.extra["motion_back_visible"] > 0
    assert abs(float(ahead.mean()) + float(back[seen].mean())) < 0.3


def test_a_still_shot_does_not_flicker(film: Production) -> None:
    taken = shoot(film, "1", ShootSettings(size="160x90", seconds="0.5"))
    frames = [pixels(p) for p in film.take_frames(taken.record)]
    request = film.take_request(taken.record)
    assert request is not None
    people = next(iter(Shooting(film.studio, request).frames())).passes.mask("cast/")
    changes = [np.abs(a - b)[~people].mean() for a, b in pairwise(frames)]
    assert float(np.mean(changes)) < 0.5


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (ShootSettings(seconds="0"), "cannot be shot"),
        (ShootSettings(seconds="-1"), "cannot be shot"),
        (ShootSettings(seconds="7200"), "cut a longer shot into several"),
        (ShootSettings(seconds="soon"), "is no running time"),
        (ShootSettings(seconds="1/0"), "is no running time"),
        (ShootSettings(rate="24.5"), "no frame rate of film or television"),
        (ShootSettings(size="1x1"), "out of range"),
        (ShootSettings(size="wide"), "is not WIDTHxHEIGHT"),
        (ShootSettings(hold=4), "ones, twos or threes"),
        (ShootSettings(handles=-1), "Handles go from 0 to 240"),
        (ShootSettings(shutter_deg=500), "shutter opens by 1 to 360"),
        (ShootSettings(backend="sora"), 'no backend "sora": use previs'),
        (ShootSettings(style="fresco"), "no style 'fresco'"),
    ],
)
def test_what_cannot_be_shot_is_refused_in_a_sentence(film: Production, settings: ShootSettings, said: str) -> None:
    before = film.takes()
    with pytest.raises(UsageError, match=said):
        shoot(film, "1", settings)
    assert film.takes() == before


def test_shots_that_there_are_not_or_that_are_omitted(film: Production) -> None:
    with pytest.raises(MaquetteError, match="99"):
        shoot(film, "99", SMALL)
    with pytest.raises(UsageError, match="Name one shot"):
        shoot(film, "1,1A", SMALL)


def test_odd_sizes_are_shot_as_asked(film: Production) -> None:
    taken = shoot(film, "1", ShootSettings(size="97x55", seconds="0.05"))
    assert pixels(film.take_frames(taken.record)[0]).shape == (55, 97, 3)


def test_motion_counts_frames_exactly() -> None:
    motion = Motion(rate=RATES["23.976"], frames=100, handles=8, hold=2)
    assert motion.total == 116
    assert motion.time_of(8) == 0
    assert motion.time_of(108) == Fraction(100 * 1001, 24000)
    assert motion.played(motion.time_of(11)) == motion.time_of(10)
    assert motion.played(motion.time_of(7)) == motion.time_of(6)


def test_a_take_request_reads_back_whole(film: Production) -> None:
    request, _ = shoot_request(film, "1A", SMALL)
    again = ShootRequest.model_validate(json.loads(request.canonical_json()))
    assert again == request
    assert again.digest() == request.digest()
    assert "MARA" in SCRIPT and maquette.__version__
