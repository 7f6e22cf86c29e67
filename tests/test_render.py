"""Moment -> Passes: light by known answers, passes by geometry, and one kernel for every panel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from maquette.film.errors import RenderError
from maquette.film.face import Head
from maquette.film.passes import Passes
from maquette.film.stage import (
    Body,
    BodyKind,
    Haze,
    Lamp,
    LampRole,
    Moment,
    PlacedCamera,
    Sky,
    Texture,
)
from maquette.render import variants
from maquette.render.lights import SLOTS, build_lights, sky_map
from maquette.render.renderer import Renderer
from maquette.render.world import build_world
from maquette.stage.mesh import assemble, box, quad, sphere

SIZE = (64, 36)
ACROSS = PlacedCamera(position=(0, -4, 1), look_at=(0, 0, 1), lens_mm=24)
DARK = Sky(np.zeros((4, 8, 3), np.float32))


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


def lamp(center: tuple[float, float, float], half: float, radiance: float, visible: bool) -> Lamp:
    """A square lamp that shines down."""
    x, y, z = center
    corners = [[x - half, y - half, z], [x - half, y + half, z], [x + half, y + half, z], [x + half, y - half, z]]
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
    return Lamp("top", LampRole.KEY, np.array(corners, np.float32), faces, (radiance, radiance, radiance), visible)


def floor(color: float = 0.5, half: float = 20.0) -> Body:
    corners = [[-half, -half, 0], [half, -half, 0], [half, half, 0], [-half, half, 0]]
    return assemble("set/floor", BodyKind.SET, [quad(corners, (color, color, color), roughness=1.0)])


def ball(color: tuple[float, float, float] = (0.5, 0.5, 0.5), z: float = 1.0) -> Body:
    return assemble("prop/ball", BodyKind.PROP, [sphere(0.5, color, segments=48, roughness=1.0).moved(z=z)])


def moment(
    *bodies: Body, lamps: tuple[Lamp, ...] = (), sky: Sky | None = DARK, camera: PlacedCamera = ACROSS
) -> Moment:
    return Moment(bodies, lamps, sky, camera)


def even_sky(radiance: float) -> Sky:
    return Sky(np.full((8, 16, 3), radiance, np.float32))


def picture(renderer: Renderer, stage: Moment, spp: int = 16, depth: int = 4, seed: int = 3) -> Passes:
    return renderer.render(stage, *SIZE, spp, depth, seed)


# --- light ----------------------------------------------------------------------------------------------------


def test_a_small_lamp_lights_the_floor_by_the_inverse_square_law(renderer: Renderer) -> None:
    down = PlacedCamera(position=(0, 0, 3), look_at=(0, 0, 0), lens_mm=80)
    radiance, half, height = 50.0, 0.1, 4.0
    stage = moment(floor(0.6), lamps=(lamp((0, 0, height), half, radiance, False),), camera=down)
    seen = picture(renderer, stage, depth=2).beauty[14:22, 28:36].mean()
    lambert = 0.6 / np.pi * radiance * (2 * half) ** 2 / height**2
    assert lambert < seen < lambert * 1.12, "Lambert's share, and a little gloss on top"


def test_a_grey_body_under_an_even_sky_returns_its_share(renderer: Renderer) -> None:
    seen = picture(renderer, moment(ball((0.5, 0.5, 0.5)), sky=even_sky(0.7)), spp=64)
    on_ball = seen.beauty[seen.mask("prop/ball")]
    assert 0.5 * 0.7 < on_ball.mean() < 0.65 * 0.7, "half, and a little gloss on top"


def test_a_hidden_lamp_lights_but_is_not_seen(renderer: Renderer) -> None:
    facing = Lamp(
        "panel",
        LampRole.KEY,
        np.array([[-1, 0, 0.5], [1, 0, 0.5], [1, 0, 1.5], [-1, 0, 1.5]], np.float32),
        np.array([[0, 1, 2], [0, 2, 3]], np.uint32),
        (5.0, 5.0, 5.0),
        visible=False,
    )
    hidden = picture(renderer, moment(floor(), lamps=(facing,)))
    shown = picture(renderer, moment(floor(), lamps=(replace(facing, visible=True),)))
    assert shown.beauty[18, 32].min() == pytest.approx(5.0, rel=0.05)
    assert hidden.beauty[18, 32].max() < 0.05
    assert hidden.beauty[30:].mean() > 0.05
    assert "lamp/panel" in shown.object_names and "lamp/panel" not in hidden.object_names


def test_hidden_lamps_cast_no_shadows(renderer: Renderer) -> None:
    down = PlacedCamera(position=(0, 0, 3), look_at=(0, 0, 0), lens_mm=80)
    above = lamp((0, 0, 4), 0.3, 20.0, False)
    dead = replace(lamp((0, 0, 3.5), 1.0, 0.0, False), name="off")
    alone = picture(renderer, moment(floor(), lamps=(above,), camera=down)).beauty.mean()
    both = picture(renderer, moment(floor(), lamps=(above, dead), camera=down)).beauty.mean()
    assert both == pytest.approx(alone, rel=0.02)


def test_emission_is_seen_and_lights_nothing(renderer: Renderer) -> None:
    screen = assemble("prop/screen", BodyKind.PROP, [box((1, 0.1, 1)).moved(z=0.5).glowing((0.2, 0.5, 2.0))])
    seen = picture(renderer, moment(floor(), screen))
    assert seen.beauty[18, 32] == pytest.approx([0.2, 0.5, 2.0], rel=0.05)
    assert seen.beauty[seen.mask("set/floor")].max() < 0.2, "only what the denoiser smears at the edge"


def test_the_sky_stands_the_right_way_round(renderer: Renderer) -> None:
    radiance = np.zeros((32, 64, 3), np.float32)
    radiance[:16, 3:5] = (1, 0, 0)  # azimuth 20 degrees from +Y towards +X, above the horizon
    seen = picture(renderer, moment(sky=Sky(radiance))).beauty[..., 0]
    rows, columns = np.nonzero(seen > 0.5)
    assert columns.min() > SIZE[0] // 2 and rows.max() < SIZE[1] // 2 + 1


def test_haze_follows_beer_and_lambert(renderer: Renderer) -> None:
    wall = assemble("wall/far", BodyKind.SET, [quad([[-9, 5, -9], [9, 5, -9], [9, 5, 9], [-9, 5, 9]], (0, 0, 0))])
    hazy = replace(moment(wall), haze=Haze(0.1, (1.0, 1.0, 1.0)))
    assert picture(renderer, hazy).beauty[18, 32] == pytest.approx(1 - np.exp(-0.1 * 9), abs=0.01)


def test_the_scalar_engine_agrees_with_the_compiled_one(renderer: Renderer) -> None:
    if renderer.choice.name == variants.SCALAR:
        pytest.skip("only one engine on this machine")
    stage = moment(floor(), ball(), lamps=(lamp((1, -1, 4), 0.5, 8.0, False),), sky=even_sky(0.3))
    one = picture(renderer, stage, spp=64)
    other = picture(Renderer(variants.VariantChoice(variants.SCALAR, "for comparison", "")), stage, spp=64)
    assert other.beauty.mean() == pytest.approx(one.beauty.mean(), rel=0.04)
    assert np.abs(other.beauty - one.beauty).mean() < 0.05 * one.beauty.mean()
    assert (other.part_id == one.part_id).mean() > 0.999
    assert np.allclose(other.position, one.position, atol=1e-3)


def in_a_room() -> Moment:
    """A ball in a room whose near wall is wild, between two film lamps and a lamp that is seen."""
    wild = replace(
        assemble(
            "wall/near", BodyKind.SET, [quad([[-9, -2, -1], [9, -2, -1], [9, -2, 6], [-9, -2, 6]], (0.6, 0.2, 0.1))]
        ),
        seen=False,
    )
    lamps = (lamp((1, -1, 3), 0.5, 8.0, False), lamp((1, -1, 2.5), 0.3, 4.0, False), lamp((-1.5, 1, 2), 0.4, 5.0, True))
    front = np.array([[0.3, -0.6, 1.2], [-0.3, -0.6, 1.2]], np.float32), np.array([[0, -1, 0]] * 2, np.float32)
    head = Head("MARA", np.eye(3), np.array([0, -0.6, 1.2]), 1.7, np.array([0, -0.1, 1.6]), 1.5, *front)
    return replace(moment(floor(), ball(), wild, lamps=lamps, sky=even_sky(0.3)), heads=(head,))


def test_one_scene_shows_what_four_show(renderer: Renderer) -> None:
    """GPUs look into one scene alone: through wild walls and film lamps, which those may not be blocked by either."""
    if renderer.choice.name == variants.SCALAR:
        pytest.skip("only compiled engines have scenes like these")
    from maquette.render.compiled import CompiledEngine

    one, four = Renderer(), Renderer()
    one._engine, four._engine = CompiledEngine(one_scene=True), CompiledEngine(one_scene=False)
    pictures = [picture(r, in_a_room(), spp=16) for r in (one, four)]
    assert np.allclose(pictures[0].beauty, pictures[1].beauty, rtol=0.01, atol=1e-4)
    assert np.array_equal(pictures[0].part_id, pictures[1].part_id)
    assert np.allclose(pictures[0].position, pictures[1].position, atol=1e-5)
    seen = [pictures[0].part_names[i] for i in np.unique(pictures[0].part_id)]
    assert any(n.startswith("prop/ball") for n in seen) and not any(n.startswith("wall/near") for n in seen)
    readings = [r.meter(in_a_room(), 16 / 9, 1) for r in (one, four)]
    assert np.allclose(readings[0].face, readings[1].face, rtol=1e-3, atol=1e-6)


def test_a_gpu_agrees_with_the_processor(renderer: Renderer) -> None:
    if not variants._gpu_works():
        pytest.skip("no NVIDIA GPU on this machine")
    if not variants.find_llvm()[0]:
        pytest.skip("no LLVM to compare with on this machine")
    found = [
        picture(Renderer(variants.VariantChoice(name, "for comparison", "")), in_a_room(), spp=64)
        for name in (variants.CUDA, variants.LLVM)
    ]
    assert np.allclose(found[0].beauty, found[1].beauty, rtol=0.02, atol=1e-3)
    assert (found[0].part_id == found[1].part_id).mean() > 0.999


# --- passes ---------------------------------------------------------------------------------------------------


def test_passes_measure_the_stage(renderer: Renderer) -> None:
    facing = assemble(
        "wall/far", BodyKind.SET, [quad([[-9, 2, -9], [9, 2, -9], [9, 2, 9], [-9, 2, 9]], (0.2, 0.3, 0.4))]
    )
    seen = picture(renderer, moment(facing, sky=None))
    assert seen.depth == pytest.approx(6.0, abs=1e-4)
    assert seen.position[..., 1] == pytest.approx(2.0, abs=1e-4)
    assert seen.normal == pytest.approx(np.broadcast_to([0, -1, 0], (*SIZE[::-1], 3)), abs=1e-5)
    assert seen.albedo[10, 10] == pytest.approx([0.2, 0.3, 0.4], abs=1e-5)
    half_width = 6 * ACROSS.sensor_width_mm / (2 * ACROSS.lens_mm)
    assert seen.position[0, -1, 0] == pytest.approx(half_width * (1 - 1 / SIZE[0]), rel=1e-4)
    assert seen.size == SIZE


def test_the_sky_has_no_surface(renderer: Renderer) -> None:
    seen = picture(renderer, moment(ball()))
    empty = seen.object_id == 0
    assert np.isinf(seen.depth[empty]).all() and not seen.normal[empty].any() and not seen.position[empty].any()
    assert np.isfinite(seen.depth[~empty]).all()


def test_ids_are_crisp_and_named(renderer: Renderer) -> None:
    two = assemble(
        "prop/two",
        BodyKind.PROP,
        [box((0.5, 0.5, 2), part="low").moved(x=-1), box((0.5, 0.5, 2), part="high").moved(x=1)],
    )
    seen = picture(renderer, moment(floor(), two, camera=replace(ACROSS, t_stop=1.4, focus_m=1.0)))
    names = {seen.part_names[i] for i in np.unique(seen.part_id)}
    assert names == {"", "set/floor:", "prop/two:low", "prop/two:high"}
    assert {seen.object_names[i] for i in np.unique(seen.object_id)} == {"", "set/floor", "prop/two"}
    assert seen.mask("prop/").sum() == np.isin(seen.part_id, [2, 3]).sum()


def test_textures_multiply_and_rest_positions_stick(renderer: Renderer) -> None:
    pixels = np.zeros((8, 8, 3), np.uint8)
    pixels[:4] = 255  # the top half is white
    wall = assemble("wall/far", BodyKind.SET, [quad([[-2, 0, 0], [2, 0, 0], [2, 0, 2], [-2, 0, 2]], (0.8, 0.4, 0.2))])
    uv = np.stack([(wall.vertices[:, 0] + 2) / 4, wall.vertices[:, 2] / 2], axis=1)
    wall = replace(wall, uv=uv, texture=Texture("halves", pixels), rest=wall.vertices + np.float32(100))
    seen = picture(renderer, moment(wall))
    assert seen.albedo[15, 32] == pytest.approx([0.8, 0.4, 0.2], abs=1e-4)
    assert seen.albedo[21, 32] == pytest.approx([0, 0, 0], abs=1e-4)
    assert seen.rest is not None
    assert seen.rest[15, 32] == pytest.approx(seen.position[15, 32] + 100, abs=1e-3)


def test_flat_bodies_get_facet_normals(renderer: Renderer) -> None:
    solid = box((1, 1, 1))
    flat = Body("prop/box", BodyKind.PROP, solid.vertices, solid.faces, solid.color, solid.roughness)
    turned = replace(ACROSS, position=(3, -3, 2.5), look_at=(0, 0, 0.5))
    seen = picture(renderer, moment(flat, camera=turned))
    normals = np.unique(np.round(seen.normal[seen.object_id == 1], 4) + 0.0, axis=0)
    assert sorted(map(tuple, normals.tolist())) == [(0, -1, 0), (0, 0, 1), (1, 0, 0)]


def test_the_camera_looks_through_what_is_not_seen_but_light_does_not(renderer: Renderer) -> None:
    front = assemble("wall/front", BodyKind.SET, [quad([[-9, -2, -9], [9, -2, -9], [9, -2, 9], [-9, -2, 9]])])
    open_wall = replace(front, seen=False)
    seen = picture(renderer, moment(ball(), open_wall, sky=even_sky(1.0)))
    assert seen.mask("prop/ball")[18, 32] and not seen.mask("wall/").any()
    lit = picture(renderer, moment(ball(), sky=even_sky(1.0)))
    if renderer.choice.name != variants.SCALAR:
        assert seen.beauty[18, 32].mean() < 0.7 * lit.beauty[18, 32].mean()


def test_what_the_camera_looks_through_still_throws_its_color(renderer: Renderer) -> None:
    def behind_the_camera(color: tuple[float, float, float]) -> Body:
        corners = [[-9, -5, -9], [9, -5, -9], [9, -5, 9], [-9, -5, 9]]
        return replace(assemble("wall/front", BodyKind.SET, [quad(corners, color, roughness=1.0)]), seen=False)

    if renderer.choice.name == variants.SCALAR:
        pytest.skip("bodies that the camera looks through are not there for the scalar engine")
    facing = assemble("wall/far", BodyKind.SET, [quad([[-9, 2, -9], [9, 2, -9], [9, 2, 9], [-9, 2, 9]])])
    corners = np.array([[-2, 1.9, 0], [2, 1.9, 0], [2, 1.9, 2], [-2, 1.9, 2]], np.float32)
    panel = Lamp("panel", LampRole.KEY, corners, np.array([[0, 1, 2], [0, 2, 3]], np.uint32), (9, 9, 9), visible=False)
    red = picture(renderer, moment(facing, behind_the_camera((0.9, 0.05, 0.05)), lamps=(panel,))).beauty.mean(
        axis=(0, 1)
    )
    blue = picture(renderer, moment(facing, behind_the_camera((0.05, 0.05, 0.9)), lamps=(panel,))).beauty.mean(
        axis=(0, 1)
    )
    assert red[0] > 4 * red[2] and blue[2] > 4 * blue[0]


def test_bounced_light_has_the_color_of_the_texture(renderer: Renderer) -> None:
    pixels = np.zeros((16, 8, 3), np.uint8)
    pixels[..., 0] = 255
    ground = floor(0.9)
    red = Texture("red ground", pixels)
    ground = replace(ground, uv=np.full((len(ground.vertices), 2), 0.5, np.float32), texture=red)
    above = lamp((0, 0, 6), 1.0, 30.0, False)
    seen = picture(renderer, moment(ground, ball((0.9, 0.9, 0.9)), lamps=(above,)), spp=16)
    underside = seen.beauty[(seen.object_id == 2) & (seen.normal[..., 2] < -0.5)].mean(axis=0)
    assert underside[0] > 3 * underside[1] > 0


def test_a_moved_body_and_another_texture_are_seen_at_once(renderer: Renderer) -> None:
    def wall(level: int) -> Body:
        body = assemble("wall/far", BodyKind.SET, [quad([[-2, 0, 0], [2, 0, 0], [2, 0, 2], [-2, 0, 2]])])
        uv = np.full((len(body.vertices), 2), 0.5, np.float32)
        return replace(body, uv=uv, texture=Texture(f"grey {level}", np.full((4, 4, 3), level, np.uint8)))

    first = picture(renderer, moment(wall(255)), spp=1)
    darker = picture(renderer, moment(wall(128)), spp=1)
    nearer = picture(
        renderer, moment(replace(wall(255), vertices=wall(255).vertices - np.array([0, 1, 0], np.float32))), spp=1
    )
    again = picture(renderer, moment(wall(255)), spp=1)
    assert darker.albedo[18, 32] == pytest.approx(first.albedo[18, 32] * 0.2158605, rel=2e-3)
    assert nearer.depth[18, 32] == pytest.approx(first.depth[18, 32] - 1, abs=1e-4)
    assert again.beauty.tobytes() == first.beauty.tobytes()


@pytest.mark.parametrize("lamps", [0, 1, 900])
def test_the_slots_of_the_light_table_are_its_probabilities(lamps: int) -> None:
    spread = np.random.default_rng(5).uniform(-4, 4, (lamps, 2)) if lamps else []
    bank = tuple(lamp((x, y, 4), 0.01 + 0.1 * abs(x), 5.0, False) for x, y in spread)
    table = build_lights(build_world(moment(floor(), lamps=bank)), sky_map(even_sky(0.1)))
    counts = np.bincount(table.slots, minlength=len(table.probability))
    assert len(table.slots) == SLOTS and (np.diff(table.slots.astype(int)) >= 0).all()
    assert table.probability.tolist() == (counts / SLOTS).astype(np.float32).tolist()
    assert counts.min() >= 1, "everything that shines can be chosen"


def test_out_of_focus_is_soft_and_in_focus_is_sharp(renderer: Renderer) -> None:
    glowing = assemble("prop/card", BodyKind.PROP, [box((1, 0.01, 1)).moved(z=0.5).glowing((1, 1, 1))])
    camera = replace(ACROSS, lens_mm=50, t_stop=1.0, position=(0, -3, 1))

    def soft_pixels(focus_m: float) -> int:
        row = picture(renderer, moment(glowing, camera=replace(camera, focus_m=focus_m))).beauty[18, :, 0]
        return int(((row > 0.1) & (row < 0.9)).sum())

    assert soft_pixels(3.0) <= 4
    assert soft_pixels(0.6) > 6


# --- the promise of one kernel, and of the same bytes --------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(renderer: Renderer) -> None:
    stage = moment(floor(), ball(), lamps=(lamp((1, -1, 3), 0.4, 9.0, True),), sky=even_sky(0.2))
    first, again = picture(renderer, stage, spp=4), picture(renderer, stage, spp=4)
    other = picture(renderer, stage, spp=4, seed=4)
    assert first.beauty.tobytes() == again.beauty.tobytes()
    assert first.part_id.tobytes() == again.part_id.tobytes()
    assert other.beauty.tobytes() != first.beauty.tobytes()


def test_new_panels_compile_nothing(renderer: Renderer) -> None:
    if renderer.choice.name == variants.SCALAR:
        pytest.skip("nothing compiles here anyway")
    key = lamp((1, -1, 3), 0.4, 9.0, False)
    renderer.render(moment(floor(), ball(), lamps=(key,)), 64, 36, 4, 4, 0)
    warm = renderer.kernel_compilations
    pixels = np.full((16, 8, 3), 128, np.uint8)
    bulb = sphere(0.1, segments=12).moved(z=2)
    practical = Lamp("bulb", LampRole.PRACTICAL, bulb.vertices, bulb.faces, (9, 7, 5))
    textured = replace(ball(), uv=np.zeros((len(ball().vertices), 2), np.float32), texture=Texture("grey", pixels))
    panels = [
        (moment(floor(), ball(), ball(z=2.0), lamps=(key, practical)), (64, 36), 4, 4),
        (moment(textured, lamps=(practical,), sky=even_sky(0.1)), (96, 54), 4, 4),
        (moment(floor(), sky=None, camera=replace(ACROSS, t_stop=2.0, roll_deg=5)), (48, 64), 2, 3),
        (replace(moment(floor(), replace(ball(), seen=False), lamps=(key,)), haze=Haze(0.05)), (80, 45), 1, 2),
        (moment(lamps=()), (31, 17), 7, 5),
    ]
    for stage, (width, height), spp, depth in panels:
        renderer.render(stage, width, height, spp, depth, seed=11)
    assert renderer.kernel_compilations == warm


# --- when things go wrong ---------------------------------------------------------------------------------------


def test_a_body_that_does_not_fit_together_is_named(renderer: Renderer) -> None:
    broken = replace(ball(), roughness=np.zeros(3, np.float32))
    with pytest.raises(RenderError, match=r"prop/ball.*roughness"):
        picture(renderer, moment(broken))
    lost = replace(ball(), vertices=np.full_like(ball().vertices, np.nan))
    with pytest.raises(RenderError, match=r"prop/ball.*not finite"):
        picture(renderer, moment(lost))


def test_impossible_pictures_are_refused(renderer: Renderer) -> None:
    with pytest.raises(RenderError, match="0x36"):
        renderer.render(moment(ball()), 0, 36)
    with pytest.raises(RenderError, match="own place"):
        picture(renderer, moment(ball(), camera=replace(ACROSS, look_at=ACROSS.position)))


def test_an_unknown_renderer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variants.FORCE_VARIABLE, "warp_drive")
    with pytest.raises(RenderError, match=r"warp_drive.*llvm_ad_rgb"):
        variants.describe_variant()
    monkeypatch.setenv(variants.FORCE_VARIABLE, variants.SCALAR)
    assert variants.describe_variant().name == variants.SCALAR


def test_an_old_llvm_is_refused_and_the_remedy_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "libLLVM-15.so"
    old.touch()
    monkeypatch.delenv(variants.FORCE_VARIABLE, raising=False)
    monkeypatch.setattr(variants, "_llvm_candidates", lambda: [old])
    monkeypatch.setattr(variants, "_gpu_works", lambda: False)
    choice = variants.describe_variant()
    assert choice.name == variants.SCALAR
    assert "LLVM 15" in choice.reason and choice.remedy == "apt-get install libllvm19"
    monkeypatch.setenv(variants.FORCE_VARIABLE, variants.LLVM)
    with pytest.raises(RenderError, match="apt-get install libllvm19"):
        variants.describe_variant()
