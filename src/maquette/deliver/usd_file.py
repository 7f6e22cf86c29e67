"""A USD file made beside its place: its header, its pictures, and the moment in which it takes its name."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from maquette.deliver.usd_library import Kind, Tf, Usd, UsdGeom, UsdUtils
from maquette.film.errors import DiskFull, MediaError
from maquette.film.take import FIRST_FRAME, LONGEST_TAKE_S, Motion

SUFFIXES = (".usd", ".usda", ".usdc", ".usdz")
ROOT = "/Shot"
MARK = "Previsualisation · non-commercial research material"
"""What the material may be used for, where the metadata name nothing else as `research_mark`."""
SAVE_EVERY = 8
"""Frames between two saves: what is saved leaves the memory. A crate file only grows by what is new."""
LOW_BYTES = 1 << 20
"""A disk with less than this left is full: USD itself does not say why a write failed."""
_OWN_PICTURE = re.compile(r"(sky_)?[0-9a-f]{16}\.(png|exr)")


def first_frame(motion: Motion) -> int:
    """Number of the first frame, head handle included: the cut starts at 1001."""
    return FIRST_FRAME - motion.handles


class UsdFile:
    """A file in work. Layers are written as crate; a text file is converted at the end."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self._work = folder
        self.textures = folder / f"{path.stem}_textures"
        """Pictures go here; they lie beside the file under this name, or inside a .usdz."""
        self._crate = folder / f"{path.stem}.usdc"
        self.stage: Any = Usd.Stage.CreateNew(str(self._crate))

    def head(self, motion: Motion, title: str, metadata: Mapping[str, str]) -> None:
        """Units, rate, range, root prim and what is known about the shot."""
        stage, layer = self.stage, self.stage.GetRootLayer()
        UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.z)
        UsdGeom.SetStageMetersPerUnit(stage, 1.0)
        fps = motion.rate.fps
        stage.SetTimeCodesPerSecond(float(fps))
        stage.SetFramesPerSecond(float(fps))
        start = first_frame(motion)
        stage.SetStartTimeCode(start)
        stage.SetEndTimeCode(start + motion.total - 1)
        root = UsdGeom.Xform.Define(stage, ROOT)
        Usd.ModelAPI(root).SetKind(Kind.Tokens.assembly)
        root.GetPrim().SetDisplayName(title)
        stage.SetDefaultPrim(root.GetPrim())
        layer.documentation = f"{title}\n{metadata.get('research_mark', MARK)}"
        layer.customLayerData = {
            "maquette": {
                **{str(k): str(v) for k, v in metadata.items()},
                "title": title,
                "rate": f"{fps.numerator}/{fps.denominator}",
                "rateName": motion.rate.name,
                "firstFrameOfCut": FIRST_FRAME,
                "lastFrameOfCut": FIRST_FRAME + motion.frames - 1,
                "handles": motion.handles,
                "hold": motion.hold,
            }
        }

    def save(self) -> None:
        """Writes what is new and lets go of it."""
        self.stage.GetRootLayer().Save()

    def finish(self) -> None:
        """The whole file takes its name, its pictures first: whoever sees the file finds them."""
        self.save()
        kept: set[str] = set()
        made = self._crate
        if self.path.suffix.lower() == ".usda":
            made = self._crate.with_suffix(".usda")
            if not self.stage.GetRootLayer().Export(str(made)):
                raise OSError(f"{made.name} was not written")
        self.stage = None
        if self.path.suffix.lower() == ".usdz":
            made = self._crate.with_suffix(".usdz")
            if not UsdUtils.CreateNewUsdzPackage(str(self._crate), str(made)):
                raise OSError(f"{made.name} was not packed")
        elif self.textures.is_dir():
            beside = self.path.parent / self.textures.name
            beside.mkdir(exist_ok=True)
            for picture in sorted(self.textures.iterdir()):
                picture.replace(beside / picture.name)
                kept.add(picture.name)
        with made.open("rb") as written:
            os.fsync(written.fileno())
        made.replace(self.path)
        self._clear(kept)

    def _clear(self, kept: set[str]) -> None:
        """Pictures of an earlier file of this name that the new one does not use; what others put there stays."""
        beside = self.path.parent / self.textures.name
        if beside.is_dir():
            for old in beside.iterdir():
                if old.name not in kept and _OWN_PICTURE.fullmatch(old.name):
                    old.unlink()


@contextmanager
def usd_file(path: Path, motion: Motion) -> Iterator[UsdFile]:
    """A file to fill; it takes its name when the block ends well, and nothing is left when it does not.

    Raises MediaError for another suffix, a take too long, or a file that cannot be written; DiskFull on a full disk.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise MediaError(f'"{path.name}" is no name of a USD file: end it in {", ".join(SUFFIXES)}.')
    if motion.total < 1 or motion.rate.seconds(motion.total) > LONGEST_TAKE_S:
        raise MediaError(
            f"{path.name}: a take of {motion.total} frames cannot be written; "
            f"a take has at least 1 frame and lasts at most {LONGEST_TAKE_S} s."
        )
    if path.is_dir():
        raise MediaError(f"{path} is a folder: give the USD file another name.")
    folder: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{path.stem}.", suffix=".part", dir=path.parent))
        file = UsdFile(path, folder)
        yield file
        file.finish()
    except (OSError, Tf.ErrorException) as error:
        raise _failure(path, error) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _failure(path: Path, error: Exception) -> Exception:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or (path.parent.is_dir() and shutil.disk_usage(path.parent).free < LOW_BYTES):
        return DiskFull(f"The disk is full while writing {path}: free some space and run the command again.")
    # USD's own errors say first where in its source they arose, then in quotes what is wrong.
    said = re.search(r" : '([^']+)'", str(error))
    reason = getattr(error, "strerror", None) or (said.group(1) if said else str(error).strip()) or "no reason given"
    return MediaError(f"{path} cannot be written ({reason}): check the folder and try again.")
