"""The office's pages: every act ends in a receipt, twice is once, and an auditor finds no button."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from sqlmodel import select

from deployments.window.ways import every_way
from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.notices.burden import AskAllowance
from models.notices.notice import Notice
from models.rules.window.errands import Errand
from models.rules.window.sight import Right, VisitorRole
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.decisions.asking import ask_by_hand
from tasks.notices.silences import list_silences
from tasks.office.clock_watch import look
from tasks.patrol.patrol import patrol_campaign
from tasks.window.accounts import lock_account
from tasks.window.entering import enter_with_password
from tasks.window.visitors import Visitor
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.support.findings import laid_visit
from tests.support.notices import MADE_UP
from tests.support.windows import PASSWORD, TOKEN, Client, account, holder, is_page, words_in

NOW = at(MONDAY, 10)
O = "/c/jc/o"  # noqa: E741 - as it stands in the address
PAGES = [O, *(f"{O}/{errand}" for errand in Errand)]
FORMS = [
    f"{O}/silences/new",
    f"{O}/decisions/ask/1",
    f"{O}/conditions/1/ledgers-out",
    f"{O}/conditions/1/ledgers-out/back",
    f"{O}/report/W6",
    f"{O}/report/W6?unit=市司法局",
    f"{O}/burden/1",
    f"{O}/burden/1/back",
    f"{O}/holidays/notice",
    f"{O}/holidays/day",
    f"{O}/succession/new",
    f"{O}/findings/new",
]
LAST_WORD = "asks-allowance-ended"
LISTS = [page for page in PAGES if not page.endswith(("/report", "/links"))]


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    return clock_at


@pytest.fixture
def office() -> Client:
    return Client(account(NOW, "甲"))


def entries(*what: str) -> list[AuditEntry]:
    with open_session(read_only=True) as session:
        found = list(session.exec(select(AuditEntry).order_by(AuditEntry.id)))
        session.expunge_all()
        return [e for e in found if not what or e.what in what]


def done(client: Client, path: str, form: dict[str, str] | None = None, *, on: str = ""):
    """Send a form from its own page; return the answer."""
    return client.post(path, form, at=on or path)


def led_to_its_receipt(answer, what: str) -> AuditEntry:
    """Check that an act ended in the receipt of its entry, in its account's name."""
    assert answer.status_code == 303, words_in(answer)
    last = entries(what)[-1]
    assert answer.headers["location"] == f"/r/{last.id}"
    receipt = words_in(is_page(Client(account(NOW, "甲")).get(f"/r/{last.id}")))
    assert f"第 {last.id} 条" in receipt or str(last.id) in receipt
    assert "silence " not in receipt
    assert "账号 甲（10.0.0.9）" in last.facts
    assert last.who != "甲"
    return last


def nobody_at(name: str) -> None:
    """Let nobody hold a post of the unit of that name."""
    with open_session() as session:
        unit = session.exec(select(Unit).where(Unit.name == name)).one()
        for post in session.exec(select(Post).where(Post.unit_id == unit.id)):
            post.vacant = True


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_every_page_of_the_office_opens_small_and_without_style_of_its_own(office, path):
    answer = is_page(office.get(path))

    assert len(answer.content) < 60_000
    assert "示范" in answer.text


def test_the_first_page_says_what_waits_with_its_number(office):
    patrol_campaign("jc", moment_of(NOW))

    words = words_in(office.get(O))

    assert "1 个审批待决定" in words
    assert "4 个单位类别还没有写明成员" in words
    assert words.index("等着办的") < words.index("个审批待决定") < words.index("还可以办的")


@pytest.mark.parametrize("path", LISTS)
def test_an_auditor_reads_the_lists_and_finds_no_button_but_the_way_out(path):
    patrol_campaign("jc", moment_of(NOW))
    auditor = Client(account(NOW, "审计甲", VisitorRole.AUDITOR))

    answer = is_page(auditor.get(path))

    assert len(re.findall("<form", answer.text)) == 1  # 退出
    assert f'href="{O}/silences/new"' not in answer.text


@pytest.mark.parametrize("path", FORMS)
def test_an_auditor_gets_no_form_and_can_send_none(path):
    auditor = Client(account(NOW, "审计甲", VisitorRole.AUDITOR))

    assert auditor.get(path).status_code == 403
    assert auditor.send(path.partition("?")[0], {"_csrf": "x"}).status_code == 403


@pytest.mark.parametrize("level", [Level.LEADER, Level.LIAISON])
def test_leaders_and_units_have_no_business_at_the_office(level):
    with open_session(read_only=True) as session:
        post = session.exec(select(Post).where(Post.level == level)).first()
        number = post.id
    client = Client(holder(number, NOW))

    assert {client.get(page).status_code for page in PAGES} == {403}


def test_opening_every_page_writes_nothing(office):
    before = len(entries())

    for path in [*PAGES, *FORMS]:
        office.get(path)

    assert len(entries()) == before


def test_progress_is_found_by_words_and_registered_for_others_once(office):
    found = office.get(f"{O}/report?q=动员部署")
    assert f'href="{O}/report/S1.1"' in found.text
    form = {"state": "已完成", "on": "2025-07-18", "note": "已报市政府"}

    led_to_its_receipt(done(office, f"{O}/report/S1.1", form), "progress")
    again = done(office, f"{O}/report/S1.1", form)

    assert "没有变化" in words_in(is_page(again))
    assert len(entries("progress")) == 1


def test_one_units_part_is_registered_without_the_others(office):
    form = {"state": "进行中", "unit": "市司法局", "on": "2025-07-18", "note": ""}

    said = led_to_its_receipt(
        done(office, f"{O}/report/W6", form, on=f"{O}/report/W6?unit=市司法局"), "progress"
    )

    assert said.subject == "W6/市司法局"


def test_a_refused_form_is_shown_again_with_what_was_typed(office):
    form = {"state": "不适用", "note": "", "on": "2025-07-18"}

    answer = is_page(done(office, f"{O}/report/W6", form), 422)

    assert "理由" in words_in(answer)
    assert re.search('value="不适用" checked', answer.text)


def test_a_silence_is_set_once_listed_and_ended(office):
    form = {"scope": "W5", "until": "2025-08-15", "reason": "等待上级文件"}

    led_to_its_receipt(done(office, f"{O}/silences/new", form), "silence-added")
    assert "此前已经设置" in words_in(done(office, f"{O}/silences/new", form))
    [one] = list_silences("jc", MONDAY)
    assert "等待上级文件" in words_in(office.get(f"{O}/silences"))

    ending = f"{O}/silences/{one.id}/end"
    led_to_its_receipt(done(office, ending), "silence-ended")
    assert "此前已经结束" in words_in(done(office, ending))
    assert len(entries("silence-ended")) == 1


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ({"scope": "W5", "until": "2025-08-15", "reason": ""}, "没有填写理由"),
        ({"scope": "", "until": "昨天", "reason": "x"}, "没有填写静默的范围；到哪一天为止写的是"),
        ({"scope": "W999", "until": "2025-08-15", "reason": "x"}, "没有编号为 W999"),
        ({"scope": "W5", "until": "2025-07-01", "reason": "x"}, "已经过去"),
        ({"scope": "W5\u202e", "until": "2025-08-15", "reason": "x"}, "倒着显示"),
        ({"scope": "W5", "until": "2025-08-15", "reason": "x" * 501}, "最多 500 个字"),
    ],
)
def test_what_is_wrong_with_a_silence_is_said_at_once_and_nothing_is_set(office, form, line):
    answer = is_page(done(office, f"{O}/silences/new", form), 422)

    assert line in words_in(answer)
    assert list_silences("jc", MONDAY) == []


def test_hostile_words_are_shown_as_words(office):
    evil = '<script>alert(1)</script>"\'=HYPERLINK("x")'
    done(office, f"{O}/silences/new", {"scope": "W5", "until": "2025-08-15", "reason": evil})

    answer = is_page(office.get(f"{O}/silences"))

    assert evil in unescape(answer.text)
    assert "<script>" not in answer.text


def test_a_question_is_asked_once_and_its_sheet_shows_the_code_once(office):
    led_to_its_receipt(done(office, f"{O}/decisions/ask/1"), "decision-asked")
    assert "已经在审批中" in words_in(done(office, f"{O}/decisions/ask/1"))
    number = ask_by_hand("jc", 1, "创建办", moment_of(NOW))[0]

    form = f"{O}/decisions/{number}/sheet"
    post = re.search('name="post" value="([^"]+)"', office.get(form).text)[1]
    sheet = is_page(done(office, form, {"post": post, "reason": ""}))

    code = re.search("<b>([0-9A-Z]{6})</b>", sheet.text)[1]
    assert sheet.headers["cache-control"] == "no-store"
    assert "data:image/svg+xml" in sheet.text
    assert f"/d/{number}" in sheet.text
    [printed] = entries("decision-code-printed")
    assert code not in printed.facts
    assert code not in office.get(f"{O}/acts").text + office.get(form).text


def test_a_question_asked_by_mistake_is_withdrawn_once_and_its_leaders_hear_of_it(office):
    led_to_its_receipt(done(office, f"{O}/decisions/ask/1"), "decision-asked")
    path, why = f"{O}/decisions/1/back", {"reason": "点错了阶段"}
    assert "由创建办提请。" in words_in(office.get(path))
    assert f'href="{path}"' in office.get(f"{O}/acts").text
    assert f'href="{path}"' in office.get(f"{O}/decisions").text

    assert "没有填写撤回的理由" in words_in(is_page(done(office, path, {"reason": ""}), 422))
    led_to_its_receipt(done(office, path, why), "decision-withdrawn")
    again = office.post(path, why, at=f"{O}/silences/new")

    assert "失效（创建办撤回提请：点错了阶段），没有变化" in words_in(is_page(again))
    assert f'href="{path}"' not in office.get(f"{O}/acts").text
    with open_session(read_only=True) as session:
        told = session.exec(select(Notice.detail).where(Notice.rule == "decision_overtaken"))
        assert {*told} == {"创建办撤回提请：点错了阶段；先前的验证码作废，不用再答复"}
        assert set(session.exec(select(DecisionCode.state))) <= {"void"}
        assert session.get_one(Stage, 1).status in ("pending", "active")
    led_to_its_receipt(done(office, f"{O}/decisions/ask/1"), "decision-asked")


def test_what_the_plan_asks_or_a_leader_answered_is_not_the_offices_to_withdraw(office):
    patrol_campaign("jc", moment_of(NOW))  # its end is past: the plan asks

    answer = is_page(done(office, f"{O}/decisions/1/back", {"reason": "x"}, on=f"{O}/links"), 422)

    assert "按规定提请的" in words_in(answer) and "请领导退回或延期" in words_in(answer)
    assert "由按方案" not in words_in(answer) and "按方案计划提请。" in words_in(answer)
    assert 'name="reason"' not in answer.text
    assert f"{O}/decisions/1/back" not in office.get(f"{O}/decisions").text
    assert office.get(f"{O}/decisions/4711/back").status_code == 404


def test_a_sheet_for_nobody_is_refused(office):
    number = ask_by_hand("jc", 1, "创建办", moment_of(NOW))[0]

    answer = done(office, f"{O}/decisions/{number}/sheet", {"post": "市长", "reason": ""})

    assert "没有请 市长 决定" in words_in(is_page(answer, 422))
    assert office.get(f"{O}/decisions/4711/sheet").status_code == 404


def test_a_condition_is_confirmed_once_and_taken_back_once(office):
    path = f"{O}/conditions/1/ledgers-out"
    form = {"on": "2025-07-18", "note": "已签收登记"}

    led_to_its_receipt(done(office, path, form), "condition-confirmed")
    assert "没有变化" in words_in(done(office, path, form))
    assert f'href="{path}/back"' in office.get(f"{O}/acts").text
    why = {"reason": "有两个单位没有签收"}
    led_to_its_receipt(done(office, f"{path}/back", why), "confirmation-withdrawn")
    assert "没有变化" in words_in(done(office, f"{path}/back", why))

    assert len(entries("condition-confirmed", "confirmation-withdrawn")) == 2


def test_a_condition_that_is_none_is_not_found(office):
    assert office.get(f"{O}/conditions/1/steps-done").status_code == 404
    assert office.get(f"{O}/conditions/9/ledgers-out").status_code == 404


def test_a_leaders_word_is_recorded_once_and_only_of_a_leader(office):
    path = f"{O}/burden/1"
    leader = re.search('name="by" value="([^"]+)"', office.get(path).text)[1]

    refused = is_page(done(office, path, {"by": "张三", "reason": ""}), 422)
    assert "没有“张三”这个领导岗位" in words_in(refused)
    led_to_its_receipt(done(office, path, {"by": leader, "reason": "迎接评估"}), "asks-allowed")
    again = done(office, path, {"by": leader, "reason": "迎接评估"})

    assert "此前已经同意" in words_in(is_page(again))
    assert len(entries("asks-allowed")) == 1


def test_a_leaders_word_is_taken_back_once_and_the_leader_hears_of_it(office):
    path = f"{O}/burden/1"
    leader = re.search('name="by" value="([^"]+)"', office.get(path).text)[1]
    done(office, path, {"by": leader, "reason": "迎接评估"})
    assert f'href="{path}/back"' in office.get(f"{O}/acts").text
    assert f'href="{path}/back"' in office.get(path).text

    said = led_to_its_receipt(done(office, f"{path}/back", {"reason": "登记错了"}), LAST_WORD)
    again = office.post(f"{path}/back", {"reason": "登记错了"}, at=f"{O}/silences/new")

    assert said.who == "创建办"
    assert "此前已经撤回，没有变化" in words_in(is_page(again))
    assert f'href="{path}/back"' not in office.get(f"{O}/acts").text
    with open_session(read_only=True) as session:
        assert not session.exec(select(AskAllowance)).all()
        [told] = session.exec(select(Notice.words).where(Notice.rule == "asks_allowance_ended"))
        assert f"以{leader}名义登记的同意" in told
    assert "没有登记过" in words_in(office.get(f"{path}/back"))
    led_to_its_receipt(done(office, path, {"by": leader, "reason": ""}), "asks-allowed")


def test_what_died_is_sent_again_once(office, provider, tmp_path, monkeypatch):
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("S2.1", MONDAY - timedelta(days=1))
    provider.behave("refuse")
    morning("jc", MONDAY)
    assert "谁也没有收到" in words_in(office.get(f"{O}/unheard"))

    led_to_its_receipt(done(office, f"{O}/unheard"), "deliveries-retried")

    assert "没有被拒收的消息" in words_in(office.get(f"{O}/unheard"))
    again = office.post(f"{O}/unheard", at=f"{O}/silences/new")
    assert "没有要重新发送的" in words_in(is_page(again))


def test_a_holiday_notice_is_taken_in_as_pasted_and_again_changes_nothing(office):
    path = f"{O}/holidays/notice"
    form = {"text": MADE_UP.replace("\n", "\r\n"), "number": "", "year": ""}

    led_to_its_receipt(done(office, path, form), "holidays-loaded")
    assert "0 处变更" in words_in(is_page(done(office, path, form)))

    broken = form | {"text": MADE_UP.replace("（周五）至3日", "（周四）至3日")}
    answer = is_page(done(office, path, broken), 422)
    assert "没有写入任何内容" in words_in(answer)
    assert "国办发明电〔2026〕9号" in answer.text


def test_one_day_is_set_and_the_same_again_changes_nothing(office):
    path, form = f"{O}/holidays/day", {"day": "2026-09-03", "deed": "放假", "reason": "临时通知"}

    led_to_its_receipt(done(office, path, form), "holiday-set")

    assert "0 处变更" in words_in(is_page(done(office, path, form)))


def test_a_clock_without_doubt_needs_nobodys_word(office):
    assert "没有疑点" in words_in(office.get(f"{O}/clock"))

    answer = office.post(f"{O}/clock", {"today": MONDAY.isoformat()}, at=f"{O}/silences/new")

    assert "不需要确认" in words_in(is_page(answer))


def test_a_doubted_clock_waits_first_and_is_believed_by_the_calendars_day_alone(office):
    look(NOW - timedelta(days=60))
    look(NOW)
    assert words_in(office.get(O)).index("确认时钟") < words_in(office.get(O)).index("还可以办的")

    wrong = done(office, f"{O}/clock", {"today": "2025-07-20", "note": ""})
    assert "您写的是 2025-07-20" in words_in(is_page(wrong, 422))
    right = {"today": MONDAY.isoformat(), "note": "电脑停了两个月"}
    led_to_its_receipt(done(office, f"{O}/clock", right), "clock-confirmed")

    assert "没有疑点" in words_in(office.get(f"{O}/clock"))


def test_items_of_a_unit_that_is_gone_are_handed_over_once(office):
    nobody_at("市司法局")
    path = f"{O}/succession/new"
    form = {"unit": "市司法局", "to": "市教育局", "reason": "机构改革"}

    said = led_to_its_receipt(done(office, path, form), "succession")
    again = done(office, path, form)

    assert said.subject == "市司法局"
    assert "没有要移交的事项" in words_in(is_page(again))
    back = f"{O}/succession/{said.id}/back"
    assert f'href="{back}"' in office.get(f"{O}/acts").text
    assert "仍记在原单位名下" in words_in(office.get(back))
    led_to_its_receipt(done(office, back, {"reason": "选错了"}), "succession-withdrawn")
    assert "此前已经撤回" in words_in(is_page(done(office, back, {"reason": "选错了"}, on=path)))
    assert f'href="{back}"' not in office.get(f"{O}/acts").text
    led_to_its_receipt(done(office, path, form), "succession")


def test_a_posts_links_are_withdrawn_and_its_stays_end(office):
    with open_session(read_only=True) as session:
        post = session.exec(select(Post).where(Post.level == Level.GROUP_HEAD)).first()
        number, tag = post.id, post.tag
    leader = Client(holder(number, NOW))
    assert leader.get("/").status_code == 200

    led_to_its_receipt(done(office, f"{O}/links", {"post": tag}), "links-withdrawn")

    assert leader.get("/").status_code == 303


def test_accounts_are_listed_without_anything_of_a_password(office):
    for name in ("乙", "丙", "丁"):
        account(NOW, name)
    lock_account("乙", "创建办", moment_of(NOW))
    for _ in range(5):
        enter_with_password("丙", "不对的口令", "10.0.0.7", moment_of(NOW))
    assert isinstance(enter_with_password("丁", PASSWORD, "10.0.0.8", moment_of(NOW)), Visitor)

    answer = is_page(office.get(f"{O}/accounts"))

    words = words_in(answer)
    assert "甲 （您） 创建办 可用 还没有登录过 7月21日（周一），由创建办" in words
    assert "乙 创建办 已停用 ：不能登录；要恢复，请找管这台电脑的同事" in words
    assert "丙 创建办 暂时不能登录 ：口令输错太多次，10:01 以后再试" in words
    assert "丁 创建办 可用 7月21日（周一） 10:00" in words
    assert "argon2" not in answer.text and "shifan" not in words


def test_what_was_done_last_stands_on_the_first_page_with_the_way_back(office):
    done(office, f"{O}/silences/new", {"scope": "W5", "until": "2025-08-15", "reason": "x"})
    done(office, f"{O}/decisions/ask/1")

    page = office.get(O)

    words = words_in(page)
    assert "提请审批：S1 撤回 7月21日（周一） 10:00，账号 甲（10.0.0.9）" in words
    assert "设置静默：第 1 号静默 撤回" in words
    assert words.index("替人登记一项进展") < words.index("刚办过的") < words.index("还可以办的")
    assert f'href="{O}/silences/1/end"' in page.text
    acts = words_in(office.get(f"{O}/acts"))
    assert re.search("W5，到.*8月15日（周五）为止；理由：x", acts)
    assert re.search("请组长在.*（周四）以前答复", acts)


def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(office):
    form = {"scope": "", "until": "昨天", "reason": "等文件"}

    answer = is_page(done(office, f"{O}/silences/new", form), 422)

    assert re.search(r'id="e-scope">.*没有填写静默的范围</span>\s*<input', answer.text)
    assert 'value="昨天" aria-describedby="e-until" aria-invalid="true"' in answer.text
    assert 'aria-describedby="h-scope e-scope" aria-invalid="true"' in answer.text
    assert 'id="e-reason"' not in answer.text and ">等文件</textarea>" in answer.text


@pytest.mark.parametrize(
    ("page", "ways"),
    [
        ("/c/jc/u/1", ["report?q=", "silences/new?scope="]),
        ("/c/jc/i/W6", ["silences/new?scope=W6"]),
    ],
)
def test_the_act_that_fits_is_one_tap_from_where_a_thing_stands(office, page, ways):
    auditor = Client(account(NOW, "审计甲", VisitorRole.AUDITOR))

    said = is_page(office.get(page)).text

    for way in ways:
        [link] = re.findall(f'href="({O}/{re.escape(way)}[^"]*)"', said)
        is_page(office.get(unescape(link)))
    assert f'href="{O}/' not in auditor.get(page).text


# The sentence that says what cannot be taken back, and what to do then; or the way back, and where it is.
BACK = {
    "unheard": "发出去的收不回来；内容已经过时的，请直接向对方说明",
    "decisions/ask/1": "提错了的，在领导答复以前可以撤回",
    "decisions/1/sheet": "先前的验证码随即作废",
    "decisions/1/back": "还要提请的，随时可以再提",
    "conditions/1/ledgers-out": "确认错了可以撤回",
    "conditions/1/ledgers-out/back": "撤回错了的，再确认一次就是",
    "silences/new": "设错了随时可以提前结束",
    "silences/1/end": "结束错了的，再设置一次就是",
    "report/W6": "登记错了可以在回执里撤回",
    "burden/1": "登记错了可以撤回，但已经发出的收不回来",
    "burden/1/back": "登记和撤回都留在记录链里",
    "clock": "确认了不能撤回；确认错了，请立即告诉",
    "holidays/notice": "装错了的，同一年再装一次正确的就换成新的",
    "holidays/day": "改错了的，再改一次，选“照通知”就恢复原样",
    "succession/new": "移交错了的，在这些事项又有变动以前可以撤回",
    "succession/1/back": "移交和撤回都留在记录链里",
    "links": "收回了不能恢复；收错了也不误事",
    "findings/new": "登记错了不能删去：打开这个问题，用“另行决定”写明理由结束",
    "visits/V1.1": "登记错了：未发现问题的可以撤回",
    "visits/V1.1/back": "撤回错了的，再登记一次就是",
}


def test_the_last_page_before_every_act_says_how_it_is_taken_back_or_what_to_do(
    office, provider, tmp_path, monkeypatch
):
    look(NOW - timedelta(days=60))
    look(NOW)
    said = {"clock": words_in(is_page(office.get(f"{O}/clock")))}
    done(office, f"{O}/clock", {"today": MONDAY.isoformat()})
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("S2.1", MONDAY - timedelta(days=1))
    provider.behave("refuse")
    morning("jc", MONDAY)
    ask_by_hand("jc", 1, "创建办", moment_of(NOW))
    leader = re.search('name="by" value="([^"]+)"', office.get(f"{O}/burden/1").text)[1]
    done(office, f"{O}/burden/1", {"by": leader})
    done(office, f"{O}/silences/new", {"scope": "S1", "until": "2025-08-15", "reason": "x"})
    with open_session() as session:
        laid_visit(session, 1)
    nobody_at("市司法局")
    form = {"unit": "市司法局", "to": "市教育局", "reason": "机构改革"}
    number = led_to_its_receipt(done(office, f"{O}/succession/new", form), "succession").id
    said["succession/1/back"] = words_in(is_page(office.get(f"{O}/succession/{number}/back")))

    for path in BACK.keys() - said.keys():
        said[path] = words_in(is_page(office.get(f"{O}/{path}")))

    assert not {path for path, words in BACK.items() if words not in said[path]}
    posts = [way.path for way in every_way() if way.method == "POST" and way.right is Right.OFFICE]
    filled = {
        path: re.sub(r"\{[^}]*\}", "[^/]+", path.removeprefix("/c/{slug}/o/")) for path in posts
    }
    assert not {
        path for path, known in filled.items() if not any(re.fullmatch(known, b) for b in BACK)
    }


def test_a_form_without_its_mark_does_nothing(office):
    form = {"scope": "W5", "until": "2025-08-15", "reason": "x"}

    assert office.send(f"{O}/silences/new", {"_csrf": "x", **form}).status_code == 403
    assert list_silences("jc", MONDAY) == []


@pytest.mark.parametrize(
    ("path", "form", "what"),
    [
        ("silences/new", {"scope": "W5", "until": "2025-08-15", "reason": "x"}, "silence-added"),
        ("report/W6", {"state": "进行中", "on": "", "note": ""}, "progress"),
        ("conditions/1/ledgers-out", {"on": "2025-07-18", "note": ""}, "condition-confirmed"),
        ("decisions/ask/1", {}, "decision-asked"),
        ("burden/1", {"by": "组长", "reason": ""}, "asks-allowed"),
        ("holidays/day", {"day": "2026-09-03", "deed": "放假", "reason": "x"}, "holiday-set"),
    ],
)
def test_a_button_pressed_twice_at_once_does_one_thing(path, form, what):
    clients = [Client(account(NOW, "甲")) for _ in range(2)]
    marks = [TOKEN.search(client.get(f"{O}/{path}").text)[1] for client in clients]
    pressed = [
        (client, {"_csrf": mark, **form}) for client, mark in zip(clients, marks, strict=True)
    ]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].send(f"{O}/{path}", one[1]), pressed))

    assert {answer.status_code for answer in answers} <= {200, 303}
    assert len(entries(what)) == 1
