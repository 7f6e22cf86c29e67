"""Speed of takes, as figures of one run: python bench/motion.py [--frames N]; `make bench` prints the short one.

A two-person interior with a moving camera, shot through the pipeline with every frame and state written to disk:

640x360    frames a second after warm-up                     wanted: 1.5 or more on 2 cores
320x180    frames a second after warm-up                     wanted: 5 or more on 2 cores
flat       time of the last third of the frames over that of the first third, and memory gained between them
kernels    compilations after the first frame                0
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import maquette
from maquette.pipeline import Production
from maquette.pipeline.shoot import ShootSettings, shoot

SCRIPT = Path(__file__).parents[1] / "examples" / "the-last-ferry.fountain"
SHOT, MOVE = "5", "move=arc left"
"""Two people in a kitchen."""
WARM = 3
RATE = 24


def resident_mb() -> float:
    """Memory of this process now, in MB."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * 4096 / 1e6


def take(production: Production, size: str, frames: int) -> dict[str, float]:
    """Shoots `frames` frames and tells what they took."""
    times: list[float] = []
    memory: list[float] = []
    kernels: list[int] = []
    clock = time.perf_counter()

    def note(done: int, _total: int, _what: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        if done:
            times.append(now - clock)
            memory.append(resident_mb())
            kernels.append(production.studio.renderer.kernel_compilations)
        clock = now

    seconds = f"{frames / RATE:.4f}"
    shoot(production, SHOT, ShootSettings(size=size, seconds=seconds), progress=note)
    # The last frame has nothing to wait for.
    steady = times[WARM:-1]
    third = max(1, len(steady) // 3)
    return {
        "fps": 1 / statistics.median(steady),
        "flat": statistics.median(steady[-third:]) / statistics.median(steady[:third]),
        "gained_mb": memory[-1] - memory[min(WARM + third, len(memory) - 1)],
        "kernels": kernels[-1] - kernels[0],
    }


def lines(frames: int) -> list[str]:
    """What is printed."""
    with tempfile.TemporaryDirectory() as folder, maquette.new(Path(folder) / "film", script=SCRIPT) as production:
        production.direction.state(production.direction.where(SHOT), [MOVE])
        take(production, "320x180", WARM + 4)
        rows = {size: take(production, size, frames) for size in ("640x360", "320x180")}
    told = [f"take       {r['fps']:.2f} frames a second at {size}" for size, r in rows.items()]
    large = rows["640x360"]
    told.append(
        f"           over {frames} frames the last third takes {large['flat']:.2f} times the first, memory grows by "
        f"{large['gained_mb']:.0f} MB, {sum(r['kernels'] for r in rows.values()):.0f} kernels compiled"
    )
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=48, help="length of each take")
    print("\n".join(lines(parser.parse_args().frames)))


if __name__ == "__main__":
    main()
