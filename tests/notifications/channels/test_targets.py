"""Of an office's thousands of recipients only those are made out who are asked about, by the numbers they always had."""

import pytest

from notifications.saying import masks
from tests.conftest import REAL_COST_OF_A_NAME
from tests.support.fingerprints import fingerprints_made

KEY = "693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"
MANY = 300
# (address, the number that databases hold, what the limit is counted by)
NUMBERED = [
    (f"wecomrobot://{KEY}", "63e7cc605ead660026995330", "cc3f51806b53e7f35f33fcff"),
    (
        f"wecomrobot://{KEY}?base=https://robots.example&mobiles=13900000001",
        "0c4d08701828c15552a97328",
        "f2ddb1e3b3436803cad16624",
    ),
    (
        "dingrobot://token12345678?secret=SECabcdefgh12345",
        "158929a95784b26e7f61fcb1",
        "7d98e702019eaafd77fa31e7",
    ),
    ("feishurobot://hook-12345678", "c601f1029422fa265bb53985", "be2f2956b1847ed35d7f024a"),
    ("wecomapp://wwcorp:geheimgeheim0123@1000002/zhangsan", "30c88b2ad6ba6aaba7dfa9d6", ""),
    (
        "mailtos://126.com?smtp=smtp.126.com&mode=ssl&user=office&pass=x&from=office@126.com"
        "&to=head@126.com",
        "b50d6fa5c315cbfe768f22fa",
        "",
    ),
    ("jsons://gate.example/in", "e4a6cec5614e57096913b067", ""),
]


@pytest.fixture
def real_cost(monkeypatch):
    monkeypatch.setattr(masks, "COST", REAL_COST_OF_A_NAME)
    masks.fingerprint.cache_clear()
    yield
    masks.fingerprint.cache_clear()


@pytest.mark.parametrize(("address", "id", "bucket"), NUMBERED)
def test_a_target_keeps_the_number_that_databases_know_it_by(
    load, real_cost, address, id, bucket, tmp_path
):
    channels = load(f"urls:\n  - {address}:\n      tag: 甲\n# {tmp_path}\n")
    [target] = channels.targets("甲")

    assert (target.id, channels.bucket(target)) == (id, bucket)
    assert channels.narrowest_tags() == {id: "甲"}


def many(*more: str) -> str:
    entries = [f"  - wecomrobot://key-{n:04d}-0000: {{tag: 单位{n}}}\n" for n in range(MANY)]
    return "urls:\n" + "".join([*entries, *more])


def test_who_is_not_asked_about_costs_nothing(load, monkeypatch):
    with fingerprints_made(monkeypatch) as made:
        channels = load(many())
        assert (channels.count, len(channels.tags)) == (MANY, MANY)
        assert channels.has("单位7")
        assert not channels.has("别处")
        assert channels.shared_with("单位7") == set()
        assert channels.postman("单位7", "") is None
        assert made == []

        [target] = channels.own("单位7")
        assert not channels.is_personal("单位7", target)
        assert channels.target(target.id) == target
        assert len(made) == 1
        assert channels.bucket(target)
        assert len(made) == 2


def test_a_target_is_looked_for_near_its_tag_first_and_then_among_all(load, monkeypatch):
    spare = "  - wecomrobot://key-9999-0000: {tag: 单位7-备用}\n"
    [known], [spared] = (load(many(spare)).targets(tag) for tag in ("单位7", "单位7-备用"))
    with fingerprints_made(monkeypatch) as made:
        channels = load(many(spare, "# 再读一次\n"))
        assert channels.target(known.id, "单位7") == known
        assert channels.target(spared.id, "单位7") == spared
        assert len(made) == 2
        assert channels.target("0" * 24, "单位7") is None
        assert len(made) == MANY + 1
        assert channels.target(known.id, "单位8") == known  # its tag was another before
        assert channels.target("1" * 24, "别处") is None
        assert len(made) == MANY + 1


def test_of_several_tags_the_one_that_reaches_fewest_leads_to_a_target(load):
    channels = load(
        "tag: 全体\nurls:\n  - wecomrobot://key-0001: {tag: 甲}\n  - wecomrobot://key-0002: {tag: 乙}\n"
        "  - wecomrobot://key-0003\n"
    )
    one, other, third = channels.targets("全体")

    assert channels.narrowest_tags() == {one.id: "甲", other.id: "乙", third.id: "全体"}
