"""What a paper by an office's template comes to: counted in the filled file, with its sources where asked for."""

from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml

from models.database import open_session
from models.papers.paper_text import PaperText
from models.papers.versions import blanks_of_report
from models.settings import moment_of
from tasks.papers.keeping import PaperOrder
from tasks.papers.templates.reading import word_texts
from tasks.papers.writing import write_bulletin, write_report
from tests.conftest import NOW, ON_BOTH
from tests.support.papers import everything, written_as_word
from tests.tasks.papers.test_report import text_of
from tests.tasks.papers.test_templates import bring, template_at

LATER = moment_of(NOW.replace(month=8, day=4))
BOX = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></mc:Choice>
  <mc:Fallback><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
  </mc:AlternateContent></w:r><w:r><w:t>外面</w:t></w:r></w:p>"""


def read(content):
    return PaperText(**dict(word_texts(content)))


@ON_BOTH
def test_a_paper_by_a_template_is_counted_as_it_was_filled(campaign, campaign_id, tmp_path):
    out = tmp_path / "报告.docx"
    plain = write_report(campaign, PaperOrder(out), LATER)
    path = template_at(
        tmp_path / "模板.docx", "{{ addressee }}：", "组织领导由本单位写好。", cells=("甲乙",)
    )
    bring(path, "自评报告")

    for _ in range(2):  # the second time it is the file that is there
        own = write_report(campaign, PaperOrder(out), LATER)
        assert plain.version.blanks > 1
        assert (own.version.characters, own.version.blanks) == (
            len("【待补：主送机关】：组织领导由本单位写好。甲乙"),
            1,
        )
        assert own.lines[0].startswith("篇幅：正文 21 字，另有表格 2 字；")
    with open_session(read_only=True) as session:
        assert blanks_of_report(session, campaign_id) == 1


def test_our_own_layout_says_in_the_file_what_its_draft_says():
    draft = everything()
    found, own = read(written_as_word(draft)), draft.text()

    # The red head stands above the draft's own lines; 附件： and the sources of a table are set by the layout.
    more = "金昌市人民政府文件金政发〔2025〕33号附件："
    assert found.length == own.length + len(more)
    assert [one.removesuffix("[1]") for one in found.cells] == own.cells
    assert found.blanks == own.blanks
    assert any("指标表" in one for one in found.aside)


def test_a_text_box_is_read_once_and_apart_from_the_line_it_hangs_on():
    document = docx.Document()
    document.element.body.insert(0, parse_xml(BOX.format(text="【待补：文号】")))
    made = BytesIO()
    document.save(made)

    found = read(made.getvalue())

    assert sorted(found.lines) == ["【待补：文号】", "外面"]
    assert found.blanks == 1


@ON_BOTH
def test_a_template_may_print_where_its_numbers_come_from(campaign, tmp_path):
    lines = (
        "{{ total.units }} 个单位",
        "{%p for one in sources %}",
        "{{ one.text }}：{{ one.note }}",
        "{%p endfor %}",
    )
    assert "数据来源" not in bring(template_at(tmp_path / "通报.docx", *lines))
    out = tmp_path / "稿.docx"

    write_bulletin(campaign, PaperOrder(out), LATER)

    assert "40：责任分解，承担任务的单位，共 40。" in text_of(out)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("各单位按月报送落实情况。", "像是要求另行报送落实情况；请核对"),
        ("县区名次见附件。", "“县区名次见附件。”像是给单位排名"),
        ("一切正常。", "没有要求另行报送落实情况；没有要求制定配套文件；没有给单位排名"),
    ],
)
def test_a_template_s_own_words_are_held_against_the_rules_of_relief(
    campaign, tmp_path, line, said
):
    bring(template_at(tmp_path / "通报.docx", "{{ title }}", line))

    written = write_bulletin(campaign, PaperOrder(tmp_path / "稿.docx"), LATER)

    assert said in written.lines[1]
