"""What mail providers do that no standard promises: nothing is lost or doubled, and each is said in one line."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import col, select

from models.database import open_session
from models.errors import ChannelError
from models.evidence.intake.received import ReceivedFile, ReceivedMail
from tasks.intake.mailbox import round as rounds
from tasks.intake.mailbox.account import account_now
from tasks.intake.mailbox.checking import checked_mailbox
from tasks.intake.mailbox.fetching import KEYWORD
from tasks.intake.mailbox.round import MailRound, collect_mail
from tests.support import receiving
from tests.support.imap import PASSWORD, USER
from tests.support.mails import head, mixed, part, text, word
from tests.support.scripted_imap import Lying, ScriptedImap, Talk
from tests.tasks.intake.mailbox.conftest import set_mailbox
from tests.tasks.intake.mailbox.test_ledgers_by_mail import later


def ledger(number: int = 1, more: bytes = b"") -> bytes:
    """Return a unit's ledger as a mail; each of another unit."""
    named = b'filename="' + word(f"台账{number}.xlsx") + b'"'
    start = head(word("报送台账"), message_id=b"<m%d@example.cn>" % number)
    return mixed(text(), part(b"LEDGER %d" % number + more, named), start=start)


@pytest.fixture
def server(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedImap]:
    """A mailbox with three mails, which the settings name."""
    with ScriptedImap(*map(ledger, (1, 2, 3))) as running:
        set_mailbox(monkeypatch, f"127.0.0.1:{running.port}", "insecure")
        yield running


def visit(minutes: float = 0) -> MailRound:
    return collect_mail(later(minutes), receiving.receive)


def kept() -> list[str]:
    """Return the names of the files that are kept, each as often as it is."""
    with open_session(read_only=True) as session:
        return sorted(session.exec(select(col(ReceivedFile.name))))


def mails() -> list[str]:
    with open_session(read_only=True) as session:
        return sorted(session.exec(select(col(ReceivedMail.message_id))))


ALL = ["台账1.xlsx", "台账2.xlsx", "台账3.xlsx"]


def assert_nothing_is_lost_or_doubled(server: ScriptedImap) -> None:
    """Visit a server that behaves again, twice."""
    server.instead.clear()
    server.once.clear()
    server.read_only = False
    assert visit(60).faults == visit(90).faults == ()
    assert kept() == ALL
    assert mails() == ["<m1@example.cn>", "<m2@example.cn>", "<m3@example.cn>"]


def test_a_server_with_no_extension_at_all_is_enough(server):
    assert visit().line == "收邮件 3 封、附件 3 个"

    verbs = [one.split(b" ")[:2] for one in server.said]
    used = {(b" ".join(v) if v[0] == b"UID" else v[0]).decode() for v in verbs}
    assert used == {"CAPABILITY", "LOGIN", "ID", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "LOGOUT"}  # fmt: skip
    assert not any(b"CHARSET" in one for one in server.said)
    assert_nothing_is_lost_or_doubled(server)


@pytest.mark.parametrize("no", [b"%T BAD Unknown command\r\n", b"%T NO not before login\r\n"])
def test_a_server_that_knows_no_id_is_gone_on_with(server, no):
    server.instead["^ID"] = no
    assert visit().mails == 3


def test_an_id_comes_after_the_login_and_before_the_folder(server):
    visit()
    verbs = [one.split(b" ")[0] for one in server.said]
    assert verbs[:4] == [b"CAPABILITY", b"LOGIN", b"ID", b"SELECT"]


@pytest.mark.parametrize(
    "lines",
    [
        b"* SEARCH 1\r\n* SEARCH 2 3\r\n",
        b"* SEARCH 1 2\r\n* SEARCH\r\n* SEARCH 3 1\r\n",
        b"* SEARCH\r\n* 3 EXISTS\r\n* SEARCH 3 2 1\r\n",
    ],
)
def test_a_search_that_is_answered_in_several_lines_is_read_whole(server, lines):
    server.instead["SINCE"] = lines + b"%T OK done\r\n"

    assert visit().mails == 3
    assert_nothing_is_lost_or_doubled(server)


def between(talk: Talk, tag: bytes, line: bytes) -> bytes:
    """Let others change the box while its mails are told."""
    told = talk.usual(line).split(b"* 2 FETCH")
    return (
        b"* 4 EXISTS\r\n" + told[0] + b"* 7 FETCH (FLAGS (\\Seen))\r\n* 9 EXPUNGE\r\n* 2 RECENT\r\n"
        b"* OK [ALERT] maintenance\r\n* 2 FETCH" + told[-1] + tag + b" OK done\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("at", ["HEADER.FIELDS", r"BODY\.PEEK\[\]"])
def test_news_of_other_mails_between_the_answers_is_passed_over(server, at):
    server.instead[at] = (
        between
        if at == "HEADER.FIELDS"
        else lambda talk, tag, line: (
            b"* 5 EXISTS\r\n* 9 FETCH (UID 99 FLAGS (\\Seen))\r\n" + talk.usual(line) + b"* 1 EXPUNGE\r\n"
            + tag + b" OK done\r\n"
        )
    )  # fmt: skip

    assert visit().mails == 3
    assert_nothing_is_lost_or_doubled(server)


def half_a_mail(end: bytes) -> object:
    def says(talk: Talk, _tag: bytes, line: bytes) -> None:
        whole = talk.usual(line)
        talk.hang_up(whole[: len(whole) // 2] + end)

    return says


@pytest.mark.parametrize("end", [b"", b"\r\n* BYE server is going down\r\n"])
def test_a_server_that_leaves_in_the_middle_of_a_mail_is_asked_for_the_others(server, end):
    server.instead[r"FETCH 2 \(BODY\.PEEK\[\]"] = half_a_mail(end)

    found = visit()

    assert (found.mails, found.left) == (2, 1)
    assert "断开了连接" in found.faults[0] and "\n" not in found.line
    assert kept() == ["台账1.xlsx", "台账3.xlsx"]
    assert_nothing_is_lost_or_doubled(server)


def test_a_literal_that_ends_early_is_waited_for_and_nothing_of_it_is_taken(server, monkeypatch):
    monkeypatch.setattr(rounds, "account_now", lambda: replace(account_now(), seconds=1.0))

    def short(talk: Talk, tag: bytes, line: bytes) -> bytes:
        return talk.usual(line)[:-400] + b")\r\n" + tag + b" OK done\r\n"

    server.instead[r"FETCH 1 \(BODY\.PEEK\[\]"] = short

    found = visit()

    assert found.mails == 2 and len(found.faults) == 1
    assert_nothing_is_lost_or_doubled(server)


def test_a_mail_that_the_server_will_not_give_holds_nobody_up(server):
    server.instead[r"FETCH 1 \(BODY\.PEEK\[\]"] = b"%T NO Some messages could not be FETCHed\r\n"

    found = visit()

    assert (found.mails, found.left) == (2, 1)
    assert found.faults[0].endswith(
        "收取 2025-07-01 08:50 的一封邮件时出错（对方说：Some messages could not be FETCHed）"
    )
    assert_nothing_is_lost_or_doubled(server)


def test_a_folder_that_may_only_be_read_is_read_and_that_is_said(server):
    server.read_only = True

    first, second = visit(), visit(30)

    assert (first.mails, second.mails) == (3, 0)
    assert "只能读，收下的邮件标不了已读" in first.line
    assert "只能读" in checked_mailbox()
    assert not any(b"STORE" in one for one in server.said)
    assert_nothing_is_lost_or_doubled(server)


@pytest.mark.parametrize(
    ("no", "words"),
    [
        (b"%T NO [OVERQUOTA] Quota exceeded\r\n", "邮箱空间满了"),
        (b"%T NO " + "邮箱容量已满".encode("gb18030") + b"\r\n", "邮箱空间满了（对方说：邮箱容量已满）"),
        (b"%T NO STORE not permitted\r\n", "标记时出错（对方说：STORE not permitted）"),
        (b"%T BAD invalid flag\r\n", "标记时出错"),
    ],
)  # fmt: skip
def test_marks_that_are_refused_hold_nobody_up(server, no, words):
    server.instead["STORE"] = no

    first = visit()
    server.mails.append(Lying(4, ledger(4)))
    second = visit(30)

    assert (first.mails, second.mails) == (3, 1)
    [fault] = first.faults
    assert words in fault
    server.mails.pop()
    with open_session(read_only=True) as session:
        assert len(session.exec(select(ReceivedFile)).all()) == 4


def test_a_search_for_old_mail_that_is_refused_holds_nobody_up(server):
    server.instead["BEFORE"] = b"%T NO [BADCHARSET (US-ASCII)] cannot search\r\n"

    found = visit()

    assert found.mails == 3
    assert "查看旧邮件时出错" in found.faults[0]


def test_numbers_that_change_between_visits_double_nothing(server):
    visit()
    for one in server.mails:
        one.uid += 100
        one.flags.clear()

    assert visit(30).mails == 0
    assert all("\\Seen" in one.flags for one in server.mails)
    assert_nothing_is_lost_or_doubled(server)


def test_a_mail_that_is_gone_when_it_is_fetched_is_passed_over(server):
    server.once[r"FETCH 2 \(BODY\.PEEK\[\]"] = b"%T OK nothing\r\n"

    assert visit().mails == 2
    assert_nothing_is_lost_or_doubled(server)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("no", ["NO", "BAD"])
def test_a_refused_login_is_told_in_the_words_of_the_server(server, no, codec):
    words = "密码错误或'授权码'已过期"
    server.instead["LOGIN"] = b"%T " + no.encode() + b" " + words.encode(codec) + b"\r\n"

    with pytest.raises(ChannelError, match=f"对方说：[^\\\\]*{words}") as found:
        checked_mailbox()

    assert PASSWORD not in str(found.value) and USER not in str(found.value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (b"* BYE Too many connections\r\n", "连不上（对方说：Too many connections），下次再收"),
        (b"* BYE not " + PASSWORD.encode() + b"\r\n", "连不上（对方说：not ***），下次再收"),
        ("* BYE 登录太频繁\r\n".encode(), "断开了连接或连不上，下次再收"),
        (b"", "断开了连接或连不上，下次再收"),
    ],
)
def test_a_server_that_says_goodbye_at_the_log_in_is_told_in_its_words(server, words, told):
    server.instead["LOGIN"] = lambda talk, _tag, _line: talk.hang_up(words)

    [fault] = visit().faults

    assert told in fault
    assert PASSWORD not in fault


def test_a_folder_with_a_chinese_name_is_opened_and_a_wrong_one_named(server, monkeypatch):
    monkeypatch.setenv("SHIFAN_MAILBOX_FOLDER", "其他文件夹")
    assert visit().mails == 3
    assert b'SELECT "&UXZO1mWHTvZZOQ-"' in server.said

    monkeypatch.setenv("SHIFAN_MAILBOX_FOLDER", "台账")
    server.instead["SELECT"] = b"%T NO no such folder\r\n"
    with pytest.raises(ChannelError, match="没有名为“台账”的文件夹，现有：INBOX、其他文件夹"):
        checked_mailbox()


def test_ten_thousand_old_mails_are_counted_and_not_one_is_fetched(server):
    server.mails += [Lying(n, ledger(n), old=True) for n in range(10, 10_010)]

    found = visit()

    assert (found.mails, found.older) == (3, 10_000)
    assert server.bodies == 3
    assert len([one for one in server.said if b"FETCH" in one]) == 4


def test_ten_thousand_mails_that_are_known_are_looked_at_and_not_fetched_again(server):
    visit()
    raw = ledger(4)
    server.mails += [
        Lying(n, raw.replace(b"<m4@", b"<m%d@" % n), flags={"\\Seen", KEYWORD})
        for n in range(10, 10_010)
    ]
    with open_session() as session:
        like = session.exec(select(ReceivedMail)).first().model_dump(exclude={"id"})
        session.add_all(
            ReceivedMail(**like | {"message_id": f"<m{one.uid}@example.cn>", "size": len(one.raw)})
            for one in server.mails[3:]
        )
    server.mails.append(Lying(20_000, ledger(5)))
    server.said.clear()

    assert visit(30).mails == 1

    assert server.bodies == 4
    assert len([one for one in server.said if b"FETCH" in one]) == 10_004 // 200 + 2


def test_more_mails_than_a_round_takes_are_fetched_once_each(server, monkeypatch):
    monkeypatch.setattr(rounds, "MOST_MAILS", 2)

    assert [visit(n).mails for n in range(3)] == [2, 1, 0]
    assert server.bodies == 3
