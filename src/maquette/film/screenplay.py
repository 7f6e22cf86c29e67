"""A screenplay as read: every line with a stable id and its place in the source."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from maquette.film.base import Noun


class ElementKind(StrEnum):
    """What a screenplay element is."""

    SCENE_HEADING = "scene_heading"
    ACTION = "action"
    CHARACTER = "character"
    PARENTHETICAL = "parenthetical"
    """Its text is without the brackets."""
    DIALOGUE = "dialogue"
    LYRIC = "lyric"
    TRANSITION = "transition"
    CENTERED = "centered"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    NOTE = "note"
    BONEYARD = "boneyard"
    PAGE_BREAK = "page_break"
    SHOT = "shot"
    """A line that states a shot: Beat's `!!` line, FDX "Shot" paragraphs."""


class Emphasis(StrEnum):
    """How a run of text is set."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"


class Run(Noun):
    """Text set in one way."""

    text: str
    emphasis: frozenset[Emphasis] = frozenset()


class Place(Noun):
    """Where something stands in the source file."""

    line: int
    """First line, counted from 1."""
    end_line: int
    """Last line, inclusive."""


class Element(Noun):
    """One element of the screenplay: a paragraph of action, one speech's character cue, ..."""

    id: str
    """Stable over drafts as long as the words and their neighbourhood stay: derived from kind, words and occurrence."""
    kind: ElementKind
    text: str
    """The words without markup; line breaks inside an element are kept as newlines."""
    runs: tuple[Run, ...] = ()
    """The words with their emphasis. Empty: no emphasis anywhere."""
    place: Place
    forced: bool = False
    """The writer forced the kind (`.`, `!`, `@`, `>`, `~`)."""
    character: str | None = None
    """For cue, parenthetical, dialogue and lyric: the speaker's name without extensions, in capitals."""
    extension: tuple[str, ...] = ()
    """For a cue: V.O., O.S., CONT'D ... without parentheses."""
    dual: bool = False
    """For a cue and its speech: this is the second column of dual dialogue (`^`)."""
    scene_number: str | None = None
    depth: int = 0
    """For a section: number of `#`."""


class Setting(StrEnum):
    """The first word of a scene heading."""

    INT = "INT"
    EXT = "EXT"
    EST = "EST"
    INT_EXT = "INT/EXT"
    UNKNOWN = "UNKNOWN"


class TimeOfDay(StrEnum):
    """The time that a heading names; each has a sun position in the stage."""

    DAWN = "dawn"
    MORNING = "morning"
    DAY = "day"
    NOON = "noon"
    AFTERNOON = "afternoon"
    GOLDEN_HOUR = "golden hour"
    DUSK = "dusk"
    BLUE_HOUR = "blue hour"
    NIGHT = "night"
    UNKNOWN = "unknown"
    """Not stated, or CONTINUOUS / LATER with nothing before it."""


class Heading(Noun):
    """A scene heading taken apart."""

    text: str
    setting: Setting
    location: str
    """`LIGHTHOUSE` of `INT. LIGHTHOUSE - LAMP ROOM - NIGHT`."""
    sub_locations: tuple[str, ...] = ()
    """(`LAMP ROOM`,)"""
    time_text: str = ""
    """The time as written (`CONTINUOUS`)."""
    time_of_day: TimeOfDay = TimeOfDay.UNKNOWN
    """Resolved: CONTINUOUS, SAME, LATER and MOMENTS LATER take the time of the scene before."""

    @property
    def interior(self) -> bool:
        return self.setting in (Setting.INT, Setting.INT_EXT)


class Scene(Noun):
    """A scene: its heading and what stands under it."""

    id: str
    number: str
    """As written (`#24A#`), else counted from 1."""
    numbered_by_script: bool = False
    heading: Heading
    place: Place
    elements: tuple[Element, ...] = ()
    """Everything under the heading, in order, the heading itself excluded."""
    characters: tuple[str, ...] = ()
    """Names of those who speak or are named in capitals or by name in the action, in order of appearance."""


class Character(Noun):
    """Someone in the cast list, with the script's words about them."""

    name: str
    """In capitals, as in cues."""
    speaks: bool
    introduced: Place | None = None
    description: str = ""
    """The sentence(s) that introduce them, as written."""
    age_years: int | None = None
    """From "40s" (45), "mid-30s" (35), "17", "(62)", "elderly", "teenage", "boy" ..."""
    sex: str | None = None
    """"female", "male" or None where no word says so."""
    build: tuple[str, ...] = ()
    """Words: tall, heavy, wiry ..."""
    clothes: tuple[str, ...] = ()
    """Phrases: "yellow oilskin coat", "grey suit" ..."""
    hair: tuple[str, ...] = ()
    """Phrases: "cropped white hair", "bald", "beard" ..."""
    words: tuple[str, ...] = ()
    """Every other describing word of the introduction."""


class Screenplay(Noun):
    """A whole draft."""

    title_page: dict[str, str] = Field(default_factory=dict)
    """Keys as written (Title, Credit, Author, Draft date, ...); several lines joined by newlines."""
    elements: tuple[Element, ...]
    """All elements in order, headings included."""
    scenes: tuple[Scene, ...]
    cast: tuple[Character, ...]
    source_name: str
    """File name without folder."""
    source_sha256: str
    source_format: str
    """"fountain" or "fdx"."""
    encoding: str
    """utf-8, utf-8-sig, utf-16-le, latin-1 ..."""

    @property
    def title(self) -> str:
        return next((v for k, v in self.title_page.items() if k.lower() == "title"), "").replace("\n", " ")
