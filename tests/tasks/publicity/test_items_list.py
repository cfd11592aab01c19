"""What was published is registered once, with its link as evidence where it proves something."""

from datetime import date

import pytest
from sqlmodel import select

from models.database import open_session
from models.errors import PlanError, ProgressError
from models.evidence.evidence import EvidenceRevision
from models.publicity.item import items_published
from tasks.publicity.items_list import (
    Published,
    export_published,
    load_published,
    register_published,
)
from tests.support.sheets import place
from tests.tasks.publicity.conftest import SLUG, on

pytestmark = pytest.mark.usefixtures("jiaozuo")
NOON = on(date(2023, 11, 20))
DAY = date(2023, 11, 18)


def kept():
    with open_session(read_only=True) as session:
        return items_published(session, 1)


def test_an_item_is_registered_once_without_picture_or_link():
    said = Published("启动仪式", "门户网站", DAY, "市公安局")

    assert "已登记第 1 件" in register_published(SLUG, said, NOON)
    assert "此前已登记" in register_published(SLUG, said, NOON)
    [one] = kept()
    assert (one.unit, one.channel, one.evidence) == ("市公安局", "门户网站", None)


def test_a_link_that_proves_something_is_evidence_and_so_is_watched(monkeypatch):
    url = "https://www.example.gov.cn/fz/1.html"
    said = Published("培训报道", "报纸", DAY, url=url, proves=("W1",))

    assert "证明材料 E0001" in register_published(SLUG, said, NOON)
    assert [one.evidence for one in kept()] == [1]
    with open_session(read_only=True) as session:
        [revision] = session.exec(select(EvidenceRevision)).all()
        assert revision.url == url  # what the watcher of links goes by


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (Published("甲", "报纸", date(2024, 1, 1)), "还没有到"),
        (Published("甲", "报纸", DAY, url="www.example.gov.cn"), "http://"),
        (Published("甲", "报纸", DAY, proves=("W1",)), "--url 或 --file"),
        (Published("甲", "报纸", DAY, by="王伟"), "像是姓名"),
        (Published("甲", "报纸", DAY, url="https://a.cn/1", proves=("W99",)), "W99"),
    ],
)
def test_what_cannot_be_registered_leaves_nothing_behind(said, word):
    with pytest.raises(ProgressError, match=word):
        register_published(SLUG, said, NOON)

    assert kept() == []


def test_the_register_goes_out_and_comes_back(sheet, back):
    register_published(SLUG, Published("启动仪式", "门户网站", DAY), NOON)

    assert export_published(SLUG, sheet, NOON) == 1
    assert load_published(SLUG, sheet, "", moment=NOON).changes == 0

    def withdraw(book):
        place(book["宣传登记"], "撤销", 标题="启动仪式").value = "是"

    assert load_published(SLUG, back(withdraw), "", moment=NOON).changes == 1
    assert kept() == []


def registered(*titles):
    for title in titles:
        register_published(SLUG, Published(title, "门户网站", DAY), NOON)


def test_a_title_that_is_corrected_is_the_same_item(sheet, back):
    registered("启动义式")
    export_published(SLUG, sheet, NOON)

    def correct(book):
        place(book["宣传登记"], "标题", 编号="1").value = "启动仪式"

    assert load_published(SLUG, back(correct), "", moment=NOON).changes == 1
    assert [(one.number, one.title) for one in kept()] == [(1, "启动仪式")]


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("标题", "启动仪式", "与第 4 行是同一件"),
        ("编号", 1, "与第 4 行是同一件"),
        ("编号", 9, "没有第 9 件"),
        ("编号", "二", "应为整数"),
        ("发布日期", date(2024, 1, 1), "还没有到"),
    ],
)
def test_a_row_that_says_another_item_is_named(sheet, back, column, value, fault):
    registered("启动仪式", "培训")
    export_published(SLUG, sheet, NOON)

    def spoil(book):
        place(book["宣传登记"], column, 标题="培训").value = value

    with pytest.raises(PlanError, match=fault):
        load_published(SLUG, back(spoil), "", moment=NOON)

    assert [one.title for one in kept()] == ["启动仪式", "培训"]
