"""A new template is safe without a word in it: its name says how text is put in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import jinja2
import pytest

from notifications import rendering
from notifications.markdown import Markdown
from notifications.rendering import render
from tests.support.seen import Page

BAD = "![图](http://a.example/1.png)<img src=http://a.example/2.png>|# www.a.example\n\n- 甲"
AS_TYPED = BAD.replace("\n\n", " ")
LINK = "http://127.0.0.1:4200/x?parameters=%7B%22code%22:%22W5%22%7D"


@pytest.fixture
def written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], None]]:
    """Write templates nobody has thought about."""
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)
    rendering._environment.cache_clear()

    def write(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")

    yield write
    rendering._environment.cache_clear()


PLACES = {
    "a paragraph": "{{ bad }}",
    "inside a line": "甲 {{ bad }} 乙",
    "a heading": "## {{ bad }}",
    "an item": "- {{ bad }}",
    "a quotation": "> {{ bad }}",
    "bold": "**编号** {{ bad }}",
    "a cell": "| 列 |\n| --- |\n| {{ bad }} |",
    "a block of HTML": "<details><summary>{{ bad }}</summary>\n\n甲\n\n</details>",
    "the second line of one": "<details>\n<summary>{{ bad }}</summary>\n\n甲\n\n</details>",
    "an attribute": '<img alt="{{ bad }}" src="data:,"/>',
    "a tag within a line": '甲 <b title="{{ bad }}">乙</b>',
    "what a macro makes": "{% macro m(x) %}{{ x }}{% endmacro %}- {{ m(bad) }}",
    "what is joined": "{{ [bad, bad] | join('、') }}",
    "what is put together": "{{ '甲' ~ bad }}",
    "a variable": "{% set x = bad %}{{ x }}",
    "a loop": "{% for x in [bad] %}\n- {{ x }}\n{% endfor %}",
}


@pytest.mark.parametrize("place", PLACES)
def test_text_is_text_wherever_a_template_puts_it(place, written):
    written("new.md.j2", PLACES[place])
    written("blank.md.j2", PLACES[place])

    page, blank = Page(render("new.md.j2", bad=BAD)), Page(render("blank.md.j2", bad="甲"))

    assert page.tags == blank.tags
    assert [one for one in page.addresses if "a.example" in one] == []
    assert AS_TYPED in page.words or 'alt="' in PLACES[place] or 'title="' in PLACES[place]


def test_our_own_markdown_goes_in_as_it_is_and_only_that(written):
    written("new.md.j2", "{{ mine }} {{ typed }}")

    assert render("new.md.j2", mine=Markdown("**甲**"), typed="**甲**") == r"**甲** \*\*甲\*\*"


def test_a_link_of_ours_leads_where_it_should_beside_any_text(written):
    written("new.md.j2", "{{ bad }}[去]({{ link | address }})")

    page = Page(render("new.md.j2", bad="急！", link=LINK))

    assert page.addresses == [LINK]
    assert page.words.strip() == "急！去"


def test_an_address_cannot_end_its_link(written):
    written("new.md.j2", "[去]({{ link | address }})")

    page = Page(render("new.md.j2", link='http://127.0.0.1/a b") <x> ![y](z)'))

    assert page.tags == ["p", "a"]
    assert page.words.strip() == "去"


def test_a_blank_in_a_box_stays_a_blank(written):
    written("new.md.j2", "- [{{ 'x' if done else ' ' }}] 甲")

    assert render("new.md.j2", done=False) == "- [ ] 甲"


def test_two_values_side_by_side_do_not_make_a_mark_together(written):
    written("new.md.j2", "{{ a }}{{ b }}")

    assert Page(render("new.md.j2", a="[x]", b="(http://a.example)")).tags == ["p"]
    assert Page(render("new.md.j2", a="http:", b="//a.example")).words.strip() == "http://a.example"
    assert "http://" not in render("new.md.j2", a="http:", b="//a.example")


def test_a_drawing_stays_well_formed_and_plain_text_stays_as_it_is(written):
    written("new.svg.j2", '<svg><text x="{{ bad }}">{{ bad }}</text></svg>')
    written("new.txt.j2", "{{ bad }}")

    svg = render("new.svg.j2", bad=BAD + "\x00\x08")

    assert "".join(ElementTree.fromstring(svg).itertext()) == BAD + "\ufffd\ufffd"
    assert render("new.txt.j2", bad=BAD) == BAD


def test_a_template_without_its_fact_fails_loudly(written):
    written("new.md.j2", "{{ slip.title }}")

    with pytest.raises(jinja2.UndefinedError, match="'slip' is undefined"):
        render("new.md.j2")
