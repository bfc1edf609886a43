"""`score`: every score of one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from it4it_assess.cli.options import (
    AnswersArgument,
    FormatOption,
    Output,
    QuestionnaireOption,
)

if TYPE_CHECKING:
    from it4it_assess.model.assessment import Score

HEADS = ("", "Score", "Range", "Level", "Target", "Gap", "Answered")


def score(
    answers: AnswersArgument,
    questionnaire: QuestionnaireOption = None,
    output: FormatOption = Output.TABLE,
    components: Annotated[
        bool, typer.Option("--components", "-c", help="Show every component too.")
    ] = False,
) -> None:
    """Score each value stream, with what the score may still turn out to be.

    Examples:
      it4it-assess score bakery.yaml
      it4it-assess score bakery.yaml --components
      it4it-assess score bakery.yaml --format json | jq .overall
    """
    from it4it_assess.cli.work import load
    from it4it_assess.engine.reading import take_stands
    from it4it_assess.engine.scoring import score as score_readings
    from it4it_assess.engine.targets import target_values

    asked, given = load(answers, questionnaire)
    aims = target_values(asked, given)
    card = score_readings(asked, take_stands(asked, given), aims)
    from it4it_assess.cli import console

    if output is Output.JSON:
        from it4it_assess.report.data import score_data

        console.print_json(score_data(given.organisation.name, asked, card))
        return
    from it4it_assess.report.figures import levels, percent, points, span

    def line(title: str, one: Score, *, target: str = "", gap: str = "") -> tuple[str, ...]:
        return (
            title,
            points(one.score),
            span(one.low, one.high),
            levels(one.level, one.level_low, one.level_high),
            target,
            gap,
            percent(one.coverage),
        )

    rows = []
    for stream in card.streams:
        rows.append(
            line(stream.title, stream, target=points(stream.target), gap=points(stream.gap))
        )
        if components:
            rows += [line(f"  {part.title}", part) for part in stream.components]
    rows.append(line("Overall", card.overall))
    console.print_table(given.organisation.name, HEADS, rows)
    if card.lenses:
        console.print_table(
            "Through each lens", HEADS, [line(lens.title, lens) for lens in card.lenses]
        )
