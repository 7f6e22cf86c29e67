"""The style bible of a production: its looks, and where each of them holds. Every change is one commit."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from maquette.film.errors import MediaError, UsageError
from maquette.film.look import (
    AppliedElement,
    AppliedLook,
    Colour,
    ElementUse,
    Finish,
    Look,
    LookUse,
    LookUses,
    Recipe,
    Reference,
    RemovedLooks,
    Swatch,
)
from maquette.film.shot import Shot
from maquette.film.style import PanelStyle
from maquette.look.settings import changed_fields, look_fields, with_setting
from maquette.look.starts import STARTS, start_named
from maquette.pipeline.direction import Direction, Where, whoever
from maquette.pipeline.documents import Documents
from maquette.store.files import file_errors
from maquette.store.folder import only_writer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from maquette.look.art import Art

    U8 = NDArray[np.uint8]

__all__ = ["INHERIT", "NONE", "Looks", "changed_fields", "look_fields", "starts"]

HAND_IN_AGAIN = "it is a reference of a look; make a look of it anew with `maquette look DIR new NAME --from FILE`"
LONGEST_NAME = 60
MOST_REFERENCES = 60
NONE, INHERIT = "none", "inherit"
"""Words for no look at all, and for whatever the wider scope has."""


class Looks:
    """The looks of a production and their places."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._database = documents.database
        self._direction = Direction(documents)

    # --- what there is ----------------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """Of all looks, in the order of their making."""
        gone = self._removed()
        return tuple(n for n in self._database.names("look") if n not in gone)

    def all(self) -> tuple[Look, ...]:
        """Every look as it is now."""
        return tuple(self.look(name) for name in self.names)

    def look(self, name: str, version: int | None = None) -> Look:
        """The look of that name, whatever its capitals; the newest version, or one counted from 1.

        Raises UsageError with near names.
        """
        known = self._known(name)
        look = self._database.get("look", known, Look, version)
        if look is None:
            raise UsageError(f"{known} has {self.versions(known)} versions: there is no {version}.")
        return look

    def versions(self, name: str) -> int:
        """How often it was changed, its making included."""
        return self._database.versions("look", self._known(name))

    def _known(self, name: str) -> str:
        wanted = name.strip()
        for known in self.names:
            if known == wanted or known.lower() == wanted.lower():
                return known
        if not self.names:
            raise UsageError("There are no looks yet: make one with `maquette look DIR new NAME --from PICTURE ...`.")
        near = get_close_matches(wanted, self.names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(self.names)}."
        raise UsageError(f"There is no look {wanted!r}: {hint}")

    def _removed(self) -> tuple[str, ...]:
        return (self._database.get("look-removed", "names", RemovedLooks) or RemovedLooks()).names

    # --- making and changing ----------------------------------------------------------------------------------

    def new(self, name: str, files: Sequence[Path], pictures: Sequence[U8], by: str | None = None) -> Look:
        """A look from reference art, fitted to the production's developed pictures (H, W, 3 sRGB) as a whole.

        The references' bytes are kept in the production, for its looks and nothing else. Raises MediaError for a file
        that is no picture, UsageError for a name that is taken.
        """
        from maquette.look.propose import look_from

        free = self._free(name)
        read = [_read(path) for path in _checked(files)]
        look = self._named(look_from(free, [art for art, _ in read], pictures))
        with only_writer(self._documents.root), self._database.together():
            look = look.model_copy(update={"references": tuple(self._kept(art, data) for art, data in read)})
            self._put(look, f"new {free}, from {', '.join(art.name for art, _ in read)}", by)
        return look

    def check_new(self, name: str, files: Sequence[Path]) -> None:
        """Raises what `new` would raise for a name or a file, before pictures are drawn for it."""
        self._free(name)
        for path in _checked(files):
            _read(path)

    def new_like(self, name: str, like: str, by: str | None = None) -> Look:
        """A look that starts as a ready-made one (`STARTS`), or as another look of this production."""
        free = self._free(name)
        own = like.strip().lower() in (n.lower() for n in self.names)
        start = self.look(like) if own else start_named(like)
        look = self._named(start.model_copy(update={"name": free}))
        with only_writer(self._documents.root), self._database.together():
            self._put(look, f"new {free}, like {start.name}", by)
        return look

    def new_plain(self, name: str, by: str | None = None) -> Look:
        """A look that changes nothing yet."""
        look = Look(name=self._free(name))
        with only_writer(self._documents.root), self._database.together():
            self._put(look, f"new {look.name}", by)
        return look

    def fit(self, name: str, pictures: Sequence[U8], by: str | None = None) -> Look:
        """Fit tones and colours anew, from the look's own references to the production's pictures as they are now.

        All else about it stays as it was stated. Raises UsageError for a look without references.
        """
        from maquette.look.art import read_art
        from maquette.look.propose import look_from

        look = self.look(name)
        if not look.references:
            raise UsageError(f"{look.name} was not made from references: there is nothing to fit it to.")
        media = self._documents.folder.media
        arts = [read_art(media.get(r.media, r.suffix, HAND_IN_AGAIN), r.name) for r in look.references]
        fresh = look_from(look.name, arts, pictures)
        old = look.recipe.colour
        colour = fresh.recipe.colour.model_copy(
            update={"contrast": old.contrast, "balance": old.balance, "protection": old.protection}
        )
        recipe = look.recipe.model_copy(update={"colour": colour})
        changed = look.model_copy(
            update={"recipe": recipe, "suggestions": fresh.suggestions, "notes": fresh.notes or look.notes}
        )
        with only_writer(self._documents.root), self._database.together():
            self._put(changed, f"fitted {look.name} to {len(pictures)} pictures", by)
        return changed

    def set(self, name: str, settings: Sequence[str], by: str | None = None) -> Look:
        """State fields such as "grain=0.3", "style=ink", "protect=#b01c2e": all or none.

        Raises ControlError for an impossible value, naming field and range.
        """
        look = self.look(name)
        for setting in settings:
            look = with_setting(look, setting)
        with only_writer(self._documents.root), self._database.together():
            self._put(look, f"{look.name}: {', '.join(settings)}", by)
        return look

    def mix(self, first: str, second: str, share: float, name: str | None = None, by: str | None = None) -> Look:
        """A look `share` of the way from one to another, kept under a name; None: one that says what it is."""
        from maquette.look.mix import mixed

        a, b = self.look(first), self.look(second)
        free = self._free(name or f"{a.name} {b.name} {share:.0%}")
        look = mixed(a, b, share, free)
        with only_writer(self._documents.root), self._database.together():
            self._put(look, f"mixed {free}: {look.notes}", by)
        return look

    def remove(self, name: str, by: str | None = None) -> str:
        """Take a look out of the bible; its versions stay on record. Raises UsageError where it is in use."""
        known = self._known(name)
        used = self.used_at(known)
        if used:
            raise UsageError(f"{known} is in use at {', '.join(used)}: apply another there, or none, then remove it.")
        with only_writer(self._documents.root), self._database.together():
            self._database.put("look-removed", "names", RemovedLooks(names=(*self._removed(), known)))
            self._database.log("look", f"removed {known} (by {by or whoever()})")
        return known

    def _put(self, look: Look, what: str, by: str | None) -> None:
        gone = self._removed()
        if look.name in gone:
            names = tuple(n for n in gone if n != look.name)
            self._database.put("look-removed", "names", RemovedLooks(names=names))
        self._database.put("look", look.name, look)
        self._database.log("look", f"{what} (by {by or whoever()})")

    def _free(self, name: str) -> str:
        free = " ".join(name.split())
        if not free or len(free) > LONGEST_NAME or not free.isprintable() or free.lower() in (NONE, INHERIT):
            raise UsageError(f"{name[:80]!r} is no name for a look: use up to {LONGEST_NAME} letters, such as harbour.")
        if free.lower() in (n.lower() for n in self.names):
            raise UsageError(f"There is a look {free} already: change it with `set`, fit it anew with `fit`, or use "
                             "another name.")  # fmt: skip
        return free

    def _kept(self, art: Art, data: bytes) -> Reference:
        suffix = art.suffix or ".bin"
        media = self._documents.folder.media.put(data, suffix)
        return Reference(
            name=art.name, media=media, suffix=suffix, width=art.width, height=art.height, notes=art.notes
        )  # fmt: skip

    def _named(self, look: Look) -> Look:
        """Palette with what people call its colours."""
        from maquette.imaging.color import srgb
        from maquette.measure.colour_names import colour_name

        def named(swatch: Swatch) -> Swatch:
            import numpy as np

            from maquette.imaging.oklab import linear_to_oklab

            light, a, b = (float(v) for v in linear_to_oklab(np.array(srgb(swatch.colour))))
            return swatch.model_copy(update={"name": swatch.name or colour_name(light, a, b)})

        return look.model_copy(update={"palette": tuple(named(s) for s in look.palette)})

    # --- what people should be told ---------------------------------------------------------------------------

    def stale(self, look: Look) -> tuple[str, ...]:
        """A sentence where the look's paintings are others than its house model was trained on."""
        house = look.recipe.house
        now = {k.painting for k in look.keys}
        if house is None or set(house.keys) == now:
            return ()
        if not now:
            return (f"The house model of {look.name} was trained on paintings that were taken out: add some with "
                    "`maquette look DIR add-key`, and train it again.",)  # fmt: skip
        known = len(now & set(house.keys))
        return (f"The house model of {look.name} was trained on {known} of its {len(now)} paintings"
                f"{'' if set(house.keys) <= now else ', and on others that it no longer has'}: train it again with "
                f"`maquette look DIR train {look.name}`.",)  # fmt: skip

    def without_effect(self, use: LookUse | None) -> tuple[str, ...]:
        """What of the looks stated here changes no picture, in sentences."""
        if use is None:
            return ()
        notes: list[str] = []
        whole = self.look(use.look) if use.look else None
        for element in use.elements:
            look = self.look(element.look) if element.look else None
            recipe = Recipe() if look is None else look.recipe
            parts = [f"the medium ({recipe.style.value})"] if recipe.style is not PanelStyle.PHOTO else []
            parts += ["grain, lens and light on film"] if recipe.finish != Finish() else []
            if look is not None and parts:
                notes.append(f"{element.element} takes the colours of {look.name} alone: {' and '.join(parts)} "
                             f"{'hold' if len(parts) > 1 else 'holds'} for whole pictures.")  # fmt: skip
        if whole is None or whole.recipe.style is not PanelStyle.HOUSE:
            return tuple(notes)
        if use.elements:
            notes = [f"The house model of {whole.name} paints the whole picture: what is stated for "
                     f"{', '.join(e.element for e in use.elements)} plays no part while it does."]  # fmt: skip
        return (*notes, *self.stale(whole), *self.painted_over(whole))

    def painted_over(self, look: Look) -> tuple[str, ...]:
        """A sentence where a look has colours of its own that its house model does not ask for."""
        if look.recipe.style is not PanelStyle.HOUSE or look.recipe.colour == Colour():
            return ()
        return (f"{look.name} is painted by its house model, in its paintings' colours: tones, colours and saturation "
                "that it states play no part while it is.",)  # fmt: skip

    # --- where it holds ---------------------------------------------------------------------------------------

    @property
    def uses(self) -> LookUses:
        """What is stated where."""
        return self._database.get("look-uses", "all", LookUses) or LookUses()

    def apply(self, place: str, name: str, intensity: float | None = None, elements: Sequence[str] = (),
              by: str | None = None) -> LookUse | None:  # fmt: skip
        """State a look at "production", "scene 3" or a shot's number, for the whole picture or for elements of it.

        name: a look; "none" for as developed; "inherit" takes back what is stated there. Elements: "cast/MARA", "cast",
        "set", "prop/cup", "background". Returns what is stated there now. Raises UsageError.
        """
        where = self._direction.where(place)
        share = 1.0 if intensity is None else intensity
        if not 0 <= share <= 1:
            raise UsageError(f"intensity goes from 0 to 1: {share:g} is not possible, the nearest is "
                             f"{0 if share < 0 else 1}.")  # fmt: skip
        word = name.strip().lower()
        look = None if word == INHERIT else "" if word == NONE else self._known(name)
        named = tuple(self._element(e) for e in elements)
        with only_writer(self._documents.root), self._database.together():
            uses = self.uses
            now = _with_elements(uses.at.get(where.name), named, look, share) if named else _whole(look, share)
            at = {key: use for key, use in uses.at.items() if key != where.name}
            if now is not None:
                at[where.name] = now
            self._database.put("look-uses", "all", LookUses(at=at))
            what = f"{where.label}{' ' + ', '.join(named) if named else ''}: {name} at {share:.0%}"
            self._database.log("look", f"{what} (by {by or whoever()})")
        return now

    def used_at(self, name: str) -> tuple[str, ...]:
        """Where a look is stated, as people say it: "the production", "scene 3", "shot 2F"."""
        return tuple(
            self._label(key) for key, use in self.uses.at.items() if name in (use.look, *(e.look for e in use.elements))
        )

    def applied(self, shot: Shot) -> AppliedLook | None:
        """The look that holds for a shot, with its elements; None: as developed. The nearest scope wins: production,
        scene, shot. A scope that states a look for the whole picture replaces all that the wider ones say; one that
        states elements adds them."""
        use = self.use(shot)
        if use is None or not (use.look or use.elements):
            return None
        if use.intensity <= 0 and not use.elements:
            return None
        elements = tuple(
            AppliedElement(element=e.element, recipe=self._recipe(e.look), intensity=e.intensity) for e in use.elements
        )
        return AppliedLook(recipe=self._recipe(use.look) or Recipe(), intensity=use.intensity, elements=elements)

    def styled(self, shot: Shot) -> PanelStyle | None:
        """What the shot's look is drawn with; None where there is no look, or a look of colours alone, so that the
        production's own style holds."""
        use = self.use(shot)
        if use is None or not use.look or use.intensity <= 0:
            return None
        style = self.look(use.look).recipe.style
        return None if style is PanelStyle.PHOTO else style

    def use(self, shot: Shot) -> LookUse | None:
        """What is stated for a shot, all scopes taken together."""
        at, found = self.uses.at, None
        for key in ("production:", f"scene:{shot.scene_id}", f"shot:{shot.id}"):
            use = at.get(key)
            if use is None:
                continue
            if use.look is not None:
                found = use
            else:
                base = found or LookUse(look="")
                own = {e.element for e in use.elements}
                kept = tuple(e for e in base.elements if e.element not in own)
                found = base.model_copy(update={"elements": (*kept, *use.elements)})
        return found

    def _recipe(self, name: str | None) -> Recipe | None:
        if name is None:
            return None
        return self.look(name).recipe if name else Recipe()

    def _element(self, text: str) -> str:
        """ "mara" and "cast/MARA" are MARA; sets, props and the background go by their names."""
        word = text.strip()
        cast = {c.name.upper(): c.name for c in self._documents.screenplay.cast}
        person = word[5:] if word.lower().startswith("cast/") else word
        if person.upper() in cast:
            return f"cast/{cast[person.upper()]}"
        lower = word.lower()
        if lower in ("cast", "cast/"):
            return "cast"
        kind, _, thing = lower.partition("/")
        if lower in ("background", "set") or (kind in ("set", "prop", "wall") and thing):
            return lower
        raise UsageError(f"{text!r} is no element of a picture: there are {', '.join(cast.values())}, cast, set, "
                         "background, and things as prop/lantern.")  # fmt: skip

    def _label(self, key: str) -> str:
        scope, _, identity = key.partition(":")
        if scope == "scene":
            scene = next((s for s in self._documents.screenplay.scenes if s.id == identity), None)
            return f"scene {scene.number}" if scene is not None else "a scene that is no longer there"
        if scope == "shot":
            shot = next((s for s in self._documents.shots if s.id == identity), None)
            return f"shot {shot.number}" if shot is not None else "a shot that is no longer there"
        return "the production"

    def stated(self) -> tuple[tuple[str, LookUse], ...]:
        """(where, what) of everything that is stated, widest first."""
        order = {"production": 0, "scene": 1, "shot": 2}
        keys = sorted(self.uses.at, key=lambda k: order.get(k.partition(":")[0], 3))
        return tuple((self._label(k), self.uses.at[k]) for k in keys)

    def where(self, place: str) -> Where:
        """The scope that "production", "scene 3" or a shot's number names."""
        return self._direction.where(place)


def starts() -> tuple[Look, ...]:
    """The ready-made looks."""
    return tuple(STARTS.values())


def _whole(look: str | None, intensity: float) -> LookUse | None:
    return None if look is None else LookUse(look=look, intensity=intensity)


def _with_elements(use: LookUse | None, named: Sequence[str], look: str | None, intensity: float) -> LookUse | None:
    """What is stated at a scope with elements stated anew; `look` None takes them back."""
    kept = tuple(e for e in (use.elements if use is not None else ()) if e.element not in named)
    if look is not None:
        # Named as the whole picture's look is, an element differs in intensity alone, and follows when that changes.
        own = None if use is not None and use.look == look and look else look
        kept += tuple(ElementUse(element=e, look=own, intensity=intensity) for e in named)
    if use is None or use.look is None:
        return LookUse(look=None, elements=kept) if kept else None
    return use.model_copy(update={"elements": kept})


def _checked(files: Sequence[Path]) -> Sequence[Path]:
    if not files:
        raise UsageError("A look from references needs pictures: name them after --from, or use --like for a start.")
    if len(files) > MOST_REFERENCES:
        raise UsageError(f"{len(files)} references are more than a look can be read from ({MOST_REFERENCES}): choose "
                         "those that say most.")  # fmt: skip
    return files


def _read(path: Path) -> tuple[Art, bytes]:
    """A reference and its bytes."""
    from maquette.look.art import MOST_BYTES, read_art

    if path.is_dir():
        raise UsageError(f"{path} is a folder: name its pictures, such as {path}/*.png.")
    if not path.exists():
        raise UsageError(f"There is no file {path}: check the name.")
    with file_errors(path, "reading"):
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise MediaError(f"{path.name} has {size / 1e9:.1f} GB, more than a reference may (1 GB): "
                             "save a smaller copy.")  # fmt: skip
        data = path.read_bytes()
    return read_art(data, path.name), data
