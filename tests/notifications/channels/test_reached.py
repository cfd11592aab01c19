"""Whom a channel really reaches: a code goes only where nobody but its leader reads it."""

import pytest

from notifications.channels.channels import load_channels

BASE = "base=https://robots.example"
MAIL = "mailtos://126.com?smtp=smtp.126.com&mode=ssl&user=office&pass=x&from=office@126.com"


@pytest.fixture
def channels(tmp_path):
    def load(*entries: tuple[str, str]):
        lines = "".join(f"  - {url}:\n      tag: {tag}\n" for url, tag in entries)
        path = tmp_path / "channels.yaml"
        path.write_text(f"urls:\n{lines}", encoding="utf-8")
        path.chmod(0o600)
        loaded = load_channels(path)
        assert loaded.faults == []
        return loaded

    return load


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (f"wecomrobot://KEY-1?{BASE}", f"wecomrobot://KEY-1?{BASE}"),
        (f"wecomrobot://KEY-1?{BASE}&mobiles=13900000001", f"wecomrobot://KEY-1?{BASE}"),
        ("wecomrobot://KEY-1?base=https://ROBOTS.example:443", f"wecomrobot://KEY-1?{BASE}"),
        ("wecomrobot://KEY-1?base=https://robots.example.", f"wecomrobot://KEY-1?{BASE}"),
        ("wecomrobot://KEY-1", f"wecomrobot://key-1?{BASE}"),
        (f"{MAIL}&to=head@126.com", f"{MAIL}&to=head@126.com"),
        (f"{MAIL}&to=Head@126.COM", f"{MAIL}&to=head@126.com"),
        (f"{MAIL}&to=head+codes@126.com", f"{MAIL}&to=head@126.com"),
        (f"{MAIL.replace('office', 'other')}&to=head@126.com", f"{MAIL}&to=head@126.com"),
        (f"{MAIL}&to=unit@126.com&cc=head@126.com", f"{MAIL}&to=head@126.com"),
        (f"{MAIL}&to=unit@126.com&bcc=head@126.com", f"{MAIL}&to=head@126.com"),
        ("jsons://gate.example:443/in", "jsons://GATE.example/in"),
        ("json://gate.example/in", "jsons://gate.example/in/"),
        ("wecomapp://corp:secret@1000002/zhangsan", "wecomapp://corp:secret@1000007/ZhangSan"),
    ],
)
@pytest.mark.parametrize("tag", ["市司法局", "市司法局-备用", "市司法局, 创建办"])
def test_what_another_tag_reaches_too_is_shared(channels, theirs, mine, tag):
    loaded = channels((theirs, tag), (mine, "组长"))
    [target] = loaded.targets("组长")[-1:]

    assert loaded.own("组长") == []
    assert "“市司法局" in loaded.why_not_own("组长", target) or "“创建办" in loaded.why_not_own(
        "组长", target
    )


@pytest.mark.parametrize(
    "mine",
    [
        f"{MAIL}&to=head@126.com&cc=secretary@126.com",
        f"{MAIL}&to=head@126.com&bcc=secretary@126.com",
        f"{MAIL}&to=head@126.com,secretary@126.com",
        f"wecomrobot://KEY-1?{BASE}&mobiles=13900000001,13900000002",
        f"wecomrobot://KEY-1?{BASE}&all=yes",
        "wecomapp://corp:secret@1000002/zhangsan/lisi",
        "wecomapp://corp:secret@1000002/%40all",
        "wecomapp://corp:secret@1000002/%2B7",
    ],
)
def test_what_several_people_read_is_shared(channels, mine):
    loaded = channels((mine, "组长"))

    assert loaded.targets("组长")
    assert loaded.own("组长") == []
    for target in loaded.targets("组长"):
        assert "几个人" in loaded.why_not_own("组长", target)


@pytest.mark.parametrize(
    ("theirs", "tag", "mine"),
    [
        (f"wecomrobot://KEY-2?{BASE}", "市司法局", f"wecomrobot://KEY-1?{BASE}"),
        (f"{MAIL}&to=heads@126.com", "市司法局", f"{MAIL}&to=head@126.com"),
        (f"{MAIL}&to=head@163.com", "市司法局", f"{MAIL}&to=head@126.com"),
        (f"{MAIL}&to=head@126.com", "组长-备用", f"{MAIL}&to=head@126.com"),  # the same leader's
        ("jsons://gate.example/other", "市司法局", "jsons://gate.example/in"),
        ("jsons://gate.example:8443/in", "市司法局", "jsons://gate.example/in"),
        ("wecomapp://corp:s@1000002/lisi", "市司法局", "wecomapp://corp:s@1000002/zhangsan"),
    ],
)
def test_what_nobody_else_reads_is_the_leaders_own(channels, theirs, tag, mine):
    loaded = channels((theirs, tag), (mine, "组长"))

    assert loaded.own("组长") == loaded.targets("组长")
    assert len(loaded.own("组长")) == 1


@pytest.mark.parametrize(
    ("mine", "alone"),
    [
        (f"{MAIL}&to=head@126.com", True),
        ("wecomapp://corp:secret@1000002/zhangsan", True),
        ("serverchan3://sctp1234tABCDEFGH", True),
        (f"wecomrobot://KEY-1?{BASE}", False),  # whoever is in the group reads it
        (f"dingrobot://KEY-1?{BASE}", False),
        (f"feishurobot://KEY-1?{BASE}", False),
        ("jsons://gate.example/in", False),  # nobody knows whom it reaches
        (f"{MAIL}&to=head@126.com&cc=secretary@126.com", False),
        ("wecomapp://corp:secret@1000002/%2B7", False),
    ],
)
def test_a_personal_link_goes_to_one_person_and_never_to_a_group(channels, mine, alone):
    loaded = channels((mine, "组长"))
    [target] = loaded.targets("组长")
    shared = channels((mine, "组长"), (mine, "市司法局"))

    assert loaded.is_personal("组长", target) == alone
    assert not shared.is_personal("组长", target)
