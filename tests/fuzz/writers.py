"""What reads and writes: edits, interviews, workshops, forms and workbooks, merging, migrating.

And the whole program, run in this process on the same files.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import corpus
from readers import TODAY, load
from trial import Case, law

from it4it_assess.cli import app
from it4it_assess.collect.bring_in import bring_in
from it4it_assess.collect.interview import Scope, lines_talk, make, run
from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.merging import merge_files
from it4it_assess.collect.merging import placed as placed_conflicts
from it4it_assess.collect.workshop import Talk, ask, record
from it4it_assess.errors import AssessError
from it4it_assess.files.carry import carry, placed
from it4it_assess.files.edit_keys import with_comment, with_copy, with_keys
from it4it_assess.files.load import load_answers, load_both
from it4it_assess.files.save import dressed, write_whole
from it4it_assess.files.share import copy_text, share
from it4it_assess.files.share_copy import Given, Wishes
from it4it_assess.files.strict_yaml import read_yaml
from it4it_assess.model.answers import Answer, AnswerFile

if TYPE_CHECKING:
    from pathlib import Path

VALUES: tuple[Any, ...] = (
    2, 0.5, "unknown", "a: b # c", "x\ny", "'", "é", {"level": 1, "note": "x, {y}"}, [1, "a"],
    None, {"by": {"anna": 2}}, True, "", "1e5", 1e300, "no", "\u2028",
)  # fmt: skip


def on_edit(folder: Path, case: Case) -> str:
    """Put and take out values by path, as interviews do, in any text that can be read."""
    path = folder / "any.yaml"
    which, *steps = case.words
    value = VALUES[sum(map(ord, which)) % len(VALUES)]
    with Keeper(path, ("format", "organisation", "context", "answers")) as keeper:
        before = read_yaml(keeper._text, "")  # noqa: SLF001  what it holds
        if before.problems or not isinstance(before.value, dict) or not steps or not all(steps):
            raise AssessError("not a file that anything is put into")
        keeper.put(steps, value)
    after = read_yaml(path.read_text(encoding="utf-8-sig"), "")
    law(holds=not after.problems, says="what was written can be read")
    for edit in (with_comment, with_copy):
        with contextlib.suppress(ValueError):
            edit(_text(path), steps, "because: {x}\n# y")
    with contextlib.suppress(ValueError):
        with_keys(_text(path), steps[:-1], {steps[-1]: "renamed.key"})
    return "taken out" if value is None else "put in"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def on_lock(folder: Path, _case: Case) -> str:
    path = folder / "answers.yaml"
    with Keeper(path, ()) as keeper:
        keeper.put(["organisation", "country"], "NL")
    path.write_text(corpus.SMALL, encoding="utf-8")
    return "taken over"


SCOPES = (
    Scope(), Scope(quick=True), Scope(triage=True), Scope(stream="store"), Scope(firm=True),
    Scope(only_unanswered=True), Scope(only_unknown=True), Scope(respondent="anna"),
    Scope(respondent="henk", firm=True), Scope(respondent="henk"),
    Scope(respondent="Anna de Vries"), Scope(respondent="a..b"),
    Scope(respondent="\udce9\x07"), Scope(respondent="x: y"),
)  # fmt: skip


def on_interview(folder: Path, case: Case) -> str:
    path = folder / "answers.yaml"
    scope = SCOPES[sum(case.files["lines.txt"][:8]) % len(SCOPES)]
    asked, answers = load_both(path, None, load)
    said = case.files["lines.txt"].decode("utf-8", "surrogateescape").splitlines(keepends=True)
    out = io.StringIO()
    sitting = run(path, asked, answers, scope, lines_talk(iter(said), out))
    after = load_answers(path, asked)
    for name in asked.questions:
        law(
            holds=(sitting.said.get(name) or Answer()) == (after.answers.get(name) or Answer()),
            says=f"what was said of {name} is on disk",
        )
    return f"{SCOPES.index(scope)}: {min(len(sitting.done), 9)} said"


def on_begun(folder: Path, case: Case) -> str:
    path = folder / "new.yaml"
    make(path, str(folder / "shop"), case.words[0], TODAY)
    load_answers(path)
    return "made"


def on_workshop(folder: Path, case: Case) -> str:
    path = folder / "answers.yaml"
    said = case.files["lines.txt"].decode("utf-8", "surrogateescape").splitlines(keepends=True)
    out = io.StringIO()
    held = ask(path, None, Talk(iter(said), out.write))
    question, _, level = case.words[0].partition("=")
    with contextlib.suppress(AssessError):
        record(path, question, level, case.words[1])
    load_answers(path, held.questionnaire)
    return f"{len(held.after.settled)} settled"


def on_returned(folder: Path, case: Case) -> str:
    """Bring a returned file in, into a file that is there or a new one."""
    [name] = [one for one in case.files if one.startswith("back.")]
    into = folder / ("into.yaml" if "into.yaml" in case.files else "new.yaml")
    before = load_answers(into, load(folder / "shop")) if into.exists() else None
    whole = bring_in(
        [folder / name], into, today=TODAY, who=case.words[0] if case.words else None,
        questionnaire=str(folder / "shop"),
    )  # fmt: skip
    after = load_answers(into, load(folder / "shop"))
    law(holds=after.answers.keys() >= whole.answers.answers.keys(), says="every question is there")
    _voices_stay(before, after)
    return f"{len(whole.conflicts)} conflicts, {min(len(whole.answers.answers), 5)} questions"


def _voices_stay(before: AnswerFile | None, after: AnswerFile) -> None:
    """Hold that whoever said something to a question before is still heard."""
    for question, answer in {} if before is None else before.answers.items():
        if answer is not None:
            now = after.answers.get(question)
            law(
                holds=now is not None and now.by.keys() >= answer.by.keys(),
                says=f"every voice on {question} is still there",
            )


def on_merge(folder: Path, case: Case) -> str:
    paths = [folder / name for name in case.files]
    out = paths[0] if case.words[0].startswith("into") else folder / "new.yaml"
    asked, whole = merge_files(paths, out)
    placed_conflicts(whole.conflicts, out)
    after = load_answers(out)
    told = {name: answer or Answer() for name, answer in after.answers.items()}
    for name, answer in whole.answers.answers.items():
        law(holds=told.get(name, Answer()) == (answer or Answer()), says=f"{name} is as merged")
    if out != paths[0]:
        law(holds=after == whole.answers, says="the file is what was merged")
    again, twice = merge_files([out], out)
    law(holds=again == asked and not twice.conflicts, says="merged again, nothing differs")
    return f"{min(len(whole.conflicts), 9)} conflicts"


def on_migrate(folder: Path, case: Case) -> str:
    path = folder / "answers.yaml"
    since, to = (word or None for word in case.words)
    carried = carry(path, to=to, since=since)
    elsewhere = folder / "made" / "new.yaml"
    elsewhere.parent.mkdir(exist_ok=True)
    write_whole(elsewhere, dressed(placed(carried, elsewhere), like=path.read_bytes()))
    after = load_answers(elsewhere, carried.questionnaire)
    law(holds=after.answers == carried.migration.answers.answers, says="it reads as worked out")
    again = carry(elsewhere, to=to)
    law(holds=again.text == again.before, says="carried again, nothing changes")
    return f"{carried.version} to {carried.questionnaire.version}"


def on_share(folder: Path, _case: Case) -> str:
    asked, answers = load_both(folder / "answers.yaml", None, load)
    shared = share([Given(asked, answers, asked.id)], b"x" * 32, Wishes(frozenset(), "month", 2))
    copy = folder / "copy.yaml"
    copy.write_text(copy_text(shared.copies[0]), encoding="utf-8")
    after = load_answers(copy, asked)
    law(holds=after.answers.keys() <= answers.answers.keys(), says="a copy has no question more")
    return "shared"


COMMANDS = (
    "validate answers.yaml",
    "validate answers.yaml --format json",
    "score answers.yaml --format json",
    "score answers.yaml --components",
    "rank answers.yaml",
    "rank answers.yaml --format json",
    "roadmap answers.yaml --format json",
    "roadmap answers.yaml --capacity-curve",
    "explain answers.yaml till --format json",
    "explain answers.yaml rank",
    "explain answers.yaml roadmap",
    "explain answers.yaml rank.store",
    "check answers.yaml --min till=1 --format sarif",
    "check answers.yaml --policy policy.yaml --format json",
    "check answers.yaml --baseline other.yaml --format junit",
    "compare other.yaml answers.yaml --format json",
    "compare other.yaml answers.yaml",
    "workshop answers.yaml",
    "workshop answers.yaml --format json",
    "merge answers.yaml other.yaml --out new.yaml --format json",
    "merge answers.yaml other.yaml --out answers.yaml",
    "migrate answers.yaml --check --format json",
    "report answers.yaml --out made --format md",
    "report answers.yaml --out made --format html",
    "report answers.yaml --out made --format csv",
    "report answers.yaml --out made --format archimate",
    "report answers.yaml --out made --format json --check",
    "report answers.yaml --out made --brand brand.yaml",
    "anonymise answers.yaml --out copies --key key.json --format json",
    "form --from answers.yaml --each --out made",
    "import back.yaml --into new.yaml",
    "import back.yaml --into answers.yaml",
    "init new.yaml --name x",
    "questionnaire lint shop",
    "score answers.yaml --what-if pain.till=2 --format json",
    "questionnaire show shop till",
    "report answers.yaml --out made --format tasks",
    "report answers.yaml --out made --audience consultant",
    "report answers.yaml --out made --format xlsx",
    "report answers.yaml --out made --format docx",
    "portfolio answers.yaml",
)


def on_program(folder: Path, case: Case) -> str:
    """Run a command in this process; a bug is raised again, so that it can be told."""
    out, err = io.StringIO(), io.StringIO()
    os.chdir(folder)
    sys.argv = ["it4it-assess", *case.words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = app.main()
    law(holds=code in {0, 1, 2}, says=f"exit code {code}")
    told = err.getvalue()
    law(holds=code != 2 or bool(told.strip()), says="a refusal says why")
    if (
        code < 2
        and case.words[0] != "report"
        and "--format" in case.words
        and "json" in case.words
        and out.getvalue().strip()
    ):
        json.loads(out.getvalue())
    if code == 2:
        raise AssessError(told.replace(str(folder), "") or out.getvalue())
    return f"{case.words[0]} {' '.join(case.words[2:4])[:30]} {code}"


def raised(error: BaseException) -> int:
    raise error
