"""The plan itself, to scale in a frame on the sheet: set, light, people, cameras, and labels that keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

from maquette.deliver import plot_rig, plot_set
from maquette.deliver.plot_labels import Box, Placed, Placer
from maquette.deliver.plot_symbols import TAG_R, channel_tag, tag_width
from maquette.deliver.plot_text import GREY, INK, PAPER, PT, group, line, rect, text, text_width
from maquette.deliver.plot_view import CAMERA_INSET_MM, View, box_around, on_paper, scale_for, way
from maquette.film.lighting_plot import LightingPlot, PlotCamera, PlotGap, PlotLamp, PlotThing, Point, SourceKind

SMALL, BODY = 6.5 * PT, 7 * PT
LEADING = 1.16
UNDER_CAST = frozenset({SourceKind.WINDOW, *plot_rig.WIDE})
"""Large symbols, that would hide a person."""


@dataclass(frozen=True)
class Drawn:
    """A finished plan."""

    svg: str
    view: View
    labels: tuple[tuple[str, Box], ...]
    """Every label's first line and the place it took: no two of them meet."""


def draw_plan(plot: LightingPlot, frame: Box, *, inset: str = "") -> Drawn:
    """The plan of `plot` in a frame, mm, as large as it fits. `inset` names a small one that stands beside others."""
    view = View(plot, frame, scale_for(plot, frame.x1 - frame.x0, frame.y1 - frame.y0))
    placer = Placer(frame)
    f, w, h = frame, frame.x1 - frame.x0, frame.y1 - frame.y0
    clip = f'<clipPath id="frame{inset}">{rect(f.x0, f.y0, w, h)}</clipPath>'
    corners = [] if inset else plot_set.corners(view, placer)
    inside = [
        rect(f.x0, f.y0, w, h, fill=PAPER),
        plot_set.ground(view),
        plot_set.grid(view),
        group([plot_set.thing(view, t) for t in plot.things], "set"),
        group([plot_rig.beam(view, lamp) for lamp in plot.lamps], "beams"),
        plot_set.walls(view, placer),
        group([plot_rig.views(view, c, placer) for c in plot.cameras], "views"),
        group([plot_rig.lamp(view, lamp, placer) for lamp in plot.lamps if lamp.kind in UNDER_CAST], "lamps"),
        group([plot_rig.mark(view, m, placer) for m in plot.marks], "cast"),
        group([plot_rig.lamp(view, lamp, placer) for lamp in plot.lamps if lamp.kind not in UNDER_CAST], "lamps"),
        group([plot_rig.flag(view, x, placer) for x in plot.flags], "flags"),
        group([plot_rig.camera(view, c, placer) for c in plot.cameras], "cameras"),
    ]
    labels = _Labels(view, placer)
    labels.all()
    parts = [
        group(inside, clip_path=f"url(#frame{inset})"),
        rect(f.x0, f.y0, w, h, stroke=INK, width=0.35),
        plot_set.axes(view),
        *corners,
        group(labels.parts, "labels"),
    ]
    return Drawn(clip + group(parts, "inset" if inset else "plan"), view, tuple(labels.placed))


@dataclass
class _Labels:
    """Writes names beside things, the ones that matter most first."""

    view: View
    placer: Placer
    parts: list[str] = field(default_factory=list)
    placed: list[tuple[str, Box]] = field(default_factory=list)

    def all(self) -> None:
        plot = self.view.plot
        for lamp in plot.lamps:
            self._lamp(lamp)
        self._people()
        for camera in plot.cameras:
            self._camera(camera)
        for flag in plot.flags:
            a, b = self.view.at(flag.start), self.view.at(flag.end)
            shots = f" ({_some(flag.shots)})" if flag.shots else ""
            self._put((flag.name + shots,), ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), 1.2)
        lit = [x.position for x in plot.lamps if x.kind is SourceKind.WINDOW and x.position is not None]
        for gap in plot.gaps:
            if gap.depth_m > 0 and not any(_apart(p, gap) < 0.5 for p in lit):
                self._gap(gap)
        for thing in (t for t in (*plot.things, *plot.ground) if t.label):
            self._thing(thing)

    def _lamp(self, lamp: PlotLamp) -> None:
        """The channel with height and colour beside it."""
        if lamp.position is None:
            return
        at, pulled = self.view.shown_at(lamp.position)
        words = self._words(lamp, pulled)
        tag = tag_width(lamp.channel)
        wide = max((text_width(w, SMALL) for w in words), default=0.0)
        w = tag + (0.9 + wide if words else 0.0)
        h = max(2 * TAG_R, len(words) * SMALL * LEADING)
        ux, uy = on_paper(lamp.direction) if lamp.direction else (0.0, 0.0)
        least = 2.6 if lamp.kind is not SourceKind.WINDOW else 1.4
        placed = self.placer.place(at, w + 0.5, h + 0.4, least, towards=(-ux, -uy))
        if placed is None:
            return
        box = placed.box
        middle = (box.y0 + box.y1) / 2
        self._leader(placed)
        self.parts.append(channel_tag(lamp, box.x0 + 0.25 + tag / 2, middle))
        top = middle - len(words) * SMALL * LEADING / 2
        for i, word in enumerate(words):
            baseline = top + (i * LEADING + 0.92) * SMALL
            self.parts.append(text(box.x0 + 0.25 + tag + 0.9, baseline, word, SMALL, plate=True))
        self.placed.append((lamp.channel, box))

    def _words(self, lamp: PlotLamp, pulled: bool) -> list[str]:
        if lamp.kind is SourceKind.WINDOW:
            near = [g.name for g in self.view.plot.gaps if lamp.position and _apart(lamp.position, g) < 0.5]
            return near[:1]
        words = [f"h {lamp.height_m:.1f}"] if lamp.role in plot_rig.CREW and lamp.height_m is not None else []
        words.append(f"{lamp.kelvin} K" if lamp.kelvin else "colour")
        if pulled and lamp.distance_m is not None:
            words.append(f"{lamp.distance_m:.0f} m away")
        return words

    def _people(self) -> None:
        said: set[str] = set()
        for mark in self.view.plot.marks:
            at, _ = self.view.shown_at(mark.position)
            again = mark.name in said and mark.shots
            name = f"{mark.name} ({mark.shots[0]}{' …' if len(mark.shots) > 1 else ''})" if again else mark.name
            said.add(mark.name)
            self._put((name,), at, self.view.person_mm / 2 + 0.4, bold=1)

    def _camera(self, camera: PlotCamera) -> None:
        at, _ = self.view.shown_at(camera.start.position, CAMERA_INSET_MM)
        ux, uy, _ = way(at, self.view.at(camera.start.look_at))
        start, end = camera.start, camera.end
        lens = f"{start.lens_mm:g}" + (f"–{end.lens_mm:g}" if end and end.lens_mm != start.lens_mm else "")
        lines = (", ".join(camera.shots), f"{lens} mm, h {start.height_m:.1f}")
        self._put(lines, (at[0] - 4 * ux, at[1] - 4 * uy), 2.3, bold=1)

    def _gap(self, gap: PlotGap) -> None:
        a, b = self.view.at(gap.start), self.view.at(gap.end)
        ux, uy = on_paper(gap.inward)
        least = 1.2 + gap.depth_m / 2 * self.view.mm_per_m
        self._put((gap.name,), ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), least, fill=GREY, towards=(-ux, -uy), farthest=5)

    def _thing(self, thing: PlotThing) -> None:
        """Its name inside its largest piece where there is room, else close by, else not at all."""
        seen = [s for o in thing.outlines if (s := self._seen(box_around([self.view.at(p) for p in o]))) is not None]
        if not seen:
            return
        w = text_width(thing.label, SMALL) + 0.8
        largest = max(seen, key=lambda b: (b.x1 - b.x0) * (b.y1 - b.y0))
        roomy = w < largest.x1 - largest.x0 and largest.y1 - largest.y0 > SMALL
        middle = ((largest.x0 + largest.x1) / 2, (largest.y0 + largest.y1) / 2)
        self._put((thing.label,), middle, 0.3, fill=GREY, inside=roomy, farthest=4.5 if roomy else 2.7)

    def _seen(self, box: Box) -> Box | None:
        """The part of a box that is on the sheet; None where that is hardly any."""
        f = self.view.frame
        seen = Box(max(box.x0, f.x0), max(box.y0, f.y0), min(box.x1, f.x1), min(box.y1, f.y1))
        return seen if seen.x1 - seen.x0 > 2 and seen.y1 - seen.y0 > 1 else None

    def _put(
        self, lines: tuple[str, ...], at: Point, least: float, *, bold: int = 0, fill: str = INK,
        towards: Point | None = None, inside: bool = False, farthest: float = 60.0,
    ) -> None:  # fmt: skip
        """Lines of text beside a point, the first `bold` of them heavy."""
        sizes = [BODY if i < bold else SMALL for i in range(len(lines))]
        w = max(text_width(t, s, bold=i < bold) for i, (t, s) in enumerate(zip(lines, sizes, strict=True)))
        h = sum(sizes) * LEADING
        placed = self.placer.place(at, w + 1.2, h + 0.3, least, towards=towards, inside=inside, farthest=farthest)
        if placed is None:
            return
        self._leader(placed)
        x, y = (placed.box.x0 + placed.box.x1) / 2, placed.box.y0 + 0.15
        for i, (words, size) in enumerate(zip(lines, sizes, strict=True)):
            heavy, baseline = i < bold, y + 0.88 * size
            self.parts.append(text(x, baseline, words, size, bold=heavy, fill=fill, anchor="middle", plate=True))
            y += size * LEADING
        self.placed.append((lines[0], placed.box))

    def _leader(self, placed: Placed) -> None:
        if placed.leader:
            self.parts.append(line(*placed.leader[0], *placed.leader[1], 0.18, GREY))


def _some(shots: Sequence[str]) -> str:
    return ", ".join(shots[:3]) + (" …" if len(shots) > 3 else "")


def _apart(p: Point, gap: PlotGap) -> float:
    """Metres between a place and the middle of a gap."""
    return hypot(p[0] - (gap.start[0] + gap.end[0]) / 2, p[1] - (gap.start[1] + gap.end[1]) / 2)
