"""A comparison laid out for a page: rounded and in words, ready for a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from it4it_assess import __version__
from it4it_assess.report import comparison_words as words
from it4it_assess.report import figures, progress_words
from it4it_assess.report.comparison_rows import (
    answered,
    gap_reasons,
    heads_of,
    measured,
    moved,
    moved_stream,
    place_in_full,
)
from it4it_assess.report.comparison_words import STEPS
from it4it_assess.report.design import Design
from it4it_assess.report.render import environment
from it4it_assess.report.trend import date_texts, stream_title, trend_line
from it4it_assess.report.trend_chart import draw_trend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from it4it_assess.model.comparison import Comparison, ScoreChange, Trend
    from it4it_assess.model.questionnaire import Questionnaire
    from it4it_assess.report.comparison_rows import Answered, Column, Measured, Moved, Place
    from it4it_assess.report.trend import TrendLine


class ComparisonPage(NamedTuple):
    """Everything a comparison shows, top to bottom."""

    organisation: str
    other_name: str | None
    span: str
    date: str
    headline: str
    story: tuple[str, ...]
    pick: tuple[str, ...]
    cautions: tuple[str, ...]
    columns: tuple[Column, ...]
    overall: Moved
    streams: tuple[Moved, ...]
    lenses: tuple[Moved, ...]
    lens_columns: tuple[Column, ...]
    gap_reasons: tuple[str, ...]
    value_columns: tuple[Column, ...]
    ranking: tuple[Place, ...]
    answers: tuple[Answered, ...]
    done: tuple[str, ...]
    partly: tuple[str, ...]
    slipped: tuple[str, ...]
    together: tuple[str, ...]
    indicators: tuple[Measured, ...]
    settings: tuple[tuple[str, str, str], ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[str, ...]
    reweighed: tuple[str, ...]
    dates: tuple[str, ...]
    trend: tuple[TrendLine, ...]
    firsts: tuple[str, ...]
    lowest: float
    highest: float
    order: tuple[str, ...]
    notice: str
    questionnaire: str
    version: str
    tool: str


def render_comparison(
    comparison: Comparison, trend: Trend, questionnaires: Sequence[Questionnaire], form: str
) -> str:
    """Return a comparison as a page, `md` or `html`; questionnaires are the old and the new."""
    page = lay_out_comparison(comparison, trend, questionnaires)
    template = environment(form).get_template(f"comparison.{form}.j2")
    return template.render(page=page, draw_trend=draw_trend, brand=Design().brand._asdict())


def lay_out_comparison(
    comparison: Comparison, trend: Trend, questionnaires: Sequence[Questionnaire]
) -> ComparisonPage:
    """Lay a comparison out for a page."""
    old, new = questionnaires
    named, asked = words.titles(comparison), comparison.questionnaire
    criteria: dict[str, str] = {one.id: one.title for one in (*old.criteria, *new.criteria)}
    columns = heads_of([comparison.overall, *_inner(comparison)])
    lens_columns = heads_of(comparison.lenses)
    value_columns = heads_of(comparison.ranking)
    by_standing: dict[str, list[str]] = {"done": [], "partly": [], "slipped": []}
    for work in comparison.initiatives:
        by_standing[work.standing].append(progress_words.initiative(work, comparison, new))
    then, now = comparison.old.organisation, comparison.new.organisation
    return ComparisonPage(
        organisation=now,
        other_name=then if then != now else None,
        span=words.span(comparison),
        date=words.span(comparison),
        headline=words.headline(comparison),
        story=tuple(words.story(comparison)[1:]),
        pick=tuple(words.pick_story(comparison)),
        cautions=tuple(words.cautions(comparison)),
        columns=columns,
        overall=moved(comparison.overall, columns),
        streams=tuple(moved_stream(stream, columns) for stream in comparison.streams),
        lenses=tuple(moved(lens, lens_columns) for lens in comparison.lenses),
        lens_columns=lens_columns,
        gap_reasons=gap_reasons(comparison),
        value_columns=value_columns,
        ranking=tuple(place_in_full(one, value_columns, criteria) for one in comparison.ranking),
        answers=tuple(answered(one, named) for one in comparison.answers),
        done=tuple(by_standing["done"]),
        partly=tuple(by_standing["partly"]),
        slipped=tuple(by_standing["slipped"]),
        together=tuple(progress_words.together(comparison)),
        indicators=tuple(measured(one) for one in comparison.indicators),
        settings=tuple(
            (words.setting(one.path, new), one.old or figures.NOTHING, one.new or figures.NOTHING)
            for one in comparison.settings
        ),
        added=tuple(new.questions[one].ask for one in asked.added),
        removed=tuple(old.questions[one].ask for one in asked.removed),
        reworded=tuple(new.questions[one].ask for one in asked.reworded),
        reweighed=tuple(new.questions[one].ask for one in asked.reweighed),
        dates=date_texts(trend),
        trend=tuple(trend_line(line, trend) for line in (trend.overall, *trend.streams)),
        firsts=tuple(
            "none" if first is None else stream_title(trend, first) for first in trend.first
        ),
        lowest=new.values[0],
        highest=new.values[-1],
        order=tuple(STEPS[step] for step in comparison.steps),
        notice=new.notice,
        questionnaire=new.title,
        version=new.version,
        tool=__version__,
    )


def _inner(comparison: Comparison) -> list[ScoreChange]:
    return [one for stream in comparison.streams for one in (stream, *stream.components)]
