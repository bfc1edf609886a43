"""CSV: a file a table, by RFC 4180, for a spreadsheet as much as for a script."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from it4it_assess.report.formats import rendered
from it4it_assess.report.spreadsheet_text import as_csv, harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire


def test_each_table_is_a_file_that_begins_with_a_byte_order_mark(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    files = rendered("csv", example("bakery"), shipped)
    names = ("scores", "ranking", "answers", "roadmap", "quarters", "unknown")
    assert list(files) == [f"-{name}.csv" for name in names]
    for data in files.values():
        assert data.startswith(codecs.BOM_UTF8)
        assert not data.startswith(codecs.BOM_UTF8 * 2)
        assert data.endswith(b"\r\n")


def test_the_ranking_reads_like_this(
    example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    text = rendered("csv", example("bakery"), shipped)["-ranking.csv"].decode("utf-8-sig")
    heading, first, *_ = text.split("\r\n")
    assert heading == (
        "rank,id,stream,value,pain,goals,gap,readiness,effort,enabling,first_share,gates"
    )
    assert first.startswith("1,d2c,Detect to Correct,0.")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+31 6 1234", "'+31 6 1234"),
        ("-5", "'-5"),
        ("@jo", "'@jo"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("\u200b=1", "'\u200b=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\nnext line", "'\nnext line"),
        ("5 = five", "5 = five"),
        ("a-b", "a-b"),
        ("", ""),
        (" words", " words"),
    ],
)
def test_text_that_a_spreadsheet_would_run_has_a_quote_before_it(text: str, written: str) -> None:
    assert harmless(text) == written


def test_quotes_commas_and_line_ends_are_quoted() -> None:
    assert as_csv([["a", 'say "x"', "1,5", "two\nlines", ""]]) == (
        'a,"say ""x""","1,5","two\nlines",\r\n'
    )
