"""Answer files read, brought together and written as one: a new file, or one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from it4it_assess.collect.keeper import Keeper
from it4it_assess.collect.merge import Merged, merged
from it4it_assess.collect.owners import owners
from it4it_assess.errors import AssessError, InvalidFileError
from it4it_assess.files.comments import with_comment, with_comments_of
from it4it_assess.files.edit import with_value
from it4it_assess.files.load import find_questionnaire, load_both, name_from
from it4it_assess.files.save import PRIVATE, dump_answers, short_answer, write_whole
from it4it_assess.files.source import read_text
from it4it_assess.files.strict_yaml import locate
from it4it_assess.model.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from it4it_assess.collect.facts import Conflict, Said
    from it4it_assess.model.answers import AnswerFile
    from it4it_assess.model.questionnaire import Questionnaire

ONE_BY_ONE = {"respondents", "organisation", "context"}
"""The parts of a file in which each value has a place of its own."""


class Put(NamedTuple):
    """One value to be put into a file, and the order its key goes by."""

    path: tuple[str, ...]
    value: Any
    order: tuple[str, ...] = ()


class Placed(NamedTuple):
    """What a file says in a conflict, with the line it says it in, or nought."""

    said: Said
    line: int


def merge_files(
    paths: Sequence[Path], out: Path, name: str | None = None, *, force: bool = False
) -> tuple[Questionnaire, Merged]:
    """Merge answer files into `out`.

    Where `out` is one of the files it comes first, and its comments and order stay. Any other
    file that is there already is only overwritten with `force`.
    """
    refuse_one_file_twice(paths)
    base = [path for path in paths if path.resolve() == out.resolve()]
    if not base:
        if out.exists() and not force:
            raise AssessError(
                f"{out}: it is there already and is not one of the files; "
                "name it among them to add to it, name another --out, or add --force"
            )
        questionnaire, named = _load(paths, name)
        whole = merged(questionnaire, named)
        whole = whole._replace(answers=_named_from(out, paths[0], name, whole.answers))
        write_new(out, whole)
        return questionnaire, whole
    ordered = [*base, *(path for path in paths if path not in base)]
    with Keeper(base[0], ()) as keeper:
        questionnaire, named = _load(ordered, name)
        return questionnaire, write_into(keeper, questionnaire, named)


def write_new(out: Path, whole: Merged) -> None:
    """Write merged answers as a new file, with the facts that do not count as comments."""
    text = _with_other_facts(dump_answers(whole.answers), whole.conflicts)
    write_whole(out, text.encode(), mode=PRIVATE)


def write_into(
    keeper: Keeper, questionnaire: Questionnaire, named: Sequence[tuple[str, AnswerFile]]
) -> Merged:
    """Merge files into the first of them, which the keeper holds; its comments and order stay."""
    whole = merged(questionnaire, named)
    written = _lone_left_plain(named[0][1], whole.answers, owners(named)[named[0][0]])
    puts = list(_puts(named[0][1], written, tuple(questionnaire.questions)))
    keeper.rewrite(lambda text: _with_puts(text, puts, whole.conflicts))
    return whole


def placed(
    conflicts: Sequence[Conflict], out: Path
) -> list[tuple[Conflict, Placed, tuple[Placed, ...]]]:
    """Find the lines in which the files say what they do not agree on.

    The merged file itself has been written anew since: what it said has no line any more.
    """
    wanted: dict[str, set[tuple[str | float, ...]]] = {}
    for conflict in conflicts:
        for said in (conflict.kept, *conflict.others):
            wanted.setdefault(said.source, set()).add(conflict.path)
    marks = {source: locate(read_text(Path(source)), places) for source, places in wanted.items()}

    def place(said: Said, conflict: Conflict) -> Placed:
        written = Path(said.source).resolve() == out.resolve()
        return Placed(said, 0 if written else marks[said.source][conflict.path].line)

    return [
        (one, place(one.kept, one), tuple(place(said, one) for said in one.others))
        for one in conflicts
    ]


def refuse_one_file_twice(paths: Sequence[Path]) -> None:
    """Refuse to count one file as two, whatever ways lead to it."""
    seen: dict[Path, Path] = {}
    for path in paths:
        other = seen.setdefault(path.resolve(), path)
        if other is not path:
            raise AssessError(f"{other} and {path} are one file; name it once")


def _load(
    paths: Sequence[Path], name: str | None
) -> tuple[Questionnaire, list[tuple[str, AnswerFile]]]:
    """Load every file, or say all that is wrong with all of them."""
    loaded: list[tuple[str, Questionnaire, AnswerFile]] = []
    problems, more = [], 0
    for path in paths:
        try:
            loaded.append((str(path), *load_both(path, name)))
        except InvalidFileError as error:
            problems += error.problems
            more += error.more
    if problems:
        raise InvalidFileError(problems, more)
    first, questionnaire, _ = loaded[0]
    for source, other, _ in loaded:
        if (other.id, other.version) != (questionnaire.id, questionnaire.version):
            raise AssessError(
                f"{source}: this answers {other.id} {other.version}, but {first} answers "
                f"{questionnaire.id} {questionnaire.version}; merge files of one questionnaire"
            )
    return questionnaire, [(source, file) for source, _, file in loaded]


def _named_from(out: Path, first: Path, name: str | None, answers: AnswerFile) -> AnswerFile:
    """Name the questionnaire as it is found from where the merged file lies."""
    folder = find_questionnaire(
        name or answers.questionnaire, beside=None if name else first.parent
    )
    return answers.model_copy(update={"questionnaire": name_from(folder, out.parent)})


def _with_other_facts(text: str, conflicts: Sequence[Conflict]) -> str:
    """Write what other files say of a fact as a comment beside the one that counts.

    What a respondent says elsewhere stands in the note of their answer already.
    """
    for conflict in conflicts:
        if conflict.path[0] == "answers":
            continue
        for said in conflict.others:
            when = f" ({said.date.isoformat()})" if said.date else ""
            name = ".".join(conflict.path[1:])
            text = with_comment(
                text, conflict.path, f"{name} in {Path(said.source).name}{when}: {said.said}"
            )
    return text


def _with_puts(text: str, puts: Sequence[Put], conflicts: Sequence[Conflict]) -> str:
    after = text
    for put in puts:
        after = with_value(after, put.path, put.value, put.order)
    after = with_comments_of(text, after, [put.path for put in puts])
    return _with_other_facts(after, conflicts)


def _lone_left_plain(before: AnswerFile, after: AnswerFile, owner: str) -> AnswerFile:
    """Leave an answer of nobody in particular as it stands until somebody else speaks up.

    The plain answers of a file's only respondent get their name: once others are listed, they
    would be nobody's.
    """
    if list(before.respondents) == [owner]:
        return after
    answers = dict(after.answers)
    for question, then in before.answers.items():
        if then is not None and not then.by and answers[question] == Answer(by={owner: then}):
            answers[question] = then
    speak = {name for one in answers.values() if one is not None for name in one.by}
    return after.model_copy(
        update={
            "answers": answers,
            "respondents": {
                name: one
                for name, one in after.respondents.items()
                if name in speak or name in before.respondents or name != owner
            },
        }
    )


def _puts(before: AnswerFile, after: AnswerFile, order: tuple[str, ...]) -> Iterator[Put]:
    """Yield each value by which the merged file differs from the one it is written into."""
    then = before.model_dump(mode="json", exclude_unset=True, exclude={"answers"})
    now = after.model_dump(mode="json", exclude_unset=True, exclude={"answers"})
    for key, value in now.items():
        if key in ONE_BY_ONE:
            yield from _leaves((key,), then.get(key) or {}, value)
        elif value is not None and value != then.get(key):
            yield Put((key,), value)
    for question, answer in after.answers.items():
        if answer is not None and answer != before.answers.get(question):
            yield from _answer_puts(question, before.answers.get(question), answer, order)


def _leaves(path: tuple[str, ...], before: dict[str, Any], after: dict[str, Any]) -> Iterator[Put]:
    for key, value in after.items():
        then = before.get(key)
        if isinstance(value, dict) and isinstance(then, dict) and then:
            yield from _leaves((*path, key), then, value)
        elif value is not None and (value != then or key not in before):
            yield Put((*path, key), value)


def _answer_puts(
    question: str, before: Answer | None, after: Answer, order: tuple[str, ...]
) -> Iterator[Put]:
    """Put a whole answer in, or only the new voices where there are voices already."""
    path = ("answers", question)
    if before is None or not before.by:
        yield Put(path, short_answer(after), order)
        return
    for name, voice in after.by.items():
        if voice != before.by.get(name):
            yield Put((*path, "by", name), short_answer(voice))
    said = after.model_dump(mode="json", include={"agreed", "note", "evidence"})
    was = before.model_dump(mode="json")
    for key, value in said.items():
        if value != was[key]:
            yield Put((*path, key), value)
