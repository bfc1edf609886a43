"""A firm's own templates: what they can change, what they cannot reach, how they are told off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from builders import asked, judge
from conftest import EXAMPLES, ROOT
from it4it_assess.errors import AssessError
from it4it_assess.report.design import Audience, design
from it4it_assess.report.render import render
from it4it_assess.report.sandbox import OF_THE_REPORT
from it4it_assess.report.view import Page as ReportPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Tool
    from it4it_assess.model.assessment import Assessment
    from it4it_assess.model.questionnaire import Questionnaire

SEE = "docs/templates.md lists what there is"


@pytest.fixture
def with_own(
    tmp_path: Path, example: Callable[[str], Assessment], shipped: Questionnaire
) -> Callable[..., str]:
    """Render the owner's page with templates of a firm's own."""

    def rendered(audience: Audience = "owner", **templates: str) -> str:
        for name, text in templates.items():
            path = tmp_path / f"{name}.html.j2"
            path.write_text(text, encoding="utf-8")
        return render(example("bakery"), shipped, "html", design(audience, tmp_path, None))

    return rendered


def test_one_block_is_replaced_and_the_rest_stays(with_own: Callable[..., str]) -> None:
    page = with_own(
        owner='{% extends "shipped/owner.html.j2" %}\n{% block facts %}<hr>{% endblock %}'
    )
    assert "<hr>" in page
    assert 'class="facts"' not in page
    assert "Adopt Detect to Correct first" in page


def test_the_frame_of_every_page_can_be_replaced(with_own: Callable[..., str]) -> None:
    own = '{% extends "shipped/page.html.j2" %}{% block footer %}<p>Ours.</p>{% endblock %}'
    for audience in ("owner", "board", "consultant"):
        page = with_own(audience, page=own)
        assert "<p>Ours.</p>" in page
        assert "</footer>" not in page


def test_a_whole_template_is_replaced_and_still_escaped(with_own: Callable[..., str]) -> None:
    page = with_own(owner="<p>{{ page.organisation }} {{ '<b>' }} {{ page.first }}</p>")
    assert page == "<p>Bakkerij De Vries &lt;b&gt; d2c</p>"


BROKEN = {
    "unfinished": (
        "{% if page %}\n{{ page.first }}\n",
        (
            "2:1: Unexpected end of template. Jinja was looking for the following tags: 'elif' or "
            "'else' or 'endif'. The innermost block that needs to be closed is 'if'"
        ),
    ),
    "an unknown tag": ("\n{% foo %}", "2:1: Encountered unknown tag 'foo'"),
    "an unknown filter": ("{{ page|foo }}", "1:1: No filter named 'foo'"),
    "an unknown name": ("\n\n{{ pgae.first }}", "3:1: 'pgae' is undefined"),
    "a name the page lacks": (
        "\n{{ page.frist }}",
        "2:1: 'view.Page object' has no attribute 'frist'",
    ),
    "a template that is not there": ("{% include 'a.j2' %}", "1:1: there is no template 'a.j2'"),
    "a sum that cannot be": ("{{ 1 // 0 }}", "1:1: integer division or modulo by zero"),
    "itself": ("{% include 'owner.html.j2' %}", "1:1: it calls itself without an end"),
    "a macro of itself": (
        "{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}",
        "1:1: it calls itself without an end",
    ),
    "a long loop": (
        "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}",
        "1:1: it loops over more than 100,000 numbers",
    ),
    "a long text": ("{{ 'x' * 1000000000 }}", "1:1: * goes beyond 1,000"),
    "a long list": ("{{ 1000000000 * [1] }}", "1:1: * goes beyond 1,000"),
    "a high power": ("{{ 9 ** 99999 }}", "1:1: ** goes beyond 1,000"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_template_is_told_with_its_file_and_line(
    kind: str, with_own: Callable[..., str], tmp_path: Path
) -> None:
    text, said = BROKEN[kind]
    with pytest.raises(AssessError) as caught:
        with_own(owner=text)
    assert str(caught.value) == f"{tmp_path}/owner.html.j2:{said}; {SEE}"


def test_a_report_without_an_end_is_cut_off(with_own: Callable[..., str], tmp_path: Path) -> None:
    with pytest.raises(AssessError) as caught:
        with_own(owner="{% for a in range(99999) %}{{ 'x' * 999 }}{% endfor %}")
    assert str(caught.value) == f"{tmp_path}: its templates write more than 20 MB; shorten a loop"


ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ [].__class__.__base__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(page) }}",
    "{{ '{a.__class__}'.format_map({'a': page}) }}",
    "{{ '%s'.__mod__ }}",
    "{{ config.__class__.__init__.__globals__['os'].popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ dict.__base__.__subclasses__() }}",
    "{{ range.__class__ }}",
    "{{ range(1).gi_frame.f_globals }}",
    "{{ charts.trials.__globals__ }}",
    "{{ charts.trials.__code__ }}",
    "{{ charts.trials.func_globals }}",
    "{{ page._replace(first='x') }}",
    "{{ page.__class__.__init__ }}",
    "{{ page._asdict() }}",
    "{{ brand.update({'name': 'x'}) }}",
    "{{ brand.clear() }}",
    "{% set x = [] %}{{ x.append(1) }}",
    "{{ page.streams[0].__reduce_ex__(2) }}",
    "{{ (page.streams|map('attr', '__class__')|list)[0] }}",
    "{{ request.application.__globals__ }}",
    "{% include '../../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.popen('id') }}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_no_template_gets_out_of_its_sandbox(text: str, with_own: Callable[..., str]) -> None:
    with pytest.raises(AssessError):
        with_own(owner=text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ [page]|map(attribute='__class__')|list }}",
        "{{ [page]|groupby('__class__') }}",
        "{{ [page]|selectattr('__class__')|list }}",
    ],
)
def test_filters_that_read_attributes_see_none_that_are_hidden(
    text: str, with_own: Callable[..., str]
) -> None:
    try:
        page = with_own(owner=text)
    except AssessError:
        return
    assert "&lt;class" not in page


def test_a_lost_block_is_told_with_the_nearest_there_is(
    with_own: Callable[..., str], tmp_path: Path
) -> None:
    with pytest.raises(AssessError) as caught:
        with_own(
            owner='{% extends "shipped/owner.html.j2" %}\n\n{% block facs %}{% endblock %}',
            page="{% for x in %}",
        )
    assert str(caught.value).splitlines() == [
        f"{tmp_path}/owner.html.j2:3:1: there is no block 'facs' to override; did you mean facts?",
        f"{tmp_path}/page.html.j2:1:1: Expected an expression, got 'end of statement block'; "
        + SEE,
    ]


def test_a_template_of_ours_that_trips_over_one_of_theirs_is_no_bug(
    with_own: Callable[..., str],
) -> None:
    with pytest.raises(AssessError, match=r"owner\.html\.j2:8:1: the template 'macros\.html\.j2'"):
        with_own(macros="{% macro cell() %}{% endmacro %}")


def test_a_folder_without_any_of_our_templates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ownr.html.j2").write_text("x", encoding="utf-8")
    with pytest.raises(AssessError) as caught:
        render(*nothing(), "html", design("owner", tmp_path, None))
    assert str(caught.value) == (
        f"{tmp_path}: none of the report's templates is here; name one as it is named among "
        "macros.html.j2, owner.html.j2, owner.md.j2, page.html.j2, report.css.j2, "
        "report.html.j2, report.js.j2, report.md.j2"
    )


def test_a_link_out_of_the_folder_is_refused(
    tmp_path: Path, example: Callable[[str], Assessment], shipped: Questionnaire
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "owner.html.j2").symlink_to("../secret.txt")
    with pytest.raises(AssessError) as caught:
        render(example("bakery"), shipped, "html", design("owner", folder, None))
    assert str(caught.value) == (
        f"{folder}/owner.html.j2: this is a link to somewhere outside {folder}; "
        "copy the file there"
    )


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssessError) as caught:
        design("board", tmp_path / "gone", None)
    assert str(caught.value) == (
        f"{tmp_path}/gone: there is no such folder; name one with templates"
    )


def test_the_command_line_tells_file_and_line_and_writes_no_half_report(
    tool: Tool, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "report.html.j2").write_text("\n{{ page.nothing }}", encoding="utf-8")
    ended = tool("report", EXAMPLES / "bakery.yaml", "--templates", own, "-f", "html")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"{own}/report.html.j2:2:1: 'view.Page object' has no attribute 'nothing'; {SEE}\n"
    )
    assert not (tmp_path / "reports").exists()


def nothing() -> tuple[Assessment, Questionnaire]:
    """Return what a report that is refused beforehand is made of."""

    questions = asked(a=1)
    return judge(questions, {"a.1": 1}), questions


def test_the_page_on_templates_names_all_there_is() -> None:
    told = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`([a-z_]+)`", told))
    assert set(ReportPage._fields) - names == set()
    ours = [
        path
        for path in (ROOT / "report_templates").iterdir()
        if path.name.partition(".")[0] in OF_THE_REPORT
    ]
    assert {path.name for path in ours} - set(re.findall(r"`([\w.]+)`", told)) == set()
    blocks = {
        block
        for path in ours
        for block in re.findall(r"{% block (\w+) %}", path.read_text(encoding="utf-8"))
    }
    assert blocks - names == set()
