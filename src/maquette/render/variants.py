"""Which Mitsuba variant this machine can run, found out before Mitsuba is asked and never silently."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import re
from dataclasses import dataclass
from pathlib import Path

from maquette.film.errors import RenderError

CUDA, LLVM, SCALAR = "cuda_ad_rgb", "llvm_ad_rgb", "scalar_rgb"
VARIANTS = (CUDA, LLVM, SCALAR)
FORCE_VARIABLE = "MAQUETTE_RENDERER"
LLVM_VARIABLE = "DRJIT_LIBLLVM_PATH"
OLDEST_LLVM = 16
"""LLVM 15 aborts the whole process while it generates AVX-512 code."""
INSTALL_LLVM = "apt-get install libllvm19"


@dataclass(frozen=True)
class VariantChoice:
    """What pictures are made with, and why."""

    name: str
    """A Mitsuba variant: cuda_ad_rgb, llvm_ad_rgb or scalar_rgb."""
    reason: str
    """One sentence for a person."""
    remedy: str
    """The command that gets a faster renderer; empty when there is nothing to do."""
    llvm_path: Path | None = None


def describe_variant() -> VariantChoice:
    """The variant for this machine: a GPU, else LLVM, else the slow scalar one.

    `MAQUETTE_RENDERER` forces one of the three. Raises RenderError if a forced one cannot run here.
    """
    forced = os.environ.get(FORCE_VARIABLE, "").strip()
    if forced:
        return _forced(forced)
    if _gpu_works():
        return VariantChoice(CUDA, "an NVIDIA GPU traces the pictures", "")
    llvm, refused = find_llvm()
    if llvm:
        return VariantChoice(LLVM, f"LLVM {llvm[1]} compiles the tracer for this processor", "", llvm[0])
    found = f" ({', '.join(refused)} found, {OLDEST_LLVM} or newer needed)" if refused else ""
    return VariantChoice(
        SCALAR, f"no usable LLVM on this machine{found}, so pictures take about six times longer", INSTALL_LLVM
    )


def _forced(name: str) -> VariantChoice:
    if name not in VARIANTS:
        raise RenderError(f"{FORCE_VARIABLE}={name} names no renderer; use one of {', '.join(VARIANTS)}.")
    if name == CUDA and not _gpu_works():
        raise RenderError(f"{FORCE_VARIABLE}={CUDA} asks for an NVIDIA GPU, and none answers; unset {FORCE_VARIABLE}.")
    llvm, _ = find_llvm() if name == LLVM else (None, [])
    if name == LLVM and llvm is None:
        raise RenderError(
            f"{FORCE_VARIABLE}={LLVM} needs LLVM {OLDEST_LLVM} or newer, and none is here; run: {INSTALL_LLVM}"
        )
    return VariantChoice(name, f"{FORCE_VARIABLE} asks for it", "", llvm[0] if llvm else None)


def find_llvm() -> tuple[tuple[Path, int] | None, list[str]]:
    """The newest usable libLLVM as (path, major version), and the names of those that are too old."""
    usable: list[tuple[int, Path]] = []
    refused: list[str] = []
    for path in _llvm_candidates():
        version = _llvm_version(path)
        if version is None:
            continue
        if version < OLDEST_LLVM:
            refused.append(f"LLVM {version}")
        elif os.environ.get(LLVM_VARIABLE) == str(path):
            return (path, version), refused
        else:
            usable.append((version, path))
    if not usable:
        return None, sorted(set(refused))
    version, path = max(usable, key=lambda item: item[0])
    return (path, version), sorted(set(refused))


def _llvm_candidates() -> list[Path]:
    found: list[Path] = []
    named = os.environ.get(LLVM_VARIABLE)
    if named and Path(named).is_file():
        found.append(Path(named))
    for folder in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/opt/llvm/lib"):
        root = Path(folder)
        for pattern in ("libLLVM*.so*", "*/libLLVM*.so*", "llvm-*/lib/libLLVM*.so*", "libLLVM*.dylib"):
            found.extend(sorted(root.glob(pattern)))
    by_name = ctypes.util.find_library("LLVM")
    if by_name:
        found.append(Path(by_name))
    distinct: dict[str, Path] = {}
    for path in found:
        distinct.setdefault(str(path.resolve()) if path.exists() else str(path), path)
    return list(distinct.values())


def _llvm_version(path: Path) -> int | None:
    """Major version, by asking the library, or by its file name where it is too old to say; None: it does not load."""
    by_name = re.search(r"LLVM[-.]?(?:so\.)?(\d+)", path.name)
    if by_name and int(by_name.group(1)) < OLDEST_LLVM:
        return int(by_name.group(1))
    try:
        library = ctypes.CDLL(str(path))
    except OSError:
        return None
    major = ctypes.c_uint(0)
    try:
        library.LLVMGetVersion(ctypes.byref(major), None, None)
    except AttributeError:
        return int(by_name.group(1)) if by_name else None
    return int(major.value)


def _gpu_works() -> bool:
    """Whether the CUDA driver loads, starts and sees a device."""
    try:
        cuda = ctypes.CDLL("libcuda.so.1")
    except OSError:
        return False
    count = ctypes.c_int(0)
    return cuda.cuInit(0) == 0 and cuda.cuDeviceGetCount(ctypes.byref(count)) == 0 and count.value > 0


def load_mitsuba(choice: VariantChoice) -> None:
    """Import Mitsuba and set its variant for this process. Raises RenderError if it does not start."""
    if choice.llvm_path is not None:
        os.environ[LLVM_VARIABLE] = str(choice.llvm_path)
    import mitsuba as mi

    current = mi.variant()
    if current == choice.name:
        return
    try:
        mi.set_variant(choice.name)
    except (ImportError, AttributeError, RuntimeError) as error:
        raise RenderError(
            f"Mitsuba does not start as {choice.name} ({error}); set {FORCE_VARIABLE}={SCALAR} to go on slowly."
        ) from error
