"""Who may open and do what: every way into the window with every kind of visitor, held against one table."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from deployments.window.marks import new_mark
from deployments.window.ways import every_way
from models.audit.chain import AuditEntry
from models.database import open_session
from models.notices.notice import Notice
from models.rules.rehearsal.values import Rehearsal
from models.rules.window.sight import Right, VisitorRole
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.campaign.succession import hand_over
from tasks.decisions.asking import ask_by_hand
from tasks.notices.silences import add_silence
from tasks.rehearsal.keeping import Result
from tasks.rehearsal.kept import keep_for_window
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.support.findings import laid_visit, raised
from tests.support.packs import load_pack
from tests.support.rows import everything
from tests.support.visitors import post_of
from tests.support.windows import Client, account, holder, nothing_noted_yet, words_in

NOON = at(MONDAY, 12)
OWN, OTHER = "市司法局", "市公安局"

# By the letters of `visitors`: U the unit, O another unit, L a leader, P the office's post, F and A accounts
# of the office and of an auditor, S and T the same unit and leader of another campaign. Ordered: the first
# line that a way fits says who is let in, by opening it and by doing it.
EVERYBODY, HERE = "UOLPAFST", "UOLPAF"
TABLE = (
    (r"/|/me", EVERYBODY, ""),
    (r"/c/{slug}/feeds", HERE, "UOLPF"),  # each its own
    (r"/c/{slug}(/all/\w+|/week|/chart|/gate|/sheet|/find|/wall)?", HERE, ""),
    (r"/c/{slug}/u/{unit:int}", "ULPAF", ""),
    (r"/c/{slug}/i/{code}", "ULPAF", ""),
    (r"/c/{slug}/i/{code}/register", "UF", "UF"),
    (r"/c/{slug}/(findings|complaints|visits)", HERE, ""),  # a unit's list is its own
    (r"/c/{slug}/(f|visits)/{code}", "ULPAF", ""),
    (r"/c/{slug}/f/{code}/{step}", "UF", "UF"),
    (r"/m/{number}.*", "ULPAF", "U"),  # acknowledged by whoever it was written to
    (r"/r/{entry}.*", "UAF", "UF"),
    (r"/d/{number:int}/object.*", "LF", "LF"),
    (r"/d/{number:int}.*", "LPAF", "LF"),
    # The office's lists are read by its post and by auditors; forms and acts are the accounts' alone.
    (r"/c/{slug}/o/(links|report).*", "F", "F"),
    (r"/c/{slug}/o/rehearsal/{which}", "PAF", "F"),
    (r"/c/{slug}/o/.*(/new|/end|/notice|/day|/back|/sheet|{\w+(:int)?}|{rule})", "F", "F"),
    (r"/c/{slug}/o(/\w+)?", "PAF", "F"),
)


@pytest.fixture
def world(campaign, provider, tmp_path, monkeypatch, clock_at):
    """One of everything: told, asked, registered, silenced; and another campaign with the same units."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("W1", MONDAY + timedelta(days=1))
    morning(campaign, MONDAY)
    clock_at(NOON)
    nothing_noted_yet()
    load_pack(moment_of(NOON))
    with open_session() as session:
        for post in session.exec(select(Post).where(Post.campaign_id != 1)):
            post.tag = f"二{post.tag}"  # who shares a channel reads what comes to it
    unit = holder(post_of(OWN), NOON)
    form = "/c/jc/i/W1/register"
    Client(unit).post(form, {"state": "started", "note": ""}, at=form)
    until, moment = MONDAY + timedelta(days=2), moment_of(NOON)
    silence = add_silence("jc", "W1", author="创建办", reason="核对", until=until, moment=moment)
    with open_session() as session:
        raised(session, 1)
        laid_visit(session, 1, OWN)
    rehearsed = Rehearsal("jc", "jc", "方案", MONDAY, MONDAY, "谁也不办", assumed=True)
    keep_for_window(Result(rehearsed), NOON)
    handed = handed_over(moment)
    with open_session(read_only=True) as session:
        message = session.exec(
            select(func.max(Notice.message_id)).where(Notice.post_id == unit.number)
        ).one()
        entry = session.exec(
            select(func.max(AuditEntry.id)).where(AuditEntry.what == "progress")
        ).one()
    return {
        "{slug}": "jc",
        "/f/{code}": "/f/F1",
        "/visits/{code}": "/visits/V1.1",
        "{step}": "promise",
        "{which}": "page",
        "{code}": "W1",
        "{unit:int}": str(unit.unit_id),
        "/m/{number}": f"/m/{message}",
        "{entry}": str(entry),
        "{entry:int}": str(handed),
        "/silences/{number:int}": f"/silences/{silence}",
        "{number:int}": str(ask_by_hand("jc", 1, "创建办", moment)[0]),
        "{ordinal:int}": "1",
        "{stage:int}/{rule}": "1/ledgers-out",
    }


def handed_over(moment):
    """Hand over what a unit that is gone left open; return the entry that says so."""
    with open_session() as session:
        others = session.exec(
            select(Unit).where(Unit.campaign_id == 1, col(Unit.name).not_in([OWN, OTHER]))
        )
        gone = min(others, key=lambda unit: unit.name)  # one that has no part in W1
        gone.retired, name = True, gone.name
    hand_over("jc", name, OTHER, "创建办", "机构改革", moment)
    with open_session(read_only=True) as session:
        query = select(func.max(AuditEntry.id)).where(AuditEntry.what == "succession")
        return session.exec(query).one()


def visitors():
    """One of each letter of the table, and nobody."""
    with open_session(read_only=True) as session:
        second = session.exec(select(func.max(Unit.campaign_id))).one()
    return {
        "-": None,
        "U": holder(post_of(OWN), NOON),
        "O": holder(post_of(OTHER), NOON),
        "L": holder(post_of("", Level.GROUP_HEAD), NOON),
        "P": holder(post_of("", Level.OFFICE), NOON),
        "A": account(NOON, "审计", VisitorRole.AUDITOR),
        "F": account(NOON, "甲"),
        "S": holder(post_of(OWN, campaign_id=second), NOON),
        "T": holder(post_of("", Level.GROUP_HEAD, campaign_id=second), NOON),
    }


def filled(path, world):
    """Return the path of a way with what there is."""
    for word, value in world.items():
        path = path.replace(word, value)
    return path


def let_in(way, path, visitor):
    """Say whether a visitor gets to a page, or past the question whether an act is theirs."""
    client = Client(visitor)
    if way.method == "GET":
        answer = client.get(path)
    else:
        typed = {"answer": "approve", "reason": "核对", "post": "组长", "by": "组长"}
        answer = client.send(path, {"_csrf": new_mark(visitor.csrf if visitor else "x"), **typed})
    to_login = answer.headers.get("location", "").startswith("/in")
    assert answer.status_code < 500, (way.path, answer.text)
    return answer.status_code not in (401, 403, 404) and not to_login


def test_every_way_lets_in_whom_the_table_says_and_nobody_else(world):
    wrong, everybody = [], visitors()
    for way in every_way():
        if way.right is Right.PUBLIC:
            continue
        [opens, acts] = next(
            (row[1:] for row in TABLE if re.fullmatch(row[0].replace("{", r"\{"), way.path)),
            ("no line of the table", ""),
        )
        may = opens if way.method == "GET" else acts
        path = filled(way.path, world)
        assert "{" not in path, path
        wrong += [
            f"{way.method} {way.path}: {letter}"
            for letter, visitor in everybody.items()
            if (way.method == "GET" or letter not in may)
            and let_in(way, path, visitor) is not (letter in may)
        ]
    assert not wrong, "\n".join(wrong)


def test_an_act_that_is_another_s_changes_nothing(world):
    everybody, written = visitors(), {"audit_entry", "database_state"}
    before = {name: rows for name, rows in everything().items() if name not in written}
    for way in every_way():
        if way.method == "POST" and way.right is not Right.PUBLIC:
            for visitor in (everybody[letter] for letter in "-OAST"):
                let_in(way, filled(way.path, world), visitor)
    after = {name: rows for name, rows in everything().items() if name in before}

    assert {name for name in before if before[name] != after[name]} == set()


@pytest.mark.parametrize("letter", ["U", "O"])
def test_a_unit_reads_no_other_unit_s_part_by_any_address(world, letter):
    everybody = visitors()
    visitor = everybody[letter]
    other = everybody["O" if letter == "U" else "U"].unit_id
    client = Client(visitor)

    assert client.get(f"/c/jc/u/{other}").status_code == 403
    assert client.get("/c/jc/u/0").status_code == 403  # the office's own
    assert client.get(f"/c/jc/i/W1?unit={other}").status_code == 403
    assert client.get(f"/c/jc/i/W1/register?unit={other}").status_code in (403, 404)
    odd = f"/c/jc/i/W1%EF%BC%8F{OTHER}"  # a slash of full width
    assert client.get(odd).status_code == 404
    addresses = [
        re.findall(r"/cal/[^\"]+", client.get(f"/c/jc/feeds{q}").text)
        for q in ("", f"?unit={other}")
    ]
    assert addresses[0] == addresses[1] != []


def test_what_another_campaign_is_called_is_told_to_no_post(world):
    everybody = visitors()
    for letter in "ULP":
        client = Client(everybody[letter])
        there, nowhere = client.get("/c/second"), client.get("/c/no-such-campaign")
        assert there.status_code == nowhere.status_code == 403
        assert words_in(there) == words_in(nowhere)
        assert "/c/second" not in client.get("/").text + client.get("/me").text
    said = Client(everybody["F"]).get("/c/no-such-campaign")
    assert said.status_code == 404
    assert "shifan" not in said.text and "/c/second" not in said.text


def test_a_link_of_one_campaign_is_none_of_another(world):
    everybody = visitors()
    for letter in "ST":
        client = Client(everybody[letter])
        assert client.get(filled("/m/{number}", world)).status_code == 403
        assert client.get(filled("/d/{number:int}", world)).status_code == 403
        assert client.get(filled("/r/{entry}", world)).status_code == 403
        assert client.get(f"/c/c{everybody['U'].campaign_id}").status_code == 403


def test_a_post_s_cookie_with_another_post_s_number_is_no_cookie(world):
    unit = visitors()["U"]
    forged = replace(unit, generation=unit.generation + 1)

    assert Client(forged).get("/").status_code == 303


def test_a_robot_that_opens_every_link_changes_nothing(world):
    """Whoever it is let in as: only what is written down of those who were refused is there afterwards."""
    everybody, written = visitors(), {"audit_entry", "database_state"}
    before = everything()
    for visitor in everybody.values():
        client = Client(visitor)
        for way in every_way():
            if way.method == "GET" and way.right is not Right.PUBLIC:
                client.get(filled(way.path, world))
    after = everything()
    new = set(after["audit_entry"]) - set(before["audit_entry"])

    assert {name for name in before if before[name] != after[name]} <= written
    assert new and all("door-refused" in map(str, row) for row in new)
