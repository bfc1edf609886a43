"""Charts that carry their own looks, for programs that do not apply a page's style to them."""

from __future__ import annotations

import re

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_MEDIA = re.compile(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_SET = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_OF_CHARTS = re.compile(r"\.chart\b|\.fill-|\brect\b|\bsvg\b")
_USED = re.compile(r"var\((--[\w-]+)\)")
_CHART = re.compile(r"<svg\b[^>]*>")


def with_own_looks(page: str) -> str:
    """Return a page whose charts hold the rules that its style has for them, as on paper.

    The colours that the style names are put in their places: first those for a light screen,
    then those for paper.
    """
    style = "".join(_STYLE.findall(page))
    on_paper = "".join(rules for where, rules in _MEDIA.findall(style) if "print" in where)
    plain = _MEDIA.sub("", style)
    roots = _ROOT.findall(plain + on_paper)
    colours = {name: what.strip() for root in roots for name, what in _SET.findall(root)}
    rules = "".join(
        f"{names.strip()} {{{_USED.sub(lambda one: colours.get(one[1], 'black'), what)}}}"
        for names, what in _RULE.findall(plain)
        if _OF_CHARTS.search(names)
    )
    return _CHART.sub(lambda chart: f"{chart[0]}<style>{rules}</style>", page)
