"""A leader decides in the window: three pages without JavaScript, and the code stands in none of them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.decisions.tries import DecisionTry, HandedIn
from models.decisions.wrong_codes import WrongCodes
from models.rules.decisions.answers import Answer, Said
from models.rules.window.sight import VisitorRole
from models.settings import moment_of
from models.units.unit import Post
from tasks.decisions.answering import take_answer
from tasks.decisions.asking import ask_by_hand
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decide, decision, noon, statuses
from tests.support.phones import open_phones
from tests.support.windows import TOKEN, Client, account, holder, is_page, words_in
from tests.tools.traces import traces

MONDAY = date(2025, 7, 21)
NOON = noon(MONDAY)
FORCE = {"answer": "force", "reason": "边推进边补"}
BOTH = "gates: {deciders: [组长, 分管领导], all_must_agree: true, may_transfer: true}"


@pytest.fixture(autouse=True)
def today(clock_at):
    clock_at(NOON)


def leader(title: str = "组长", address: str = "10.0.0.9") -> Client:
    with open_session(read_only=True) as session:
        post = session.exec(select(Post.id).where(Post.title == title)).first() or 0
    return Client(holder(post, NOON), address=address)


def entry_of(answer) -> AuditEntry:
    assert answer.status_code == 303, words_in(answer)
    number = int(answer.headers["location"].removeprefix("/r/"))
    with open_session(read_only=True) as session:
        found = session.get_one(AuditEntry, number)
        session.expunge(found)
        return found


@ON_BOTH
def test_a_leader_reads_chooses_reads_once_more_and_decides(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    client = leader()

    first = is_page(client.get(f"/d/{number}"))
    said = words_in(first)
    assert "第1阶段“动员”是否结束并推进？" in said
    assert "请您决定" in said and "还差 3 项" in said and "培训尚未完成" in said
    assert "7月24日（周四）前答复" in said
    last = is_page(client.post(f"/d/{number}/last", FORCE, at=f"/d/{number}"))
    assert "强制推进后：第1阶段“动员”今天结束，3 项没有满足的条件留在记录里" in words_in(last)
    done = client.post(
        f"/d/{number}", {**FORCE, "code": f" {code.lower()} ", "name": "某某"}, at=f"/d/{number}"
    )
    entry = entry_of(done)

    assert (entry.what, entry.who) == ("decision-force", "组长 某某")
    assert "凭本人通道 组长" in entry.facts and "10.0.0.9" in entry.facts
    assert statuses("xj") == ["closed", "active"]
    receipt = words_in(is_page(client.get(f"/r/{entry.id}")))
    assert entry.hash[:8] in receipt
    closed = words_in(is_page(client.get(f"/d/{number}")))
    assert f"记录号 {entry.id}" in closed and entry.hash[:16] in closed
    assert "强制推进" in closed and "提出异议" in closed


@ON_BOTH
def test_what_is_wrong_stands_above_the_form_with_everything_but_the_code(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    client, at = leader(), f"/d/{number}"

    nothing = is_page(client.post(f"{at}/last", {}, at=at), 422)
    assert "没有选择决定" in words_in(nothing)
    wanting = {"answer": "postpone", "until": "2025-09-15", "reason": ""}
    lacking = is_page(client.post(f"{at}/last", wanting, at=at), 422)
    assert "延期必须写明理由" in words_in(lacking)
    assert 'value="2025-09-15"' in lacking.text
    assert re.search(r'value="postpone" checked', lacking.text)
    wrong = {**wanting, "reason": "等<b>省里</b>复核", "code": "AAAAAA", "name": "某某"}
    refused = is_page(client.post(at, wrong, at=at), 422)
    assert "验证码不正确，再错 4 次" in words_in(refused)
    assert "确认前的最后一页" in words_in(refused)
    assert (
        'value="等&lt;b&gt;省里&lt;/b&gt;复核"' in refused.text and 'value="某某"' in refused.text
    )
    assert "AAAAAA" not in refused.text
    empty = is_page(client.post(at, {**wrong, "code": " "}, at=at), 422)
    assert "没有填写验证码" in words_in(empty)
    changed = is_page(client.post(f"{at}/change", wrong, at=at))
    assert "等&lt;b&gt;省里" in changed.text and "AAAAAA" not in changed.text
    assert entry_of(client.post(at, {**wrong, "code": code}, at=at)).what == "decision-postpone"


def test_a_field_of_another_answer_does_not_count(office):
    number = asked(office())
    client, at = leader(), f"/d/{number}"
    said = {"answer": "return", "reason": "再补", "until": "2025-09-15", "to": "分管领导"}

    assert "退回后" in words_in(is_page(client.post(f"{at}/last", said, at=at)))


def test_a_day_that_is_none_and_an_answer_that_is_none_are_said(office):
    number = asked(office())
    client, at = leader(), f"/d/{number}"
    said = {"answer": "postpone", "reason": "等", "until": "2026-02-30"}

    assert "2026-02-30" in words_in(is_page(client.post(f"{at}/last", said, at=at), 422))
    odd = {"answer": "<script>", "reason": "x" * 3000}
    page = is_page(client.post(f"{at}/last", odd, at=at), 422)
    assert "没有选择决定" in words_in(page) and "<script>" not in page.text


@ON_BOTH
def test_tries_are_counted_together_with_those_at_the_form_from_the_same_address(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    client, at = leader(address="10.0.0.9"), f"/d/{number}"
    moment = moment_of(NOON, MONDAY)
    said = Said(Answer.FORCE, "边推进边补")
    for nth in (1, 2):  # as the door hands on what a form of Prefect was sent from there
        take_answer(number, said, HandedIn("AAAAAA", "run-1", nth, "10.0.0.9"), moment)
    for _ in range(3):
        refused = client.post(at, {**FORCE, "code": "AAAAAA"}, at=at)
    assert "已错 5 次，请等 60 秒再试" in words_in(refused)

    waits = client.post(at, {**FORCE, "code": code}, at=at)
    assert "还要等" in words_in(waits)
    form = take_answer(number, said, HandedIn(code, "run-1", 3, "10.0.0.9"), moment)
    assert "还要等" in form.line
    with open_session(read_only=True) as session:
        assert [(w.source, w.wrong) for w in session.exec(select(WrongCodes))] == [("10.0.0.9", 5)]
    elsewhere = leader(address="10.0.0.8")  # a stranger's tries keep nobody else out
    assert entry_of(elsewhere.post(at, {**FORCE, "code": code}, at=at)).what == "decision-force"


@ON_BOTH
def test_of_a_page_and_a_form_at_once_one_wins_and_the_other_reads_why(office):
    number = asked(office("gates: {deciders: [组长, 分管领导]}"))
    codes = {title: code_for(number, MONDAY, title) for title in ("组长", "分管领导")}
    client, at = leader("组长"), f"/d/{number}"
    moment = moment_of(NOON, MONDAY)

    def in_window():
        return client.post(at, {**FORCE, "code": codes["组长"]}, at=at)

    def in_form():
        handed = HandedIn(codes["分管领导"], "run-1", 1, "10.0.0.8")
        return take_answer(number, Said(Answer.RETURN, "再看看"), handed, moment)

    with ThreadPoolExecutor(2) as pool:
        page, form = pool.submit(in_window), pool.submit(in_form)
        page, form = page.result(), form.result()

    assert (page.status_code, form.overtaken) in [(303, True), (409, False)]
    if page.status_code == 409:
        assert "您刚才填的没有作数：本次审批已失效：已由分管领导于" in words_in(page)
        assert decision(number).answer == "return"
    else:
        assert "已由组长于" in form.line
        assert decision(number).answer == "force"
    with open_session(read_only=True) as session:
        entries = session.exec(
            select(AuditEntry.what).where(
                AuditEntry.what.in_(["decision-force", "decision-return"])
            )
        )
        assert len(list(entries)) == 1


def test_twice_the_same_click_decides_once_and_leads_to_what_was_decided(office):
    number = asked(office())
    client, at = leader(), f"/d/{number}"
    form = {**FORCE, "code": code_for(number, MONDAY)}
    first = entry_of(client.post(at, form, at=at))

    assert entry_of(client.post(at, form, at=at)).id == first.id
    wrong = is_page(client.post(at, {**form, "code": "AAAAAA"}, at=at), 409)
    assert "已由组长于" in words_in(wrong)
    assert f"/r/{first.id}" in wrong.text
    other = is_page(client.post(at, {**form, "answer": "approve"}, at=at), 409)
    assert "您刚才填的没有作数" in words_in(other)
    deputy = is_page(leader("分管领导").post(at, form, at=at), 409)
    assert "您刚才填的没有作数" in words_in(deputy)


def test_twice_the_same_word_among_several_is_one_and_no_wrong_code(office):
    number = asked(office(BOTH))
    form = {**FORCE, "code": code_for(number, MONDAY, "分管领导")}
    code_for(number, MONDAY, "组长")
    client, at = leader("分管领导"), f"/d/{number}"
    first = entry_of(client.post(at, form, at=at))

    assert entry_of(client.post(at, form, at=at)).id == first.id
    other = is_page(client.post(at, {**form, "answer": "return", "reason": "再补"}, at=at), 422)
    assert "这个验证码已经用过" in words_in(other)
    with open_session(read_only=True) as session:
        assert not session.exec(select(WrongCodes)).all()
        assert {one.tries for one in session.exec(select(DecisionCode))} == {0}


def test_a_question_closed_meanwhile_says_how_it_ended_on_every_page(office):
    number = asked(office())
    client, at = leader("分管领导"), f"/d/{number}"
    decide(number, Said(Answer.RETURN, "再补"), MONDAY, name="某某")

    for page in (client.get(at), client.post(f"{at}/last", FORCE, at=at)):
        said = words_in(is_page(page))
        assert "组长 某某于7月21日（周一）12:00 作出决定： 退回" in said
        assert "再补" in said and "下一步" not in said


def test_several_who_must_agree_and_handing_on_each_have_their_receipt(office):
    number = asked(office(BOTH))
    codes = {title: code_for(number, MONDAY, title) for title in ("组长", "分管领导")}
    at, deputy = f"/d/{number}", leader("分管领导")

    last = words_in(deputy.post(f"{at}/last", FORCE, at=at))
    assert "强制推进记为分管领导的表态；还要组长表态后才算数" in last
    voice = entry_of(deputy.post(at, {**FORCE, "code": codes["分管领导"]}, at=at))
    is_page(deputy.get(f"/r/{voice.id}"))
    assert voice.what == "decision-voice"
    assert "您已经表态" in words_in(deputy.get(at))
    head, handed = leader(), {"answer": "transfer", "to": "创建办"}
    assert "这件事改由创建办决定" in words_in(head.post(f"{at}/last", handed, at=at))
    moved = entry_of(head.post(at, {**handed, "code": codes["组长"]}, at=at))
    assert moved.what == "decision-transfer"
    is_page(head.get(f"/r/{moved.id}"))
    assert "没有请您决定" in words_in(head.get(at))


def test_who_may_read_and_who_may_speak(office):
    number = asked(office())
    at = f"/d/{number}"

    assert Client().get(at).status_code == 303  # to the log-in
    auditor = Client(account(NOON, "乙", VisitorRole.AUDITOR))
    assert "下一步" not in words_in(is_page(auditor.get(at)))
    assert auditor.post(f"{at}/last", FORCE, at=at).status_code == 403
    other = leader("分管领导")
    assert "下一步" not in words_in(is_page(other.get(at)))
    desk = Client(account(NOON))
    assert "领导在这台电脑上输入验证码" in words_in(is_page(desk.get(at)))
    code = code_for(number, MONDAY)
    entry = entry_of(desk.post(at, {**FORCE, "code": code}, at=at))
    assert entry.who == "组长" and "账号 甲" in entry.facts
    with open_session(read_only=True) as session:
        unit = session.exec(select(Post.id).where(Post.title == "联络员")).first() or 0
    assert Client(holder(unit, NOON)).get(at).status_code == 403
    assert leader().get("/d/99").status_code == 404


def test_opening_a_page_changes_nothing(office):
    number = asked(office())
    client = leader()

    def counts():
        with open_session(read_only=True) as session:
            tables = (AuditEntry, DecisionTry, DecisionCode, WrongCodes)
            return [len(session.exec(select(table)).all()) for table in tables]

    before = counts()
    for path in ("", "/object"):
        is_page(client.get(f"/d/{number}{path}"))
    assert client.get(f"/d/{number}/last").headers["location"] == f"/d/{number}"
    is_page(client.post(f"/d/{number}/last", FORCE, at=f"/d/{number}"))
    assert counts() == before


def test_the_code_is_nowhere_but_in_its_field(office, caplog):
    number = asked(office())
    code, client, at = code_for(number, MONDAY), leader(), f"/d/{number}"
    pages = [
        client.post(f"{at}/last", {**FORCE, "code": code}, at=at),
        client.post(at, {"answer": "return", "code": code}, at=at),  # no reason: it stays unused
        client.post(f"{at}/change", {**FORCE, "code": code}, at=at),
        client.post(at, {**FORCE, "code": code}, at=at),
        client.get(at),
    ]

    assert [page.status_code for page in pages] == [200, 422, 200, 303, 200]
    assert "验证码正确，仍可使用" in words_in(pages[1])
    for page in pages:
        assert code not in page.text + str(page.headers)
    assert code not in caplog.text
    assert traces([code]) == []


def test_a_leader_without_a_channel_objects_through_the_office(office):
    number = asked(office())
    decide(number, Said(Answer.FORCE, "边推进边补"), MONDAY)
    desk, at = Client(account(NOON)), f"/d/{number}/object"

    page = is_page(desk.get(at))
    assert "<option>组长</option>" in page.text
    empty = is_page(desk.post(at, {"by": "组长", "reason": " "}, at=at), 422)
    assert "提出异议必须写明理由" in words_in(empty)
    entry = entry_of(desk.post(at, {"by": "组长", "reason": "不是我作的决定"}, at=at))
    assert entry.what == "decision-objected"
    is_page(desk.get(f"/r/{entry.id}"))
    assert statuses("xj")[0] in ("active", "deciding")
    assert "后来组长提出异议" in words_in(desk.get(f"/d/{number}"))


def test_a_leader_objects_with_a_code_of_the_own_channel(office, tmp_path, monkeypatch):
    asked_to_send = []
    monkeypatch.setattr("deployments.window.after._sender.soon", lambda: asked_to_send.append(1))
    with open_phones(tmp_path, monkeypatch) as phones:
        number = asked(office())
        phones.send(MONDAY)
        client, at = leader(), f"/d/{number}"
        form = {**FORCE, "code": phones.code("组长")}
        assert "已发到本人的通道" in words_in(client.get(at))
        entry_of(client.post(at, form, at=at))
        said = {"reason": "不是我作的决定"}
        code_page = is_page(client.post(f"{at}/object", said, at=f"{at}/object"))
        assert "组长对“第1阶段“动员”是否结束并推进？”的决定提出异议" in words_in(code_page)
        phones.send(MONDAY, 20)
        wrong = client.post(f"{at}/object/code", {**said, "code": "AAAAAA"}, at=at)
        assert "验证码不正确" in words_in(is_page(wrong, 422))
        code = phones.code("组长", "提出异议")
        entry = entry_of(client.post(f"{at}/object/code", {**said, "code": code}, at=at))

    assert (entry.what, entry.who) == ("decision-objected", "组长")
    assert statuses("xj")[0] == "deciding"
    assert len(asked_to_send) == 4  # the answer, the wish to object, a wrong code, the right one


# What is answered, and how many are asked together: each sent twice, as a double tap or a page loaded anew does.
TWICE = {
    "approve": ({"answer": "approve"}, "", True),
    "return": ({"answer": "return", "reason": "再补材料"}, "", False),
    "postpone": ({"answer": "postpone", "reason": "等省里", "until": "2025-09-15"}, "", False),
    "force": (FORCE, "", False),
    "transfer": ({"answer": "transfer", "reason": "出差", "to": "创建办"}, BOTH, False),
    "one word of two": (FORCE, BOTH, False),
}


@ON_BOTH
@pytest.mark.parametrize("name", TWICE)
def test_the_same_decision_sent_twice_leads_to_the_same_receipt(office, name):
    said, gates, opening = TWICE[name]
    slug = office(gates)
    asked_first = asked(slug)
    number = ask_by_hand(slug, 2, "创建办", moment_of(NOON))[0] if opening else asked_first
    form = {**said, "code": code_for(number, MONDAY, "组长")}
    client, at = leader(), f"/d/{number}"
    token = TOKEN.search(client.get(at).text)[1]

    first = client.send(at, {"_csrf": token, **form})
    second = client.send(at, {"_csrf": token, **form})
    third = client.post(at, form, at=at if name != "transfer" else "/me")

    assert entry_of(first).what.startswith("decision-")
    places = {answer.headers["location"] for answer in (first, second, third)}
    assert places == {first.headers["location"]}
    assert "已经记下" in words_in(is_page(client.get(first.headers["location"])))
    with open_session(read_only=True) as session:
        assert session.exec(select(WrongCodes)).first() is None
        tries = [code.tries for code in session.exec(select(DecisionCode))]
    assert sum(tries) == 0


def test_a_post_of_the_office_decides_what_is_put_to_itself_by_its_link_and_its_code(office):
    number = asked(office("gates: {deciders: [创建办]}"))
    code = code_for(number, MONDAY, "创建办")
    client, at = leader("创建办"), f"/d/{number}"

    assert "看情况，作决定" in words_in(is_page(client.get("/me")))
    page = words_in(is_page(client.get(at)))
    assert "请您决定" in page and "去作决定" in page
    last = words_in(is_page(client.post(f"{at}/last", FORCE, at=at)))
    assert "强制推进后" in last
    lacking = is_page(client.post(at, {**FORCE, "code": ""}, at=at), 422)
    assert "没有填写验证码" in words_in(lacking)
    entry = entry_of(client.post(at, {**FORCE, "code": code}, at=at))

    assert (entry.what, entry.who) == ("decision-force", "创建办")
    assert "本人链接 创建办" in entry.facts or "凭本人通道" in entry.facts
    assert "强制推进" in words_in(is_page(client.get(f"/r/{entry.id}")))


def test_a_post_of_the_office_reads_what_is_put_to_a_leader_and_answers_nothing(office):
    number = asked(office())
    form = {**FORCE, "code": code_for(number, MONDAY, "组长")}
    client, at = leader("创建办"), f"/d/{number}"

    mine = words_in(is_page(client.get("/me")))
    assert "看情况" in mine and "作决定" not in mine
    page = words_in(is_page(client.get(at)))
    assert "没有请您决定" in page and "去作决定" not in page
    for path in (f"{at}/last", at, f"{at}/change", f"{at}/object"):
        refused = is_page(client.post(path, form, at="/me"), 403)
        assert "没有请创建办决定" in words_in(refused)
    assert decision(number).status == "asked"
