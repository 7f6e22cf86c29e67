"""What a new draft changed: which scene and line of the old draft each of the new one is."""

from __future__ import annotations

from maquette.film.base import Noun


class ElementChange(Noun):
    """One element of the new draft."""

    id: str
    old_id: str | None = None
    """None: the element is new."""
    words_changed: bool = False
    """The words or the speaker differ from the old draft's; False for a new element and for mere spacing or case."""


class SceneChange(Noun):
    """One scene of the new draft."""

    id: str
    old_id: str | None = None
    """None: the scene is new."""
    heading_changed: bool = False
    """The heading's words differ: place or time may be another."""
    moved: bool = False
    """It stands elsewhere among the scenes that both drafts have."""
    elements: tuple[ElementChange, ...] = ()
    """The heading and everything under it, in order."""
    removed: tuple[str, ...] = ()
    """Ids of old elements of this scene that are gone."""

    @property
    def changed(self) -> bool:
        """Whether anything in it is new, gone or worded differently."""
        edited = any(e.old_id is None or e.words_changed for e in self.elements)
        return self.old_id is None or edited or bool(self.removed)


class DraftChange(Noun):
    """The whole step from one draft to the next."""

    scenes: tuple[SceneChange, ...]
    """Every scene of the new draft, in order."""
    front: tuple[ElementChange, ...] = ()
    """Elements before the first scene."""
    removed_scenes: tuple[str, ...] = ()
    """Ids of old scenes that are gone, in their order."""
    removed_elements: tuple[str, ...] = ()
    """Ids of all old elements that are gone, in their order."""

    @property
    def unchanged(self) -> bool:
        """Whether both drafts say the same in the same order."""
        fronts = any(e.old_id is None or e.words_changed for e in self.front)
        moved = any(scene.changed or scene.moved for scene in self.scenes)
        return not fronts and not moved and not self.removed_elements and not self.removed_scenes

    def new_element_of(self) -> dict[str, str]:
        """Old element id -> new element id, for elements that both drafts have."""
        changes = [*self.front, *(e for scene in self.scenes for e in scene.elements)]
        return {change.old_id: change.id for change in changes if change.old_id}
