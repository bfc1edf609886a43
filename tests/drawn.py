"""Answer files and changes between versions, drawn by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from builders import answer_file
from it4it_assess.model.changes import Change

PEOPLE: dict[str, Any] = {"anna": {}, "jo": {}}


def change(source: str = "1.0", to: str = "1.1", **kinds: Any) -> Change:
    return Change.model_validate({"from": source, "to": to, **kinds})


LEVELS = st.one_of(
    st.none(),
    st.integers(0, 5),
    st.just("unknown"),
    st.just({"not_applicable": "no"}),
    st.just({"note": "not asked"}),
    st.builds(lambda level: {"level": level, "unsure": True, "note": "n"}, st.integers(0, 5)),
    st.builds(lambda one, two: {"by": {"anna": one, "jo": two}}, st.integers(0, 5),
              st.sampled_from([2, "unknown"])),
)  # fmt: skip
IDS = [f"a.{number}" for number in range(1, 9)]
FILES = st.dictionaries(st.sampled_from(IDS), LEVELS).map(
    lambda answers: answer_file(answers, respondents=PEOPLE, pain={"a": 3})
)
CARRIES = st.sampled_from(["open", "unsure"])


@st.composite
def changes(draw: st.DrawFn, source: str = "1.0", to: str = "1.1") -> Change:
    """Draw a change in which each id has one fate, and none is made twice."""
    one, two, three, four, five, six, *_ = draw(st.permutations(IDS))
    kinds: dict[str, Any] = {
        "renamed": {one: draw(st.sampled_from([f"{one}.new", two]))},
        "dropped": {two: "nobody cared"},
        "split": {
            three: {
                "into": [draw(st.sampled_from([three, f"{three}.x"])), f"{three}.y"],
                "because": "two",
                "carry": draw(CARRIES),
            }
        },
        "joined": {
            draw(st.sampled_from([four, f"{four}.all"])): {
                "from": [four, five],
                "because": "one",
                "carry": draw(CARRIES),
            }
        },
        "rescaled": {six: {"levels": {0: 0, 1: 0, 2: 3, 3: 3}, "because": "moved"}},
    }
    wanted = draw(st.lists(st.sampled_from([*kinds]), unique=True))
    if "renamed" in wanted and "dropped" not in wanted:
        wanted.append("dropped")
    return change(source, to, **{name: kinds[name] for name in wanted})
