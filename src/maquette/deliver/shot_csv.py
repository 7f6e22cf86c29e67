"""The shot list as CSV: one row a shot, the words a first assistant director expects."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from maquette.film.shot import Shot

COLUMNS = ("number", "scene", "status", "role", "framing", "size", "angle", "lens_mm", "move", "subjects", "over",
           "duration_s", "action", "dialogue", "notes", "reason", "script_line")  # fmt: skip

MARK_COLUMN = "use"
"""What the material may be used for. A column, the last one: a remark above the header would be the header to every
program that reads CSV, and a row below the last shot would be a shot; in each row it survives sorting and filtering."""


def shot_list_csv(shots: Sequence[Shot], research_mark: str = "") -> str:
    """CSV text with a header row (RFC 4180: comma, double quotes, CRLF). Durations are estimates in seconds.

    research_mark: what the material may be used for, in a last column; without one there is no such column.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    marked = [research_mark] if research_mark else []
    writer.writerow([*COLUMNS, *([MARK_COLUMN] if marked else [])])
    for s in shots:
        writer.writerow(
            safe(v)
            for v in (
                s.number, s.scene_number, s.status.value, s.role.value, s.framing.value, s.size.value, s.angle.value,
                f"{s.lens_mm:g}", s.move.value, "; ".join(s.subjects), s.over or "", f"{float(s.duration_s):g}",
                s.text, s.dialogue, s.notes, s.reason, str(s.source.line) if s.source else "", *marked,
            )
        )  # fmt: skip
    return out.getvalue()


def safe(value: str) -> str:
    """A leading = + - @ would run as a formula in a spreadsheet: an apostrophe keeps it text (OWASP)."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
