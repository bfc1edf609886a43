"""An interview: every answer on disk before the next question, and nothing else touched."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from typing import IO, TYPE_CHECKING

import pytest

from conftest import TODAY
from interviewing import hold
from it4it_assess.collect.interview import Scope, lines_talk, make
from it4it_assess.collect.keeper import ChangedElsewhereError, HeldElsewhereError, Keeper
from it4it_assess.errors import AssessError, UnknownNameError
from it4it_assess.files.load import load_answers
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tool
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

FIRST, SECOND, THIRD = (
    "s2p.architecture.flow",
    "s2p.architecture.roadmap",
    "s2p.architecture.fit",
)
QUESTIONS = Scope(firm=False)
START = """\
# a file somebody keeps by hand
format: 1
questionnaire: it4it
organisation: {name: Café Rosa}  # since 1998
answers:
  # the one we argued about
  d2c.incident.record: 2  # Jo's word
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rosa.yaml"
    path.write_text(START, encoding="utf-8")
    return path


def ask(path: Path, *lines: str, scope: Scope | None = None) -> str:
    """Run an interview on what somebody types; return what was shown."""
    out = io.StringIO()
    typed = iter([f"{line}\n" for line in lines])
    hold(path, scope or QUESTIONS, lines_talk(typed, out))
    return out.getvalue()


def answered(path: Path) -> dict[str, Answer | None]:
    return load_answers(path).answers


def queue(shipped: Questionnaire) -> list[str]:
    return list(shipped.questions)


def test_the_first_questions_are_the_ones_meant(shipped: Questionnaire) -> None:
    assert queue(shipped)[0] == FIRST


def test_each_act_is_recorded_as_an_answer_file_says_it(
    file: Path, shipped: Questionnaire
) -> None:
    names = queue(shipped)
    ask(file, "3", "u2", "?", "n we rent it: all of it", "s", "5", "q")
    assert answered(file) == {
        names[0]: Answer(level=3),
        names[1]: Answer(level=2, unsure=True),
        names[2]: Answer(unknown=True),
        names[3]: Answer(not_applicable="we rent it: all of it"),
        names[5]: Answer(level=5),
        "d2c.incident.record": Answer(level=2),
    }


def test_what_was_written_by_hand_stays(file: Path) -> None:
    ask(file, "3", "q")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in START.splitlines() if line not in lines] == []
    assert [line for line in lines if line not in START.splitlines()] == [f"  {FIRST}: 3"]


def test_windows_line_ends_and_a_byte_order_mark_stay(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + START.replace("\n", "\r\n").encode())
    ask(file, "3", "q")
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == START.count("\n") + 1


def test_an_answer_is_on_disk_before_the_next_question_is_shown(file: Path) -> None:
    seen = []

    def lines() -> Iterator[str]:
        yield "3\n"
        seen.append(answered(file)[FIRST])
        yield "z\n"
        seen.append(answered(file)[FIRST])

    hold(file, QUESTIONS, lines_talk(lines(), io.StringIO()))
    assert seen == [Answer(level=3), None]


def test_it_goes_on_at_the_first_open_question(file: Path, shipped: Questionnaire) -> None:
    ask(file, "3", "?", "q")
    shown = ask(file, "q")
    assert shipped.questions[queue(shipped)[2]].ask in shown
    assert shipped.questions[FIRST].ask not in shown


def test_back_undo_notes_and_evidence(file: Path, shipped: Questionnaire) -> None:
    second = queue(shipped)[1]
    ask(file, "1", "b", "+ said on Monday: #1", "e the list", "4", "2", "z", "q")
    assert answered(file)[FIRST] == Answer(
        level=4, note="said on Monday: #1", evidence=("the list",)
    )
    assert answered(file)[second] is None


def test_words_do_what_their_keys_do(file: Path, shipped: Questionnaire) -> None:
    names = queue(shipped)
    ask(file, "unknown", "skip", "unsure 3", "back", "note so he says", "na not here", "quit", "4")
    assert answered(file) == {
        names[0]: Answer(unknown=True),
        names[2]: Answer(not_applicable="not here", note="so he says"),
        "d2c.incident.record": Answer(level=2),
    }


def test_a_title_will_do_to_jump_to(file: Path) -> None:
    assert "Detect to Correct: Incident. " in ask(file, "j incident", "q")
    assert "Request to Fulfill: " in ask(file, "jump request to", "q")


def test_an_answer_without_a_name_never_takes_the_place_of_voices(file: Path) -> None:
    by_name = Scope(firm=False, respondent="anna")
    ask(file, "1", "q", scope=by_name)
    before = file.read_bytes()
    said = "anna answered this by name; say who answers now first, as in: a anna"
    for line in ("3", "?", "n not ours"):
        assert said in ask(file, f"j {FIRST}", line, "q")
        assert file.read_bytes() == before


def test_a_voice_given_anew_keeps_what_was_noted(file: Path) -> None:
    by_name = Scope(firm=False, respondent="anna")
    ask(file, "1", "b", "+ her own words", "e a list", "b", "3", "q", scope=by_name)
    ask(file, f"j {FIRST}", "4", "q", scope=by_name)
    assert answered(file)[FIRST] == Answer(
        by={"anna": Answer(level=4, note="her own words", evidence=("a list",))}
    )


def test_what_is_noted_of_a_question_stays_when_somebody_answers_it(file: Path) -> None:
    ask(file, "+ ask Anna", "q")
    ask(file, "2", "q", scope=Scope(firm=False, respondent="anna"))
    assert answered(file)[FIRST] == Answer(by={"anna": Answer(level=2)}, note="ask Anna")


def test_characters_that_would_act_on_a_terminal_are_left_out(file: Path) -> None:
    ask(file, "+ red \x1b[31mtext\x07", "q")
    assert answered(file)[FIRST] == Answer(note="red [31mtext")


def test_only_unknown_asks_a_voice_what_it_did_not_know(file: Path) -> None:
    ask(file, "?", "2", "q", scope=Scope(firm=False, respondent="anna"))
    ask(file, "3", "3", "q", scope=Scope(firm=False, respondent="jo"))
    anna = Scope(firm=False, only_unknown=True, respondent="anna")
    assert "1 of 1 " in ask(file, "q", scope=anna)
    assert ask(file, "q", scope=Scope(firm=False, only_unknown=True)).startswith("That was")


def test_respondents_answer_beside_each_other(file: Path) -> None:
    ask(file, "1", "q", scope=Scope(firm=False, respondent="anna"))
    ask(file, "u4", "q", scope=Scope(firm=False, respondent="jo"))
    assert answered(file)[FIRST] == Answer(
        by={"anna": Answer(level=1), "jo": Answer(level=4, unsure=True)}
    )
    assert set(load_answers(file).respondents) == {"anna", "jo"}


def test_nobody_is_shown_what_somebody_else_said(file: Path) -> None:
    ask(file, "1", "q", scope=Scope(firm=False, respondent="anna"))
    assert "jo, now open." in ask(file, "q", scope=Scope(firm=False, respondent="jo"))
    assert "anna, now 1." in ask(file, "b", "q", scope=Scope(firm=False, respondent="anna"))


def test_a_further_voice_leaves_what_was_noted_and_agreed_beside_the_others(file: Path) -> None:
    ask(file, "1", "q", scope=Scope(firm=False, respondent="anna"))
    settled = "{by: {anna: 1}, agreed: 2, note: looked, evidence: [the list]}"
    file.write_text(
        file.read_text(encoding="utf-8").replace("{by: {anna: 1}}", settled), encoding="utf-8"
    )
    ask(file, "4", "q", scope=Scope(firm=False, respondent="jo"))
    assert answered(file)[FIRST] == Answer(
        by={"anna": Answer(level=1), "jo": Answer(level=4)},
        agreed=2,
        note="looked",
        evidence=("the list",),
    )


def test_whoever_answers_is_listed_under_a_short_name(file: Path) -> None:
    ask(file, "2", "b", "a Anna de Vries", "4", "q")
    assert answered(file)[FIRST] == Answer(
        by={"earlier": Answer(level=2), "anna-de-vries": Answer(level=4)}
    )
    assert set(load_answers(file).respondents) == {"earlier", "anna-de-vries"}


def test_scopes_ask_what_they_say(file: Path, shipped: Questionnaire) -> None:
    ask(file, "?", "2", "q")
    essentials = sum(question.essential for question in shipped.questions.values())
    assert f"of {essentials}" in ask(file, "q", scope=Scope(firm=False, quick=True))
    assert "1 of 1 " in ask(file, "q", scope=Scope(firm=False, only_unknown=True))
    assert f"of {len(shipped.questions) - 3}" in ask(
        file, "q", scope=Scope(firm=False, only_unanswered=True)
    )
    d2c = len(next(stream for stream in shipped.streams if stream.id == "d2c").questions)
    assert f"of {d2c}" in ask(file, "q", scope=Scope(firm=False, stream="d2c"))
    with pytest.raises(UnknownNameError, match="d2x"):
        ask(file, "q", scope=Scope(firm=False, stream="d2x"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("7", "'7' is no level"),
        ("yes", "'yes' is no level"),
        ("unsure", "say of which level"),
        ("note", "say what"),
        ("", "give an answer"),
        ("n", "say why"),
        ("u", "say of which level"),
        ("a !!!", "give a short name"),
        ("+", "say what"),
        ("j nowhere", "nothing here is called 'nowhere'"),
        ("u9", "'9' is no level"),
    ],
)
def test_what_is_not_understood_changes_nothing(line: str, said: str, file: Path) -> None:
    before = file.read_bytes()
    assert said in ask(file, line, "q")
    assert file.read_bytes() == before


def test_asking_for_help_reasons_or_scores_changes_nothing(
    file: Path, shipped: Questionnaire
) -> None:
    before = file.read_bytes()
    shown = ask(file, "h", "w", "p", "q")
    assert "undo the last answer" in shown
    assert shipped.questions[FIRST].why in shown
    assert "Detect to Correct: too few answers for a score (0.1 to 4.9), 2% answered" in shown
    assert file.read_bytes() == before


def test_a_new_file_begins_with_the_firms_name(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    make(path, None, 'Bäcker: "Hans"\x1b[2J\n', TODAY)
    ask(path, "2", "q")
    assert load_answers(path).organisation.name == 'Bäcker: "Hans"[2J'
    assert answered(path)[FIRST] == Answer(level=2)
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_somebody_else_changed_is_not_overwritten(file: Path) -> None:
    with Keeper(file, ()) as keeper:
        keeper.put(("answers", FIRST), 1)
        theirs = file.read_text(encoding="utf-8") + "# theirs\n"
        file.write_text(theirs, encoding="utf-8")
        with pytest.raises(ChangedElsewhereError, match="nothing was overwritten"):
            keeper.put(("answers", FIRST), 2)
    assert file.read_text(encoding="utf-8") == theirs


def test_a_second_interview_is_told_who_holds_the_file(file: Path) -> None:
    with (
        Keeper(file, ()),
        pytest.raises(HeldElsewhereError, match=str(os.getpid())),
        Keeper(file, ()),
    ):
        pass
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_lock_of_a_process_that_is_gone_is_taken_over(file: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    (file.parent / f".{file.name}.lock").write_text(str(gone.pid))
    ask(file, "2", "q")
    assert answered(file)[FIRST] == Answer(level=2)


def test_a_disk_that_is_full_loses_the_answer_on_the_screen_and_no_other(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Keeper(file, ()) as keeper:
        keeper.put(("answers", FIRST), 1)
        before = file.read_bytes()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(AssessError, match="everything before it is on disk"):
            keeper.put(("answers", SECOND), 2)
        assert file.read_bytes() == before
        assert {path.name for path in file.parent.iterdir()} == {file.name, f".{file.name}.lock"}


def test_a_pipe_drives_it_and_a_plain_end_of_input_is_no_error(tool: Tool, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "it4it_assess", "interview", "new.yaml", "--quick", "--no-firm"],
        input="Firm\n1\n2\n",
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert tool("validate", "new.yaml").returncode == 0
    assert len(answered(tmp_path / "new.yaml")) == 2


def test_it_ends_with_the_command_that_goes_on(tool: Tool, file: Path, tmp_path: Path) -> None:
    file.rename(tmp_path / "rosa's.yaml")
    for options in ((), ("--quick", "--as", "anna"), ("--stream", "d2c", "--only-unanswered")):
        ended = tool("interview", "rosa's.yaml", "--no-firm", *options)
        words = " ".join(["it4it-assess interview", "'rosa'\"'\"'s.yaml'", *options])
        assert ended.stdout.splitlines()[-1].endswith(f" open. Go on with: {words}")


def test_killed_at_any_moment_it_has_lost_no_confirmed_answer(file: Path) -> None:
    """Twenty interviews, each killed a random moment after its last prompt but one."""
    dice = random.Random(4)  # noqa: S311  moments, not secrets
    for _ in range(20):
        file.write_text(START, encoding="utf-8")
        child = subprocess.Popen(
            [sys.executable, "-m", "it4it_assess", "interview", file, "--no-firm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        sure = dice.randint(1, 4)
        for _ in range(sure):
            read_to_the_prompt(child.stdout)
            child.stdin.write("3\n")
        read_to_the_prompt(child.stdout)
        child.stdin.write("4\n")
        time.sleep(dice.random() / 50)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()
        kept = levels(load_answers(file))
        assert kept[:sure] == [3] * sure
        assert kept[sure:] in ([], [4])


def read_to_the_prompt(stream: IO[str]) -> None:
    seen = ""
    while not seen.endswith("(h for help): "):
        one = stream.read(1)
        assert one, "the interview ended"
        seen += one


def levels(answers: AnswerFile) -> list[float | None]:
    return [
        answer.level
        for name, answer in answers.answers.items()
        if answer is not None and name != "d2c.incident.record"
    ]
