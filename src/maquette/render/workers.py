"""Dr.Jit's worker threads beside other threads at work."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import drjit as dr

NICENESS = 10
"""More than the process itself has."""
MOST_NICE = 19
_TASKS = Path("/proc/self/task")


@contextlib.contextmanager
def workers_give_way() -> Iterator[None]:
    """Within it, Dr.Jit's workers take the time that no other thread wants.

    A worker that has nothing left to do waits for the next kernel for some ten milliseconds without sleeping, and a
    frame has half a dozen of these. Where posing and denoising go on beside, they are kept from a core by it. Work that
    waits for a worker is taken over by the thread that asked for it. Systems other than Linux have no niceness of
    threads: there nothing changes.
    """
    count = dr.thread_count()
    before = _threads()
    if not before or count < 2:
        yield
        return
    try:
        _new_workers(count)
        nice = min(os.getpriority(os.PRIO_PROCESS, 0) + NICENESS, MOST_NICE)
        for thread in _threads() - before:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, thread, nice)
        yield
    finally:
        # Nobody may become less nice again: others take their place.
        _new_workers(count)


def _new_workers(count: int) -> None:
    dr.sync_thread()
    dr.set_thread_count(1)
    dr.set_thread_count(count)


def _threads() -> set[int]:
    """Numbers of this process's threads; empty where the system does not tell."""
    return {int(entry.name) for entry in _TASKS.iterdir()} if _TASKS.is_dir() else set()
