"""What a production has on record: settings, screenplay, shot list, cast."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maquette.film.cast import Identity
from maquette.film.errors import UsageError
from maquette.film.production import ProductionSettings
from maquette.film.screenplay import Screenplay
from maquette.film.shot import Shot, ShotList
from maquette.film.take import ShootRequest, TakeRecord
from maquette.store.database import Database
from maquette.store.folder import ProductionFolder
from maquette.store.takes import TakeFolder

TAKES = "takes"


class Documents:
    """The documents of one production; read anew whenever they are asked for."""

    def __init__(self, folder: ProductionFolder) -> None:
        self.folder = folder

    @property
    def database(self) -> Database:
        return self.folder.database

    @property
    def root(self) -> Path:
        """The production's folder."""
        return self.folder.root

    @property
    def settings(self) -> ProductionSettings:
        """What was decided when it was made."""
        return self.database.get("settings", "production", ProductionSettings) or ProductionSettings()

    @property
    def screenplay(self) -> Screenplay:
        """The newest draft. Raises UsageError where none was ever stored."""
        screenplay = self.database.get("screenplay", "draft", Screenplay)
        if screenplay is None:
            raise UsageError(f"{self.root} has no screenplay yet: run `maquette update {self.root} --script FILE`.")
        return screenplay

    @property
    def shot_list(self) -> ShotList:
        """The shots as one value, for what takes a list (`deliver`, `merge_shot_lists`)."""
        return self.database.get("shots", "list", ShotList) or ShotList()

    @property
    def shots(self) -> tuple[Shot, ...]:
        """All shots in script order, proposals and omitted ones included."""
        return self.shot_list.shots

    @property
    def cast(self) -> dict[str, Identity]:
        """Everybody's one fixed look, by name."""
        names = self.database.names("identity")
        found = ((n, self.database.get("identity", n, Identity)) for n in names)
        return {n: i for n, i in found if i is not None}

    # --- takes ------------------------------------------------------------------------------------------------

    def takes(self, shot_id: str | None = None) -> tuple[TakeRecord, ...]:
        """The takes of a shot, or of all of them, oldest first; `finished` is what is on disk now."""
        found = (self.database.get("take", name, TakeRecord) for name in self.database.names("take"))
        mine = [t for t in found if t is not None and shot_id in (None, t.shot_id)]
        return tuple(self._as_on_disk(t) for t in mine)

    def _as_on_disk(self, take: TakeRecord) -> TakeRecord:
        return take.model_copy(update={"finished": self.take_folder(take).finished()})

    def take_folder(self, take: TakeRecord) -> TakeFolder:
        """Where its frames are."""
        return TakeFolder(self.root / TAKES / take.request[:24], take.handles)

    def take_frames(self, take: TakeRecord) -> tuple[Path, ...]:
        """Its finished frames as PNG files, the head handle first."""
        return self.take_folder(take).frames()

    def take_request(self, take: TakeRecord) -> ShootRequest | None:
        """Everything that a finished take was made from; None where it cannot be read by this version."""
        try:
            return ShootRequest.model_validate_json(self.take_folder(take).manifest.read_bytes())
        except (OSError, ValueError):
            return None

    def best_take(self, shot_id: str) -> TakeRecord | None:
        """The circled take, else the newest that is complete; None where there is none."""
        return _best(self.takes(shot_id))

    def best_takes(self) -> dict[str, TakeRecord]:
        """{shot id: `best_take`} of all shots that have one; what asks for many asks once."""
        by_shot = dict[str, list[TakeRecord]]()
        for take in self.takes():
            by_shot.setdefault(take.shot_id, []).append(take)
        found = ((shot_id, _best(takes)) for shot_id, takes in by_shot.items())
        return {shot_id: best for shot_id, best in found if best is not None}


def _best(takes: Sequence[TakeRecord]) -> TakeRecord | None:
    whole = [t for t in takes if t.complete]
    return next((t for t in whole if t.circled), whole[-1] if whole else None)
