"""Names of files."""

from __future__ import annotations


def file_name(number: str) -> str:
    """A shot's or scene's number as a part of a file name, whatever signs the script gave it."""
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in number)
