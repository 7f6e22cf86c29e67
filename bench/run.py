"""Speed, as figures of one run: `make bench`. Absolute times are this machine's; ratios travel.

panel      a 640x360 panel of a two-person interior, render + denoise, after warm-up       at most 1.0 s on 2 cores
cycles     the same stage in Blender's Cycles, 4 spp + OIDN, same size (needs bpy)          at least 4 times slower
preview    a changed camera, light or mood control, 320x180, resolved to drawn      at most 0.35 s on 2 cores
board      the demo's twelve panels from a cold picture cache                              under 60 s
take       frames a second of a moving shot of the interior, see bench/motion.py    1.5 at 640x360, 5 at 320x180
coherence  warping error, similarity and flicker, short form of bench/coherence.py     at most 1 of the reference's
look       colours and finish, drawn media, the house model, see bench/drawing.py         20, 400 and 200 ms
kernels    compilations between those panels and previews, after the first of them         0
memory     peak of the whole process                                                       under 3 GB
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import coherence
import drawing
import motion
import numpy as np

import maquette
from maquette.film.request import FrameSettings
from maquette.film.shot import Framing
from maquette.film.stage import Moment
from maquette.pipeline import Production
from maquette.pipeline.frames import preview_of
from maquette.render.renderer import Renderer
from maquette.stage.build import build_stage

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
FRAME = FrameSettings(width=640, height=360, samples_per_pixel=4, path_depth=4)


def timed(action: Callable[[], object], runs: int) -> list[float]:
    times: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return times


def two_person_interior(production: Production) -> Moment:
    screenplay = production.screenplay
    shot = next(s for s in production.shots if s.framing is Framing.TWO_SHOT)
    return build_stage(production.request(screenplay, shot, FRAME)).at(Fraction(0))


def panel(renderer: Renderer, moment: Moment) -> dict[str, float]:
    for seed in range(2):
        renderer.render(
            moment, FRAME.width, FRAME.height, FRAME.samples_per_pixel, FRAME.path_depth, seed, for_lines=False
        )
    times = timed(lambda: renderer.render(moment, FRAME.width, FRAME.height, 4, 4, 7, for_lines=False), 5)
    return {"median_s": statistics.median(times), "min_s": min(times)}


def cycles(moment: Moment, blender: str) -> dict[str, float] | str:
    """Cycles' own render time of the same triangles, lamps, camera and sky level, by bpy in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stage.npz"
        export(moment, path)
        done = subprocess.run(
            [blender, str(HERE / "blender_reference.py"), str(path)], capture_output=True, text=True, check=False
        )
    line = next((x for x in done.stdout.splitlines() if x.startswith("CYCLES ")), None)
    if line is None:
        return f"not run: {(done.stderr.strip().splitlines() or ['no output'])[-1]}"
    return dict(json.loads(line.removeprefix("CYCLES ")))


def export(moment: Moment, path: Path) -> None:
    bodies = [b for b in moment.bodies if b.seen and len(b.faces)]
    offsets = np.cumsum([0] + [len(b.vertices) for b in bodies[:-1]])
    camera = moment.camera
    lamps = {f"lamp{i}_vertices": lamp.vertices for i, lamp in enumerate(moment.lamps)}
    lamps |= {f"lamp{i}_faces": lamp.faces for i, lamp in enumerate(moment.lamps)}
    np.savez(
        path,
        vertices=np.concatenate([b.vertices for b in bodies]),
        faces=np.concatenate([b.faces + np.uint32(o) for b, o in zip(bodies, offsets, strict=True)]),
        colors=np.concatenate([b.base_color for b in bodies]),
        radiance=np.array([lamp.radiance for lamp in moment.lamps]).reshape(-1, 3),
        hidden=np.array([not lamp.visible for lamp in moment.lamps]),
        position=camera.position,
        look_at=camera.look_at,
        optics=[camera.lens_mm, camera.sensor_width_mm],
        size=[FRAME.width, FRAME.height],
        sky=np.zeros(3) if moment.sky is None else moment.sky.radiance.mean(axis=(0, 1)),
        **lamps,
    )


def board(production: Production) -> dict[str, float]:
    from maquette.cli.commands import _spread

    numbers = ",".join(s.number for s in _spread(production.shots))
    compiled: list[int] = []

    def note(done: int, _total: int, _what: str) -> None:
        if done:
            compiled.append(production.studio.renderer.kernel_compilations)

    start = time.perf_counter()
    result = production.board(numbers, progress=note)
    return {
        "panels": len(result.panels),
        "seconds": time.perf_counter() - start,
        "kernel_compilations_between_panels": compiled[-1] - compiled[0],
    }


PREVIEWS = ("lens=40", "pitch=-10", "azimuth=60", "tightness=1.3", "roll=6", "t-stop=2", "composition=thirds",
            "lighting=rembrandt", "lighting=split key-side=left", "key-fill=6:1 key-kelvin=2900", "background=-3",
            "lighting=high-key", "motivation=lamp", "haze=0.3", "exposure=-1", "time=dusk",
            "mood=dread", "mood=tender mood-intensity=0.6", "mood=clinical", "saturation=0.4")  # fmt: skip
"""Settings that are tried one after the other on one shot."""


def previews(production: Production) -> dict[str, float]:
    """Seconds from a stated setting to its small picture, measured where nothing of it was drawn before."""
    direction, screenplay = production.direction, production.screenplay
    shot = next(s for s in production.shots if s.framing is Framing.SINGLE)
    frame = preview_of(production.settings)

    def draw(setting: str) -> None:
        directed = direction.directed(shot, direction.with_settings(shot, setting.split()))
        production.studio.draw(production.request_as(directed, screenplay, frame))

    for warm in ("lens=50", "lighting=loop", "mood=joyful", "time=night"):
        draw(warm)
    before = production.studio.renderer.kernel_compilations
    times = [timed(lambda s=setting: draw(s), 1)[0] for setting in PREVIEWS]
    return {
        "median_s": statistics.median(times),
        "worst_s": max(times),
        "kernels": production.studio.renderer.kernel_compilations - before,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blender", help="Python with bpy; default: this one, or .bench/venv if it is there")
    arguments = parser.parse_args()
    own = HERE.parent / ".bench" / "venv" / "bin" / "python"
    blender = arguments.blender or (str(own) if own.exists() else sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        ferry = maquette.new(Path(folder) / "ferry", script=EXAMPLES / "the-last-ferry.fountain")
        cup = maquette.new(Path(folder) / "cup", script=EXAMPLES / "the-chipped-cup.fountain")
        twelve = board(ferry)
        small = previews(ferry)
        moment = two_person_interior(cup)
        ours = panel(ferry.studio.renderer, moment)
        theirs = cycles(moment, blender)
    triangles = sum(len(b.faces) for b in moment.bodies)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"machine    {os.cpu_count()} cores, renderer {ferry.studio.renderer.choice.name}")
    print(f"panel      {ours['median_s']:.2f} s median, {ours['min_s']:.2f} s best (640x360, 4 spp, depth 4, denoised,")
    print(f"           all passes; {triangles} triangles, {len(moment.lamps)} lamps)")
    if isinstance(theirs, str):
        print(f"cycles     {theirs}")
    else:
        ratio = theirs["median_s"] / ours["median_s"]
        print(f"cycles     {theirs['median_s']:.2f} s median for the same stage: {ratio:.1f} times ours")
    changes = f"320x180, {len(PREVIEWS)} changes of camera, light and mood"
    print(f"preview    {small['median_s']:.2f} s median, {small['worst_s']:.2f} s worst ({changes})")
    print(f"board      {twelve['panels']:.0f} panels in {twelve['seconds']:.1f} s from a cold cache, start included")
    compiled = twelve["kernel_compilations_between_panels"] + small["kernels"]
    for line in [*motion.lines(frames=24), *coherence.short_lines(), *drawing.lines()]:
        print(line)
    print(f"kernels    {compiled:.0f} compilations between panels and previews")
    print(f"memory     {memory:.2f} GB at the peak")


if __name__ == "__main__":
    main()
