"""What only reads, with the real files that its inputs are made from."""

from __future__ import annotations

import corpus
from readers import (
    on_answers,
    on_baseline,
    on_brand,
    on_explain,
    on_kept,
    on_key,
    on_many,
    on_policy,
    on_questionnaire,
    on_templates,
    on_what_if,
    on_yaml,
)
from trial import Case, Reader


def readers() -> tuple[Reader, ...]:
    """Return the readers that change nothing."""
    shop = corpus.ids(corpus.SHOP)
    staged = corpus.files_in(corpus.SHOP, "shop/")
    small = [Case({"answers.yaml": corpus.SMALL.encode()})]
    files = [
        corpus.TINY.encode(),
        *(path.read_bytes() for path in sorted(corpus.TESTS.glob("cases/*/answers.yaml"))),
    ]
    bad = [path.read_bytes() for path in sorted((corpus.TESTS / "bad").glob("*.yaml"))]
    examples = [path.read_bytes() for path in sorted(corpus.EXAMPLES.glob("*.yaml"))]
    own = corpus.files_in(corpus.OWN / "vragen", "vragen/")
    whats = (
        "pain.till=2",
        "answers.till.cash.daily=2",
        "weights.gap=0.5",
        "criteria=gap,pain",
        "capacity.quarters=8",
        "readiness.store.sponsor=1",
        "money.tools_per_year.till.tool.slot-box=9",
        "answers.stock.flour.who={by: {anna: 1, jo: 2}}",
        "targets.till=1.5",
        "goals.calm-days=5",
        "indicators.stock.waste.current=3",
        "answers.till.cash.float=unknown",
        "context.pain.store=0",
        "stakeholders=[{name: x}]",
        "money.hours_lost_per_month=4",
        "answers.till.cash.float=",
    )
    return (
        Reader(
            "yaml",
            tuple(
                Case({"any.yaml": text})
                for text in (*files * 10, *bad, *[corpus.SMALL.encode()] * 60)
            ),
            on_yaml,
            share=20,
            names=shop,
        ),
        Reader(
            "answers",
            (
                *small * 400,
                *(Case({"answers.yaml": text}) for text in (*files * 20, *bad, *examples * 4)),
            ),
            on_answers,
            {**staged, **own},
            share=30,
            names=shop,
        ),
        Reader(
            "questionnaire",
            (*[Case(staged)] * 400, *_bad_questionnaires()),
            on_questionnaire,
            share=12,
            names=shop,
        ),
        Reader(
            "kept questionnaire",
            (Case({"kept.json": corpus.shop().model_dump_json().encode()}),),
            on_kept,
            staged,
            share=2,
            names=shop,
        ),
        Reader("brand", _brands(), on_brand, share=5),
        Reader(
            "policy",
            (
                Case(
                    {
                        "policy.yaml": b"format: 1\nmin: {till: 1.5, overall: 1}\n"
                        b"min_level: {store: 1}\n"
                        b"min_coverage: {till.cash: 0.8}\nmax_drop: 0.2\nbaseline: old.yaml\n"
                    },
                    ("--min", "till=1.5", "2", "store=0.5"),
                ),
                Case(
                    {"policy.yaml": b"min_coverage: {overall: 1}\n"}, ("--min-level", "overall=2")
                ),
            ),
            on_policy,
            share=6,
            names=shop,
        ),
        Reader("share key", _keys(), on_key, makes=("again.json",), share=4),
        Reader(
            "baseline",
            tuple(
                Case({}, (word,))
                for word in (
                    "HEAD:",
                    "HEAD~1:answers.yaml",
                    "HEAD:x",
                    "old.yaml",
                    "old",
                    "--x:y",
                    "a:b:c",
                )
            ),
            on_baseline,
            {"answers.yaml": b"format: 1\n", "old.yaml": b"x\n", "old/answers.yaml": b"x\n"},
            share=1,
            names=("HEAD", "old.yaml", ":", "answers.yaml", "..", "~"),
        ),
        Reader(
            "what-if",
            tuple(Case({}, (word,)) for word in whats),
            on_what_if,
            share=10,
            names=(
                *shop,
                "sponsor",
                "quarters",
                "weights",
                "criteria",
                "unknown",
                "baseline",
                "level",
                "by",
            ),
        ),
        Reader(
            "explain",
            tuple(Case({}, (word,)) for word in (*shop, "gap.till", "rank.till")),
            on_explain,
            share=2,
            names=shop,
        ),
        Reader(
            "named files",
            tuple(
                Case({}, (word,))
                for word in ("a.yaml", "one", "one/*.yaml", "**/*.yaml", "[ab].yaml", "one/.x")
            ),
            on_many,
            {
                "a.yaml": corpus.SMALL.encode(),
                "one/b.yaml": corpus.SMALL.encode(),
                "one/c.yaml": b"x: 1\n",
                "one/.x/d.yaml": corpus.SMALL.encode(),
            },
            share=1,
            names=("*", "**", "one", "[", "?", "a.yaml"),
        ),
        Reader("templates", _own_templates(), on_templates, share=1),
    )


def _bad_questionnaires() -> list[Case]:
    """Return the bad questionnaires as folders of the name that the reader looks for."""
    found = []
    for head in sorted((corpus.TESTS / "bad" / "questionnaires").glob("*/questionnaire.yaml")):
        files = corpus.files_in(head.parent, "shop/")
        found.append(Case(files))
    return found


def _brands() -> tuple[Case, ...]:
    text = (
        b"name: Adviesbureau\nlogo: logo.svg\naccent: '#0b5d57'\n"
        b"contact: [Kerkstraat 1, www.example.nl]\nfooter: In confidence\n"
    )
    svg = b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    png = b"\x89PNG\r\n\x1a\n" + bytes(64)
    return (
        Case({"brand.yaml": text, "logo.svg": svg}),
        Case({"brand.yaml": text.replace(b"svg", b"png"), "logo.png": png}),
        Case({"brand.yaml": b"name: A\n"}),
    )


def _keys() -> tuple[Case, ...]:
    whole = b'{"format": 1, "about": "x", "secret": "%s", "names": {"firm-1": "Bakkerij"}}' % (
        b"0f" * 32
    )
    return (
        Case({"key.json": whole}),
        Case({"key.json": whole.replace(b"Bakkerij", "Bäckerei é".encode())}),
    )


def _own_templates() -> tuple[Case, ...]:
    return (
        Case(
            {
                "own/report.md.j2": b"{% extends 'shipped/report.md.j2' %}\n{% block why %}Hello\n"
                b"{% for one in page.streams %}{{ one.title }}\n{% endfor %}{% endblock %}\n"
            }
        ),
        Case(
            {
                "own/report.md.j2": b"# {{ page.title }}\n{{ brand.name }}\n"
                b"{% for one in page.streams %}{% for two in page.streams %}x{% endfor %}"
                b"{% endfor %}\n"
            }
        ),
        Case(
            {
                "own/report.html.j2": b"<p>{{ page.title }}{{ charts }}</p>\n"
                b"{% if page %}{{ page.title|upper|replace('a', 'b') }}{% endif %}"
            }
        ),
    )
