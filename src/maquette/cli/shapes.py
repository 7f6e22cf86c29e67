"""The JSON that commands print. Every shape has a name and a version and is described in docs/json.md."""

from __future__ import annotations

from maquette.film.shot import Shot
from maquette.pipeline import BoardResult, Production, UpdateResult


def shot(s: Shot) -> dict[str, object]:
    """maquette.shot/1"""
    return {
        "shape": "maquette.shot/1",
        "number": s.number,
        "scene": s.scene_number,
        "status": s.status.value,
        "role": s.role.value,
        "framing": s.framing.value,
        "size": s.size.value,
        "angle": s.angle.value,
        "roll_deg": s.roll_deg,
        "lens_mm": s.lens_mm,
        "move": s.move.value,
        "subjects": list(s.subjects),
        "over": s.over,
        "text": s.text,
        "dialogue": s.dialogue,
        "notes": s.notes,
        "duration_s": float(s.duration_s),
        "duration_estimated": s.duration_estimated,
        "reason": s.reason,
        "script_line": s.source.line if s.source else None,
        "id": s.id,
    }


def production(p: Production) -> dict[str, object]:
    """maquette.production/1"""
    screenplay = p.screenplay
    return {
        "shape": "maquette.production/1",
        "folder": str(p.root),
        "title": screenplay.title,
        "scenes": [{"number": s.number, "heading": s.heading.text} for s in screenplay.scenes],
        "characters": [c.name for c in screenplay.cast],
        "shots": len(p.shots),
    }


def board(result: BoardResult) -> dict[str, object]:
    """maquette.board/1"""
    return {
        "shape": "maquette.board/1",
        "pdf": str(result.pdf),
        "contact_sheet": str(result.contact_sheet),
        "csv": str(result.csv),
        "panels": [
            {
                "number": panel.shot.number,
                "frame": panel.frame,
                "path": str(path),
                "request": panel.request,
                "new": panel.new,
                "notes": list(panel.notes),
            }
            for panel, path in result.panels
        ],
    }


def update(result: UpdateResult) -> dict[str, object]:
    """maquette.update/1"""
    return {
        "shape": "maquette.update/1",
        "draft": result.draft.number,
        "kept": len(result.shots.kept),
        "changes": [
            {"number": c.number, "scene": c.scene_number, "kind": c.kind.value, "reason": c.reason}
            for c in result.shots.changes
        ],
    }
