"""The diff of a report on disk and the one its answers give."""

from __future__ import annotations

from it4it_assess.report.drift import LONGEST_DIFF, LONGEST_LINE, drift


def test_a_diff_is_short_enough_to_read() -> None:
    old = "".join(f"old {line}\n" for line in range(1000)).encode()
    new = "".join(f"new {line}\n" for line in range(1000)).encode()
    lines = drift("page.md", new, old)
    # two names, one place, a thousand lines out and a thousand in
    assert len(lines) == LONGEST_DIFF + 1
    assert lines[-1] == f"... and {2003 - LONGEST_DIFF} lines more"
    (longest,) = [line for line in drift("p", b"x" * 9999, b"y") if line.startswith("+x")]
    assert longest == "+" + "x" * (LONGEST_LINE - 1) + "..."


def test_line_ends_alone_are_named() -> None:
    assert drift("page.md", b"a\nb\n", b"a\r\nb\r\n") == ["page.md: differs in its line ends"]
    assert drift("page.md", b"a\n", b"a\n") == []
