"""The overhead lighting plot: hand-made stages whose plan, levels and colours are known, drawn and read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from pypdf import PdfReader

from maquette.deliver.lighting_plot import lighting_plot_pdf, lighting_plot_svg
from maquette.deliver.plot_drawing import draw_plan
from maquette.deliver.plot_labels import Box
from maquette.deliver.plot_table import lamp_cells
from maquette.film.board import Paper
from maquette.film.errors import UsageError
from maquette.film.lighting import Lighting, LightPattern
from maquette.film.lighting_plot import (
    CameraPlace,
    GapKind,
    LightingPlot,
    PlotCamera,
    PlotFlag,
    PlotLamp,
    PlotMark,
    PlotWall,
    Quality,
    SourceKind,
    quality_of,
    set_up,
    set_ups,
)
from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import (
    Body,
    BodyKind,
    Lamp,
    LampRole,
    Moment,
    Opening,
    PlacedCamera,
    SetKind,
    SetPlan,
    facing_vector,
)
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.framing import Figure
from maquette.stage.plot import plot_of
from maquette.stage.plot_light import gel_of

SVG = "{http://www.w3.org/2000/svg}"
EYES = (0.0, 0.0, 1.6)
WHITE = (1.0, 1.0, 1.0)


def panel(
    name: str, role: LampRole, at: Sequence[float], to: Sequence[float] = EYES, *, size: float = 0.1,
    radiance: Sequence[float] = WHITE, beam: float = 0.0,
) -> Lamp:  # fmt: skip
    """A square lamp that shines at a point."""
    center, axis = np.array(at, float), np.subtract(to, at) / np.linalg.norm(np.subtract(to, at))
    right = np.cross(axis, (0.0, 0.0, 1.0))
    right /= np.linalg.norm(right)
    up = np.cross(right, axis)
    half = size / 2
    corners = [center + half * (x * right + y * up) for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1))]
    r, g, b = (float(v) for v in radiance)
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
    return Lamp(name, role, np.array(corners, np.float32), faces, (r, g, b), visible=False, beam=beam)


def boxes(name: str, *spans: tuple[tuple[float, float, float], tuple[float, float, float]]) -> Body:
    """A body of upright boxes, each given by two corners."""
    cube = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
    quads = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    faces = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))])
    vertices = np.concatenate([np.array(low) + cube * np.subtract(high, low) for low, high in spans])
    n = len(vertices)
    return Body(
        name, BodyKind.SET, vertices.astype(np.float32),
        np.concatenate([faces + 8 * i for i in range(len(spans))]).astype(np.uint32),
        np.full((n, 3), 0.5, np.float32), np.full(n, 0.8, np.float32),
    )  # fmt: skip


NORTH_WALL = boxes(
    "wall/north",
    ((-3.0, 3.0, 0.0), (-0.5, 3.2, 2.6)), ((0.5, 3.0, 0.0), (3.0, 3.2, 2.6)),
    ((-0.5, 3.0, 0.0), (0.5, 3.2, 0.9)), ((-0.5, 3.0, 2.1), (0.5, 3.2, 2.6)),
)  # fmt: skip
"""Six metres with a window of one metre in the middle."""
TABLE = boxes("set/table", ((1.0, -2.0, 0.7), (2.0, -1.5, 0.75)))


def room(*bodies: Body) -> SetPlan:
    window = Opening("window", (0.0, 3.0, 1.5), (0.0, -1.0, 0.0), 1.0, 1.2)
    return SetPlan(
        SetKind.NEUTRAL, (NORTH_WALL, TABLE, *bodies), (), (window,), (), (),
        ((-3.0, -3.0), (3.0, -3.0), (3.0, 3.0), (-3.0, 3.0)), 2.6, interior=True,
    )  # fmt: skip


def person(name: str, at: Sequence[float] = EYES, yaw_deg: float = 0.0) -> Figure:
    x, y, _ = facing_vector(yaw_deg)
    return Figure(name, {"eyes": np.array(at, float)}, np.array([x, y]), 1.75)


def moment(*lamps: Lamp, camera: PlacedCamera | None = None, bodies: Sequence[Body] = ()) -> Moment:
    camera = camera or PlacedCamera((0.0, -2.5, 1.5), (0.0, 0.0, 1.5), lens_mm=50.0)
    return Moment(tuple(bodies), lamps, None, camera)


def plotted(*moments: tuple[str, Moment], plan: SetPlan | None = None, who: str = "MARA") -> LightingPlot:
    told = [(number, m, {who: person(who)}) for number, m in moments]
    return plot_of(plan or room(), told, Lighting(), title="Test", scene="5", heading="INT. KITCHEN - NIGHT")


def drawn(plot: LightingPlot) -> ElementTree.Element:
    return ElementTree.fromstring(lighting_plot_svg(plot))


def words_of(root: ElementTree.Element) -> str:
    return " ".join(t.text or "" for t in root.iter(f"{SVG}text"))


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [g for g in root.iter() if name in g.get("class", "").split()]


# --- what the plot says ---------------------------------------------------------------------------------------


def test_equal_lamps_at_one_and_two_metres_are_two_stops_apart() -> None:
    key = panel("key", LampRole.KEY, (0.0, -1.0, 1.6))
    fill = panel("fill", LampRole.FILL, (2.0, 0.0, 1.6))
    plot = plotted(("1", moment(key, fill)))
    levels = {lamp.name: lamp.level_stops for lamp in plot.lamps}
    assert plot.subject == "MARA" and plot.reference == "1"
    assert levels["key"] == 0
    assert levels["fill"] == pytest.approx(-2.0, abs=0.02)
    assert [lamp.distance_m for lamp in plot.lamps] == [1.0, 2.0]


def test_double_radiance_is_a_stop_more_and_a_narrow_beam_off_axis_is_less() -> None:
    key = panel("key", LampRole.KEY, (0.0, -1.0, 1.6))
    fill = panel("fill", LampRole.FILL, (1.0, 0.0, 1.6), radiance=(2.0, 2.0, 2.0))
    # 60 degrees off the axis: cos^(1 + beam) = 1/2 to the fifth against an even lamp's 1/2.
    aside = (0.5 - 1.0, 3**0.5 / 2, 1.6)
    back = panel("back", LampRole.BACK, (-1.0, 0.0, 1.6), aside, beam=4.0)
    levels = {x.name: x.level_stops for x in plotted(("1", moment(key, fill, back))).lamps}
    assert levels["fill"] == pytest.approx(1.0, abs=0.02)
    assert levels["back"] == pytest.approx(-5.0, abs=0.05)


def test_what_stands_in_the_way_is_told_and_measured() -> None:
    screen = boxes("set/screen", ((0.9, -1.0, 0.0), (1.0, 1.0, 2.5)))
    key = panel("key", LampRole.KEY, (0.0, -1.0, 1.6))
    fill = panel("fill", LampRole.FILL, (2.0, 0.0, 1.6))
    fill_now = plotted(("1", moment(key, fill)), plan=room(screen)).lamps[1]
    assert fill_now.level_stops is None and "all hidden" in fill_now.notes


def test_where_no_key_is_read_levels_count_against_the_strongest() -> None:
    away = panel("key", LampRole.KEY, (0.0, -1.0, 1.6), (0.0, -3.0, 1.6))
    fill = panel("fill", LampRole.FILL, (2.0, 0.0, 1.6))
    plot = plotted(("1", moment(away, fill)))
    assert plot.reference == "2" and plot.lamps[1].level_stops == 0 and plot.lamps[0].level_stops is None
    assert "against 2 fill" in words_of(drawn(plot))


@pytest.mark.parametrize(
    ("beam", "size", "kind", "grip"),
    [
        (0.0, 1.0, SourceKind.SOFT, ""),
        (4.0, 0.8, SourceKind.SOFT, "grid"),
        (30.0, 0.45, SourceKind.FRESNEL, "barn doors"),
        (90.0, 0.45, SourceKind.FRESNEL, "spotted in"),
        (0.0, 0.2, SourceKind.FRESNEL, ""),
    ],
)
def test_symbol_and_grip_follow_size_and_beam(beam: float, size: float, kind: SourceKind, grip: str) -> None:
    lamp = plotted(("1", moment(panel("key", LampRole.KEY, (0.0, -2.0, 1.6), size=size, beam=beam)))).lamps[0]
    assert lamp.kind is kind
    assert (grip in lamp.notes) if grip else not {"grid", "barn doors", "spotted in"} & set(lamp.notes)
    assert lamp.size_m == pytest.approx((size, size), abs=0.01)


@pytest.mark.parametrize("kelvin", [2500, 3000, 4300, 5600, 9000])
def test_colour_temperature_comes_back(kelvin: int) -> None:
    radiance = [float(v) for v in 7 * kelvin_to_rgb(kelvin)]
    lamp = plotted(("1", moment(panel("key", LampRole.KEY, (0.0, -1.0, 1.6), radiance=radiance)))).lamps[0]
    assert lamp.kelvin == pytest.approx(kelvin, abs=50)


def test_gels_by_mired() -> None:
    assert gel_of(5600, 0.0) == "5600 K"
    assert gel_of(3200, 0.0) == "3200 K"
    # 333 - 312 = 21 mired warmer than tungsten, 179 - 133 = 45 colder than daylight.
    assert gel_of(3000, 0.0) == "3200 K + 1/8 CTO"
    assert gel_of(7500, 0.0) == "5600 K + 1/4 CTB"
    assert gel_of(3200, 0.01) == "3200 K + plus green"
    assert gel_of(None, 0.0) == "colour effect"


def test_quality_by_angle() -> None:
    assert [quality_of(w, 2.0) for w in (0.2, 0.5, 1.0)] == [Quality.HARD, Quality.MEDIUM, Quality.SOFT]
    assert quality_of(0.2, 0.0) is Quality.SOFT


def test_lamps_without_light_are_left_out_and_said_to_be_off() -> None:
    key = panel("key", LampRole.KEY, (0.0, -1.0, 1.6))
    fill = panel("fill", LampRole.FILL, (2.0, 0.0, 1.6))
    dark = panel("fill", LampRole.FILL, (2.0, 0.0, 1.6), radiance=(0.0, 0.0, 0.0))
    assert [x.name for x in plotted(("1", moment(key, dark))).lamps] == ["key"]
    plot = plotted(("1", moment(key, fill)), ("1A", moment(key, dark)))
    assert plot.lamps[1].shots == ("1",)
    assert [(c.shots, c.text) for c in plot.changes] == [(("1A",), "2 off")]


def test_changes_from_shot_to_shot() -> None:
    key = panel("key", LampRole.KEY, (0.0, -1.0, 1.6))
    moved = panel("key", LampRole.KEY, (-1.0, 0.0, 1.6))
    fill = panel("fill", LampRole.FILL, (2.0, 0.0, 1.6))
    low = replace(fill, radiance=(0.5, 0.5, 0.5))
    warm = replace(fill, radiance=tuple(float(v) for v in kelvin_to_rgb(3000)))
    wall = replace(NORTH_WALL, seen=False)
    plot = plotted(
        ("1", moment(key, fill)), ("1A", moment(moved, low)), ("1B", moment(moved, low)),
        ("1C", moment(key, warm, bodies=(wall,))),
    )  # fmt: skip
    assert [x.channel for x in plot.lamps] == ["1", "1b", "2"]
    assert [(c.shots, c.text) for c in plot.changes] == [
        (("1A", "1B"), "1 → 1b; 2 −1.0 stops"),
        (("1C",), "2 3000 K; north wall out"),
    ]
    assert plot.walls[0].out_in == ("1C",)
    assert set_ups(plot) == (("1", "1C"), ("1A", "1B"))


def test_each_set_up_has_its_own_small_plan() -> None:
    key = panel("key", LampRole.KEY, (0.0, -1.0, 1.6))
    moved = panel("key", LampRole.KEY, (-1.0, 0.0, 1.6))
    plot = plotted(("1", moment(key)), ("1A", moment(moved)))
    alone = set_up(plot, ("1A",))
    assert [x.channel for x in alone.lamps] == ["1b"]
    assert alone.high[1] - alone.low[1] < plot.high[1] - plot.low[1]
    root = drawn(plot)
    (plan,), (small,) = of_class(root, "plan"), of_class(root, "set-up")
    assert of_class(plan, "lamp-1") and not of_class(plan, "lamp-1b")
    assert of_class(small, "lamp-1b") and not of_class(small, "lamp-1")
    assert "Shot 1A" in words_of(small)


def test_people_keep_one_mark_and_the_way_they_look_by_shot() -> None:
    told = [(n, moment(), {"MARA": person("MARA", yaw_deg=yaw)}) for n, yaw in (("1", 0.0), ("1A", 90.0), ("1B", 95.0))]
    plot = plot_of(room(), told, Lighting(), title="Test")
    (mark,) = plot.marks
    assert mark.yaw_deg == 0 and mark.other_yaws == ((90.0, ("1A", "1B")),) and mark.shots == ()
    assert set_up(plot, ("1A",)).marks[0].yaw_deg == 90
    assert set_up(plot, ("1",)).marks[0].other_yaws == ()


def test_a_move_and_a_walk_have_both_ends() -> None:
    start = PlacedCamera((0.0, -2.5, 1.5), (0.0, 0.0, 1.5), lens_mm=50.0)
    end = replace(start, position=(0.0, -1.0, 1.2), lens_mm=35.0)
    told = [("1", moment(camera=start), {"MARA": person("MARA")}),
            ("1", moment(camera=end), {"MARA": person("MARA", (1.0, 0.0, 1.6))})]  # fmt: skip
    plot = plot_of(room(), told, Lighting(), title="Test")
    (camera,), (mark,) = plot.cameras, plot.marks
    assert camera.end is not None and camera.end.position == (0.0, -1.0) and camera.end.height_m == 1.2
    # tan(half angle) = sensor width / 2 / focal length.
    assert camera.start.half_angle_deg == pytest.approx(np.degrees(np.arctan(24.89 / 100)), abs=0.01)
    assert mark.to is not None and mark.to[0] - mark.position[0] == pytest.approx(1.0)
    assert "50 mm, 28°, h 1.5 m → 35 mm, h 1.2 m" in words_of(drawn(plot))


def test_walls_windows_furniture_and_flags() -> None:
    flag = replace(boxes("flag/negative fill", ((-1.0, -0.5, 0.8), (-0.98, 0.5, 2.0))), seen=False)
    plot = plotted(("1", moment(bodies=(flag,))))
    assert [w.outline for w in plot.walls] == [
        ((-3.0, 3.0), (-0.5, 3.0), (-0.5, 3.2), (-3.0, 3.2)),
        ((0.5, 3.0), (3.0, 3.0), (3.0, 3.2), (0.5, 3.2)),
    ]
    (gap,) = plot.gaps
    assert (gap.kind, gap.daylight, gap.inward) == (GapKind.WINDOW, True, (0.0, -1.0))
    assert sorted((gap.start, gap.end)) == [(-0.5, 3.1), (0.5, 3.1)] and gap.depth_m == pytest.approx(0.2)
    (table,) = plot.things
    assert table.label == "table"
    assert set(table.outlines[0]) == {(1.0, -2.0), (2.0, -2.0), (2.0, -1.5), (1.0, -1.5)}
    (found,) = plot.flags
    assert found.name == "negative fill" and (found.low_m, found.high_m) == (0.8, 2.0)
    assert abs(found.end[1] - found.start[1]) == pytest.approx(1.0) and found.outline == ()


def test_flags_that_are_alike_are_listed_together_and_flat_ones_are_outlined() -> None:
    told: list[tuple[str, Moment]] = []
    for i, number in enumerate(("1", "1A")):
        upright = boxes("flag/solid", ((-1.0, -0.5 + i, 0.8), (-0.98, 0.5 + i, 2.0)))
        flat = boxes("flag/top", ((0.0, i, 2.0), (1.0, 0.6 + i, 2.02)))
        told.append((number, moment(bodies=(upright, flat))))
    plot = plotted(*told)
    tops = [f for f in plot.flags if f.name == "top"]
    assert set(tops[0].outline) == {(0.0, 0.0), (1.0, 0.0), (1.0, 0.6), (0.0, 0.6)} and tops[0].shots == ("1",)
    words = words_of(drawn(plot))
    assert words.count("1.0 × 1.2 m, h 0.8–2.0 m in 1, 1A") == 1
    assert words.count("1.0 × 0.6 m, flat, h 2.0 m in 1, 1A") == 1


def test_the_sun_has_a_bearing_from_the_stages_north() -> None:
    sun = panel("sun", LampRole.SUN, (400.0, 0.0, 400.0), (0.0, 0.0, 0.0), size=4.0, radiance=(1e5, 1e5, 1e5))
    outside = replace(room(), interior=False, openings=())
    told = [("1", moment(sun), {"MARA": person("MARA")})]
    for north, bearing in ((0.0, 90.0), (90.0, 0.0)):
        plot = plot_of(outside, told, Lighting(interior=False), title="Test", north_deg=north)
        assert plot.sun is not None and not plot.sun.moon
        assert plot.sun.azimuth_deg % 360 == pytest.approx(bearing, abs=0.2)
        assert plot.sun.elevation_deg == pytest.approx(45.0, abs=0.2)
        assert plot.lamps[0].height_m is None and plot.lamps[0].quality is Quality.HARD


# --- how it is drawn ------------------------------------------------------------------------------------------


def sheet(**changes: object) -> LightingPlot:
    """Ten metres square: drawn in 100 x 100 mm it is 1:100."""
    lamp = PlotLamp(channel="1", name="key", role=LampRole.KEY, kind=SourceKind.FRESNEL, position=(2.0, 3.0),
                    height_m=2.4, direction=(0.0, -1.0), aim=(2.0, 0.0), kelvin=3200, level_stops=0.0)  # fmt: skip
    place = CameraPlace(position=(0.0, -4.0), height_m=1.5, look_at=(0.0, 0.0), half_angle_deg=20.0, lens_mm=35.0)
    plot = LightingPlot(
        title="Test", scene="5", heading="INT. KITCHEN - NIGHT", shots=("1",), low=(-5.0, -5.0), high=(5.0, 5.0),
        walls=(PlotWall(name="wall/north", outline=((-4.0, 4.0), (4.0, 4.0), (4.0, 4.2), (-4.0, 4.2))),),
        marks=(PlotMark(name="MARA", position=(0.0, 0.0), yaw_deg=90.0, eyes_m=1.6),),
        cameras=(PlotCamera(shots=("1",), start=place),), lamps=(lamp,), reference="1", subject="MARA",
    )  # fmt: skip
    return plot.model_copy(update=changes)


FRAME = Box(0.0, 0.0, 100.0, 100.0)


def plan_svg(plot: LightingPlot) -> ElementTree.Element:
    return ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{draw_plan(plot, FRAME).svg}</svg>')


def transforms(root: ElementTree.Element) -> list[tuple[float, ...]]:
    found = (re.findall(r"-?[\d.]+", g.get("transform", "")) for g in root.iter(f"{SVG}g"))
    return [tuple(float(v) for v in values) for values in found if len(values) == 3]


def test_symbols_stand_where_the_stage_has_them_and_point_the_same_way() -> None:
    root = plan_svg(sheet())
    # 10 mm a metre, the middle of the frame is the stage's origin, y up the sheet; turned clockwise.
    assert transforms(of_class(root, "lamp-1")[0]) == [(70.0, 20.0, 90.0)]
    assert transforms(of_class(root, "camera-1")[0]) == [(50.0, 90.0, -90.0)]
    # Yaw 90 looks along +X: to the right.
    assert transforms(of_class(root, "cast")[0]) == [(50.0, 50.0, 0.0)]
    walls = of_class(root, "walls")[0].find(f"{SVG}path")
    assert walls is not None and walls.get("d") == "M10 10L90 10L90 8L10 8Z"


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    plan = draw_plan(sheet(), FRAME)
    assert plan.view.scale == 100
    (bar,) = of_class(plan_svg(sheet()), "scale-bar")
    outline = bar.find(f"{SVG}rect")
    assert outline is not None and float(outline.get("width", "0")) == 50.0
    assert [t.text for t in bar.iter(f"{SVG}text")] == ["0", "1", "5 m"]


def test_the_scale_is_the_largest_that_fits_the_paper_and_is_printed() -> None:
    scales: dict[Paper, int] = {}
    for paper in Paper:
        found = re.search(r"Scale 1:(\d+) on", words_of(ElementTree.fromstring(lighting_plot_svg(sheet(), paper))))
        assert found
        scales[paper] = int(found.group(1))
    assert scales[Paper.A4] == scales[Paper.LETTER] == scales[Paper.LEGAL] == 75
    assert scales[Paper.A3] == scales[Paper.TABLOID] == 50


def crowd() -> LightingPlot:
    """Lamps, people, cameras and flags close together."""
    base = sheet()
    lamps = [base.lamps[0].model_copy(update={"channel": str(i + 1), "position": (0.5 * (i % 4), 0.4 * (i // 4))})
             for i in range(14)]  # fmt: skip
    marks = [base.marks[0].model_copy(update={"name": f"PERSON {i}", "position": (0.4 * i - 1, -0.6)})
             for i in range(5)]  # fmt: skip
    place = base.cameras[0].start
    cameras = [
        PlotCamera(shots=(f"{i}",), start=place.model_copy(update={"position": (0.3 * i, -2.0)})) for i in range(8)
    ]
    flags = [PlotFlag(name="flag", start=(-1.0, 0.2 * i), end=(0.0, 0.2 * i), low_m=0.5, high_m=2) for i in range(4)]
    return sheet(lamps=tuple(lamps), marks=tuple(marks), cameras=tuple(cameras), flags=tuple(flags))


def test_labels_do_not_lie_on_one_another_nor_leave_the_plan() -> None:
    labels = draw_plan(crowd(), FRAME).labels
    assert {f"{i + 1}" for i in range(14)} <= {name for name, _ in labels}
    assert all(not a.meets(b) for (_, a), (_, b) in combinations(labels, 2))
    assert all(box.within(FRAME) for _, box in labels)


def test_nothing_is_set_smaller_than_six_and_a_half_points() -> None:
    for plot in (sheet(), crowd()):
        sizes = [float(t.get("font-size", "0")) for t in drawn(plot).iter(f"{SVG}text")]
        assert sizes and min(sizes) >= 6.5 * 25.4 / 72 - 0.001


def test_the_table_says_what_the_drawing_says() -> None:
    plot = plotted(("1", moment(panel("key", LampRole.KEY, (0.0, -1.0, 1.6)),
                                panel("fill", LampRole.FILL, (2.0, 0.0, 1.6)))))  # fmt: skip
    root = drawn(plot)
    (table,), (labels,) = of_class(root, "lamp-table"), of_class(root, "labels")
    for lamp in plot.lamps:
        cells = [cell for cell in lamp_cells(lamp, plot) if cell]
        assert all(word in words_of(table).split() for cell in cells for word in cell.split())
        assert lamp.channel in words_of(labels).split() and f"{lamp.kelvin} K" in words_of(labels)
    assert "0 (key)" in words_of(table) and "−2.0" in words_of(table)


def test_what_is_asked_stands_beside_the_plan() -> None:
    lighting = Lighting(pattern=LightPattern.REMBRANDT, key_kelvin=3000, key_fill_ratio=4, time_of_day=TimeOfDay.NIGHT)
    plot = plot_of(room(), [("1", moment(), {})], lighting, title="Test")
    facts = dict(plot.facts)
    assert (facts["time"], facts["pattern"], facts["key colour"], facts["key to fill"]) == (
        "night", "rembrandt", "3000 K", "4:1",
    )  # fmt: skip
    assert "rembrandt" in words_of(drawn(plot))


HOSTILE = "<b>&\"' #{1} ]]> $x$ \\u{0} *_ #import \u202e\x00"


def test_hostile_names_are_words_and_nothing_else() -> None:
    base = sheet()
    plot = sheet(
        title=HOSTILE, heading=HOSTILE, scene=HOSTILE, shots=(HOSTILE,), draft=HOSTILE, facts=((HOSTILE, HOSTILE),),
        lamps=(base.lamps[0].model_copy(update={"name": HOSTILE, "aimed_at": HOSTILE, "notes": (HOSTILE,)}),),
        marks=(base.marks[0].model_copy(update={"name": HOSTILE}),),
        cameras=(base.cameras[0].model_copy(update={"shots": (HOSTILE,)}),),
        flags=(PlotFlag(name=HOSTILE, start=(0, 0), end=(1, 0), low_m=0, high_m=1, shots=(HOSTILE,)),),
        subject=HOSTILE, notes=(HOSTILE,),
    )  # fmt: skip
    root = drawn(plot)
    assert {g.tag.removeprefix(SVG) for g in root.iter()} <= {
        "svg", "title", "pattern", "rect", "line", "g", "path", "circle", "text", "clipPath",
    }  # fmt: skip
    assert "<b>&\"' #{1} ]]> $x$" in words_of(root) and "\u202e" not in words_of(root)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(lighting_plot_pdf([plot]))).pages)
    assert "#{1}" in text and "$x$" in text


def test_pdf_has_a_landscape_page_a_scene_and_its_words() -> None:
    pdf = PdfReader(BytesIO(lighting_plot_pdf([sheet(), sheet(scene="6", draft="Blue")])))
    assert len(pdf.pages) == 2
    assert float(pdf.pages[0].mediabox.width) == pytest.approx(841.9, abs=0.5)
    first, second = (page.extract_text() for page in pdf.pages)
    for words in ("Scene 5", "INT. KITCHEN - NIGHT", "LIGHTING PLOT", "MARA", "3200 K", "fresnel", "h 2.4"):
        assert words in first
    assert "Scene 6" in second and "Blue" in second


def test_a_long_table_goes_on_overleaf_and_down_the_svg() -> None:
    base = sheet().lamps[0]
    lamps = tuple(base.model_copy(update={"channel": str(i + 1), "name": f"lamp {i + 1}"}) for i in range(70))
    plot = sheet(lamps=lamps)
    pages = [page.extract_text() for page in PdfReader(BytesIO(lighting_plot_pdf([plot]))).pages]
    assert len(pages) >= 2 and "lamp 70" in pages[-1]
    words = words_of(drawn(plot))
    assert all(f"lamp {i + 1}" in words for i in range(70))
    assert float(drawn(plot).get("viewBox", "").split()[3]) > 210


def test_a_scene_without_lamps_people_or_shots() -> None:
    plot = plot_of(room(), [], Lighting(), title="Test", scene="9")
    assert plot.lamps == () and plot.reference == "" and plot.cameras == ()
    words = words_of(drawn(plot))
    assert "No lamps are set for this scene." in words and "No shots" in words
    assert len(PdfReader(BytesIO(lighting_plot_pdf([plot]))).pages) == 1
    with pytest.raises(UsageError, match="no scene to plot"):
        lighting_plot_pdf([])


def test_the_same_stage_gives_the_same_sheet() -> None:
    made = [plotted(("1", moment(panel("key", LampRole.KEY, (0.0, -1.0, 1.6))))) for _ in range(2)]
    assert all(a == b and lighting_plot_svg(a) == lighting_plot_svg(b) for a, b in pairwise(made))
