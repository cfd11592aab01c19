"""A personal link goes to its post's own channel, at the moment it is sent, and is kept nowhere."""

import json
import re
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.campaign.campaign import Campaign
from models.campaign.work import Assignment
from models.database import open_session
from models.notices.channel_health import ChannelHealth
from models.notices.notice import Delivery, Message
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tasks.window.links import holder_of_link
from tasks.window.visitors import Visitor
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.alerts import at, only
from tests.support.deciding import asked
from tests.support.packs import load_pack
from tests.support.windows import Client, is_page

MONDAY, TUESDAY = date(2025, 7, 21), date(2025, 7, 22)
UI = "http://10.1.2.3:4200"
IN = re.compile(rf"{UI}/in/([\w.-]+)(/[\w./?=-]*)")
APP = "wecomapp://corp:secret@1000002"
ROOM = 140


class Office:
    """Each tag on a channel of its kind, at a fake provider; what each read, by its key."""

    def __init__(self, folder, patch, provider):
        self.folder, self.patch, self.provider = folder, patch, provider
        self.base = f"base={provider.base}"
        patch.setenv("SHIFAN_PUBLIC_URL", UI)
        (folder / "sms.yaml").write_text(
            f"url: {provider.base}/sms\n"
            'body: \'{"phone": {{ phone | tojson }}, "text": {{ text | tojson }}}\'\n'
            "success: {field: code, equals: ['0']}\n"
        )
        (folder / "sms.yaml").chmod(0o600)

    def channels(self, *entries: tuple[str, str]) -> None:
        path = self.folder / "channels.yaml"
        urls = [{url: {"tag": tag}} for url, tag in entries]
        path.write_text(json.dumps({"urls": urls}, ensure_ascii=False))
        path.chmod(0o600)
        self.patch.setenv("SHIFAN_CHANNELS", str(path))

    def app(self, user: str) -> str:
        return f"{APP}/{user}?{self.base}"

    def said(self, key: str) -> list[str]:
        return [taken.text for taken in self.provider.accepted if taken.key == key]


@pytest.fixture
def office(campaign, tmp_path, monkeypatch, provider):
    return Office(tmp_path, monkeypatch, provider)


def send(day: date, minutes: int = 1, slugs=("jc",)) -> None:
    for slug in slugs:
        patrol_campaign(slug, moment_of(at(day), day))
    deliver(lambda: at(day, 9) + timedelta(minutes=minutes))


def who(token: str, day: date = MONDAY) -> Visitor:
    found = holder_of_link(token, at(day, 17))
    assert isinstance(found, Visitor), found
    return found


def kept_anywhere(word: str) -> bool:
    """Say whether a word stands in anything that is kept of messages."""
    with open_session(read_only=True) as session:
        rows = [
            row.model_dump_json()
            for table in (Message, Delivery, ChannelHealth)
            for row in session.exec(select(table))
        ]
    return any(word in row for row in rows)


@ON_BOTH
def test_every_link_to_the_window_lets_in_the_post_and_is_kept_nowhere(office):
    only("W1", TUESDAY)
    office.channels((office.app("sifaju"), "市司法局"))
    send(MONDAY)

    [text] = office.said("sifaju")
    found = IN.findall(text)
    assert len(found) >= 4
    assert text.count(UI) == len(found)
    [token] = {token for token, _ in found}
    with open_session(read_only=True) as session:
        number = session.exec(select(Message.id).where(Message.tag == "市司法局")).one()
    assert {f"/m/{number}", "/c/jc"} <= {path for _, path in found}
    assert any(path.startswith("/c/jc/i/W1") for _, path in found)
    visitor = who(token)
    assert (visitor.tag, visitor.level) == ("市司法局", Level.LIAISON)
    assert not kept_anywhere(token)
    assert not kept_anywhere("/in/")


def test_a_group_s_robot_a_shared_channel_and_an_unknown_one_get_bare_links(office):
    only("W1", TUESDAY)
    office.channels(
        (f"wecomrobot://GROUP-1?{office.base}", "市司法局"),
        (office.app("shared"), "市委宣传部"),
        (office.app("shared"), "市政府办公室"),
        (f"{APP}/%2B7?{office.base}", "创建办"),
    )
    with open_session() as session:
        tags = {"市司法局", "市委宣传部", "创建办"}
        for post in session.exec(select(Post)):
            post.tag = post.tag if post.tag in tags else f"没有通道 {post.id}"
    send(MONDAY)

    texts = [taken.text for taken in office.provider.accepted]
    assert texts
    assert all(f"{UI}/m/" in text or f"{UI}/c/jc" in text for text in texts)
    assert not any("/in/" in text for text in texts)


def test_a_repeat_has_a_token_of_its_own_and_an_earlier_one_still_counts(office):
    only("W1", TUESDAY)
    office.channels((office.app("sifaju"), "市司法局"))
    office.provider.behave("drop-after", "accept", key="sifaju")
    send(MONDAY)
    send(MONDAY, 8)

    first, second = (IN.search(text)[1] for text in office.said("sifaju"))
    assert "【重发】" in office.said("sifaju")[1]
    assert first != second
    assert who(first).number == who(second).number


@pytest.mark.parametrize("behaviour", ["quote", "quote-code", "quote-error"])
def test_what_a_provider_quotes_is_kept_without_the_token(office, behaviour):
    only("W1", TUESDAY)
    office.channels((office.app("sifaju"), "市司法局"))
    office.provider.behave(behaviour, key="sifaju")
    send(MONDAY)

    sent = " ".join(seen.body.decode() for seen in office.provider.seen)
    tokens = set(re.findall(r"/in/([\w.-]+)/", sent))
    assert tokens
    for token in tokens:
        assert not any(kept_anywhere(token[i : i + 8]) for i in range(len(token) - 7))


def test_a_text_message_has_words_and_the_whole_personal_link_in_its_room(office):
    only("W1", TUESDAY)
    office.channels(("smsgw://13812345678?gateway=sms.yaml", "市司法局"))
    send(MONDAY)

    [text] = [json.loads(t)["text"] for t in office.said("13812345678")]
    [(token, path)] = IN.findall(text)
    assert len(text) <= ROOM
    assert text.endswith(f"/in/{token}{path}")
    assert path.startswith("/m/")
    assert text.startswith("1 项提醒：")
    assert who(token).tag == "市司法局"


def test_a_code_comes_whole_and_never_in_one_message_with_what_lets_its_reader_in(office):
    """Whoever sees one message alone, forwarded or on a locked phone, has not all it takes to decide."""
    office.channels(
        (office.app("zuzhang"), "组长"), ("smsgw://13812345678?gateway=sms.yaml", "组长")
    )
    number = asked("jc")
    deliver(lambda: at(MONDAY, 12, 30))

    letters = [t for t in (*office.said("zuzhang"), *office.said("13812345678")) if "验证码：" in t]
    assert len(letters) == 2
    for text in letters:
        assert f"{UI}/d/{number}" in text
        assert "/in/" not in text
        assert re.search(r"验证码：[3-9A-Z]{6}", text)
    assert len(json.loads(letters[1])["text"]) <= ROOM
    alerts = [t for t in (*office.said("zuzhang"), *office.said("13812345678")) if t not in letters]
    assert alerts
    for text in alerts:
        token = re.search(rf"{UI}/in/([\w.-]+)/d/{number}\b", text)[1]
        assert who(token).level == Level.GROUP_HEAD


def test_each_campaign_s_links_hold_the_token_of_its_own_post(office):
    load_pack(moment_of(NOW, TODAY))
    office.channels((office.app("sifaju"), "市司法局"))
    send(MONDAY, slugs=("jc", "second"))

    [text] = office.said("sifaju")
    by_campaign = {}
    for token, path in IN.findall(text):
        if found := re.match(r"/c/(jc|second)\b", path):
            by_campaign.setdefault(found[1], set()).add(who(token).campaign_id)
    with open_session(read_only=True) as session:
        ids = dict(session.exec(select(Campaign.slug, Campaign.id)).all())
    assert by_campaign == {"jc": {ids["jc"]}, "second": {ids["second"]}}


def test_a_tag_that_moved_to_another_channel_s_post_gives_no_link_of_the_first(office):
    only("W1", TUESDAY)
    office.channels((office.app("sifaju"), "市司法局"))
    patrol_campaign("jc", moment_of(at(MONDAY), MONDAY))
    office.provider.behave({"errcode": -1, "errmsg": "busy"}, "accept", key="sifaju")
    deliver(lambda: at(MONDAY, 9, 1))
    with open_session() as session:
        for post in session.exec(select(Post).where(col(Post.tag) == "市司法局")):
            post.tag = "别处"
    deliver(lambda: at(MONDAY, 9, 10))

    [text] = office.said("sifaju")
    assert f"{UI}/m/" in text
    assert "/in/" not in text


@pytest.mark.parametrize("tag", ["市司法局", "市司法局-负责人", "创建办", "组长"])
def test_every_link_of_a_message_opens_a_page_for_whoever_got_it(office, clock_at, tag):
    office.channels((office.app("reader"), tag))
    number = asked("jc")
    with open_session() as session:
        for part in session.exec(select(Assignment)):
            part.due = MONDAY - timedelta(days=14)
    send(MONDAY)
    deliver(lambda: at(MONDAY, 12, 30))
    clock_at(at(MONDAY, 17))

    found = {match for text in office.said("reader") for match in IN.findall(text)}
    assert any(path.startswith("/m/") for _, path in found)
    assert any(path == f"/d/{number}" for _, path in found) == (tag == "组长")
    for token, path in found:
        client = Client()
        is_page(client.get(f"/in/{token}{path}"))
        assert is_page(client.get(path)).status_code == 200, path
