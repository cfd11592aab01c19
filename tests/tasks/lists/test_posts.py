"""The list of posts goes out and comes back."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.campaign.work import Assignment
from models.database import open_session
from models.errors import PlanError
from models.loading.posts import listed_posts
from models.notices.notice import Notice
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.campaign.succession import hand_over
from tasks.lists.posts import export_posts, load_posts
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.phones import open_phones
from tests.support.sheets import made, place, row_number

pytestmark = pytest.mark.usefixtures("one_database")


def load(path):
    return load_posts(None, path, moment=moment_of(NOW, TODAY))


def posts_of(unit: str, campaign_id: int) -> list[tuple[str, str, bool]]:
    with open_session() as session:
        posts = listed_posts(session, campaign_id)
    return [(p.title, p.tag, p.vacant) for p in posts if p.unit == unit]


@pytest.fixture(autouse=True)
def sent_out(campaign, sheet):
    export_posts(None, sheet)


def test_an_untouched_list_changes_nothing(sheet, audited):
    assert load(sheet).changes == 0
    assert audited("posts-loaded") == []


def test_a_leader_whose_channel_moves_hears_of_it_on_the_old_one(
    back, tmp_path, monkeypatch, audited
):
    """Else whoever changes the list has the leader's codes sent to a channel of his own."""
    path = back(
        lambda book: place(book["联系人"], "渠道标签", 层级="组长").__setattr__("value", "小李")
    )
    with open_phones(tmp_path, monkeypatch, ("组长", "小李", "分管领导")) as phones:
        load(path)
        load(path)
        phones.send(TODAY)

        [said] = phones.said("组长", "接收通道变更")
        assert "组长的渠道标签由“组长”改为“小李”" in said
        [entry] = audited("posts-loaded")
        assert f"记录第 {entry.id} 条" in said
        assert [phones.said(tag, "接收通道变更") for tag in ("小李", "分管领导")] == [[], []]


def test_a_leader_who_is_called_vacant_hears_of_it(back, tmp_path, monkeypatch):
    path = back(lambda book: place(book["联系人"], "空缺", 层级="组长").__setattr__("value", "是"))
    with open_phones(tmp_path, monkeypatch) as phones:
        load(path)
        phones.send(TODAY)

        assert "组长被标为空缺" in phones.said("组长", "接收通道变更")[0]


@ON_BOTH
def test_a_unit_that_has_people_again_gets_its_items_back_with_the_plan(sheet, back, audited):
    def parts():
        with open_session(read_only=True) as session:
            found = select(Assignment.work_item_id, Assignment.role).join(Unit)
            query = found.where(Unit.name == "市司法局", ~Assignment.withdrawn)
            return set(session.exec(query))

    def seats(vacant):
        def change(book):
            for level in ("联络员", "单位负责人"):
                place(book["联系人"], "空缺", 单位="市司法局", 层级=level).value = vacant

        return change

    def plan():
        pack = read_plan(find_plan("jinchang-2025"))
        load_plan(pack, slug="jc", start=None, moment=moment_of(NOW, TODAY))

    before = parts()
    load(back(seats("是")))
    hand_over(None, "市司法局", "市委编办", "创建办", "岗位空缺", moment_of(NOW, TODAY))
    assert parts() == set()

    loaded, again = load(sheet), load(sheet)

    [note] = [one for one in loaded.notes if "又有人" in one]
    assert note.startswith("市司法局（此前由市委编办接手）") and "shifan plan load" in note
    assert (again.changes, [one for one in again.notes if "又有人" in one]) == (0, [])
    assert json.loads(audited("posts-loaded")[-1].facts)["resumed"]
    plan()
    assert parts() == before


@ON_BOTH
def test_posts_are_added_changed_and_removed(back, campaign_id, audited):
    def change(book):
        page = book["联系人"]
        place(page, "渠道标签", 单位="市教育局", 层级="联络员").value = "教育口"
        place(page, "空缺", 单位="市民政局", 层级="单位负责人").value = "是"
        place(page, "职务", 单位="市财政局", 层级="单位负责人").value = "副局长"
        page.delete_rows(row_number(page, 单位="市人社局", 层级="单位负责人"))
        page.append(["市司法局", "联络员", "联络员（二）", None, None])

    path = back(change)
    loaded, again = load(path), load(path)

    assert "（新增 1 个岗位，删除 1 个，" in loaded.line
    assert (loaded.changes, again.changes) == (5, 0)
    assert ("联络员", "教育口", False) in posts_of("市教育局", campaign_id)
    assert ("单位负责人", "市民政局-负责人", True) in posts_of("市民政局", campaign_id)
    assert ("副局长", "市财政局-负责人", False) in posts_of("市财政局", campaign_id)
    assert posts_of("市人社局", campaign_id) == [("联络员", "市人社局", False)]
    assert ("联络员（二）", "市司法局", False) in posts_of("市司法局", campaign_id)
    assert len(audited("posts-loaded")) == 1


def test_an_empty_tag_means_the_default(tmp_path, campaign_id):
    rows = [["单位", "层级", "职务", "渠道标签", "空缺"]]
    rows += [
        ["", "组长", "市长", "", ""],
        ["市司法局", "联络员", "", "", ""],
        ["市司法局", "单位负责人", "", "", ""],
    ]
    load(made(tmp_path / "a.xlsx", 联系人=rows))

    assert ("市长", "组长", False) in posts_of("", campaign_id)
    assert posts_of("市司法局", campaign_id) == [
        ("联络员", "市司法局", False),
        ("单位负责人", "市司法局-负责人", False),
    ]
    assert posts_of("市教育局", campaign_id)  # not spoken of, so they stay


@ON_BOTH
def test_a_post_that_was_told_something_is_vacated_not_deleted(back, campaign_id):
    with open_session() as session:
        post = session.exec(
            select(Post).join(Unit).where(Unit.name == "市教育局", Post.level == 1)
        ).one()
        at = datetime(2025, 7, 1, tzinfo=UTC)
        session.add(
            Notice(
                campaign_id=campaign_id,
                subject_kind="milestone",
                subject_id=1,
                rule="overdue_1",
                level=1,
                occurrence="2025-07-01",
                post_id=post.id,
                day=TODAY,
                created_at=at,
                hold_until=at,
            )
        )

    def remove(book):
        page = book["联系人"]
        page.delete_rows(row_number(page, 单位="市教育局", 层级="联络员"))

    path = back(remove)
    loaded = load(path)

    assert loaded.line.endswith("删除 0 个，标为空缺 1 个）")
    assert load(path).changes == 0
    assert ("联络员", "市教育局", True) in posts_of("市教育局", campaign_id)


def test_every_fault_is_told_with_its_place(tmp_path):
    rows = [
        ["单位", "层级", "职务", "渠道标签", "空缺"],
        ["市司发局", "联络员", "", "", ""],
        ["市司法局", "局长", "", "", ""],
        ["", "联络员", "", "", ""],
        ["市司法局", "组长", "", "", ""],
        ["市教育局", "联络员", "", "甲，乙", "不知道"],
        ["市民政局", "联络员", "", "", ""],
        ["市民政局", "联络员", "", "", ""],
    ]

    with pytest.raises(PlanError) as caught:
        load(made(tmp_path / "a.xlsx", 联系人=rows))

    places = [fault.split("：")[0] for fault in caught.value.faults]
    assert places == [
        "表“联系人”第 2 行“单位”列",
        "表“联系人”第 3 行“层级”列",
        "表“联系人”第 4 行“单位”列",
        "表“联系人”第 5 行“单位”列",
        "表“联系人”第 6 行“空缺”列",
        "表“联系人”第 6 行“渠道标签”列",
        "表“联系人”第 8 行“职务”列",
    ]
    assert "只能是 联络员、单位负责人、创建办、分管领导、组长" in caught.value.faults[1]


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("王甲乙", "市长"),
        ("局长王甲乙", "局长"),
        ("王甲乙 法制科科长", "法制科科长"),
        ("局长 13800000000", "局长"),
    ],
)
def test_a_person_in_the_list_is_refused_with_what_to_write(back, campaign_id, typed, instead):
    def change(book):
        place(book["联系人"], "职务", 单位="市教育局", 层级="联络员").value = typed

    before = posts_of("市教育局", campaign_id)
    with pytest.raises(PlanError) as caught:
        load(back(change))

    [fault] = caught.value.faults
    assert fault.endswith(f"“职务”列：“{typed}”里像是有姓名或电话，请只写职务，如“{instead}”")
    assert posts_of("市教育局", campaign_id) == before
