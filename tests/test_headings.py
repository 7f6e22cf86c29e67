"""Scene headings taken apart, traps included."""

from __future__ import annotations

import pytest

from maquette.film.screenplay import Setting, TimeOfDay
from maquette.script import parse_text
from maquette.script.headings import read_heading

T = TimeOfDay
S = Setting


@pytest.mark.parametrize(
    ("text", "setting", "location", "subs", "time_text", "time"),
    [
        ("INT. LIGHTHOUSE - LAMP ROOM - NIGHT", S.INT, "LIGHTHOUSE", ("LAMP ROOM",), "NIGHT", T.NIGHT),
        ("EXT. 7-ELEVEN - NIGHT", S.EXT, "7-ELEVEN", (), "NIGHT", T.NIGHT),
        ("INT. CAR (MOVING) - DAY", S.INT, "CAR", (), "DAY", T.DAY),
        ("INT. CAR - MOVING - DAY", S.INT, "CAR", (), "DAY", T.DAY),
        ("INT. MARA'S FLAT, KITCHEN - NIGHT", S.INT, "MARA'S FLAT", ("KITCHEN",), "NIGHT", T.NIGHT),
        ("EXT. AUSTIN, TEXAS - DAY", S.EXT, "AUSTIN, TEXAS", (), "DAY", T.DAY),
        ("INT./EXT. TRUCK – DUSK", S.INT_EXT, "TRUCK", (), "DUSK", T.DUSK),
        ("I/E. BUS — MAGIC HOUR", S.INT_EXT, "BUS", (), "MAGIC HOUR", T.BLUE_HOUR),
        ("EXT/INT HOUSE - SUNSET", S.INT_EXT, "HOUSE", (), "SUNSET", T.GOLDEN_HOUR),
        ("EST. LONDON SKYLINE - SUNRISE", S.EST, "LONDON SKYLINE", (), "SUNRISE", T.DAWN),
        ("INT. HOUSE. KITCHEN. NIGHT.", S.INT, "HOUSE", ("KITCHEN",), "NIGHT", T.NIGHT),
        ("INT. HOUSE, NIGHT", S.INT, "HOUSE", (), "NIGHT", T.NIGHT),
        ("INT. HOUSE (NIGHT)", S.INT, "HOUSE", (), "NIGHT", T.NIGHT),
        ("EXT. BOSTON HARBOR DAY", S.EXT, "BOSTON HARBOR", (), "DAY", T.DAY),
        ("INT.HOUSE-NIGHT", S.INT, "HOUSE", (), "NIGHT", T.NIGHT),
        ("INT. DAY ROOM - NIGHT", S.INT, "DAY ROOM", (), "NIGHT", T.NIGHT),
        ("INT. NIGHT CLUB", S.INT, "NIGHT CLUB", (), "", T.UNKNOWN),
        ("INT. HOUSE - LATER THAT NIGHT", S.INT, "HOUSE", (), "LATER THAT NIGHT", T.NIGHT),
        ("INT. HOUSE - THE NEXT MORNING", S.INT, "HOUSE", (), "THE NEXT MORNING", T.MORNING),
        ("INT. HOUSE - NIGHT - FLASHBACK", S.INT, "HOUSE", (), "NIGHT", T.NIGHT),
        ("EXT. PARIS (1944) - DAWN", S.EXT, "PARIS", (), "DAWN", T.DAWN),
        ("EXT. SEA - PRE-DAWN", S.EXT, "SEA", (), "PRE-DAWN", T.BLUE_HOUR),
        ("INT. CELL - MIDNIGHT", S.INT, "CELL", (), "MIDNIGHT", T.NIGHT),
        ("INT. OFFICE - LATE AFTERNOON", S.INT, "OFFICE", (), "LATE AFTERNOON", T.AFTERNOON),
        ("INT. OFFICE - 3:10 AM", S.INT, "OFFICE", (), "3:10 AM", T.NIGHT),
        ("INT. OFFICE - EVENING", S.INT, "OFFICE", (), "EVENING", T.DUSK),
        ("INT. 747 - COCKPIT - DAY (CONTINUOUS)", S.INT, "747", ("COCKPIT",), "DAY (CONTINUOUS)", T.DAY),
        ("INT. HOUSE (KITCHEN) - DAY", S.INT, "HOUSE", ("KITCHEN",), "DAY", T.DAY),
        ("INTERIOR. BARN - NOON", S.INT, "BARN", (), "NOON", T.NOON),
        ("int. barn - night", S.INT, "barn", (), "night", T.NIGHT),
        ("THE VOID", S.UNKNOWN, "THE VOID", (), "", T.UNKNOWN),
        ("INT. WOHNUNG - KÜCHE - NACHT", S.INT, "WOHNUNG", ("KÜCHE",), "NACHT", T.NIGHT),
        ("INT - BARN - DAY", S.INT, "BARN", (), "DAY", T.DAY),
        ("INT. ST. MARY'S CHURCH - DAY", S.INT, "ST. MARY'S CHURCH", (), "DAY", T.DAY),
        ("INT. DR. VOSS'S OFFICE - DAY", S.INT, "DR. VOSS'S OFFICE", (), "DAY", T.DAY),
        ("EXT. WASHINGTON D.C. - DAY", S.EXT, "WASHINGTON D.C.", (), "DAY", T.DAY),
        ("EXT. ROOF - DAY 2", S.EXT, "ROOF", (), "DAY 2", T.DAY),
        ("EXT. ROOF - DAY/NIGHT", S.EXT, "ROOF", (), "DAY/NIGHT", T.DAY),
    ],
)
def test_parts(
    text: str, setting: Setting, location: str, subs: tuple[str, ...], time_text: str, time: TimeOfDay
) -> None:
    heading = read_heading(text, None)
    assert (heading.setting, heading.location, heading.sub_locations) == (setting, location, subs)
    assert (heading.time_text, heading.time_of_day) == (time_text, time)
    assert heading.text == text


@pytest.mark.parametrize(
    "word", ["CONTINUOUS", "SAME", "SAME TIME", "LATER", "MOMENTS LATER", "A FEW MINUTES LATER", "MEANWHILE"]
)
def test_relative_times_take_the_scene_before(word: str) -> None:
    script = parse_text(f"EXT. A - DUSK\n\nx.\n\nINT. B - {word}\n\ny.\n\nINT. C - {word}\n\nz.\n\nINT. D - DAY\n\nw.")
    assert [s.heading.time_of_day for s in script.scenes] == [T.DUSK, T.DUSK, T.DUSK, T.DAY]
    assert [s.heading.location for s in script.scenes] == list("ABCD")
    assert read_heading(f"INT. B - {word}", None).time_of_day is T.UNKNOWN


def test_heading_with_nothing_under_it() -> None:
    script = parse_text("INT. A - DAY\n\nEXT. B - NIGHT\n")
    assert [s.elements for s in script.scenes] == [(), ()]
