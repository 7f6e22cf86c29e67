"""The wiring, readable top to bottom: screenplay -> shot list -> stage -> passes -> panel -> board.

Verbs do not know one another; they meet here. Every action is committed before the next begins, so a killed run loses
at most the panel in work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from maquette.deliver.board_cells import Picture, board_of, spec
from maquette.deliver.board_pdf import board_pdf
from maquette.deliver.contact_sheet import contact_sheet
from maquette.deliver.shot_csv import shot_list_csv
from maquette.direct.casting import cast_identity
from maquette.direct.dressing import dress_scene, light_scene
from maquette.direct.performance import opening, perform
from maquette.direct.resolve import stated_camera
from maquette.film.board import Board, aspect_name, layout_named, paper_named
from maquette.film.cast import Identity
from maquette.film.controls import Directed
from maquette.film.delivered import Delivered
from maquette.film.errors import UsageError
from maquette.film.look import WEIGHTS_SUFFIX
from maquette.film.production import Draft, ProductionSettings
from maquette.film.request import FrameSettings, ScreenLine, TakeRequest
from maquette.film.screenplay import Character, Scene, Screenplay
from maquette.film.shot import Move, Shot, ShotList, ShotStatus
from maquette.film.style import PanelStyle
from maquette.pipeline.direction import Direction, delivered_in, lit_as
from maquette.pipeline.documents import Documents
from maquette.pipeline.frames import frame_of, reshaped
from maquette.pipeline.kept import request_in, same_picture
from maquette.pipeline.looks import Looks
from maquette.pipeline.names import file_name
from maquette.pipeline.naming import RESEARCH_MARK
from maquette.pipeline.panel_drawing import PanelDrawing
from maquette.pipeline.results import BoardResult, Panel, Progress, UpdateResult, silent
from maquette.script.read import read_screenplay
from maquette.script.revise import match_drafts
from maquette.script.shot_list import accept, list_shots, merge_shot_lists, omit, select
from maquette.store.database import PanelRecord
from maquette.store.files import file_errors, write_whole
from maquette.store.folder import ProductionFolder, create_folder, only_writer, open_folder, refuse_second
from maquette.version import __version__

if TYPE_CHECKING:
    from maquette.studio import Studio

TRAIN_AGAIN = "these are a house model's weights; train it again with `maquette look DIR train NAME`"
MOVES_WITH_TWO_PANELS = frozenset(Move) - {Move.STATIC, Move.HANDHELD, Move.RACK_FOCUS, Move.FOLLOW, Move.LEAD,
                                           Move.REFRAME}  # fmt: skip
"""Moves that end on another picture than they begin with: boards print both."""


class Production(Documents):
    """A production on disk. Use it as a context manager, or call `close` when done."""

    def __init__(self, folder: ProductionFolder) -> None:
        super().__init__(folder)
        self._studio: Studio | None = None

    def __enter__(self) -> Production:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; nothing can be asked of this production afterwards."""
        self.folder.close()

    # --- what it knows ----------------------------------------------------------------------------------------

    @property
    def history(self) -> tuple[tuple[str, str, str], ...]:
        """(time, action, detail) of everything done here, oldest first."""
        return self.folder.database.history()

    # --- shot list --------------------------------------------------------------------------------------------

    def accept(self, numbers: Sequence[str] | str = "all") -> tuple[Shot, ...]:
        """Accept proposals by number, or all of them; a named shot that was omitted comes back. Returns these."""
        return self._change_shots(lambda shots: accept(shots, numbers), ShotStatus.ACCEPTED, "accept")

    def omit(self, numbers: Sequence[str]) -> tuple[Shot, ...]:
        """Omit shots by number: they keep the number but are no longer drawn. Returns those omitted now."""
        return self._change_shots(lambda shots: omit(shots, numbers), ShotStatus.OMITTED, "omit")

    def _change_shots(
        self, change: Callable[[ShotList], ShotList], status: ShotStatus, action: str
    ) -> tuple[Shot, ...]:
        with only_writer(self.root), self.folder.database.together():
            listed = self.shot_list
            changed = change(listed)
            before = {s.id: s.status for s in listed.shots}
            now = tuple(s for s in changed.shots if s.status is status and before.get(s.id) is not status)
            self.folder.database.put("shots", "list", changed)
            self.folder.database.log(action, ", ".join(s.number for s in now))
        return now

    def update(self, script: Path | str) -> UpdateResult:
        """Read a new draft; shots whose lines are the same keep their ids, numbers, decisions and panels.

        Raises ScriptError for a script that cannot be read; the production then stays as it was.
        """
        fresh = read_screenplay(Path(script))
        with only_writer(self.root), self.folder.database.together():
            old = self.screenplay
            change = match_drafts(old, fresh)
            settings = self.settings
            words = {e.id: e.text for screenplay in (old, fresh) for e in screenplay.elements}
            listed = list_shots(fresh, settings.shot_list)
            merged = merge_shot_lists(self.shot_list, listed, change.new_element_of(), settings.shot_list, words)
            draft = self._store_draft(fresh, Path(script))
            self.folder.database.put("shots", "list", merged.shots)
            self._cast_everyone(fresh)
            self.folder.database.log("update", f"draft {draft.number}: {draft.source_name}")
        return UpdateResult(draft, change, merged)

    def _store_draft(self, screenplay: Screenplay, script: Path) -> Draft:
        database = self.folder.database
        with file_errors(script, "reading"):
            data = script.read_bytes()
        digest = self.folder.media.put(data, script.suffix.lower())
        draft = Draft(
            number=database.versions("draft", "draft") + 1,
            source_name=screenplay.source_name,
            source_sha256=screenplay.source_sha256,
            media=digest,
            suffix=script.suffix.lower(),
        )
        database.put("draft", "draft", draft)
        database.put("screenplay", "draft", screenplay)
        return draft

    def _cast_everyone(self, screenplay: Screenplay) -> None:
        """Give new characters a look; those who have one keep it unless the script's words about them changed."""
        database = self.folder.database
        seed = self.settings.seed
        taken: list[Identity] = []
        for character in screenplay.cast:
            known = database.get("identity", character.name, Identity)
            described = database.get("character", character.name, Character)
            same = described is not None and _words_about(described) == _words_about(character)
            identity = known if known is not None and same else cast_identity(character, seed, taken)
            database.put("character", character.name, character)
            database.put("identity", character.name, identity)
            taken.append(identity)

    # --- board ------------------------------------------------------------------------------------------------

    def board(
        self,
        shots: str | None = None,
        *,
        layout: str = "3x2",
        size: str | None = None,
        paper: str = "a4",
        style: str | None = None,
        out: Path | str | None = None,
        template: Path | str | None = None,
        keep_passes: bool = False,
        keep: bool | None = None,
        progress: Progress | None = None,
    ) -> BoardResult:
        """Draw what is not drawn yet and lay out the board.

        shots: "3,4A,7-9"; None: everything but omitted shots. layout: "1x1" .. "3x3" or "beside". size: "640x360";
        None: 640 wide at the production's aspect ratio. paper: a4, a3, letter, legal, 11x17. style: photo, ink,
        pencil. out: folder for the files; None: `board/` in the production. template: a page template of your own.
        keep: True draws only what an edit has changed in a panel, and keeps every other stroke of the one drawn last;
        False draws whole panels; None shows what was drawn last of a panel's request, and draws whole ones.
        Raises UsageError for values that make no sense, and whatever the verbs raise.
        """
        settings = self.settings
        chosen = [
            s for s in select(self.shot_list, "all" if shots is None else shots) if s.status is not ShotStatus.OMITTED
        ]
        if not chosen:
            raise UsageError("There are no shots to draw: all of them are omitted or none was listed.")
        frame = frame_of(size, settings, style)
        page, sheet = layout_named(layout), paper_named(paper)
        folder = Path(out) if out is not None else self.root / "board"
        _ready_to_write(folder)
        if template is not None:
            board_pdf(Board(title="", paper=sheet, layout=page), {}, Path(template))
        screenplay = self.screenplay
        with only_writer(self.root):
            self.folder.media.sweep()
            drawing = PanelDrawing(self.folder, lambda: self.studio, keep_passes, keep)
            stated = frame.style if style else None
            panels = tuple(self._draw(screenplay, chosen, frame, stated, drawing, progress or silent))
            pictures = [Picture(p.shot.id, p.path.read_bytes(), p.path.suffix, p.frame) for p in panels]
            aspect = frame.width / frame.height
            # Captions say what holds, not what the list first had.
            drawn = list({p.shot.id: p.shot for p in panels}.values())
            board, files = board_of(screenplay, drawn, pictures, layout=page, paper=sheet, aspect=aspect,
                                    aspect_name=aspect_name(aspect))  # fmt: skip
            pdf = board_pdf(board, files, Path(template) if template is not None else None)
            result = _write(folder, self.screenplay.title, pdf, drawn, panels)
            self.folder.database.log("board", f"{len(panels)} panels, {sum(p.new for p in panels)} new")
        return result

    def _draw(
        self,
        screenplay: Screenplay,
        shots: Sequence[Shot],
        frame: FrameSettings,
        style: PanelStyle | None,
        drawing: PanelDrawing,
        progress: Progress,
    ) -> Iterable[Panel]:
        directed = [self.direction.directed(shot) for shot in shots]
        jobs = [(d, name, t) for d in directed for name, t in _moments(d.shot)]
        for done, (d, name, t) in enumerate(jobs):
            shot = d.shot
            progress(done, len(jobs), shot.number)
            try:
                request = self.request_as(d, screenplay, frame, t, style=style)
                panel = drawing.panel(request, shot, name)
            except Exception as error:
                error.add_note(f"while drawing shot {shot.number}")
                raise
            yield panel
        progress(len(jobs), len(jobs), "")

    def request(
        self, screenplay: Screenplay, shot: Shot, frame: FrameSettings, moment_s: Fraction = Fraction(0)
    ) -> TakeRequest:
        """Everything that affects one picture of a shot, in one value; `shot` is one of `shots`."""
        return self.request_as(self.direction.directed(shot), screenplay, frame, moment_s)

    def request_as(
        self,
        directed: Directed,
        screenplay: Screenplay,
        frame: FrameSettings,
        moment_s: Fraction = Fraction(0),
        *,
        timed: bool = False,
        style: PanelStyle | None = None,
    ) -> TakeRequest:
        """The request for a shot with its controls resolved, whether they are stated here or only tried out.

        timed: the picture is one of many, so that the shot's running time plays a part in the first one, too.
        style: what a command asks for; None: the shot's look's, else `frame.style`.
        """
        shot = directed.shot
        scene = scene_of(screenplay, shot)
        settings = self.settings
        cast = self.cast
        present = [cast[n] for n in scene.characters if n in cast]
        names = [i.name for i in present]
        people = screenplay.cast
        looks = Looks(self)
        frame = frame.model_copy(update={"style": style or looks.styled(shot) or frame.style})
        dressing = dress_scene(scene, settings.seed, shot.moment_id, people)
        if directed.lighting.weather is not None:
            dressing = dressing.model_copy(update={"weather": directed.lighting.weather.value})
        return TakeRequest(
            shot=_only_what_is_seen(shot, timed or bool(moment_s)),
            dressing=dressing,
            scene_cast=tuple(present),
            opening=opening(scene, names, people),
            line=_screen_line(self.shots, scene, names),
            performances=perform(scene, names, shot.moment_id, people),
            lighting=lit_as(light_scene(scene), directed),
            camera=stated_camera(directed),
            grade=directed.grade,
            look=looks.applied(shot),
            tracks=directed.tracks,
            frame=reshaped(frame, directed.camera.aspect),
            moment_s=moment_s,
            seed=settings.seed,
            versions=self.studio.versions(__version__, frame.style),
        )

    @property
    def direction(self) -> Direction:
        """What the director states: controls, moods, notes."""
        return Direction(self)

    def delivered(self, shots: str | None = None) -> list[tuple[Shot, str, Delivered | None]]:
        """For each moment of the shots what its newest panel came to: (shot, frame, readings).

        shots: "3,4A,7-9"; None: all that are not omitted. Readings are None where nothing is drawn yet, or where
        controls have changed since: a picture speaks for its own request only.
        """
        screenplay = self.screenplay
        usual = frame_of(None, self.settings, None)
        found: list[tuple[Shot, str, Delivered | None]] = []
        for listed in select(self.shot_list, "all" if shots is None else shots):
            directed = self.direction.directed(listed)
            records = self.database.panels_of(listed.id)
            for frame, t in _moments(directed.shot):
                now = self.request_as(directed, screenplay, usual, t)
                drawn = next((r for r in records if _same_take(r, now)), None)
                found.append((directed.shot, frame, delivered_in(drawn.facts) if drawn is not None else None))
        return found

    @property
    def studio(self) -> Studio:
        """Renderer and generators, started when first needed: reading and listing must not wait for them."""
        if self._studio is None:
            from maquette.studio import Studio

            media = self.folder.media
            self._studio = Studio(lambda digest: media.get(digest, WEIGHTS_SUFFIX, TRAIN_AGAIN))
        return self._studio


def new(root: Path | str, *, script: Path | str, settings: ProductionSettings | None = None) -> Production:
    """Make a production from a screenplay: read it, list its shots, cast its characters. All of it, or nothing.

    Pictures that are in the folder's media already are taken in again when a board asks for them. Raises ScriptError
    for a script that cannot be read and StoreError for a folder that cannot be written or holds a production already.
    """
    screenplay = read_screenplay(Path(script))
    folder = create_folder(Path(root))
    production = Production(folder)
    try:
        with only_writer(folder.root), folder.database.together():
            refuse_second(folder)
            folder.database.put("settings", "production", settings or ProductionSettings())
            draft = production._store_draft(screenplay, Path(script))
            folder.database.put("shots", "list", list_shots(screenplay, production.settings.shot_list))
            production._cast_everyone(screenplay)
            folder.database.log("new", f"draft {draft.number}: {draft.source_name}")
    except BaseException:
        production.close()
        raise
    return production


def open(root: Path | str) -> Production:
    """Open a production. Raises StoreError if there is none or it is damaged."""
    return Production(open_folder(Path(root)))


# --- small parts ----------------------------------------------------------------------------------------------


def _words_about(character: Character) -> Character:
    """What the script says about somebody, wherever in the draft it says so."""
    return character.model_copy(update={"introduced": None, "speaks": True})


def scene_of(screenplay: Screenplay, shot: Shot) -> Scene:
    scene = next((s for s in screenplay.scenes if s.id == shot.scene_id), None)
    if scene is None:
        raise UsageError(
            f"Shot {shot.number} belongs to a scene that the draft does not have: run "
            "`maquette update DIR --script FILE` with the newest draft."
        )
    return scene


def _screen_line(shots: Sequence[Shot], scene: Scene, names: Sequence[str]) -> ScreenLine | None:
    """What the scene's first shot with a stated side says: omitted shots count, so that omitting moves nobody."""
    for shot in shots:
        if shot.scene_id == scene.id and shot.camera_side is not None and shot.subjects and shot.subjects[0] in names:
            return ScreenLine(character=shot.subjects[0], looks=shot.camera_side)
    return None


def panels_of(shot: Shot) -> int:
    """How many panels a board prints for a shot: two for a move that ends on another picture."""
    return len(_moments(shot))


def _moments(shot: Shot) -> tuple[tuple[str, Fraction], ...]:
    if shot.move in MOVES_WITH_TWO_PANELS:
        return (("start", Fraction(0)), ("end", shot.duration_s))
    return (("", Fraction(0)),)


def _same_take(record: PanelRecord, now: TakeRequest) -> bool:
    """Whether a panel shows what is asked for now, in whatever size, style or version."""
    drawn = request_in(record)
    if drawn is None:
        return False
    return same_picture(drawn.model_copy(update={"frame": now.frame, "versions": now.versions}), now)


def _only_what_is_seen(shot: Shot, timed: bool) -> Shot:
    """The shot without what no picture shows: number, decision and captions may change without a new drawing."""
    duration = shot.duration_s if timed else Fraction(1)
    return shot.model_copy(
        update={"id": "", "number": "", "scene_id": "", "scene_number": "", "status": ShotStatus.ASKED, "reason": "",
                "notes": "", "dialogue": "", "source": None, "line_ids": (), "moment_id": None,
                "duration_s": duration, "duration_estimated": False}
    )  # fmt: skip


def _ready_to_write(folder: Path) -> None:
    """Make the board's folder before any panel is drawn: a bad place must not be found out afterwards."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder for the board with --out.")
    with file_errors(folder, "making"):
        folder.mkdir(parents=True, exist_ok=True)


def _write(folder: Path, title: str, pdf: bytes, shots: Sequence[Shot], panels: Sequence[Panel]) -> BoardResult:
    """Write the board's files, each whole or not at all."""
    notes = tuple(dict.fromkeys(f"{p.shot.number}: {n}" for p in panels for n in p.notes))
    copies: list[tuple[Panel, Path]] = []
    for panel in panels:
        frame = f"-{panel.frame}" if panel.frame else ""
        copy = folder / "panels" / f"{file_name(panel.shot.number)}{frame}{panel.path.suffix}"
        write_whole(copy, panel.path.read_bytes())
        copies.append((panel, copy))
    tiles = [(f"{p.shot.number}{' ' + p.frame if p.frame else ''}", spec(p.shot), p.path.read_bytes()) for p in panels]
    result = BoardResult(folder, folder / "board.pdf", folder / "contact-sheet.jpg", folder / "shots.csv",
                         tuple(copies), notes)  # fmt: skip
    write_whole(result.pdf, pdf)
    write_whole(result.contact_sheet, contact_sheet(tiles, title=title))
    write_whole(result.csv, shot_list_csv(shots, RESEARCH_MARK).encode("utf-8-sig"))
    return result
