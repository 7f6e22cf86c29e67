"""Every error that Maquette raises on purpose. One sentence each: what is wrong, where, and the remedy.

MaquetteError
  ScriptError        a screenplay cannot be read            (names file and line)
  ShotError          a shot list is asked for the impossible
  StageError         a stage cannot be built
  RenderError        a renderer is missing or failed
  BoardError         a board cannot be laid out
  MediaError         pictures or sound cannot be read, encoded or exchanged
    TimelineError    an editor's file cannot be read, or does not fit the production
  StoreError         a production on disk cannot be opened, read or written
    NoProduction     there is none yet
    DiskFull         nothing left to write on; what was there is kept
  UsageError         a command was called with values that make no sense   (exit code 2)
    ControlError     a control is asked for an impossible value (names control, range and nearest valid value)
"""

from __future__ import annotations


class MaquetteError(Exception):
    """The root. `str(error)` is one clear sentence that names the place and the remedy."""


class ScriptError(MaquetteError):
    """A screenplay cannot be read."""


class ShotError(MaquetteError):
    """A shot list is asked for something impossible."""


class StageError(MaquetteError):
    """A stage cannot be built."""


class RenderError(MaquetteError):
    """A renderer is missing or failed."""


class BoardError(MaquetteError):
    """A board cannot be laid out."""


class MediaError(MaquetteError):
    """Pictures or sound cannot be read, encoded or exchanged."""


class TimelineError(MediaError):
    """An editor's file cannot be read, or does not fit the production."""


class StoreError(MaquetteError):
    """A production on disk cannot be opened, read or written."""


class NoProduction(StoreError):
    """There is no production in the folder, or its making was interrupted: `maquette new` makes it."""


class DiskFull(StoreError):
    """The disk is full. Everything committed before is still there."""


class UsageError(MaquetteError):
    """A command or function was called with values that make no sense."""


class ControlError(UsageError):
    """A control is asked for an impossible value: the sentence names the control, its range and the nearest value."""
