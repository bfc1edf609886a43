"""What writes as well, and the program, with the real files that its inputs are made from."""

from __future__ import annotations

import corpus
from trial import Case, Reader
from writers import (
    COMMANDS,
    on_begun,
    on_edit,
    on_interview,
    on_lock,
    on_merge,
    on_migrate,
    on_program,
    on_returned,
    on_share,
    on_workshop,
    raised,
)

from it4it_assess.cli import app


def writers() -> tuple[Reader, ...]:
    """Return the readers that write as well, and the program."""
    names = corpus.ids(corpus.SHOP)
    shop = corpus.files_in(corpus.SHOP, "shop/")
    versions = corpus.files_in(corpus.VERSIONS)
    small, tiny = corpus.SMALL.encode(), corpus.TINY.encode()
    returned = corpus.RETURNED.replace('"shop"', '"./shop"').encode()
    other = small.replace(b"anna: 2", b"anna: 1").replace(
        b"till.cash.daily: 1", b"till.cash.daily: 2"
    )
    carried = {name: data for name, data in versions.items() if name == "answers.yaml"}
    kept = {name: data for name, data in versions.items() if name not in carried}
    app._bug = raised  # noqa: SLF001  nothing is hidden here
    files = {
        "answers.yaml": small,
        "other.yaml": other,
        "back.yaml": returned,
        "policy.yaml": b"format: 1\nmin: {till: 1.5}\nbaseline: other.yaml\n",
        "brand.yaml": b"name: A\naccent: '#0b5d57'\n",
    }
    return (
        Reader(
            "edit",
            tuple(
                Case({"any.yaml": text}, ("x", *path))
                for text in (small, small, tiny, *carried.values())
                for path in (
                    ("answers", "till.cash.daily"),
                    ("respondents", "ria"),
                    ("context", "pain", "till"),
                    ("answers", "stock.flour.who", "by", "jo"),
                    ("organisation", "country"),
                    ("context", "money", "cost_per_hour"),
                    ("answers", "stock.flour.date"),
                )
            ),
            on_edit,
            changes=("any.yaml",),
            share=16,
            names=names,
        ),
        Reader(
            "lock",
            (
                Case({".answers.yaml.lock": b"4000000"}),
                Case({".answers.yaml.lock": b""}),
                Case({".answers.yaml.lock": b"1"}),
            ),
            on_lock,
            {"answers.yaml": small, **shop},
            changes=(".answers.yaml.lock",),
            share=1,
        ),
        Reader(
            "interview",
            tuple(
                Case({"answers.yaml": text, "lines.txt": lines})
                for text in (small, small, tiny)
                for lines in (
                    b"9\n1.5\nNL\n4\n2\n3\nu1\n?\nn we rent it\n+ a: {x}\na ria, ik\n2\nb\nz\n1\n",
                    b"2\n1\n0\n?\n2\na jo\n1\nu2\nn no\nj stock\n2\n+ x\nz\nb\n1\nw\np\nunknown\n",
                    b"j till.cash\na anna, owner\n2\n2\na\n1\nn x\n+ y\ne z\n1\n1\n1\n1\n1\n",
                )
            ),
            on_interview,
            shop,
            changes=("answers.yaml",),
            bit_by_bit=True,
            share=7,
            names=names,
        ),
        Reader(
            "new interview",
            (Case({}, ("Bakkerij De Vries",)),),
            on_begun,
            shop,
            makes=("new.yaml",),
            share=1,
        ),
        Reader(
            "workshop",
            tuple(
                Case(
                    {
                        "answers.yaml": text,
                        "lines.txt": b"2 Jo showed it\n+ a note\ns\nb\n1 why\nh\n0\nq\n",
                    },
                    ("stock.flour.who=2", "seen: it"),
                )
                for text in (small, small.replace(b", agreed: 1, note: settled", b""))
            ),
            on_workshop,
            shop,
            changes=("answers.yaml",),
            bit_by_bit=True,
            share=2,
            names=names,
        ),
        Reader(
            "form import",
            (
                Case({"back.yaml": corpus.RETURNED.encode()}),
                Case({"back.yaml": corpus.RETURNED_JSON.encode()}),
                Case({"back.yaml": corpus.RETURNED.encode(), "into.yaml": small}),
                Case({"back.yaml": corpus.RETURNED.encode(), "into.yaml": small}, ("henk",)),
                Case({"back.yaml": corpus.RETURNED_JSON.encode(), "into.yaml": tiny}, ("Ria",)),
            ),
            on_returned,
            shop,
            makes=("new.yaml",),
            changes=("into.yaml",),
            share=8,
            names=(*names, "henk"),
        ),
        Reader(
            "workbook import",
            (
                *(Case({"back.xlsx": corpus.workbook(filled=True)}) for _ in range(3)),
                Case({"back.xlsx": corpus.workbook(filled=False)}),
                Case({"back.xlsx": corpus.workbook(filled=True), "into.yaml": small}),
            ),
            on_returned,
            shop,
            makes=("new.yaml",),
            changes=("into.yaml",),
            share=6,
            names=names,
        ),
        Reader(
            "merge",
            (
                Case({"anna.yaml": small, "jo.yaml": other}, ("into",)),
                Case({"anna.yaml": small, "jo.yaml": other, "ria.yaml": tiny}, ("new",)),
                Case({"anna.yaml": tiny, "jo.yaml": small}, ("into",)),
                Case({"anna.yaml": returned, "jo.yaml": small}, ("new",)),
            ),
            on_merge,
            shop,
            makes=("new.yaml",),
            changes=("anna.yaml",),
            share=6,
            names=names,
        ),
        Reader(
            "migrate answers",
            (
                *(Case(carried, words) for words in (("", ""), ("", "1.1"), ("1.0", ""))),
                Case({"answers.yaml": small}, ("", "")),
            ),
            on_migrate,
            kept,
            makes=("made/new.yaml",),
            share=5,
            names=names,
        ),
        Reader(
            "migrate changes",
            (Case({**carried, "shop/changes.yaml": versions["shop/changes.yaml"]}, ("", "")),),
            on_migrate,
            {name: data for name, data in kept.items() if name != "shop/changes.yaml"},
            makes=("made/new.yaml",),
            share=3,
            names=names,
        ),
        Reader(
            "anonymise",
            (
                Case({"answers.yaml": small}),
                *(Case({"answers.yaml": text}) for text in carried.values()),
            ),
            on_share,
            kept,
            makes=("copy.yaml",),
            share=4,
            names=names,
        ),
        Reader(
            "program",
            tuple(Case(files, tuple(words.split())) for words in COMMANDS),
            on_program,
            shop,
            makes=("*",),
            changes=tuple(files),
            share=2,
            names=names,
        ),
    )
