"""Templates that an office brings: same facts, its own layout; in a sandbox, with every fault named."""

import re
import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from models.audit.chain import entries
from models.campaign.campaign import Campaign
from models.database import open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.papers.quoted import Missing, Quoted
from models.settings import moment_of
from tasks.papers.briefings.issuing import confirm_briefing, draft_briefing
from tasks.papers.briefings.sent import add_item
from tasks.papers.keeping import PaperOrder
from tasks.papers.listing import paper_kind
from tasks.papers.templates.fact_words import fact_word
from tasks.papers.templates.keeping import (
    TAKING,
    bring_template,
    drop_template,
    template_rows,
    write_sample,
)
from tasks.papers.templates.plain import plain_value
from tasks.papers.templates.sample import known_values
from tasks.papers.writing import write_bulletin, write_problems
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.tasks.papers.test_report import text_of

MOMENT = moment_of(NOW, TODAY)
OFFICE_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LATER = moment_of(NOW.replace(month=8, day=4))


def template_at(path, *lines, cells=()):
    """Write a Word file of these paragraphs, and a table of one row."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if cells:
        table = document.add_table(1, len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    document.save(path)
    return path


def rewrite(path, name, change):
    """Change one part of a Word file."""
    old = BytesIO(path.read_bytes())
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(path, "w") as after:
        for each in before.namelist():
            content = before.read(each)
            after.writestr(each, change(content) if each == name else content)
    return path


def bring(path, kind="通报"):
    return bring_template(None, kind, path, "创建办", MOMENT)


@ON_BOTH
def test_a_paper_is_written_by_the_office_s_template_until_it_is_taken_away(campaign, tmp_path):
    path = template_at(
        tmp_path / "通报.docx", "关于进展：{{ title }}", "共 {{ total.units }} 个单位"
    )
    out = tmp_path / "通报稿.docx"
    plain = write_bulletin(campaign, PaperOrder(out), LATER)

    without = "模板没有用到 sources，写出来的文书在末尾逐条列出数据来源"
    assert bring(path) == f"通报：通报.docx，用到 2 个名字，以后按这个模板写；{without}"
    assert "已经是这个模板" in bring(path)
    own = write_bulletin(campaign, PaperOrder(out), LATER)

    assert own.version.number == plain.version.number + 1
    assert re.search(r"关于进展：.+的通报", text_of(out))
    assert re.search(r"共 \d+ 个单位", text_of(out))
    assert text_of(out).endswith("资料来源：[1] 40：责任分解，承担任务的单位，共 40。")
    assert [row[:3] for row in template_rows(None)] == [("通报", "通报.docx", "创建办")]
    first = out.read_bytes()
    assert not write_bulletin(campaign, PaperOrder(out), LATER).version.new
    assert out.read_bytes() == first
    drop_template(None, "通报", "创建办", MOMENT)
    write_bulletin(campaign, PaperOrder(out), LATER)
    assert "各责任单位：" in text_of(out)
    with open_session(read_only=True) as session:
        told = [one.what for one in entries(session) if one.what.startswith("template-")]
    assert told == ["template-set", "template-withdrawn"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            (
                "{{ total.units | source }}个、{{ total.units }}个、{{ total.parts | source }}条、{{ title | source }}",
            ),
            ["40[1]个、40个、130[2]条、", "资料来源：[1] 40：责任分解", "[2] 130：责任分解"],
        ),
        # The template lists them itself.
        (("{{ total.units | source }}个", "{{ sources | length }}"), ["40[1]个", ""]),
        (("{{ today }}",), ["2025年"]),  # nothing that has a source
        (("{% if total.units == '40' %}对{% endif %}",), ["对"]),  # still a text
        (
            (
                "{%p for one in chapters %}",
                "{{ one.title }}{{ one.done | source }}",
                "{%p endfor %}",
            ),
            ["政府职能依法全面履行0[1]", *[""] * 8, "资料来源：[1] 0：", *[""] * 8],
        ),
    ],
)
def test_a_number_in_an_office_s_template_carries_its_source(campaign, tmp_path, lines, said):
    bring(template_at(tmp_path / "模板.docx", *lines))
    out = tmp_path / "通报.docx"
    written = write_bulletin(campaign, PaperOrder(out), LATER)

    found = [one.text for one in docx.Document(str(out)).paragraphs]
    assert len(found) == len(said), found
    assert all(text.startswith(words) for text, words in zip(found, said, strict=True)), found
    assert written.version.characters < 160  # the sources are beside the text


def test_what_a_value_holds_is_never_part_of_the_document_s_own_marks(campaign, tmp_path):
    path = template_at(
        tmp_path / "问题.docx",
        "{{ title }}",
        "{%p for one in problems %}",
        "{{ one.code }} {{ one.title }}：{{ one.why }}",
        "{%p endfor %}",
        "完",
    )
    bring(path, "问题清单")
    out = tmp_path / "清单.docx"

    write_problems(campaign, PaperOrder(out), LATER)

    assert "\n完\n资料来源：" in text_of(out)
    assert "W5 " in text_of(out)


@pytest.mark.parametrize("kind", [one.chinese for one in TAKING])
def test_every_sample_can_be_set_as_it_is(campaign, tmp_path, kind):
    path = tmp_path / "样本.docx"

    write_sample(kind, path, LATER)

    assert "以后按这个模板写" in bring_template(None, kind, path, "创建办", LATER)
    text = text_of(path)
    assert "{{ title }}" in text
    for name, value in known_values(paper_kind(kind)).items():
        assert not isinstance(value, list) or not value or f" in {name} %}}" in text, name
    names = re.findall(r"{{ ([a-z_.]+) }}", text)
    assert all(re.search("[\u4e00-\u9fff]", fact_word(name)) for name in names if "." in name)
    with pytest.raises(CampaignError, match="不会覆盖"):
        write_sample(kind, path, LATER)


def test_every_name_that_is_not_there_is_told_with_its_place(campaign, tmp_path):
    path = template_at(
        tmp_path / "通报.docx",
        "{{ titel }}",
        "{{ total.unit }} 和 {{ total.units }}",
        cells=("{{ 单位数 }}", "甲"),
    )

    with pytest.raises(PlanError) as caught:
        bring(path)

    assert {one.partition("；")[0] for one in caught.value.faults} == {
        "第 1 段：没有叫“titel”的名字",
        "第 2 段：没有叫“total.unit”的名字",
        "第 1 个表第 1 行：没有叫“单位数”的名字",
    }
    assert template_rows(None) == []


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("{{ title",), "花括号写法不对"),
        (("{%p for one in chapters %}", "{{ one.title }}"), "花括号写法不对"),
        (("{{ title.__class__.__mro__ }}",), "不允许的写法"),
        (("{{ chapters.append(1) }}{{ title }}",), "不允许的写法"),
        (("{{ total.units / 0 }}",), "算式或循环不对"),
        (("没有名字",), "没有用到任何名字"),
        (("{% include 'a.docx' %}{{ title }}",), "不允许的写法"),
    ],
)
def test_what_a_template_may_not_say_is_one_clear_line(campaign, tmp_path, lines, why):
    with pytest.raises(PlanError, match=why) as caught:
        bring(template_at(tmp_path / "通报.docx", *lines))
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("vbaProject", "Target='m.bin'", "宏"),
        ("oleObject", "Target='a.bin'", "控件"),
        ("aFChunk", "Target='x.rtf'", "altChunk"),
        ("attachedTemplate", "Target='b.dotx'", "另一个模板"),
        (
            "image",
            "Target='http://192.0.2.1/hyperlink/a.png' TargetMode='External'",
            "指向文件以外",
        ),
        ("image", 'Target="http://192.0.2.1/a.png" TargetMode = "External"', "指向文件以外"),
        ("font", "Target='fonts/font1.odttf'", "字体文件"),
        ("mystery", "Target='a.xml'", "用不到的部件"),
    ],
)
def test_what_a_template_may_not_bring_is_told_by_what_it_is_for(
    campaign, tmp_path, kind, more, why
):
    def related(rels):
        one = f"<Relationship Id='odd' Type='{OFFICE_LINKS}/{kind}' {more}/></Relationships>"
        return rels.replace(b"</Relationships>", one.encode())

    path = template_at(tmp_path / "通报.docx", "{{ title }}")
    rewrite(path, "word/_rels/document.xml.rels", related)

    with pytest.raises(PlanError, match=why):
        bring(path)
    assert template_rows(None) == []


@pytest.mark.parametrize("kind", ["intelligence", "commentsExtensible", "classificationlabels"])
def test_what_a_word_of_today_adds_by_itself_is_let_through(campaign, tmp_path, kind):
    def related(rels):
        one = f'<Relationship Id="more" Type="{OFFICE_LINKS}/{kind}" Target="styles.xml"/>'
        return rels.replace(b"</Relationships>", one.encode() + b"</Relationships>")

    path = template_at(tmp_path / "通报.docx", "{{ title }}")

    assert "以后按这个模板写" in bring(rewrite(path, "word/_rels/document.xml.rels", related))


@pytest.mark.parametrize("field", ["INCLUDEPICTURE x", "INCLUDETEXT x", "DDE x", "LINK x"])
def test_a_field_that_fetches_from_elsewhere_is_refused_a_link_is_not(campaign, tmp_path, field):
    def with_field(words):
        def change(document):
            run = f"<w:p><w:r><w:instrText>{words}</w:instrText></w:r></w:p>"
            return document.replace(b"<w:sectPr", run.encode() + b"<w:sectPr", 1)

        path = template_at(tmp_path / "通报.docx", "{{ title }}")
        return rewrite(path, "word/document.xml", change)

    with pytest.raises(PlanError, match="从别处取内容的域"):
        bring(with_field(field))
    assert "以后按这个模板写" in bring(with_field("HYPERLINK x"))


def test_a_filter_that_lets_marks_through_is_none(campaign, tmp_path):
    with pytest.raises(PlanError, match="花括号写法不对"):
        bring(template_at(tmp_path / "通报.docx", "{{ title|safe }}"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("{{ title }}", "{{ issu er }", "后文{{ today }}"), "“{{ issu er }”的花括号写法不对"),
        (("{{ title }}", "落款 {{ issuer", "{{ today }}"), "“{{ issuer”的花括号写法不对"),
        (("{{ title }}", "甲", "{% if title }甲{% endif %}"), "“{% if title }”的花括号写法不对"),
        (("{{ title }}", "乙 {{ issuer today }}", "{{ today }}"), "在“乙 {{ issuer today }}”附近"),
        (("{{ title }}", "{% endfor %}"), "在“{% endfor %}”附近，花括号写法不对"),
        (("{{ title }}", "甲", "{% for one in late %}", "乙"), "在“{% for one in late %}”附近"),
    ],
)
def test_a_damaged_mark_is_shown_itself_and_a_sound_one_only_as_near_it(
    campaign, tmp_path, lines, said
):
    with pytest.raises(PlanError) as caught:
        bring(template_at(tmp_path / "通报.docx", *lines))

    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK", b"{{ title }}", b"\xd0\xcf\x11\xe0" * 200])
def test_a_file_that_is_no_word_file_is_refused_in_a_line(campaign, tmp_path, content):
    path = tmp_path / "通报.docx"
    path.write_bytes(content)

    with pytest.raises(PlanError) as caught:
        bring(path)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ("{% for a in range(900) %}{% for b in range(900) %}甲{% endfor %}{% endfor %}", "30 万次"),
        ("{% for a in range(90000) %}{% endfor %}" * 4, "30 万次"),
        (
            "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(40) }}",
            "30 万次",
        ),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "算式或循环不对"),
        ("{{ 9 ** 9 ** 9 ** 9 }}", "不允许的写法"),
        ("{{ '甲' * 999999999 }}", "不允许的写法"),
        ("{{ '%999999999d' % 1 }}", "不允许的写法"),
    ],
)
def test_what_would_not_end_is_ended_by_count(campaign, tmp_path, marks, why):
    path = template_at(tmp_path / "通报.docx", f"{{{{ title }}}}{marks}")

    with pytest.raises(PlanError, match=why):
        bring(path)


@pytest.mark.parametrize(
    ("marks", "name"),
    [
        ("{% if titel == '通报' %}甲{% endif %}", "titel"),
        ("{% if title != titel %}甲{% endif %}", "titel"),
        ("{% if false %}{{ titel }}{% endif %}", "titel"),
        ("{% if title %}甲{% else %}{{ titel }}{% endif %}", "titel"),
        ("{{ title if title else titel }}", "titel"),
        ("{% for one in late %}{{ one.cod }}{% endfor %}", "one.cod"),
        ("{% for one in late %}{{ one.line.cod }}{% endfor %}", "one.line.cod"),
        ("{% for one in late if one.lin %}甲{% endfor %}", "one.lin"),
        ("{% for one in late %}甲{% else %}{{ titel }}{% endfor %}", "titel"),
        ("{{ (late | first).lin }}", "….lin"),
        ("{{ late[0].lin }}", "late[0].lin"),
        ("{{ late | map(attribute='lin') | join }}", "lin"),
        ("{% set x = titel %}甲", "titel"),
        ("{% macro m(a) %}{{ a }}{{ titel }}{% endmacro %}", "titel"),
        ("{{ total['unit'] }}", "total.unit"),
        ("{{ title.foo }}", "title.foo"),
        ("{{ one.code }}", "one"),
    ],
)
def test_a_wrong_name_is_found_where_nothing_is_printed_today(campaign, tmp_path, marks, name):
    path = template_at(tmp_path / "通报.docx", "{{ title }}", marks)

    with pytest.raises(PlanError) as caught:
        bring(path)

    assert [one.partition("；")[0] for one in caught.value.faults] == [
        f"第 2 段：没有叫“{name}”的名字"
    ]


@pytest.mark.parametrize(
    "marks",
    [
        "{% if subtitle is defined %}甲{% endif %}{{ subtitle | default('') }}",
        "{% for one in late | sort(attribute='line.due') %}{{ loop.index }}{{ one.why }}{% endfor %}",
        "{% set n = late | length %}{{ n * 2 }}{% for i in range(n) %}{{ i }}{% endfor %}",
        "{% for unit, rows in late | groupby('line.unit') %}{{ unit }}{{ rows | length }}{% endfor %}",
        "{% with first = late[:1] %}{% for one in first %}{{ one.line.code }}{% endfor %}{% endwith %}",
        "{{ title.replace('通报', '') }}{{ '—' * 20 }}",
        "{% macro m(a) %}{{ a.anything }}{% endmacro %}{{ total.units }}",
        "{% for one in sources %}{{ one.text }}：{{ one.note }}{% endfor %}",
    ],
)
def test_what_jinja_can_do_with_the_names_there_are_is_let_through(campaign, tmp_path, marks):
    assert "以后按这个模板写" in bring(template_at(tmp_path / "通报.docx", "{{ title }}", marks))


def test_a_name_is_found_where_it_stands_alone_not_as_a_part_of_another(campaign, tmp_path):
    lines = ("{{ title }} units", "{{ total.units }}", "{{ total_units }}", "共 {{ units }} 个")

    with pytest.raises(PlanError) as caught:
        bring(template_at(tmp_path / "通报.docx", *lines))

    assert [one.partition("；")[0] for one in caught.value.faults] == [
        "第 3 段：没有叫“total_units”的名字",
        "第 4 段：没有叫“units”的名字",
    ]


def test_a_unit_s_template_may_be_set_while_there_is_no_unit(database, tmp_path):
    with open_session() as session:
        session.add(
            Campaign(slug="甲", title="甲市方案", kind="work_plan", plan_json="{}", loaded_at=NOW)
        )

    path = template_at(tmp_path / "清单.docx", "{{ title }}")
    assert "以后按这个模板写" in bring(path, "清单")


def test_kinds_and_posts_that_are_none_are_told(campaign, tmp_path):
    path = template_at(tmp_path / "通报.docx", "{{ title }}")
    with pytest.raises(NotFoundError, match="没有“公报”这种文书"):
        bring(path, "公报")
    with pytest.raises(NotFoundError, match="交接单不用模板"):
        bring(path, "交接单")
    with pytest.raises(NotFoundError, match="没有设过模板"):
        drop_template(None, "通报", "创建办", MOMENT)


@dataclass(frozen=True)
class Counted:
    amount: Quoted
    day: date
    blank: Missing
    rows: tuple[str, ...] = ("甲", "乙")

    @property
    def twice(self) -> int:
        return 2


def test_facts_become_plain_values_with_their_names():
    value = Counted(Quoted("k", "104", "注"), date(2025, 7, 1), Missing("会议", "补"))

    plain = plain_value({"facts": value})

    assert plain == {
        "facts": {
            "amount": "104",
            "day": "2025年7月1日",
            "blank": "【待补：会议】",
            "rows": ["甲", "乙"],
            "twice": 2,
        }
    }


def test_a_briefing_is_printed_by_the_office_s_template(campaign, tmp_path):
    lines = (
        "{{ title }} {{ number }}",
        "{%p for one in articles %}",
        "{{ one.title }}",
        "{%p for words in one.paragraphs %}",
    )
    pieces = "{% for run in words %}{{ run }}{% endfor %}"
    bring(
        template_at(
            tmp_path / "简报.docx",
            *lines,
            pieces,
            "{%p endfor %}",
            "{%p endfor %}",
            "编校 {{ editors }}",
        ),
        "简报",
    )
    (tmp_path / "投稿.txt").write_text("标题\n正文一。\n正文二。", encoding="utf-8")
    add_item(None, tmp_path / "投稿.txt", ("", "", "创建办"), MOMENT)
    out = tmp_path / "稿.docx"

    draft = draft_briefing(None, out, "创建办", MOMENT).issue.draft
    confirm_briefing(None, draft, PaperOrder(out), MOMENT, "某人")

    assert text_of(out).endswith("工作简报 第 1 期\n标题\n正文一。\n正文二。\n编校 某人")


def test_a_name_in_a_footnote_that_is_not_there_is_told_too(campaign, tmp_path):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = (
        f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="1"><w:p><w:r>'
        "<w:t>{{ sorce }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    document = docx.Document()
    document.add_paragraph("{{ title }}")
    part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), document.part.package)
    document.part.relate_to(part, f"{OFFICE_LINKS}/footnotes")
    document.save(tmp_path / "通报.docx")

    with pytest.raises(PlanError, match="脚注：没有叫“sorce”的名字"):
        bring(tmp_path / "通报.docx")
