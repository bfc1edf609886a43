"""The page that is mailed: filled in by a real browser, saved, brought in, and nothing lost."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from browser import HOSTILE, NARROW, WIDE, barriers, overhang
from builders import LAW, asked, component, question, questionnaire, questionnaire_values, stream
from conftest import TODAY
from it4it_assess.collect.bring_in import bring_in
from it4it_assess.collect.form import form_page
from it4it_assess.collect.invitation import respondent_id, wanted
from it4it_assess.files.load import load_answers
from it4it_assess.files.strict_yaml import CONTROL
from it4it_assess.model.answers import Answer, Respondent
from it4it_assess.model.questionnaire import Questionnaire
from returning import SAID, interviewed, invitation, scored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from conftest import Tool
    from it4it_assess.model.answers import AnswerFile
    from returning import Given

BLANKS = "\t\n \xa0\ufeff\u1680\u202f\u205f\u3000\u2028\u2029" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What browsers take for blanks, and trim."""


def quick(shipped: Questionnaire) -> str:
    """Return the page with the shipped questionnaire's essential questions."""
    return form_page(invitation(shipped, questions=wanted(shipped, (), quick=True)))


def small(**changes: Any) -> str:
    """Return a page with five questions in two streams."""
    return form_page(invitation(asked(a=3, b=2), **changes))


def fill(page: Page, number: int, said: Given) -> None:
    """Answer one question with the mouse."""
    box = page.locator("fieldset.question").nth(number)
    if said.pick:
        box.locator(f"input[value='{said.pick}']").check()
    if said.unsure:
        box.get_by_label("I am not sure").check()
    if said.reason:
        box.get_by_label("Why does it not apply?").fill(said.reason)
    if said.note or said.seen:
        box.get_by_text("Add a note or what can be seen").click()
        box.get_by_label("Note", exact=True).fill(said.note)
        box.get_by_label("What shows it, one thing a line").fill(said.seen)


def fill_all(page: Page) -> None:
    for number, said in enumerate(SAID):
        fill(page, number, said)


def download(page: Page, path: Path) -> str:
    """Press the button, keep the file, return the name it came with."""
    with page.expect_download() as coming:
        page.locator("#save ~ p [data-save]").click()
    coming.value.save_as(path)
    return coming.value.suggested_filename


def saved_text(page: Page) -> str:
    """Save, and return the text the page offers beside the file."""
    page.locator("#save ~ p [data-save]").click()
    return page.locator("#text").input_value()


def returned(text: str, path: Path, by: Questionnaire) -> AnswerFile:
    path.write_text(text, encoding="utf-8")
    return load_answers(path, by)


# ----- the same answers, the same scores -----


def test_filled_in_by_mouse_it_scores_like_the_same_answers_typed(
    shipped: Questionnaire, opened: Callable[..., Page], tmp_path: Path, tool: Tool
) -> None:
    page = opened(quick(shipped))
    fill_all(page)
    assert download(page, tmp_path / "back.yaml") == "bakkerij-de-vries-anna.yaml"
    assert tool("validate", tmp_path / "back.yaml").returncode == 0
    bring_in([tmp_path / "back.yaml"], tmp_path / "all.yaml", today=TODAY)
    typed = interviewed(tmp_path / "typed.yaml")
    assert load_answers(tmp_path / "all.yaml").answers == load_answers(typed).answers
    assert scored(tmp_path / "all.yaml", tool) == scored(typed, tool)


def test_filled_in_by_keyboard_alone_it_scores_the_same(
    shipped: Questionnaire, opened: Callable[..., Page], tmp_path: Path, tool: Tool
) -> None:
    page = opened(quick(shipped), width=NARROW)
    keys = page.keyboard
    for number, said in enumerate(SAID, start=1):
        tab_to(page, f"#q{number} input[type=radio]")
        if said.pick.isdigit():
            keys.press(said.pick)
        elif said.pick:
            for _ in range(1 if said.pick == "not-applicable" else 2):
                keys.press("ArrowUp")  # from the first round to the last
        if said.unsure:
            tab_to(page, f"#q{number} input[type=checkbox]")
            keys.press("Space")
        if said.reason:
            tab_to(page, f"#q{number}-reason")
            keys.type(said.reason)
        if said.note:
            tab_to(page, f"#q{number} summary")
            keys.press("Enter")
            tab_to(page, f"#q{number}-note")
            keys.type(said.note)
            tab_to(page, f"#q{number}-evidence")
            keys.type(said.seen)
    tab_to(page, "#save ~ p [data-save]")
    with page.expect_download() as coming:
        keys.press("Enter")
    coming.value.save_as(tmp_path / "back.yaml")
    assert page.evaluate("document.activeElement.id") == "saved"
    bring_in([tmp_path / "back.yaml"], tmp_path / "all.yaml", today=TODAY)
    typed = interviewed(tmp_path / "typed.yaml")
    assert load_answers(tmp_path / "all.yaml").answers == load_answers(typed).answers
    assert scored(tmp_path / "all.yaml", tool) == scored(typed, tool)


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until something has the focus."""
    for _ in range(400):
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never comes to {selector}")


# ----- looks and access -----


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_axe_finds_no_barrier_empty_or_filled_in(
    width: int, scheme: str, shipped: Questionnaire, opened: Callable[..., Page]
) -> None:
    page = opened(quick(shipped), width=width, color_scheme=scheme)
    assert barriers(page) == []
    assert overhang(page) <= 0
    fill_all(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    fill(page, 9, SAID[3]._replace(reason=""))
    page.locator("#save ~ p [data-save]").click()
    assert page.locator("#trouble").is_visible()
    assert barriers(page) == []
    assert overhang(page) <= 0
    page.locator("#q10-reason").fill("no")
    page.locator("#save ~ p [data-save]").click()
    page.locator("#otherwise summary").click()
    assert page.locator("#saved").is_visible()
    assert barriers(page) == []
    assert overhang(page) <= 0


def test_nothing_with_the_focus_hides_behind_the_progress_bar(
    opened: Callable[..., Page],
) -> None:
    page = opened(small(), width=NARROW)
    for backwards in (False, True):
        for _ in range(40):
            page.keyboard.press("Shift+Tab" if backwards else "Tab")
            hidden = page.evaluate(
                """() => {
                    const bar = document.querySelector(".bar").getBoundingClientRect();
                    const one = document.activeElement;
                    const box = one.getBoundingClientRect();
                    return !one.closest(".bar") && one !== document.body
                        && bar.top <= 0 && box.bottom <= bar.bottom && box.bottom > 0;
                }"""
            )
            assert not hidden, page.evaluate("document.activeElement.outerHTML")


def test_it_reads_without_scripts_and_says_what_to_do(opened: Callable[..., Page]) -> None:
    page = opened(small(), java_script_enabled=False)
    assert page.get_by_text("This viewer cannot fill in the form.").is_visible()
    assert page.locator("fieldset.question").count() == 5
    assert not page.get_by_role("button", name="Save my answers").first.is_visible()


def test_the_policy_lets_only_its_own_style_and_script_run() -> None:
    text = small()
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    [style] = re.findall(r"<style>(.*?)</style>", text, flags=re.DOTALL)
    [script] = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; script-src '{hash_of(script)}'; style-src '{hash_of(style)}'; "
        "form-action 'none'; base-uri 'none'"
    )
    assert not re.findall(r"(?:https?:)?//[a-z]", text.replace(script, ""))


def test_the_policy_stops_what_is_put_into_the_page(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "form.html").write_text(small(), encoding="utf-8")
    with chromium.new_context(offline=True) as context:
        page = context.new_page()
        page.goto((tmp_path / "form.html").as_uri())
        page.evaluate(
            """() => {
                window.stopped = [];
                document.addEventListener("securitypolicyviolation",
                    event => window.stopped.push(event.effectiveDirective));
                document.body.insertAdjacentHTML("beforeend", `<p style='color: red'>x</p>
                    <form action='https://example.org/' method='post'></form>`);
                document.forms[1].submit();
            }"""
        )
        page.wait_for_timeout(300)
        assert sorted(set(page.evaluate("window.stopped"))) == ["form-action", "style-src-attr"]


def hash_of(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


# ----- what the page does -----


def test_progress_tells_what_is_done_and_how_long_the_rest_takes(
    opened: Callable[..., Page],
) -> None:
    page = opened(small())
    # 5 questions at 25 s are 125 s: 3 minutes; 3 are 75 s: 2 minutes
    assert page.locator("#done").inner_text() == "0 of 5 answered, about 3 min left"
    fill(page, 0, SAID[0])
    fill(page, 3, SAID[2])
    assert page.locator("#done").inner_text() == "2 of 5 answered, about 2 min left"
    assert page.locator("#progress").evaluate("one => one.value") == 2
    assert page.locator("[data-part]").all_inner_texts() == ["1 of 3", "1 of 2"]
    page.evaluate("scrollTo(0, 0)")
    page.locator("#next").click()
    assert page.evaluate("document.activeElement.name") == "q2"


def test_what_is_open_is_left_out_and_the_page_says_how_much(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(small())
    fill(page, 1, SAID[0])
    back = returned(saved_text(page), tmp_path / "back.yaml", asked(a=3, b=2))
    assert back.answers == {"a.2": Answer(by={"anna": Answer(level=3)})}
    assert page.locator("#saved-what").inner_text() == (
        "Your answers are saved, with 4 questions left open. What now?"
    )
    assert page.locator("#saved-name").inner_text() == "bakkerij-de-vries-anna.yaml"


def test_the_file_says_who_when_and_which_questionnaire(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(small())
    fill(page, 0, SAID[0])
    back = returned(saved_text(page), tmp_path / "back.yaml", asked(a=3, b=2))
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert (back.date, back.questionnaire, back.questionnaire_version) == (
        dt.date.fromisoformat(today), "tiny", "1.0",
    )  # fmt: skip
    assert back.organisation.name == "Bakkerij De Vries"
    assert back.respondents == {"anna": Respondent(name="Anna de Vries", role="owner")}


def test_an_answer_taken_back_is_open_again(opened: Callable[..., Page]) -> None:
    page = opened(small())
    fill(page, 0, SAID[0])
    fill(page, 0, SAID[1])
    page.get_by_role("button", name="Take this answer back").click()
    assert page.locator("#done").inner_text() == "0 of 5 answered, about 3 min left"
    assert page.evaluate("document.activeElement.name") == "q1"
    assert not page.get_by_label("I am not sure").first.is_visible()


def test_nothing_is_saved_without_a_reason_and_the_page_leads_there(
    opened: Callable[..., Page],
) -> None:
    page = opened(small())
    fill(page, 2, SAID[3]._replace(reason=" \t"))
    page.locator("#save ~ p [data-save]").click()
    assert not page.locator("#saved").is_visible()
    page.locator("#trouble a").click()
    assert page.evaluate("document.activeElement.id") == "q3-reason"
    assert page.locator("#q3-reason").get_attribute("aria-invalid") == "true"
    page.keyboard.type("we have none")
    assert page.locator("#q3-reason").get_attribute("aria-invalid") == "false"
    assert '"not_applicable": "we have none"' in saved_text(page)


def test_nothing_answered_is_nothing_saved(opened: Callable[..., Page]) -> None:
    page = opened(small())
    page.locator("#save ~ p [data-save]").click()
    assert page.locator("#trouble-what").inner_text() == (
        "There is nothing to save yet: no question is answered."
    )


def test_digits_pick_a_level_and_never_where_somebody_types(opened: Callable[..., Page]) -> None:
    page = opened(small())
    page.locator("#q1 input").first.focus()
    page.keyboard.press("4")
    assert page.locator("#q1 input:checked").get_attribute("value") == "4"
    page.keyboard.press("9")
    page.keyboard.press("Control+2")
    assert page.locator("#q1 input:checked").get_attribute("value") == "4"
    page.locator("#q1 summary").click()
    page.locator("#q1-note").focus()
    page.keyboard.type("2 of 3")
    assert page.locator("#q1-note").input_value() == "2 of 3"
    assert page.locator("#q1 input:checked").get_attribute("value") == "4"


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Jo Bakker", "jo-bakker"),
        ("Zoë  Müller-Łoś", "zoe-muller-os"),
        ("山田太郎", respondent_id("山田太郎")),
        ("🎉", respondent_id("🎉")),
    ],
)
def test_a_form_for_nobody_in_particular_asks_for_a_name_and_makes_an_id_of_it(
    name: str, who: str, opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(small(who="", respondent=Respondent()))
    fill(page, 0, SAID[0])
    page.locator("#save ~ p [data-save]").click()
    assert page.locator("#trouble a").inner_text() == "Your name, at the top"
    page.locator("#trouble a").click()
    page.keyboard.insert_text(f" {name} ")
    back = returned(saved_text(page), tmp_path / "back.yaml", asked(a=3, b=2))
    assert back.respondents == {who: Respondent(name=name)}
    assert back.answers == {"a.1": Answer(by={who: Answer(level=3)})}
    assert who == respondent_id(name)


# ----- drafts -----


def test_a_draft_survives_a_reload_and_can_be_cleared(opened: Callable[..., Page]) -> None:
    page = opened(small())
    for number, said in enumerate(SAID[:4]):
        fill(page, number, said)
    fill(page, 4, SAID[5])
    page.locator("#role").fill("baker")
    before = saved_text(page)
    page.reload()
    assert page.locator("#draft").inner_text().startswith("Your draft is back: 5 answers.")
    assert page.locator("#role").input_value() == "baker"
    assert saved_text(page) == before
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear the draft").click()
    assert page.locator("#done").inner_text() == "0 of 5 answered, about 3 min left"
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.locator("#done").inner_text() == "0 of 5 answered, about 3 min left"
    assert page.locator("#role").input_value() == "owner"


def test_a_draft_is_kept_at_the_last_moment(opened: Callable[..., Page]) -> None:
    page = opened(small())
    fill(page, 0, SAID[0])
    page.reload()
    assert page.locator("#done").inner_text().startswith("1 of 5")


def test_drafts_of_two_forms_stay_apart(opened: Callable[..., Page]) -> None:
    page = opened(small())
    fill(page, 0, SAID[0])
    key = page.evaluate("document.getElementById('form').dataset.id")
    others = [
        invitation(asked(a=3, b=2), who="jo"),
        invitation(asked(a=3, b=2), organisation="Other"),
        invitation(asked(a=3, b=1)),
    ]
    assert key == invitation(asked(a=3, b=2)).form_id
    assert len({key, *(one.form_id for one in others)}) == 4


def test_where_nothing_can_be_kept_it_says_so_and_warns_before_leaving(
    opened: Callable[..., Page],
) -> None:
    page = opened(small())
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})"
    )
    page.reload()
    assert page.locator("#draft").inner_text().startswith("This browser keeps no drafts")
    fill(page, 0, SAID[0])
    asked_to_stay = []

    def stay(dialog: Any) -> None:
        asked_to_stay.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked_to_stay == ["beforeunload"]


def test_what_is_saved_is_no_reason_to_stay(opened: Callable[..., Page]) -> None:
    page = opened(small())
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})"
    )
    page.reload()
    fill(page, 0, SAID[0])
    saved_text(page)
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def test_with_a_draft_kept_nobody_is_held_back(opened: Callable[..., Page]) -> None:
    page = opened(small())
    fill(page, 0, SAID[0])
    with page.expect_event("close"):
        page.close(run_before_unload=True)


# ----- a saved file back into the form -----


def test_a_saved_file_can_be_gone_on_from(opened: Callable[..., Page], tmp_path: Path) -> None:
    text = small()
    page = opened(text)
    for number, said in enumerate([*SAID[:4], SAID[5]]):
        fill(page, number, said)
    download(page, tmp_path / "back.yaml")
    other = opened(text)
    other.locator("#file").set_input_files(tmp_path / "back.yaml")
    other.get_by_text("5 answers taken from the file.").first.wait_for()
    assert saved_text(other) == (tmp_path / "back.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format: 1\nanswers: {a: 1}\n", "That is not a file this form has saved"),
        ("", "That is not a file this form has saved"),
        (
            'format: 1\nquestionnaire: "other"\nrespondents: {"anna": {}}\nanswers: {}\n',
            "That file answers another questionnaire",
        ),
        (
            'format: 1\nquestionnaire: "tiny"\nrespondents: {"jo": {}}\nanswers: {}\n',
            "That file holds the answers of jo, and this form is for anna",
        ),
        (
            (
                'format: 1\nquestionnaire: "tiny"\nrespondents: {"anna": {}}\nanswers:\n'
                '  z.1: {"by": {"anna": 1}}\n  a.1: {"by": {"anna": 1}}\n'
            ),
            "1 answer taken from the file. 1 answer is to questions this form does not ask",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_refused_kindly(
    text: str, says: str, opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(small())
    (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
    page.locator("#file").set_input_files(tmp_path / "file.yaml")
    page.get_by_text(says).first.wait_for()


# ----- hostile texts -----


def hostile(text: str) -> Questionnaire:
    """Return a questionnaire whose every text is hostile."""
    levels = dict.fromkeys(range(6), text)
    asks = question("a.1", levels=levels, why=text, evidence=[text]) | {"ask": text}
    part = component("a.part", asks, about=text) | {"title": text}
    scale = [{"value": value, "name": text, "means": text} for value in range(6)]
    one = stream("a", part, about=text) | {"title": text}
    values = questionnaire_values(one, title=text, notice=text, version=text)
    return Questionnaire.model_validate({**values, "scale": scale})


@pytest.mark.parametrize("kind", [*HOSTILE, "surrogate"])
def test_hostile_text_runs_nothing_reads_as_written_and_comes_back(
    kind: str, opened: Callable[..., Page], tmp_path: Path
) -> None:
    text = HOSTILE.get(kind, "no half")
    by = hostile(text)
    page = opened(
        form_page(invitation(by, organisation=text, respondent=Respondent(name=text, role=text))),
        width=NARROW,
    )
    assert page.locator(".question legend").text_content() == text
    assert page.locator(".firm").text_content() == text
    typed = "half \ud800 of one" if kind == "surrogate" else text
    put(page, typed)
    assert overhang(page) <= 0
    saved = saved_text(page)
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("document.scripts.length") == 1
    back = returned(saved, tmp_path / "back.yaml", by)
    assert back.organisation.name == text
    assert back.questionnaire_version == text
    voice = back.answers["a.1"].by["anna"]  # type: ignore[union-attr]
    assert (voice.not_applicable, voice.note) == (cleaned(one_line(typed)), cleaned(typed))
    assert "\n".join(voice.evidence) == "\n".join(
        line.strip(BLANKS) for line in cleaned(typed).split("\n") if line.strip(BLANKS)
    )
    shown = page.locator("#name").input_value()
    assert back.respondents["anna"].name == cleaned(shown) == cleaned(one_line(text))


ANY = st.text(
    st.characters()
    | st.sampled_from("\"\\'\n\t\x00\x07\x1b\x7f\x85\u2028\ufeff\ufffe\ud800🎉:#-{}[]"),
    max_size=60,
)


def test_any_text_at_all_makes_a_file_that_is_in_order(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(small())

    @settings(LAW, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
    @given(ANY)
    def law(text: str) -> None:
        put(page, text)
        page.evaluate("document.querySelector('#q2 input[value=\"1\"]').checked = true")
        if not cleaned(one_line(text)):
            page.evaluate("document.querySelector('#q1 input[value=unknown]').checked = true")
        back = returned(saved_text(page), tmp_path / "back.yaml", asked(a=3, b=2))
        voice = back.answers["a.1"].by["anna"]  # type: ignore[union-attr]
        assert voice.note == cleaned(text)
        assert (voice.not_applicable or "") == cleaned(one_line(text))

    law()


def put(page: Page, text: str) -> None:
    """Put a text where it is typed, as it is: half characters too."""
    page.evaluate(
        """text => {
            const box = document.getElementById("q1");
            box.querySelector("input[value=not-applicable]").checked = true;
            box.querySelector("[data-reason] input").value = text;
            box.querySelector("[data-note]").value = text;
            box.querySelector("[data-evidence]").value = text;
            box.dispatchEvent(new Event("input", {bubbles: true}));
        }""",
        text,
    )


def one_line(text: str) -> str:
    """Return text as a box of one line holds it."""
    return text.replace("\r", "").replace("\n", "")


def cleaned(text: str) -> str:
    """Return text as the page states: no control characters, no half characters, trimmed."""
    whole = "".join(one for one in text if not 0xD800 <= ord(one) <= 0xDFFF)
    return CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip(BLANKS)


def test_more_evidence_than_lines_can_be_kept_apart_goes_with_the_last(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(small())
    put(page, "\n".join(f"thing {number}" for number in range(60)))
    back = returned(saved_text(page), tmp_path / "back.yaml", asked(a=3, b=2))
    seen = back.answers["a.1"].by["anna"].evidence  # type: ignore[union-attr]
    assert len(seen) == 50
    assert seen[48] == "thing 48"
    assert seen[49] == "\n".join(f"thing {number}" for number in range(49, 60))


def test_notes_too_long_for_one_file_are_not_saved_and_not_lost(
    opened: Callable[..., Page],
) -> None:
    page = opened(small())
    put(page, "x" * 1_800_000)
    page.locator("#save ~ p [data-save]").click()
    assert page.locator("#trouble-what").inner_text().startswith("Nothing is saved yet: the notes")
    assert len(page.locator("#q1-note").input_value()) == 1_800_000


def test_levels_between_whole_numbers_come_back_as_they_are(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    scale = (-1, 0, 0.123456789, 1e-07, 12.5)
    by = questionnaire(
        stream("a", component("a.part", *(question(f"a.{n}") for n in range(5)))),
        scale=sorted(scale),
    )
    page = opened(form_page(invitation(by)))
    for number in range(5):
        page.locator(f"#q{number + 1} input").nth(number).check()
    text = saved_text(page)
    back = returned(text, tmp_path / "back.yaml", by)
    levels = [answer.by["anna"].level for answer in back.answers.values() if answer]
    assert levels == sorted(scale)
    other = opened(form_page(invitation(by)))
    other.locator("#file").set_input_files(tmp_path / "back.yaml")
    other.get_by_text("5 answers taken from the file.").first.wait_for()
    assert saved_text(other) == text


def test_a_form_is_the_same_bytes_every_time(shipped: Questionnaire) -> None:
    assert quick(shipped) == quick(shipped)


def test_levels_are_named_in_the_order_of_the_scale() -> None:
    text = small()
    places = [text.index(f"Practice {value}.") for value in range(6)]
    assert all(one < other for one, other in itertools.pairwise(places))
