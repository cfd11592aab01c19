"""The self-evaluation report: from data, blanks flagged, a version only where something changed."""

import docx
import pytest

from models.audit.chain import entries
from models.campaign.progress import Report, register
from models.database import open_session
from models.rules.words import Progress
from models.settings import moment_of
from tasks.papers.keeping import PaperOrder
from tasks.papers.listing import paper_list
from tasks.papers.writing import write_report
from tests.conftest import NOW, ON_BOTH, TODAY

MOMENT = moment_of(NOW, TODAY)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "报告.docx"


def report_of(out, **order):
    return write_report("jc", PaperOrder(out, **order), MOMENT)


def text_of(out):
    document = docx.Document(str(out))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def said_in_the_audit():
    with open_session(read_only=True) as session:
        return [
            (e.what, e.subject) for e in entries(session) if e.what in ("paper-written", "exported")
        ]


@ON_BOTH
def test_a_report_quotes_the_tables_and_leaves_the_rest_blank(campaign, out):
    written = report_of(out, to="省委依法治省办")

    text = text_of(out)
    assert "金昌市人民政府关于创建全国法治政府建设示范市自评情况的报告" in text.replace("\n", "")
    assert "省委依法治省办：" in text
    assert "明确工作任务32项，由40个单位承担，分解为责任130条" in text
    assert "【待补：组织领导的做法和成效】" in text
    assert "对照实施方案的工作任务逐项开展了自评" in text  # no indicators are loaded
    assert "还没有登记进展的责任130条，是否达到要求尚不能判断。" in text
    assert written.version.blanks == text.count("【待补：")


def test_what_a_unit_registered_stands_in_its_place(campaign, campaign_id, out):
    with open_session() as session:
        report = Report(
            "W5", Progress.DONE, "市政府办公室联络员", unit="市政府办公室", note="已办结 12 项"
        )
        register(session, campaign_id, report, moment=MOMENT)
    report_of(out)

    assert "市政府办公室：已办结 12 项。" in text_of(out)
    assert "【待补：W5 的工作情况】" not in text_of(out)


def test_writing_again_with_nothing_changed_makes_no_new_version(campaign, out):
    first = report_of(out)
    content = out.read_bytes()
    later = moment_of(NOW.replace(day=2))
    again = write_report("jc", PaperOrder(out), later)

    assert (first.version.new, again.version.new) == (True, False)
    assert again.version.number == 1
    assert out.read_bytes() == content
    assert said_in_the_audit() == [
        ("paper-written", "自评报告第 1 版"),
        ("exported", "自评报告第 1 版"),
        ("exported", "自评报告第 1 版"),
    ]


def test_a_change_in_the_tables_makes_the_next_version(campaign, campaign_id, out):
    report_of(out)
    with open_session() as session:
        report = Report("W5", Progress.STARTED, "市政府办公室联络员", unit="市政府办公室")
        register(session, campaign_id, report, moment=MOMENT)
    report_of(out)

    label, versions = paper_list("jc")
    assert label == "jc"
    assert [v.number for v in versions] == [2, 1]
    assert versions[0].blanks == versions[1].blanks - 1
