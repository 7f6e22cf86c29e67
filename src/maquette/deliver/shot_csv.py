"""The shot list as CSV: one row a shot, the words a first assistant director expects."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from maquette.film.shot import Shot

COLUMNS = ("number", "scene", "status", "role", "framing", "size", "angle", "lens_mm", "move", "subjects", "over",
           "duration_s", "action", "dialogue", "notes", "reason", "script_line")  # fmt: skip


def shot_list_csv(shots: Sequence[Shot]) -> str:
    """CSV text with a header row (RFC 4180: comma, double quotes, CRLF). Durations are estimates in seconds."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for s in shots:
        writer.writerow(
            _safe(v)
            for v in (
                s.number, s.scene_number, s.status.value, s.role.value, s.framing.value, s.size.value, s.angle.value,
                f"{s.lens_mm:g}", s.move.value, "; ".join(s.subjects), s.over or "", f"{float(s.duration_s):g}",
                s.text, s.dialogue, s.notes, s.reason, str(s.source.line) if s.source else "",
            )
        )  # fmt: skip
    return out.getvalue()


def _safe(value: str) -> str:
    """A leading = + - @ would run as a formula in a spreadsheet: an apostrophe keeps it text (OWASP)."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
