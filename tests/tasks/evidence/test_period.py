"""The evaluation period is set, audited, and what is in already is judged again."""

import io
import json
from datetime import date

import pytest
from PIL import Image
from sqlmodel import col, select

from models.audit.chain import AuditEntry
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.campaign.campaign import Campaign
from models.database import open_session
from models.errors import ProgressError
from models.evidence.deciding import SaidOfEvidence
from models.evidence.evidence import EvidenceMark
from models.evidence.vault.keeping import every_kept
from tasks.evidence.deciding import judge_evidence
from tasks.evidence.period import change_period, evaluation_period, period_in_words
from tests.conftest import ON_BOTH
from tests.support.evidence import NOON, first_item, handed, piece

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
OLD, NEW = date(2024, 6, 1), date(2025, 6, 1)


def marks() -> list[tuple[int, str]]:
    with open_session(read_only=True) as session:
        query = select(EvidenceMark).where(EvidenceMark.check_id == "outside-period")
        return [
            (mark.revision_id, mark.verdict)
            for mark in session.exec(query.order_by(EvidenceMark.id))
        ]


def of(title: str, fact_on: date | None, **more: object) -> object:
    more = {"content": title.encode()} | more
    return piece(title, items=(f"{first_item().code}#1",), fact_on=fact_on, **more)


def photograph(taken_at: str) -> bytes:
    """Return a picture whose camera wrote when it was taken."""
    file, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken_at
    Image.linear_gradient("L").resize((800, 640)).save(file, "jpeg", exif=exif)
    return file.getvalue()


def set_to(first: date | None, last: date | None) -> str:
    return change_period("jc", (first, last), "创建办", NOON)


@ON_BOTH
def test_what_comes_in_is_held_against_the_period(campaign):
    set_to(FIRST, LAST)
    old, new = handed(of("旧材料", OLD), of("新材料", NEW))

    [found] = old.findings
    assert found.detail == "事实发生日期 2024-06-01 早于评估期的第一天 2025-01-01"
    assert new.findings == ()
    assert marks() == [(1, "")]


@ON_BOTH
def test_what_is_in_already_is_judged_again_when_the_period_changes(campaign):
    handed(of("旧材料", OLD), of("新材料", NEW), of("没有日期", None))

    said = set_to(FIRST, LAST)
    assert "评估期设为 2025-01-01 至 2025-12-31；新标记 1 份材料不在评估期内" in said
    assert marks() == [(1, "")]
    assert set_to(FIRST, LAST).endswith("没有变化")

    assert "1 个没有认定的标记不再适用" in set_to(OLD, LAST)
    assert marks() == [(1, "lapsed")]
    assert "新标记 1 份" in set_to(FIRST, LAST)
    assert marks() == [(1, "lapsed"), (1, "")]
    with open_session(read_only=True) as session:
        entries = [e for e in session.exec(select(AuditEntry)) if e.what == "period-set"]
        last = json.loads(entries[-1].facts)
        assert (len(entries), last["old"], last["added"]) == (3, "2024-06-01 至 2025-12-31", 1)
        assert check_chain(session, audit_key()).lines == []


@ON_BOTH
def test_what_a_person_judged_is_kept_and_not_asked_again(campaign):
    set_to(FIRST, LAST)
    handed(of("旧材料", OLD))
    judge_evidence(
        "jc", "E0001", [], "不成立", SaidOfEvidence("创建办审核岗", "制度仍在施行", NOON)
    )

    set_to(date(2025, 2, 1), LAST)
    assert marks() == [(1, "overruled")]
    set_to(
        date(2024, 1, 1), date(2024, 2, 1)
    )  # now it lies behind the end, which nobody has judged
    assert marks() == [(1, "overruled"), (1, "")]


def test_a_photograph_without_a_day_is_judged_by_its_own(campaign):
    handed(of("照片", None, file_name="照片.jpg", content=photograph("2024:05:01 10:00:00")))

    set_to(FIRST, LAST)
    assert marks() == [(1, "")]
    set_to(date(2024, 5, 1), LAST)
    assert marks() == [(1, "lapsed")]


def test_a_corrected_day_of_the_fact_is_judged_again(campaign):
    set_to(FIRST, LAST)
    handed(of("材料", OLD))
    handed(of("材料", NEW))

    assert marks() == [(1, "lapsed")]


def made() -> list[tuple[str, str]]:
    with open_session(read_only=True) as session:
        checks = ("made-later", "other-day")
        query = select(EvidenceMark).where(col(EvidenceMark.check_id).in_(checks))
        found = session.exec(query.order_by(EvidenceMark.id))
        return [(mark.check_id, mark.verdict) for mark in found]


@ON_BOTH
def test_a_corrected_day_judges_again_when_the_file_was_made(campaign):
    picture = photograph("2025:06:01 10:00:00")
    handed(of("照片", date(2025, 5, 1), file_name="照片.jpg", content=picture))
    assert made() == [("made-later", "")]

    for _ in range(2):  # again it changes nothing
        handed(of("照片", date(2025, 6, 1), content=None, code="E0001"))
        assert made() == [("made-later", "lapsed")]
    handed(of("照片", date(2025, 6, 20), file_name="照片.jpg", content=picture))  # sent once more
    assert made() == [("made-later", "lapsed"), ("other-day", "")]


def test_a_day_given_afterwards_is_held_against_the_file(campaign):
    handed(of("照片", None, file_name="a.jpg", content=photograph("2025:06:01 10:00:00")))
    assert made() == []

    handed(of("照片", date(2025, 5, 1), content=None, code="E0001"))
    assert made() == [("made-later", "")]


def test_what_a_person_judged_of_a_files_day_is_kept_when_the_day_is_corrected(campaign):
    picture = photograph("2025:06:01 10:00:00")
    handed(of("照片", date(2025, 5, 1), file_name="照片.jpg", content=picture))
    judge_evidence("jc", "E0001", [], "属实", SaidOfEvidence("创建办审核岗", "补拍的", NOON))

    handed(of("照片", date(2025, 6, 1), content=None, code="E0001"))
    assert made() == [("made-later", "upheld")]
    handed(of("照片", date(2025, 4, 1), content=None, code="E0001"))
    assert made() == [("made-later", "upheld"), ("made-later", "")]


def test_a_file_that_is_gone_keeps_the_marks_it_has(campaign):
    handed(
        of("照片", date(2025, 5, 1), file_name="a.jpg", content=photograph("2025:06:01 10:00:00"))
    )
    for _, place in every_kept():
        place.unlink()

    handed(of("照片", date(2025, 6, 1), content=None, code="E0001"))
    assert made() == [("made-later", "")]


def test_a_period_with_faults_writes_nothing(campaign):
    with pytest.raises(ProgressError, match="早于第一天"):
        set_to(LAST, FIRST)
    with pytest.raises(ProgressError, match="职务"):
        change_period("jc", (FIRST, LAST), "张三", NOON)
    with open_session(read_only=True) as session:
        assert session.exec(select(Campaign.evaluated_from)).one() is None


def test_the_plans_own_words_are_offered_until_a_person_confirms_them(campaign):
    sentence = "评估期为2025年1月1日至2025年12月31日"
    with open_session() as session:
        row = session.exec(select(Campaign)).one()
        row.plan_json = json.dumps({"notes": [sentence]}, ensure_ascii=False)

    now = period_in_words(evaluation_period("jc"))
    assert now[0].startswith("没有设评估期")
    assert now[1].endswith(
        "shifan campaign period --from 2025-01-01 --until 2025-12-31 --by 创建办"
    )
    set_to(FIRST, LAST)
    [line] = period_in_words(evaluation_period("jc"))
    assert line.endswith("评估期 2025-01-01 至 2025-12-31")
