"""How often somebody may try, from how many places at once, and what a flood leaves behind."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import func, select

from deployments.window import entering, noting
from models.audit.chain import AuditEntry
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.settings import moment_of
from models.units.unit import Post
from tasks.notices.delivery import deliver
from tasks.window.entering import ask_for_code, enter_with_code
from tasks.window.links import Refusal, personal_token
from tests.conftest import ON_BOTH
from tests.deployments.window.test_entering import CODE, office_of
from tests.support.windows import (
    PASSWORD,
    Client,
    account,
    all_noted,
    is_page,
    nothing_noted_yet,
    words_in,
)

NOW = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    nothing_noted_yet()
    return clock_at


def rows(*what: str) -> int:
    all_noted()
    with open_session(read_only=True) as session:
        query = select(func.count()).where(AuditEntry.what.in_(what))
        return session.exec(query).one()


@ON_BOTH
def test_of_thirty_wrong_passwords_at_once_five_are_looked_at():
    account(NOW, "甲")
    clients = [Client(address=f"10.0.0.{n}", waits=False) for n in range(30)]
    for client in clients:
        client.get("/in")
    form = {"name": "甲", "password": "wrong-wrong-1"}
    with ThreadPoolExecutor(8) as many:
        said = list(many.map(lambda client: words_in(client.post("/in", form, at="/in")), clients))

    assert sum("账号或口令不对" in one for one in said) == 5
    assert sum("才能再试" in one for one in said) == 25
    assert rows("window-refused") == 5


def test_of_thirty_wrong_codes_at_once_five_are_looked_at(monkeypatch, tmp_path, provider):
    office_of(tmp_path, monkeypatch, provider)
    ask_for_code("组长", None, "10.0.0.1", moment_of(NOW))
    with ThreadPoolExecutor(8) as many:
        tries = many.map(
            lambda _: enter_with_code("组长", None, "AAAAAA", "10.0.0.1", moment_of(NOW)), range(30)
        )
        refused = list(tries)

    assert sum(not one.waits for one in refused) == 5
    assert rows("window-refused") == 5


@pytest.mark.parametrize("post", ["没有这个岗位", "组长", "", "x" * 300])
def test_codes_that_nobody_was_sent_make_few_rows_however_many_are_typed(post):
    client = Client()
    for _ in range(20):
        client.post("/in/code", {"post": post, "code": "AAAAAA"}, at="/in/code")

    assert rows("window-refused") == 5
    assert rows("door-refused") == 1


def test_who_asks_for_codes_in_vain_starts_nothing_and_makes_few_rows(monkeypatch):
    started = []
    monkeypatch.setattr(entering, "send_soon", lambda: started.append(1))
    client = Client()
    for n in range(20):
        client.post("/in/code/send", {"post": f"没有{n}"}, at="/in/code")

    assert started == []
    assert rows("window-code") == 5


def test_a_telephone_is_not_flooded_with_codes_from_many_places(monkeypatch, tmp_path, provider):
    office_of(tmp_path, monkeypatch, provider)
    sent = [ask_for_code("组长", None, f"10.0.{n}.1", moment_of(NOW)).sent for n in range(12)]

    assert sent == [True] * 5 + [False] * 7
    with open_session(read_only=True) as session:
        assert session.exec(select(func.count()).select_from(DecisionCode)).one() == 5


def test_whoever_comes_by_a_link_is_written_down_in_the_midst_of_a_flood():
    """Three hundred liaisons open their links on one morning, while somebody knocks from everywhere."""
    for n in range(250):
        noting.note_refusal(f"10.1.{n}.1", "link", "GET /in/…", moment_of(NOW))
    with open_session(read_only=True) as session:
        posts = session.exec(select(Post.id, Post.campaign_id).where(~Post.vacant)).all()
    for number, campaign_id in posts[:40]:
        token = personal_token(number, campaign_id, NOW)
        is_page(Client(address="10.2.0.1", waits=False).get(f"/in/{token}/me"))

    assert rows("window-entered") == 40
    assert rows("door-refused") == 200


def test_wrong_passwords_of_others_keep_nobody_out_of_where_they_came_in_before(at_work):
    """Whoever knocks under a colleague's name makes every place wait but the colleague's own; no stay ends."""
    inside = Client(account(NOW, "甲"))
    right, wrong = {"name": "甲", "password": PASSWORD}, {"name": "甲", "password": "wrong-wrong-1"}
    at_the_desk, elsewhere = "10.4.0.1", "10.4.0.2"
    assert "url=/" in Client(address=at_the_desk).post("/in", right, at="/in").text
    for n in range(8):
        Client(address=f"10.3.0.{n}").post("/in", wrong, at="/in")

    assert inside.get("/").status_code == 200
    assert "才能再试" in words_in(Client(address=elsewhere).post("/in", right, at="/in"))
    assert "url=/" in Client(address=at_the_desk).post("/in", right, at="/in").text
    # What was right at the desk ends nobody's wait elsewhere.
    assert "才能再试" in words_in(Client(address=elsewhere).post("/in", right, at="/in"))
    at_work(NOW + timedelta(minutes=2))
    assert "url=/" in Client(address=elsewhere).post("/in", right, at="/in").text


def test_where_somebody_came_in_before_five_wrong_passwords_wait_too():
    account(NOW, "甲")
    Client().post("/in", {"name": "甲", "password": PASSWORD}, at="/in")
    wrong = {"name": "甲", "password": "wrong-wrong-1"}
    said = [words_in(Client().post("/in", wrong, at="/in")) for _ in range(7)]

    assert ["才能再试" in one for one in said] == [False] * 5 + [True] * 2


HASHES = """
import resource
from concurrent.futures import ThreadPoolExecutor
from models.rules.window.hashing import fits, hashed
kept = hashed("Gong-Kai-2026!")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with ThreadPoolExecutor(24) as many:
    for _ in range(3):
        assert list(many.map(lambda n: fits("x" * n, kept), range(24))) == [False] * 24
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_many_passwords_at_once_take_the_memory_of_two():
    done = subprocess.run([sys.executable, "-c", HASHES], capture_output=True, check=True)

    assert int(done.stdout) < 60  # MiB; all at once they would be 450


def test_a_code_to_come_in_is_good_for_half_an_hour(monkeypatch, tmp_path, provider, at_work):
    """A decision's is good for days; whoever wants to come in stands before the door now."""
    office_of(tmp_path, monkeypatch, provider)
    ask_for_code("组长", None, "10.0.0.9", moment_of(NOW))
    deliver(lambda: NOW + timedelta(seconds=1))
    [(letter, code)] = [(o.text, f[1]) for o in provider.accepted if (f := CODE.search(o.text))]
    late = enter_with_code("组长", None, code, "10.0.0.9", moment_of(NOW + timedelta(minutes=31)))

    assert "10:30 前有效" in letter
    assert isinstance(late, Refusal)
    soon = enter_with_code("组长", None, code, "10.0.0.9", moment_of(NOW + timedelta(minutes=29)))
    assert not isinstance(soon, Refusal)
