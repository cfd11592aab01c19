"""The same message for a screen, a mail and a text of 140 characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.markdown import typed
from notifications.saying.message import Message, without_marks


def test_a_plain_body_has_no_marks_and_the_link_last():
    message = Message(
        "提醒",
        "## 逾期\n**什么事**:培训\n> 引用\n* 一\n- 二\n`码` [办理](http://a.cn/1)",
        "http://a.cn/2",
    )

    assert (
        message.plain()
        == "逾期\n什么事:培训\n引用\n- 一\n- 二\n码 办理：http://a.cn/1\nhttp://a.cn/2"
    )


def test_a_link_the_body_holds_already_is_not_said_twice():
    assert Message("提醒", "见 http://a.cn/2", "http://a.cn/2").plain() == "见 http://a.cn/2"


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=80), st.text(max_size=400), st.integers(30, 200))
def test_a_short_text_keeps_its_limit_and_its_link(subject, body, limit):
    link = "http://a.cn/x?y=1"

    short = Message(subject, body, link).short(limit)

    assert len(short) <= limit
    assert short.endswith(link)


def test_a_short_text_says_subject_and_words():
    short = Message("市司法局逾期", "**什么事**:培训\n**何时**:周五前", "http://a.cn/1").short()

    assert short == "市司法局逾期。什么事:培训；何时:周五前 http://a.cn/1"


PERSONAL = f"https://fz.example.gov.cn/in/{'x' * 60}/m/12"
BARE = "https://fz.example.gov.cn/m/12"


@pytest.mark.parametrize(
    ("limit", "link"),
    [
        (len(PERSONAL) + 41, PERSONAL),  # forty characters of words beside it
        (len(PERSONAL) + 40, BARE),
        (len(BARE) + 1, BARE),
        (len(BARE), ""),
    ],
)
def test_a_personal_link_that_leaves_no_room_for_words_gives_way_to_the_bare_one(limit, link):
    short = Message("市司法局" * 40, "", PERSONAL, bare_link=BARE).short(limit)

    assert len(short) <= limit
    assert short.endswith(link)
    assert ("http" in short) == bool(link)


@pytest.mark.parametrize(
    ("limit", "link"), [(140, PERSONAL), (75, BARE), (len(BARE) + 30, BARE), (40, "")]
)
def test_a_text_that_brings_a_code_has_it_whole_and_as_much_of_the_link_as_there_is_room(
    limit, link
):
    body = f"验证码：**7KM9PX**，在审批页面填写；用于{'某市' * 30}审批（编号 3）。"
    message = Message("动员审批验证码", body, PERSONAL, bare_link=BARE, must="7KM9PX")
    short = message.short(limit)

    assert short.startswith("动员审批验证码。验证码：7KM9PX")
    assert len(short) <= limit
    assert short.endswith(link)
    assert ("http" in short) == bool(link)


def test_a_name_that_looks_like_a_link_is_said_and_only_our_own_links_are_left_out():
    name = typed("[科](http://a.example)", "**逾期** ")
    body = f"**逾期** {name}\n[登记](http://127.0.0.1/1)"

    assert Message("甲", body).short() == "甲。逾期 [科](http：//a.example)"
    assert "登记：http://127.0.0.1/1" in Message("甲", body).plain()


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4 = 24", "a_b_c", "第 3 条", "http://a.cn/a_b__c_d", "1. 一\n2. 二"]
)
def test_words_that_are_no_marks_stay(text):
    assert without_marks(text) == text
