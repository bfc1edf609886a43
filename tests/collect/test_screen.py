"""The screen and the desk without a terminal: whatever is pressed, it fits and it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import LAW, answer_file, asked, questionnaire, stream
from builders import component as part
from builders import question as one
from it4it_assess.collect.asks import Ask, questions
from it4it_assess.collect.conversation import Conversation
from it4it_assess.collect.desk import Desk, dropped, entered, pressed, prompt, takes_a_line
from it4it_assess.collect.intake import intake
from it4it_assess.collect.screen import screen
from it4it_assess.collect.sitting import begin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from it4it_assess.collect.sitting import Change, Sitting
    from it4it_assess.model.questionnaire import Questionnaire

KEYS = [*"012345u?nszb+eajwph9 é", "left", "right", "\x1b", "\x00"]
LINES = ["", "2", "7", "why not", "a.2", "Anna, owner", "x\x1b[2J", "🥐" * 200]
SMALL = asked(a=3, b=2)


class Disk:
    """Stands for the file: what has been kept, by ask."""

    def __init__(self, said: Mapping[str, object]) -> None:
        self.holds = dict(said)

    def keep(self, _: Sitting, change: Change) -> None:
        assert self.holds.get(change.ask) == change.before
        self.holds[change.ask] = change.after


def table(content: Questionnaire, *, firm: bool) -> tuple[Conversation, Desk, Disk]:
    asks: dict[str, Ask] = {**(intake(content) if firm else {}), **questions(content)}
    disk = Disk(answer_file({"a.2": {"level": 3, "note": "a note"}}).answers)
    talk = Conversation(content, asks, disk.keep, lambda sitting: sitting)
    return talk, Desk(begin(asks, disk.holds, asks)), disk


@LAW
@given(
    moves=st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(LINES)), max_size=30),
    firm=st.booleans(),
    size=st.tuples(st.integers(1, 150), st.integers(3, 60)),
)
def test_whatever_is_pressed_the_disk_holds_it_and_the_screen_fits(
    moves: list[tuple[str, str]], *, firm: bool, size: tuple[int, int]
) -> None:
    talk, desk, disk = table(SMALL, firm=firm)
    for key, line in moves:
        if desk.over:
            break
        if key == "\x1b":
            desk = dropped(desk)
        elif takes_a_line(talk, desk):
            assert prompt(talk, desk)
            desk = entered(talk, desk, line)
        else:
            desk = pressed(talk, desk, key)
        assert {name: value for name, value in disk.holds.items() if value is not None} == {
            name: value for name, value in desk.sitting.said.items() if value is not None
        }
        if not desk.over:
            lines = screen(talk.asks, desk.sitting, desk.face, width=size[0], height=size[1])
            assert len(lines) <= max(size[1], 4)
    while desk.sitting.done:
        desk = Desk(desk.sitting._replace(at=0))
        desk = (
            pressed(talk, desk, "z") if not takes_a_line(talk, desk) else entered(talk, desk, "z")
        )
    assert {name: value for name, value in disk.holds.items() if value is not None} == {
        "a.2": answer_file({"a.2": {"level": 3, "note": "a note"}}).answers["a.2"]
    }


def shown(lines: list[list[tuple[str, str]]]) -> list[str]:
    return ["".join(text for _, text in line).rstrip() for line in lines]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (60, 24), (132, 50)])
def test_every_shipped_question_has_its_levels_and_its_way_out_in_view(
    width: int, height: int, shipped: Questionnaire
) -> None:
    talk, desk, _ = table(shipped, firm=True)
    for place, name in enumerate(desk.sitting.queue):
        sitting = desk.sitting._replace(at=place, said={})
        lines = shown(screen(talk.asks, sitting, desk.face, width=width, height=height))
        assert len(lines) == height
        assert max(map(len, lines)) <= width
        text = " ".join(" ".join(lines).split())
        for choice in talk.asks[name].choices:
            assert f"{choice.key} {choice.means}" in text
        assert "q leave" in text


def test_the_level_that_stands_is_marked_by_more_than_colour() -> None:
    talk, desk, _ = table(SMALL, firm=False)
    sitting = desk.sitting._replace(at=1)
    lines = shown(screen(talk.asks, sitting, desk.face, width=80, height=24))
    assert [line for line in lines if line.startswith(" > ")] == [" > 3  Practice 3."]
    assert ' Now: 3 "a note"' in lines


def test_a_panel_turns_its_pages_and_then_goes_away() -> None:
    talk, desk, _ = table(SMALL, firm=False)
    seen = []
    for _ in range(5):
        desk = pressed(talk, desk, "h")
        seen.append(shown(screen(talk.asks, desk.sitting, desk.face, width=60, height=20)))
    helps = [[line for line in page if "LEVEL" in line or "h: more" in line] for page in seen]
    assert helps[0] == [" u LEVEL     unsure of a level, as in u2", " ... h: more"]
    everything = {line for page in seen for line in page}
    assert " q           leave; everything is saved" in everything
    assert any(
        not any(
            "unknown: nobody" in line or "leave; every" in line or "more" in line for line in page
        )
        for page in seen
    ), "some turn shows no panel"


def test_a_scale_of_longer_numbers_is_typed() -> None:
    content = questionnaire(stream("a", part("a.part", one("a.1"))), scale=(0, 25, 50, 75, 100))
    asks = questions(content)
    disk = Disk({})
    talk = Conversation(content, asks, disk.keep, lambda sitting: sitting)
    desk = Desk(begin(asks, {}, asks))
    assert takes_a_line(talk, desk)
    assert prompt(talk, desk) == "Level: "
    desk = entered(talk, desk, "7")
    assert desk.face.message == "'7' is no level; give one of 0, 25, 50, 75, 100, or h for help"
    assert entered(talk, desk, "75").over


def test_a_window_too_small_says_so_and_keeps_the_way_out(shipped: Questionnaire) -> None:
    talk, desk, _ = table(shipped, firm=False)
    lines = shown(screen(talk.asks, desk.sitting, desk.face, width=40, height=12))
    assert len(lines) == 12
    assert " ... a larger window shows the rest; so does --plain"[:40].rstrip() in lines[-3]
    assert "q leave" in lines[-1]
