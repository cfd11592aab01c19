"""A picture says when, where, who and why, or is marked until it does."""

import pytest
from sqlmodel import select

from models.database import open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.evidence import EvidenceMark
from models.rules.evidence.checking import caption_findings
from tasks.evidence.deciding import judge_evidence
from tests.conftest import ON_BOTH
from tests.support.evidence import NOON, first_item, handed, piece
from tests.tasks.evidence.test_period import photograph

SAID = "6月1日，市司法局，执法人员，培训"


@pytest.mark.parametrize(
    ("media", "caption", "found"),
    [
        ("jpg", "", True),
        ("heic", " \n", True),
        ("png", SAID, False),
        ("pdf", "", False),
        ("mp4", "", False),
        ("", "", False),
    ],
)
def test_only_a_picture_has_to_say_what_it_shows(media, caption, found):
    assert bool(caption_findings("现场", media, caption)) is found


def marks() -> list[str]:
    with open_session(read_only=True) as session:
        query = select(EvidenceMark).where(EvidenceMark.check_id == "no-caption")
        return [mark.verdict for mark in session.exec(query.order_by(EvidenceMark.id))]


def picture(caption: str = "", **more: object):
    given = {"content": photograph("2025:06:01 10:00:00"), "file_name": "现场.jpg"} | more
    return piece("现场照片", (f"{first_item().code}#1",), caption=caption, **given)


@ON_BOTH
def test_the_mark_lapses_when_the_caption_is_written_and_says_so_once(campaign):
    [taken] = handed(picture())
    assert "没有写明时间、地点、人物、事由" in taken.findings[-1].detail
    assert marks() == [""]

    for _ in range(2):
        handed(picture(SAID, content=None, code="E0001"))
        assert marks() == ["lapsed"]


def test_a_new_revision_has_the_caption_that_was_written_before(campaign):
    handed(picture(SAID))
    handed(picture(content=photograph("2025:06:01 11:00:00"), code="E0001"))

    assert marks() == []


def test_what_a_person_overruled_stays_overruled(campaign):
    handed(picture())
    said = SaidOfEvidence("创建办审核岗", "名称里写明了", NOON)
    judge_evidence("jc", "E0001", [], "不成立", said)
    handed(picture(SAID, content=None, code="E0001"))

    assert marks() == ["overruled"]
