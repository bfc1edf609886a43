"""The judgement in a Word document: what first, why, the scores, what is not known or agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from it4it_assess.report.pictures import parts_picture, score_picture, swatch
from it4it_assess.report.word import Column, Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.report.rows import Row
    from it4it_assess.report.view import Page
    from it4it_assess.report.word import Word

CHART = 4.4
"""The width of a chart in a table, in centimetres."""


def write_first(word: Word, page: Page) -> None:
    """Write what comes first, how sure it is, and what to do next Monday."""
    word.heading(page.headline, 0)
    word.say(" · ".join(one for one in (page.organisation, page.about_firm, page.date) if one))
    word.say(page.runner_up or "", lead=page.sureness)
    if page.next_monday is not None:
        job = page.next_monday
        facts = ", ".join(one for one in (job.days, job.owner) if one)
        text = f"{job.first_step} It begins “{job.title}” ({facts})."
        word.say(text, "Callout", lead="Next Monday.")
    for gate in page.gates:
        word.say(gate, "Callout")


def write_why(word: Word, page: Page) -> None:
    """Write why this stream comes first, and what would change it."""
    word.heading("Why", 1)
    word.bullets(page.reasons)
    if page.ranking:
        _write_ranking(word, page)
    else:
        word.say("No primary value stream applies to this firm, so none is ranked.")
    word.heading("What would change it", 2)
    word.bullets(page.changers)
    for title, pairs in (
        ("What goes wrong without it", page.without),
        ("Your goals lean on it", page.goals),
        ("A first hour for each of the weakest answers", page.advice),
    ):
        if pairs:
            word.heading(title, 2)
            word.bullets(
                [(lead if lead.endswith("?") else f"{lead}.", text) for lead, text in pairs]
            )


def _write_ranking(word: Word, page: Page) -> None:
    parts = page.ranking[0].parts
    widest = max(sum(part.share for part in bar.parts) for bar in page.ranking)
    word.table(
        [
            Column("Stream", 6),
            Column("What each criterion adds", CHART + 0.4),
            Column("Value", 2, figures=True),
            Column("First in", 2, figures=True),
        ],
        [
            [
                f"{bar.rank}. {bar.title}" + (" (gated)" if bar.gates else ""),
                Picture(
                    parts_picture([part.share for part in bar.parts], widest),
                    f"{bar.title}: "
                    + ", ".join(f"{part.title} {part.value}" for part in bar.parts),
                    CHART * 0.8,
                ),
                bar.value,
                bar.first_share,
            ]
            for bar in page.ranking
        ],
        "The ranking.",
    )
    word.legend([(swatch(place), part.title) for place, part in enumerate(parts)])
    word.table(
        [Column("Stream", 4), *(Column(part.title, 2, figures=True) for part in parts)],
        [[bar.title, *(part.value for part in bar.parts)] for bar in page.ranking],
        "What each criterion adds; the parts add up to the value, 0 to 1.",
    )


def write_scores(word: Word, page: Page) -> None:
    """Write the scores of streams and components, and where the targets come from."""
    word.heading("Scores", 1)
    word.say(
        f"Scores run from {page.lowest:g} to {page.highest:g}. The bar is what the score may "
        "turn out to be once every open answer is known, the dot where it stands today, the "
        "mark the target."
    )
    rows = [*page.streams, page.overall]
    word.table(
        [
            Column("Stream", 3.6),
            Column(f"From {page.lowest:g} to {page.highest:g}", CHART + 0.4),
            *(
                Column(title, share, figures=True)
                for title, share in (
                    ("Score", 1.5),
                    ("Range", 2.2),
                    ("Level", 2),
                    ("Target", 1.6),
                    ("Gap", 1.2),
                    ("Answered", 2.2),
                )
            ),
        ],
        [
            [
                row.title,
                _drawn(row, page),
                row.score,
                row.range,
                row.level,
                row.target,
                row.gap,
                row.coverage,
            ]
            for row in rows
        ],
        "Scores of the streams. The level is the highest one that nearly all answers hold.",
    )
    for row in page.streams:
        word.heading(row.title, 2)
        score_table(word, page, "Component", row.parts, f"The components of {row.title}.")
    word.heading("Where the targets come from", 2)
    word.bullets(
        [(f"{title} {value}:", f"{'; '.join(why)}.") for title, value, why in page.targets]
    )


def score_table(word: Word, page: Page, first: str, rows: Sequence[Row], caption: str) -> None:
    """Write scores that have no target, each with its picture."""
    word.table(
        [
            Column(first, 5),
            Column(f"From {page.lowest:g} to {page.highest:g}", CHART + 0.4),
            Column("Score", 1.5, figures=True),
            Column("Range", 2.2, figures=True),
            Column("Level", 2.2, figures=True),
            Column("Answered", 2.2, figures=True),
        ],
        [
            [row.title, _drawn(row, page), row.score, row.range, row.level, row.coverage]
            for row in rows
        ],
        caption,
    )


def _drawn(row: Row, page: Page) -> Picture:
    target = "" if row.aim is None else f", target {row.target}"
    says = f"{row.title}: {row.score}, range {row.range}{target}"
    return Picture(score_picture(row, page.lowest, page.highest), says, CHART * 0.8)


def write_unknown(word: Word, page: Page) -> None:
    """Write what nobody could answer."""
    word.heading("What nobody knows", 1)
    if page.unknown:
        word.say(
            "Nobody could answer these. That is a finding: something runs, and no one holds it. "
            "They are not counted as a no."
        )
        word.bullets([(f"{one.stream}.", f"{one.ask} {one.note}".strip()) for one in page.unknown])
    else:
        word.say("Every question that was asked had an answer.")
    if page.unanswered:
        word.say(
            f"{page.unanswered} more questions were not asked or not answered; they widen the "
            "ranges and count for nothing else.",
            "Small",
        )


def write_disputes(word: Word, page: Page) -> None:
    """Write on what the respondents do not agree."""
    word.heading("Where people disagree", 1)
    if page.respondents:
        word.say(f"Answered by {', '.join(page.respondents)}.", "Small")
    if page.disputes:
        word.table(
            [
                Column("Question", 6),
                Column("Answers", 6),
                Column("Mean distance", 2, figures=True),
                Column("Consensus", 2, figures=True),
            ],
            [
                [f"{one.ask} ({one.stream})", ", ".join(one.voices), one.deviation, one.consensus]
                for one in page.disputes
            ],
            "Disputed answers. The score uses the lower middle answer; the others are kept.",
        )
    else:
        word.say("No question has answers that lie more than a level apart on average.")
    if page.agreement:
        word.table(
            [
                Column("Stream", 4),
                Column("Shared questions", 2, figures=True),
                Column("Alpha", 1.6, figures=True),
                Column("Middle answer by role", 7),
            ],
            [[one.stream, str(one.shared), one.alpha, one.by_role] for one in page.agreement],
            "Agreement. Alpha is Krippendorff's: 0.80 and more is firm, 0.67 to 0.80 tentative.",
        )
