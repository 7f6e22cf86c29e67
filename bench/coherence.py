"""Temporal coherence of takes against a 256-sample reference of the same frames: python bench/coherence.py [--short]

For six shots of the example screenplay, each with another camera move: warping error of the finished frames over that
of the reference, structural similarity to the reference, and flicker. A reference at 256 samples still has noise of its
own, so each figure is given against the reference as traced and against the reference denoised. That takes a quarter of
an hour; `make bench` prints the short form, two small shots against a reference of fewer samples.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

import maquette
from maquette.direct.beats import beats_of
from maquette.film.request import FrameSettings
from maquette.film.shot import Shot
from maquette.film.take import Motion, ShootRequest
from maquette.imaging.png import encode_png
from maquette.measure.coherence import flicker, warping_error
from maquette.measure.ssim import ssim
from maquette.pipeline.production import Production
from maquette.render.denoise import denoise
from maquette.render.renderer import through_haze
from maquette.studio.develop import balanced
from maquette.studio.picture import picture_of
from maquette.studio.shoot import COHERENCE_VERSION, Shooting, ShotFrame

SCRIPT = Path(__file__).parents[1] / "examples" / "the-last-ferry.fountain"
SHOTS = (
    ("5", "arc left"), ("1A", "push in"), ("3C", "static"), ("2", "truck left"), ("8B", "handheld"), ("4", "crane up"),
)  # fmt: skip
PART = 32
"""Samples that are traced at once."""
WARM = 8
"""Frames shot before the first one that is measured, so that there is a history to go wrong."""


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    size: str = "640x360"
    shots: tuple[str, ...] = tuple(number for number, _ in SHOTS)
    frames: int = 4
    """In each shot, after WARM."""
    reference_spp: int = 256

    @property
    def pixels(self) -> tuple[int, int]:
        """(width, height)"""
        width, height = self.size.split("x")
        return int(width), int(height)


SHORT = Extent(size="320x180", shots=("5", "3C"), frames=2, reference_spp=128)
"""A fast arc, and a camera that stands still."""


def shoot_request(
    production: Production, shot: Shot, move: str, width: int, height: int, frames: int
) -> tuple[ShootRequest, Fraction]:
    """The request, and the time in the middle of the shot at which it begins."""
    direction = production.direction
    directed = direction.directed(shot, direction.with_settings(shot, [f"move={move}"]))
    frame = FrameSettings(width=width, height=height)
    picture = production.request_as(directed, production.screenplay, frame, timed=True)
    middle = Fraction(directed.shot.duration_s) / 2
    motion = Motion(frames=frames)
    names = [i.name for i in picture.scene_cast]
    scene = next(s for s in production.screenplay.scenes if s.id == shot.scene_id)
    beats = beats_of(scene, directed.shot, names, production.screenplay.cast)
    start = motion.rate.seconds(motion.rate.frames(middle))
    return ShootRequest(picture=picture, beats=beats, motion=motion, coherence=COHERENCE_VERSION), start


def measure(
    production: Production, shot: Shot, move: str, extent: Extent, keep: Path | None = None
) -> dict[str, float]:
    request, start = shoot_request(production, shot, move, *extent.pixels, WARM + extent.frames)
    shooting = Shooting(production.studio, request)
    shooting.starts_at = start
    ours, raw, clean, back, seen = [], [], [], [], []
    for frame in shooting.frames():
        if frame.index >= WARM:
            reference = references(production, shooting, frame, extent.reference_spp)
            ours.append(frame.pixels)
            raw.append(reference[0])
            clean.append(reference[1])
            if keep is not None:
                beside = np.concatenate([frame.pixels, reference[1], reference[0]], axis=1)
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{shot.number}-{frame.index}.png").write_bytes(encode_png(beside))
            if frame.index > WARM:
                back.append(frame.passes.extra["motion_back"])
                seen.append(frame.passes.extra["motion_back_visible"] > 0)
    error, error_raw, error_clean = (warping_error(f, back, seen) for f in (ours, raw, clean))
    return {
        "E_warp": error,
        "over raw": error / error_raw,
        "over denoised": error / error_clean,
        "SSIM raw": float(np.mean([ssim(a, b) for a, b in zip(raw, ours, strict=True)])),
        "SSIM denoised": float(np.mean([ssim(a, b) for a, b in zip(clean, ours, strict=True)])),
        "references": float(np.mean([ssim(a, b) for a, b in zip(raw, clean, strict=True)])),
        "flicker": flicker(ours),
    }


def references(
    production: Production, shooting: Shooting, frame: ShotFrame, samples: int
) -> tuple[np.ndarray, np.ndarray]:
    """The frame at so many samples a pixel, as traced and denoised."""
    picture = shooting.request.picture
    size = picture.frame
    begun = production.studio.renderer.begin(frame.moment, size.width, size.height)
    parts = [
        begun.engine.light(begun.settings(PART, size.path_depth, 7919 * frame.index + i))
        for i in range(samples // PART)
    ]
    light, albedo, normal, clear = (
        sum(getattr(p, name) for p in parts) / len(parts) for name in ("radiance", "albedo", "normal", "transmittance")
    )
    stops = shooting.stops + frame.passes.camera.exposure_stops

    def shown(beauty: np.ndarray) -> np.ndarray:
        beauty, _ = through_haze(beauty.astype(np.float32), clear, frame.moment)
        passes = balanced(replace(frame.passes, beauty=beauty))
        return picture_of(passes, picture, frame.time_s, stops, frame.index)[0]

    return shown(light), shown(denoise(light, albedo, normal))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="what `make bench` prints")
    parser.add_argument("--size", default=Extent.size, help="such as 320x180")
    parser.add_argument("--frames", type=int, default=Extent.frames, help="frames measured in each shot")
    parser.add_argument("--shots", default=",".join(Extent().shots), help="numbers of some of the shots")
    parser.add_argument("--keep", default="", help="folder for the frames and their references")
    options = parser.parse_args()
    if options.short:
        print("\n".join(short_lines()))
        return
    extent = Extent(options.size, tuple(options.shots.split(",")), options.frames)
    keep = Path(options.keep) if options.keep else None
    with tempfile.TemporaryDirectory() as folder, maquette.new(Path(folder) / "film", script=SCRIPT) as production:
        numbered = {shot.number: shot for shot in production.shots}
        print(f"{options.size:<17}E_warp over reference      similarity to reference     of the two    change")
        print(f"{'':17}as traced  denoised       as traced  denoised         references    a frame")
        rows: list[dict[str, float]] = []
        for number, move in SHOTS:
            if number not in extent.shots:
                continue
            rows.append(measure(production, numbered[number], move, extent, keep))
            print(line(f"{number:3} {move}", rows[-1]), flush=True)
        print(line("mean", {k: float(np.mean([r[k] for r in rows])) for k in rows[0]}))


def short_lines() -> list[str]:
    """The short form, for `make bench`."""
    told = [f"coherence  short form: {SHORT.frames} frames a shot at {SHORT.size}, denoised reference of "
            f"{SHORT.reference_spp} samples; python bench/coherence.py is the long one"]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, maquette.new(Path(folder) / "film", script=SCRIPT) as production:
        numbered = {shot.number: shot for shot in production.shots}
        for number, move in SHOTS:
            if number in SHORT.shots:
                row = measure(production, numbered[number], move, SHORT)
                told.append(
                    f"           {number:3} {move:9} E_warp {row['over denoised']:.2f} of the reference's, similarity "
                    f"{row['SSIM denoised']:.3f}, change a frame {row['flicker']:.2f} grey levels"
                )
    return told


def line(name: str, row: dict[str, float]) -> str:
    """A row of the table."""
    return (
        f"{name:<16} {row['over raw']:9.2f}  {row['over denoised']:8.2f}       {row['SSIM raw']:9.3f}  "
        f"{row['SSIM denoised']:8.3f}         {row['references']:10.3f}    {row['flicker']:7.2f}"
    )


if __name__ == "__main__":
    main()
