"""A moment as flat arrays: one mesh for all bodies and lamps, with attributes, and the tables that light it.

Everything the tracer needs is data here, never structure, so that a new panel never compiles a kernel.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import RenderError
from maquette.film.metering import group_of
from maquette.film.stage import Body, BodyKind, Lamp, Moment, Texture

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]
U16 = NDArray[np.uint16]

MAX_TEXTURES = 1023


@dataclass(frozen=True, eq=False)
class World:
    """All bodies, then the visible lamps, as one triangle mesh. V vertices, F faces, L lamp triangles."""

    vertices: F32
    """(V, 3)"""
    faces: U32
    """(F, 3)"""
    normals: F32
    """(V, 3) unit"""
    color: F32
    """(V, 3) base colour"""
    roughness: F32
    """(V,)"""
    metallic: F32
    """(V,)"""
    emission: F32
    """(V, 3)"""
    uv: F32
    """(V, 2)"""
    rest: F32
    """(V, 3)"""
    part: U16
    """(V,) index into `part_names`"""
    face_object: U16
    """(F,) index into `object_names`"""
    face_texture: U32
    """(F,) index into `textures` + 1, 0: none"""
    face_light: U32
    """(F,) index of a lamp triangle + 1, 0: does not shine"""
    hidden_vertices: F32
    """(H, 3) of the lamps that the camera does not see"""
    hidden_faces: U32
    any_hidden: bool
    """False: there is none, and `hidden_vertices` is a speck far away."""
    hidden_light: U32
    """Index of the lamp triangle of each hidden face."""
    lamp_corners: F32
    """(L, 3, 3) all lamp triangles"""
    lamp_radiance: F32
    """(L, 3)"""
    lamp_beam: F32
    """(L,) `Lamp.beam` of each lamp triangle"""
    lamp_group: U32
    """(L,) `LightGroup` of each lamp triangle"""
    scenery_faces: int
    """Faces before this one belong to the set, which mostly stands still from frame to frame."""
    seen_faces: int
    """Faces from here on belong to bodies that the camera looks through."""
    in_motion: bool
    """Whether this is a frame of many, not a still."""
    textures: tuple[Texture, ...]
    object_names: tuple[str, ...]
    part_names: tuple[str, ...]
    spans: tuple[tuple[str, int, int], ...]
    """(name, first vertex, end) of every body and visible lamp, in order."""
    anchors: F32
    """(A, 3) points whose light matters most: the cast, and what the camera looks at."""
    moment: Moment
    """What it was built from: as long as it is kept, the names of its arrays are nobody else's."""

    @property
    def standing_faces(self) -> int:
        """Faces from here on, up to `seen_faces`, may be elsewhere in the next frame. In a still, nothing moves."""
        return self.scenery_faces if self.in_motion else self.seen_faces


def build_world(moment: Moment, before: World | None = None, *, in_motion: bool = False) -> World:
    """Merge a moment. Raises RenderError for a body whose arrays do not fit together.

    Where bodies and visible lamps are those of the world `before`, array by array, its merged mesh is taken over as it
    is: a change of light or lens merges nothing, and one of poses only what poses change. in_motion: it is one frame
    of many.
    """
    if before is not None and _looks(moment) == _looks(before.moment):
        return _relit(moment, _reposed(moment, before), in_motion)
    object_names, part_names = [""], [""]
    textures: dict[str, Texture] = {}
    pieces: list[dict[str, NDArray[Any]]] = []
    unseen: list[dict[str, NDArray[Any]]] = []
    names, unseen_names = list[str](), list[str]()
    for body in moment.bodies:
        if len(body.faces) == 0:
            continue
        _check(body)
        (pieces if body.seen else unseen).append(_piece(body, len(object_names), len(part_names), textures))
        (names if body.seen else unseen_names).append(body.name)
        object_names.append(body.name)
        part_names.extend(f"{body.name}:{part}" for part in body.part_names)
    if len(textures) > MAX_TEXTURES:
        raise RenderError(
            f"{len(textures)} textures are more than the {MAX_TEXTURES} one picture can hold; share some."
        )
    if len(part_names) > 65535:
        raise RenderError(f"{len(part_names)} parts are more than the 65535 one picture can tell apart; merge bodies.")
    for lamp, first in _in_order(moment):
        if lamp.visible:
            pieces.append(_lamp_piece(lamp, first, len(object_names), len(part_names)))
            names.append(f"lamp/{lamp.name}")
            object_names.append(f"lamp/{lamp.name}")
            part_names.append(f"lamp/{lamp.name}:")
    seen_faces = sum(len(p["faces"]) for p in pieces)
    scenery = sum(1 for _ in takewhile(lambda b: b.kind is BodyKind.SET, (b for b in moment.bodies if _shown(b))))
    merged = _join([*pieces, *unseen])
    return World(
        **merged,  # pyright: ignore[reportArgumentType]
        **_lamp_arrays(moment),  # pyright: ignore[reportArgumentType]
        moment=moment,
        scenery_faces=sum(len(p["faces"]) for p in pieces[:scenery]),
        seen_faces=seen_faces,
        in_motion=in_motion,
        textures=tuple(textures.values()),
        object_names=tuple(object_names),
        part_names=tuple(part_names),
        spans=_spans([*names, *unseen_names], [*pieces, *unseen]),
        anchors=_anchors(moment),
    )


def _spans(names: list[str], pieces: list[dict[str, NDArray[Any]]]) -> tuple[tuple[str, int, int], ...]:
    ends = np.cumsum([0] + [len(p["vertices"]) for p in pieces]).tolist()
    return tuple(zip(names, ends[:-1], ends[1:], strict=True))


def vertices_then(world: World, other: World) -> F32:
    """(V, 3) where the vertices of `world` are in `other`, a later or earlier moment of the same stage.

    Bodies are found again by name. One that is not there then, or is another mesh, is taken to have stood still.
    """
    if world.spans == other.spans:
        return other.vertices
    there = {name: (start, end) for name, start, end in other.spans}
    moved = world.vertices.copy()
    for name, start, end in world.spans:
        first, last = there.get(name, (0, 0))
        if last - first == end - start:
            moved[start:end] = other.vertices[first:last]
    return moved


def _shown(body: Body) -> bool:
    return body.seen and len(body.faces) > 0


def _looks(moment: Moment) -> list[tuple[object, ...]]:
    """What the merged mesh is made from, poses aside, by the names of its arrays."""
    looks: list[tuple[object, ...]] = [
        (b.name, b.seen, len(b.vertices), b.normals is None and (id(b.vertices), id(b.rest)),
         *(id(a) for a in (b.faces, b.base_color, b.roughness, b.metallic, b.emission, b.parts, b.uv, b.texture)))
        for b in moment.bodies
    ]  # fmt: skip
    # Lamps are numbered through: an unseen one before a visible one shifts its number.
    for lamp, first in _in_order(moment):
        if lamp.visible:
            looks.append((lamp.name, first, id(lamp.vertices), id(lamp.faces)))
    return looks


def _reposed(moment: Moment, before: World) -> World:
    """The world `before`, whose bodies look as those of `moment`, with its bodies where they are now."""
    pairs = list(zip(moment.bodies, before.moment.bodies, strict=True))
    seen, unseen = ([p for p in pairs if len(p[0].faces) and p[0].seen is seen] for seen in (True, False))
    spans = [*before.spans[: len(seen)], *before.spans[len(before.spans) - len(unseen) :]]
    moved = [
        (slice(first, end), now)
        for (_, first, end), (now, then) in zip(spans, [*seen, *unseen], strict=True)
        if now.vertices is not then.vertices or now.normals is not then.normals or now.rest is not then.rest
    ]
    if not moved:
        return before
    vertices, normals, rest = before.vertices.copy(), before.normals.copy(), before.rest.copy()
    for span, body in moved:
        _check(body)
        vertices[span], normals[span] = body.vertices, body.normals
        rest[span] = body.vertices if body.rest is None else body.rest
    return replace(before, vertices=vertices, normals=normals, rest=rest)


def _relit(moment: Moment, before: World, in_motion: bool) -> World:
    return replace(
        before,
        **_lamp_arrays(moment),  # pyright: ignore[reportArgumentType]
        moment=moment,
        anchors=_anchors(moment),
        in_motion=in_motion,
    )


def _in_order(moment: Moment) -> list[tuple[Lamp, int]]:
    """Lamps that have faces, each with the number of its first triangle."""
    lamps = [lamp for lamp in moment.lamps if len(lamp.faces)]
    starts = np.cumsum([0] + [len(lamp.faces) for lamp in lamps]).tolist()
    return list(zip(lamps, starts[:-1], strict=True))


def _lamp_arrays(moment: Moment) -> dict[str, Any]:
    """All fields of a World that lamps alone decide."""
    lamps = _in_order(moment)
    counts = [len(lamp.faces) for lamp, _ in lamps]
    radiance = np.array([lamp.radiance for lamp, _ in lamps], np.float32).reshape(-1, 3)
    corners = [np.asarray(lamp.vertices, np.float32)[lamp.faces.astype(np.int64)] for lamp, _ in lamps]
    hidden = [(lamp, first) for lamp, first in lamps if not lamp.visible]
    vertices, faces, light = _join_hidden(hidden)
    return {
        "hidden_vertices": vertices,
        "hidden_faces": faces,
        "hidden_light": light,
        "any_hidden": bool(hidden),
        "lamp_corners": np.concatenate(corners) if corners else np.zeros((0, 3, 3), np.float32),
        "lamp_radiance": np.repeat(radiance, counts, axis=0),
        "lamp_beam": np.repeat(np.array([lamp.beam for lamp, _ in lamps], np.float32), counts),
        "lamp_group": np.repeat(np.array([group_of(lamp.role) for lamp, _ in lamps], np.uint32), counts),
    }


def _check(body: Body) -> None:
    count = len(body.vertices)
    for field in ("base_color", "roughness", "normals", "metallic", "emission", "parts", "uv", "rest"):
        array = getattr(body, field)
        if array is not None and len(array) != count:
            raise RenderError(f"{body.name} has {count} vertices but {len(array)} values of {field}; fix its maker.")
    if int(body.faces.max()) >= count:
        raise RenderError(
            f"{body.name} has a face that names vertex {int(body.faces.max())} of {count}; fix its maker."
        )
    if not np.isfinite(body.vertices).all():
        raise RenderError(f"{body.name} has vertices that are not finite; fix its maker.")


def _split(body: Body) -> Body:
    """The same body with three vertices of its own for every face, and facet normals."""
    index = body.faces.reshape(-1).astype(np.int64)
    vertices = body.vertices[index]
    a, b, c = vertices[0::3], vertices[1::3], vertices[2::3]
    facet = np.cross(b - a, c - a)
    facet /= np.maximum(np.linalg.norm(facet, axis=1, keepdims=True), 1e-20)

    def spread(array: NDArray[Any] | None) -> NDArray[Any] | None:
        return None if array is None else array[index]

    return replace(
        body,
        vertices=vertices,
        faces=np.arange(len(vertices), dtype=np.uint32).reshape(-1, 3),
        normals=np.repeat(facet, 3, axis=0).astype(np.float32),
        base_color=body.base_color[index],
        roughness=body.roughness[index],
        metallic=spread(body.metallic),
        emission=spread(body.emission),
        parts=spread(body.parts),
        uv=spread(body.uv),
        rest=spread(body.rest if body.rest is not None else body.vertices),
    )


def _piece(body: Body, object_id: int, first_part: int, textures: dict[str, Texture]) -> dict[str, NDArray[Any]]:
    if body.normals is None:
        body = _split(body)
    count, faces = len(body.vertices), len(body.faces)
    texture_id = 0
    if body.texture is not None and body.uv is not None:
        textures.setdefault(body.texture.key, body.texture)
        texture_id = list(textures).index(body.texture.key) + 1
    return {
        "vertices": body.vertices.astype(np.float32, copy=False),
        "faces": body.faces.astype(np.uint32, copy=False),
        "normals": _or_zero(body.normals, (count, 3)),
        "color": body.base_color.astype(np.float32, copy=False),
        "roughness": body.roughness.astype(np.float32, copy=False),
        "metallic": _or_zero(body.metallic, (count,)),
        "emission": _or_zero(body.emission, (count, 3)),
        "uv": _or_zero(body.uv, (count, 2)),
        "rest": (body.vertices if body.rest is None else body.rest).astype(np.float32, copy=False),
        "part": (np.zeros(count) if body.parts is None else body.parts).astype(np.uint16) + np.uint16(first_part),
        "face_object": np.full(faces, object_id, np.uint16),
        "face_texture": np.full(faces, texture_id, np.uint32),
        "face_light": np.zeros(faces, np.uint32),
    }


def _lamp_piece(lamp: Lamp, first_light: int, object_id: int, part_id: int) -> dict[str, NDArray[Any]]:
    index = lamp.faces.reshape(-1).astype(np.int64)
    vertices = np.asarray(lamp.vertices, np.float32)[index]
    count, faces = len(vertices), len(lamp.faces)
    return {
        "vertices": vertices,
        "faces": np.arange(count, dtype=np.uint32).reshape(-1, 3),
        "normals": np.repeat(_unit_normals(vertices.reshape(-1, 3, 3)), 3, axis=0),
        "color": np.full((count, 3), 0.05, np.float32),
        "roughness": np.full(count, 0.6, np.float32),
        "metallic": np.zeros(count, np.float32),
        "emission": np.zeros((count, 3), np.float32),
        "uv": np.zeros((count, 2), np.float32),
        "rest": vertices,
        "part": np.full(count, part_id, np.uint16),
        "face_object": np.full(faces, object_id, np.uint16),
        "face_texture": np.zeros(faces, np.uint32),
        "face_light": np.arange(first_light + 1, first_light + 1 + faces, dtype=np.uint32),
    }


def _unit_normals(corners: F32) -> F32:
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return (cross / np.maximum(np.linalg.norm(cross, axis=1, keepdims=True), 1e-20)).astype(np.float32)


def _or_zero(array: NDArray[Any] | None, shape: tuple[int, ...]) -> F32:
    return np.zeros(shape, np.float32) if array is None else array.astype(np.float32, copy=False)


def far_triangle() -> tuple[F32, U32]:
    """A speck far below everything: an empty mesh is none that a tracer can hold."""
    corners = np.array([[0, 0, -1e5], [1e-3, 0, -1e5], [0, 1e-3, -1e5]], np.float32)
    return corners, np.array([[0, 1, 2]], np.uint32)


def _join(pieces: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    if not pieces:
        vertices, faces = far_triangle()
        speck = Lamp("", role=None, vertices=vertices, faces=faces, radiance=(0, 0, 0))  # pyright: ignore[reportArgumentType]
        pieces = [_lamp_piece(speck, 0, 0, 0)]
        pieces[0]["face_light"] = np.zeros(1, np.uint32)
    offsets = np.cumsum([0] + [len(p["vertices"]) for p in pieces[:-1]])
    merged = {key: np.concatenate([p[key] for p in pieces]) for key in pieces[0] if key != "faces"}
    merged["faces"] = np.concatenate([p["faces"] + np.uint32(o) for p, o in zip(pieces, offsets, strict=True)])
    return merged


def _join_hidden(hidden: list[tuple[Lamp, int]]) -> tuple[F32, U32, U32]:
    if not hidden:
        vertices, faces = far_triangle()
        return vertices, faces, np.zeros(1, np.uint32)
    offsets = np.cumsum([0] + [len(lamp.vertices) for lamp, _ in hidden[:-1]])
    return (
        np.concatenate([np.asarray(lamp.vertices, np.float32) for lamp, _ in hidden]),
        np.concatenate(
            [lamp.faces.astype(np.uint32) + np.uint32(o) for (lamp, _), o in zip(hidden, offsets, strict=True)]
        ),
        np.concatenate([np.arange(first, first + len(lamp.faces), dtype=np.uint32) for lamp, first in hidden]),
    )


def _anchors(moment: Moment) -> F32:
    points = [np.asarray(moment.camera.look_at, np.float32)]
    for body in moment.bodies:
        if body.kind.value == "cast" and len(body.vertices):
            low, high = body.vertices.min(axis=0), body.vertices.max(axis=0)
            points.append(((low + high) / 2 + [0, 0, (high[2] - low[2]) * 0.35]).astype(np.float32))
    return np.stack(points[:32]).astype(np.float32)
