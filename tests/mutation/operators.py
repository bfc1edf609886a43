"""What a mutant may change, beside and instead of what mutmut changes by itself.

Added: conditions forced either way, what a function returns, calls left out, slices without an
end, the first two arguments changed over, min for max, any for all. Taken away: text people
read, which golden files hold and no number hangs on; an argument left out by position, which
Python itself refuses; asserts and `strict=`, which say what the caller has made sure of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import libcst as cst
from mutmut.mutation import file_mutation, mutators

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"""^(["'])([\w.-]+)\1$""", re.ASCII)
OTHER = {"min": "max", "max": "min", "any": "all", "all": "any"}
COMMUTE = {"min", "max", "isclose", "gcd"}
LITERAL = (cst.BaseNumber, cst.BaseString)
NOTHING = cst.Name("None")
UNTOUCHED = {"cast", "TypeVar", "assert_never"}


def keys(node: cst.SimpleString) -> Iterable[cst.CSTNode]:
    """Spoil a key, an id or a kind, not a sentence."""
    if found := WORD.match(node.value):
        yield node.with_changes(value=f"{found[1]}XX{found[2]}XX{found[1]}")


def arguments(node: cst.Call) -> Iterable[cst.CSTNode]:
    """Give none for each argument, and leave out each that is named."""
    for at, one in enumerate(node.args):
        if one.star or (one.keyword and one.keyword.value == "strict"):
            continue
        before, after = node.args[:at], node.args[at + 1 :]
        if not isinstance(one.value, LITERAL) and not is_name(one.value, "None", "True", "False"):
            yield node.with_changes(args=[*before, one.with_changes(value=NOTHING), *after])
        if one.keyword:
            yield node.with_changes(args=[*before, *after])


def swapped(node: cst.Call) -> Iterable[cst.CSTNode]:
    """Change over the first two arguments."""
    if len(node.args) < 2 or is_name(node.func, *COMMUTE):
        return
    one, two, *rest = node.args
    if one.star or two.star or one.keyword or two.keyword or one.value.deep_equals(two.value):
        return
    yield node.with_changes(
        args=[one.with_changes(value=two.value), two.with_changes(value=one.value), *rest]
    )


def opposite(node: cst.Call) -> Iterable[cst.CSTNode]:
    """Take the least for the most, any for all."""
    if isinstance(node.func, cst.Name) and node.func.value in OTHER:
        yield node.with_changes(func=cst.Name(OTHER[node.func.value]))


def conditions(node: cst.If | cst.CompIf) -> Iterable[cst.CSTNode]:
    """Hold a condition for always and for never true."""
    for word in ("True", "False"):
        yield node.with_changes(test=cst.Name(word))


def loops(node: cst.While) -> Iterable[cst.CSTNode]:
    """Never go round."""
    yield node.with_changes(test=cst.Name("False"))


def returns(node: cst.Return) -> Iterable[cst.CSTNode]:
    """Return nothing."""
    if node.value and not is_name(node.value, "None"):
        yield node.with_changes(value=NOTHING)


def calls(node: cst.Expr) -> Iterable[cst.CSTNode]:
    """Leave out a call that is made for what it does."""
    if isinstance(node.value, cst.Call):
        yield node.with_changes(value=cst.Ellipsis())


def slices(node: cst.Slice) -> Iterable[cst.CSTNode]:
    """Leave out where a slice begins, ends, steps."""
    for name in ("lower", "upper", "step"):
        if getattr(node, name) is not None:
            yield node.with_changes(**{name: None})


INSTEAD: dict[Any, Any] = {
    mutators.operator_string: (cst.SimpleString, keys),
    mutators.operator_arg_removal: (cst.Call, arguments),
}
BESIDE: list[tuple[type, Any]] = [
    (cst.Call, swapped),
    (cst.Call, opposite),
    (cst.If, conditions),
    (cst.CompIf, conditions),
    (cst.While, loops),
    (cst.Return, returns),
    (cst.Expr, calls),
    (cst.Slice, slices),
]


def teach() -> None:
    """Make mutmut use these."""
    known: list[tuple[type, Any]] = mutators.mutation_operators  # type: ignore[assignment]
    known[:] = [INSTEAD.get(operator, (kind, operator)) for kind, operator in known] + BESIDE
    file_mutation.NEVER_MUTATE_FUNCTION_CALLS.update(UNTOUCHED)
    skips = file_mutation.MutationVisitor._skip_node_and_children  # noqa: SLF001  its one door

    def passed_over(visitor: file_mutation.MutationVisitor, node: cst.CSTNode) -> bool:
        asserted = isinstance(node, cst.Assert)
        strict = isinstance(node, cst.Arg) and is_name(node.keyword, "strict")
        return asserted or strict or skips(visitor, node)

    setattr(file_mutation.MutationVisitor, "_skip_node_and_children", passed_over)  # noqa: B010


def is_name(node: cst.CSTNode | None, *words: str) -> bool:
    """Whether a node is one of these names."""
    return isinstance(node, cst.Name) and node.value in words
