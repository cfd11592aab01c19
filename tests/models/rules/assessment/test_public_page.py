"""What a page says of a public item: there, gone, or for a person to look at."""

import pytest

from models.rules.assessment.public_page import page_outcome

LONG = "法治政府建设工作动态。" * 60


@pytest.mark.parametrize(
    ("title", "text", "outcome"),
    [
        ("权责清单", "甲市 权责清单（2025 年版）", "met"),
        (
            "《甲市权责清单（２０２５年版）》",
            "甲市权责清单(2025年版)",
            "met",
        ),  # marks and width differ
        ("年度报告", "网站首页 通知公告", "partly"),
        ("年度报告", "对不起，您访问的页面不存在或已被删除", "missed"),
        ("年度报告", "404 Not Found", "missed"),
        ("年度报告", "抱歉，没有找到您要的内容，返回首页", "missed"),
        ("年度报告", f"{LONG}本页面不存在广告", "partly"),  # a page of its own, whatever it says
        ("信访事项不存在的处理", "信访事项不存在的处理办法全文", "met"),
        ("年度报告", "电话 24041234", "partly"),  # 404 within a number
        ("——", "网站首页", "partly"),  # a title of marks alone is found nowhere
    ],
)
def test_a_page_is_there_or_gone_or_left_to_a_person(title, text, outcome):
    assert page_outcome(title, "text/html", text, size=9, at_home=False)[0].value == outcome


@pytest.mark.parametrize(
    ("kind", "size", "at_home", "outcome", "words"),
    [
        ("text/html", 0, False, "missed", "里面是空的"),
        ("text/html", 9, False, "partly", "读不到页面上的文字"),  # drawn by a script
        ("application/pdf", 9, False, "met", "是文件"),
    ],
)
def test_what_shows_no_words_is_told_from_a_file(kind, size, at_home, outcome, words):
    found, said = page_outcome("年度报告", kind, "", size=size, at_home=at_home)

    assert (found.value, words in said) == (outcome, True)


def test_an_address_that_leads_to_the_front_page_is_left_to_a_person():
    found, said = page_outcome("年度报告", "text/html", "年度报告", size=9, at_home=True)

    assert (found.value, said) == ("partly", "打得开，转到了网站首页，请人核对")
