"""Scene headings: what is one, and setting, location, sub-locations and time of day out of it."""

from __future__ import annotations

import re

from maquette.film.screenplay import Heading, Setting, TimeOfDay
from maquette.script.times import clock_time, is_time, names_only_relation, time_of_day

_SETTINGS = r"INT\.?\s?[/\\-]\s?EXT|EXT\.?\s?[/\\-]\s?INT|INT|EXT|EST|I\.?\s?/\s?E|E\.?\s?/\s?I"
_TYPED_NUMBER = r"(?P<number>\d{1,4}[A-Z]{0,3}|[A-Z]{1,2}\d{1,4}[A-Z]{0,2})[.)]?\s{1,40}"
_DOTTED = re.compile(rf"(?:{_TYPED_NUMBER})?(?P<setting>{_SETTINGS})\s?[.:]", re.IGNORECASE)
_BARE = re.compile(rf"(?:{_TYPED_NUMBER})?(?P<setting>{_SETTINGS})(?=\s|[-–—]|$)", re.IGNORECASE)
_SPELT = re.compile(
    r"(?P<number>(?!))?(?P<setting>INTERIOR\s?/\s?EXTERIOR|EXTERIOR\s?/\s?INTERIOR|INTERIOR|EXTERIOR)(?=[\s.:]|[-–—])"
)
_ESTABLISHED = re.compile(r"EST\.?\s?(SINCE\s)?'?\d", re.IGNORECASE)
_LONGEST = 300
_SCENE_NUMBER = re.compile(r"#\s?([\w.\-]{1,20})\s?#$")

_DASH = re.compile(r"\s-+(?:\s|$)|\s-+|-+\s|-{2,}|\s?[–—―]+\s?")
_PARENS = re.compile(r"\(([^()]*)\)")
_TIGHT_TIME = re.compile(r"^(.+)-([A-Z]+)$", re.IGNORECASE)
_INNER = re.compile(
    r"\s?:\s|,\s|(?<!\bST)(?<!\bDR)(?<!\bMR)(?<!\bMT)(?<!\bFT)(?<!\bMS)(?<!\bMRS)(?<!\bNO)(?<!\b\w)\.\s(?=\S{4})", re.I
)
_FINAL_STOP = re.compile(r"(?<!\.\w)[.,:]+$")
_NOT_A_PLACE = re.compile(
    r"(MOVING|STATIONARY|PARKED|DRIVING|TRAVEL+ING|STOPPED|RUNNING|(END )?FLASH ?(BACK|FORWARD)S?( (TO|#)? ?\d*)?"
    r"|DREAM( SEQUENCE)?|"
    r"NIGHTMARE|FANTASY|MEMORY|MONTAGE|INTERCUT|(RE-?)?ESTABLISHING( SHOT)?|STOCK( FOOTAGE| SHOT)?|PRESENT( DAY)?"
    r"|PAST|FUTURE|VFX|"
    r"POV|RAIN(ING|Y)?|SNOW(ING|Y)?|FOG(GY)?|STORM(Y)?|WINTER|SUMMER|SPRING|AUTUMN|FALL|SIMULTANEOUS|O\.?S\.?|V\.?O\.?|"
    r"(LATE |EARLY |MID[- ]?)?(\d{4}(['’]?S)?|['’]\d\dS?)|(\d+|TWO|THREE|FIVE|TEN|TWENTY) (YEARS|MONTHS|WEEKS) "
    r"(AGO|EARLIER|LATER))",
    re.IGNORECASE,
)
_REGIONS = frozenset(
    [
        "ALABAMA",
        "ALASKA",
        "ARIZONA",
        "ARKANSAS",
        "CALIFORNIA",
        "COLORADO",
        "CONNECTICUT",
        "DELAWARE",
        "FLORIDA",
        "GEORGIA",
        "HAWAII",
        "IDAHO",
        "ILLINOIS",
        "INDIANA",
        "IOWA",
        "KANSAS",
        "KENTUCKY",
        "LOUISIANA",
        "MAINE",
        "MARYLAND",
        "MASSACHUSETTS",
        "MICHIGAN",
        "MINNESOTA",
        "MISSISSIPPI",
        "MISSOURI",
        "MONTANA",
        "NEBRASKA",
        "NEVADA",
        "OHIO",
        "OKLAHOMA",
        "OREGON",
        "PENNSYLVANIA",
        "TENNESSEE",
        "TEXAS",
        "UTAH",
        "VERMONT",
        "VIRGINIA",
        "WASHINGTON",
        "WISCONSIN",
        "WYOMING",
        "NY",
        "NYC",
        "LA",
        "CA",
        "TX",
        "FL",
        "DC",
        "NJ",
        "MA",
        "IL",
        "WA",
        "PA",
        "ENGLAND",
        "SCOTLAND",
        "WALES",
        "IRELAND",
        "UK",
        "USA",
        "FRANCE",
        "GERMANY",
        "SPAIN",
        "ITALY",
        "PORTUGAL",
        "GREECE",
        "TURKEY",
        "EGYPT",
        "MOROCCO",
        "INDIA",
        "CHINA",
        "JAPAN",
        "KOREA",
        "RUSSIA",
        "UKRAINE",
        "POLAND",
        "AUSTRIA",
        "HUNGARY",
        "SWEDEN",
        "NORWAY",
        "DENMARK",
        "FINLAND",
        "ICELAND",
        "CANADA",
        "MEXICO",
        "BRAZIL",
        "ARGENTINA",
        "CHILE",
        "CUBA",
        "AUSTRALIA",
        "KENYA",
        "NIGERIA",
        "IRAQ",
        "IRAN",
        "ISRAEL",
        "SYRIA",
        "AFGHANISTAN",
        "VIETNAM",
        "THAILAND",
    ]
) | {"NEW YORK", "NEW JERSEY", "NEW MEXICO", "SOUTH AFRICA", "NEW ZEALAND", "NORTH CAROLINA", "SOUTH CAROLINA", "D.C."}


def heading_match(text: str) -> re.Match[str] | None:
    """The match of an unforced scene heading's first word (groups `number`, `setting`), or None."""
    if len(text) > _LONGEST or _ESTABLISHED.match(text):
        return None
    if match := _DOTTED.match(text) or _SPELT.match(text):
        return match if text[match.end() :].strip(" .:-–—") else None
    match = _BARE.match(text)
    if not match or not text[match.end() :].strip(" .:-–—"):
        return None
    if match["setting"] == match["setting"].upper():
        return match
    place = text[match.end() :]
    spoken = place.rstrip().endswith((".", "!", "?", ","))
    return match if _DASH.search(place) and not spoken else None


def is_strong_heading(text: str) -> bool:
    """A heading that stands against a paragraph without an empty line before it: capitals, full stop, and a time."""
    match = _DOTTED.match(text)
    if not match or text != text.upper() or not heading_match(text):
        return False
    return is_time(read_heading(text, None).time_text)


def cut_scene_number(text: str) -> tuple[str, str | None]:
    """`INT. HOUSE #24A#` as ("INT. HOUSE", "24A")."""
    match = _SCENE_NUMBER.search(text, max(0, len(text) - 26))
    return (text[: match.start()].rstrip(), match.group(1)) if match else (text, None)


def cut_typed_number(text: str) -> tuple[int, int, str | None]:
    """Numbers typed at both ends, as in `24A INT. HOUSE - DAY 24A`: start and end of the heading, and the number."""
    match = heading_match(text)
    if not match or not match["number"]:
        return 0, len(text), None
    number, start, end = match["number"], match.start("setting"), len(text)
    tail = text.rstrip("* .")
    if tail.upper().endswith(" " + number.upper()) and len(tail) - len(number) > match.end():
        end = len(tail) - len(number)
    return start, end, number


def read_heading(text: str, before: TimeOfDay | None) -> Heading:
    """A heading taken apart. `before`: time of the scene before, for CONTINUOUS, SAME and LATER; None: there is none.

    A part that is no place ("MOVING", "FLASHBACK", "1944") stays in `text` alone.
    """
    words = " ".join(text.split())
    match = heading_match(words)
    setting = _setting(match["setting"]) if match else Setting.UNKNOWN
    rest = words[match.end() :].strip(" .:-–—") if match else words
    parts = [part.strip() for part in _DASH.split(rest)]
    parts = [part for part in parts if part]
    parts, time_text = _take_time(parts)
    places = [place for part in parts for place in _places(part)]
    return Heading(
        text=words,
        setting=setting,
        location=places[0] if places else rest.strip(" .,"),
        sub_locations=tuple(places[1:]),
        time_text=time_text,
        time_of_day=_resolved(time_text, before),
    )


def _setting(word: str) -> Setting:
    letters = word.upper()
    if "I" in letters and "E" in letters and ("/" in letters or "\\" in letters or "-" in letters):
        return Setting.INT_EXT
    return {"I": Setting.INT, "S": Setting.EST}.get(letters[0] if letters[:3] != "EST" else "S", Setting.EXT)


def _resolved(time_text: str, before: TimeOfDay | None) -> TimeOfDay:
    if not time_text:
        return TimeOfDay.UNKNOWN
    stated = time_of_day(time_text)
    if stated is TimeOfDay.UNKNOWN and names_only_relation(time_text):
        return before or TimeOfDay.UNKNOWN
    return stated


def _take_time(parts: list[str]) -> tuple[list[str], str]:
    """The part that names the time, taken out: the last of them after the first part, else the end of the first."""
    times = [
        at for at in range(1, len(parts)) if is_time(_PARENS.sub(" ", parts[at])) or clock_time(parts[at]) is not None
    ]
    absolute = [at for at in times if time_of_day(parts[at]) is not TimeOfDay.UNKNOWN]
    if times:
        chosen = (absolute or times)[-1]
        return [p for at, p in enumerate(parts) if at not in times], parts[chosen].strip(" .,")
    for at in range(len(parts) - 1, -1, -1):
        cut = _time_at_end(parts[at])
        if cut:
            return [*parts[:at], *([cut[0]] if cut[0] else []), *parts[at + 1 :]], cut[1]
    return parts, ""


def _time_at_end(part: str) -> tuple[str, str] | None:
    """(`HOUSE`, `NIGHT`) of "HOUSE (NIGHT)", "HOUSE, NIGHT", "HOUSE. NIGHT", "HOUSE-NIGHT" and "HOUSE NIGHT"."""
    for inside in _PARENS.finditer(part):
        if is_time(inside.group(1)):
            return (part[: inside.start()] + part[inside.end() :]).strip(" .,"), inside.group(1).strip()
    part = part.rstrip(" .")
    for mark in (", ", ". ", ": ", "/"):
        head, found, tail = part.rpartition(mark)
        if found and head and is_time(tail):
            return head, tail
    tight = _TIGHT_TIME.match(part)
    if tight and is_time(tight.group(2)):
        return tight.group(1), tight.group(2)
    words = part.split()
    if len(words) > 1 and words[-1].upper() in (
        "DAY",
        "NIGHT",
        "CONTINUOUS",
        "LATER",
        "MORNING",
        "EVENING",
        "DAWN",
        "DUSK",
    ):
        first = len(words) - 1
        while first > 1 and is_time(" ".join(words[first - 1 :])):
            first -= 1
        return " ".join(words[:first]), " ".join(words[first:])
    return None


def _places(part: str) -> list[str]:
    """`MARA'S FLAT, KITCHEN` as two places; brackets are a place of their own or, like (MOVING), none."""
    inside = [match.strip() for match in _PARENS.findall(part)]
    outside = " ".join(_PARENS.sub(" ", part).split()).strip(" ,:")
    found: list[str] = []
    if outside and not _NOT_A_PLACE.fullmatch(outside):
        for piece in _INNER.split(outside):
            words = _FINAL_STOP.sub("", piece.strip())
            if found and words.upper() in _REGIONS:
                found[-1] += ", " + words
            elif words and not (found and _NOT_A_PLACE.fullmatch(words)):
                found.append(words)
    found += [place for place in inside if place and not _NOT_A_PLACE.fullmatch(place) and not is_time(place)]
    return found
