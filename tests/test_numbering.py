"""Shot numbers: US, UK and VFX; unique and stable whatever is inserted or omitted."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.film.errors import ShotError
from maquette.film.settings import NumberingScheme, ShotListSettings
from maquette.film.shot import Framing, Shot, ShotList, ShotRole, ShotSize, ShotStatus
from maquette.script.numbering import letter_series, number_new
from maquette.script.shot_choice import accept, omit, select

US = ShotListSettings(scheme=NumberingScheme.US)
UK = ShotListSettings(scheme=NumberingScheme.UK)
VFX = ShotListSettings(scheme=NumberingScheme.VFX, show_code="TLF", sequence_code="HBR")


def shot(name: str, scene: str = "24", status: ShotStatus = ShotStatus.PROPOSED) -> Shot:
    return Shot(
        id=name,
        number="",
        scene_id=f"scene-{scene}",
        scene_number=scene,
        role=ShotRole.COVERAGE,
        framing=Framing.SINGLE,
        size=ShotSize.MS,
        lens_mm=40,
        status=status,
    )


def numbers(shots: tuple[Shot, ...]) -> list[str]:
    return [s.number for s in shots]


def test_us_letters_skip_i_and_o_and_double_after_z() -> None:
    shots = number_new((), [shot(str(i)) for i in range(28)], US)
    expected = ["24", *(f"24{c}" for c in "ABCDEFGHJKLMNPQRSTUVWXYZ"), "24AA", "24AB", "24AC"]
    assert numbers(shots) == expected


def test_the_user_sets_the_skipped_letters() -> None:
    chosen = ShotListSettings(skipped_letters="abio")
    assert numbers(number_new((), [shot(str(i)) for i in range(4)], chosen)) == ["24", "24C", "24D", "24E"]
    assert list(islice(letter_series("CDEFGHIJKLMNOPQRSTUVWXYZ"), 6)) == ["A", "B", "AA", "AB", "BA", "BB"]


def test_an_insertion_appends_a_letter_to_the_shot_before_it() -> None:
    old = number_new((), [shot("m"), shot("a"), shot("b"), shot("c")], US)
    m, a, b, c = old
    x, y, z = shot("x"), shot("y"), shot("z")
    between = number_new(old, [m, a, x, b, c], US)
    assert numbers(between) == ["24", "24A", "24AA", "24B", "24C"]
    assert numbers(number_new(old, [m, a, x, y, b, z, c], US)) == ["24", "24A", "24AA", "24AB", "24B", "24BA", "24C"]
    deeper = number_new(between, [m, a, between[2], y, b, c], US)
    assert numbers(deeper) == ["24", "24A", "24AA", "24AB", "24B", "24C"]


def test_a_shot_after_the_last_goes_on_and_one_before_a_takes_the_next_letter() -> None:
    old = number_new((), [shot("m"), shot("a"), shot("b")], US)
    m, a, b = old
    assert numbers(number_new(old, [m, a, b, shot("x")], US))[-1] == "24C"
    assert numbers(number_new(old, [m, shot("x"), a, b], US)) == ["24", "24C", "24A", "24B"]
    assert numbers(number_new(old, [shot("x"), m, a, b], US)) == ["24C", "24", "24A", "24B"]


def test_an_inserted_24aa_does_not_collide_with_the_continuation_after_z() -> None:
    old = number_new((), [shot(str(i)) for i in range(25)], US)
    assert old[-1].number == "24Z"
    inserted = number_new(old, [*old[:2], shot("x"), *old[2:]], US)
    assert inserted[2].number == "24AA"
    more = number_new(inserted, [*inserted, shot("y"), shot("z")], US)
    assert numbers(more)[-2:] == ["24AB", "24AC"]
    late = number_new(more, [more[0], more[1], more[2], shot("w"), *more[3:]], US)
    assert len(set(numbers(late))) == len(late)


def test_a_lettered_scene_writes_its_letter_first() -> None:
    shots = number_new((), [shot("a"), shot("b"), shot("c", "24A"), shot("d", "24A")], US)
    assert numbers(shots) == ["24", "24A", "A24", "A24A"]


def test_a_number_of_an_omitted_shot_is_never_given_again() -> None:
    old = number_new((), [shot("m"), shot("a"), shot("b")], US)
    gone = [s.model_copy(update={"status": ShotStatus.OMITTED}) if s.id == "b" else s for s in old]
    assert numbers(number_new(gone, [old[0], old[1], shot("x")], US))[-1] == "24C"


def test_uk_slates_climb_through_the_shoot() -> None:
    old = number_new((), [shot("a", "1"), shot("b", "1"), shot("c", "2")], UK)
    assert numbers(old) == ["1", "2", "3"]
    assert numbers(number_new(old, [old[0], shot("x", "1"), old[1], old[2]], UK)) == ["1", "4", "2", "3"]


def test_vfx_steps_of_ten_and_the_middle_of_a_gap() -> None:
    old = number_new((), [shot("a", "7"), shot("b", "7"), shot("c", "8")], VFX)
    assert numbers(old) == ["TLF_HBR_007_0010", "TLF_HBR_007_0020", "TLF_HBR_008_0010"]
    a, b, c = old
    one = number_new(old, [shot("z", "7"), a, shot("x", "7"), b, shot("y", "7"), c], VFX)
    assert [n[-4:] for n in numbers(one)] == ["0005", "0010", "0015", "0020", "0030", "0010"]
    many = number_new(old, [a, *(shot(f"x{i}", "7") for i in range(12)), b, c], VFX)
    assert len(set(numbers(many))) == 15
    assert numbers(many)[10].endswith("0010A") or "A" in "".join(n[-2:] for n in numbers(many)[1:13])


names = st.integers(0, 10_000).map(lambda n: f"s{n}")


@settings(max_examples=80, deadline=None)
@given(
    scheme=st.sampled_from([US, UK, VFX]),
    counts=st.lists(st.integers(1, 30), min_size=1, max_size=4),
    rounds=st.lists(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=8), max_size=4),
)
def test_numbers_are_unique_and_never_change(
    scheme: ShotListSettings, counts: list[int], rounds: list[list[tuple[int, bool]]]
) -> None:
    """However often shots are inserted or omitted: no number twice, no number altered."""
    scenes = ["24", "24A", "25", "A25"]
    first = [shot(f"{scene}-{i}", scene) for scene, n in zip(scenes, counts, strict=False) for i in range(n)]
    current = number_new((), first, scheme)
    ever = {s.id: s.number for s in current}
    for turn, edits in enumerate(rounds):
        order = list(current)
        for step, (place, insert) in enumerate(edits):
            at = place % len(order)
            if insert:
                order.insert(at, shot(f"new-{turn}-{step}", order[at].scene_number))
            else:
                order[at] = order[at].model_copy(update={"status": ShotStatus.OMITTED})
        current = number_new(current, order, scheme)
        for s in current:
            assert ever.setdefault(s.id, s.number) == s.number
    assert len({s.number for s in current}) == len(current)
    assert all(s.number for s in current)


# --- choosing by number ---------------------------------------------------------------------------------------


@pytest.fixture
def listed() -> ShotList:
    shots = [shot("a", "3"), *(shot(f"b{i}", "4") for i in range(3)), *(shot(f"c{i}", str(i)) for i in (7, 8, 9))]
    return ShotList(shots=number_new((), shots, US))


def test_select_by_numbers_and_ranges(listed: ShotList) -> None:
    assert numbers(select(listed, "3,4A,7-9")) == ["3", "4A", "7", "8", "9"]
    assert numbers(select(listed, "4a 3")) == ["3", "4A"]
    assert numbers(select(listed, "4 - 4B")) == ["4", "4A", "4B"]
    assert numbers(select(omit(listed, ["8"]), "7-9")) == ["7", "9"]
    assert numbers(select(omit(listed, ["8"]), "all")) == ["3", "4", "4A", "4B", "7", "9"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("4X", r"There is no shot 4X: close matches: .*4A"),
        ("9-7", r"The range 9-7 runs backwards: write 7-9"),
        ("", r"No shot is chosen"),
        ("zzz", r"There is no shot zzz: the list has no number like it"),
        ("7-99", r"There is no shot 99"),
    ],
)
def test_a_wrong_choice_is_explained(listed: ShotList, wanted: str, said: str) -> None:
    with pytest.raises(ShotError, match=said):
        select(listed, wanted)


def test_accept_and_omit(listed: ShotList) -> None:
    some = accept(listed, ["3", "4a"])
    assert [s.number for s in some.shots if s.status is ShotStatus.ACCEPTED] == ["3", "4A"]
    assert {s.status for s in accept(listed, "all").shots} == {ShotStatus.ACCEPTED}
    assert [s.number for s in accept(listed, "7-9").shots if s.status is ShotStatus.ACCEPTED] == ["7", "8", "9"]
    gone = omit(some, ["4A"])
    assert [s.number for s in gone.shots] == [s.number for s in listed.shots]
    assert [s.number for s in gone.shots if s.status is ShotStatus.OMITTED] == ["4A"]
    assert accept(gone, "all").shots[2].status is ShotStatus.OMITTED, "all takes proposals, not what was omitted"
    assert accept(gone, ["4A"]).shots[2].status is ShotStatus.ACCEPTED
    asked = ShotList(shots=(listed.shots[0].model_copy(update={"status": ShotStatus.ASKED}),))
    assert accept(asked, "all") == asked
    with pytest.raises(ShotError, match="There is no shot 12"):
        omit(listed, ["12"])
