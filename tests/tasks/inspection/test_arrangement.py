"""The arrangement of inspection goes out as a workbook and comes back, with its faults by place."""

from datetime import date

import pytest

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.inspection.area import visited_units
from models.inspection.team import teams_under_way
from tasks.inspection.arrangement import export_arrangement, load_arrangement
from tasks.inspection.one_team import TeamSaid, set_team
from tests.conftest import ON_BOTH
from tests.support.sheets import edited, made, place
from tests.tasks.inspection.conftest import AREAS, TEAMS, moment


def load(path):
    return load_arrangement("xj", path, moment=moment())


def faults(path):
    with pytest.raises(PlanError) as caught:
        load(path)
    return "\n".join(caught.value.faults)


def teams():
    with open_session(read_only=True) as session:
        return teams_under_way(session, campaign_named(session, "xj").id)


@ON_BOTH
def test_it_goes_out_and_comes_back_and_the_second_time_changes_nothing(arranged, tmp_path):
    out = tmp_path / "出.xlsx"
    assert export_arrangement("xj", out, moment()) == (2, 6, 1)
    assert load(out).changes == 0

    def change(book):
        place(book["督导组"], "回避单位", 督导组="第二督导组").value = "东镇政府"
        place(book["单位片区"], "不督导的理由", 单位="县教育局").value = "与县公安局一并督导"
        place(book["轮次"], "结束", 轮次=1).value = date(2025, 8, 8)
        book["检查内容"].append(["关键资料必查", "看年度执法统计"])

    path = edited(out, change)
    assert "应有 2 轮，还差 1 轮" in load(path).line
    assert load(path).changes == 0
    assert [len(team.barred) for team in teams()] == [2, 2]
    with open_session(read_only=True) as session:
        names = [one.name for one in visited_units(session, campaign_named(session, "xj").id)]
    assert "县教育局" not in names


def test_faults_are_named_by_sheet_row_and_column(xian, tmp_path):
    path = made(
        tmp_path / "错.xlsx",
        督导组=[*TEAMS, ["第一督导组", "县文旅局", ""], ["第四督导组", "", ""]],
        单位片区=[*AREAS, ["东镇政府", "西", ""]],
        轮次=[
            ["轮次", "开始", "结束", "每组每天最多"],
            [1, "2025-08-10", "2025-08-01", 2],
            [2, "2025-08-05", "2025-08-20", 99],
        ],
        检查内容=[["类别", "内容"], ["必谈", "x"], ["专班人员必谈", "主要负责人当面汇报"]],
    )
    found = faults(path)
    for words in (
        "“第一督导组”写了两行",
        "没有“县文旅局”这个单位",
        "“组成单位”列：没有填写",
        "“东镇政府”与第 2 行重复",
        "结束日期 2025-08-01 早于开始日期 2025-08-10",
        "应为 1 到 10 的整数",
        "只能是 专班人员必谈、关键资料必查、固定场所必看",
        "督导不要求单位主要负责人陪同、到场或汇报",
    ):
        assert words in found, words
    assert teams() == ()


def test_a_team_of_one_body_is_asked_about(xian, tmp_path):
    loaded = load(made(tmp_path / "a.xlsx", 督导组=TEAMS))
    assert any("第二督导组只有一个组成单位" in note for note in loaded.notes)


def test_a_team_by_command_is_that_of_the_list(xian):
    said = TeamSaid("第一督导组", "县司法局、县财政局", "东", "县教育局")
    assert set_team("xj", said, "创建办", moment())
    assert not set_team("xj", said, "创建办", moment())
    assert [len(team.barred) for team in teams()] == [3]
    assert set_team("xj", TeamSaid("第一督导组", "县司法局", withdrawn=True), "创建办", moment())
    assert teams() == ()
    with pytest.raises(NotFoundError, match="没有名为 县文旅局 的单位"):
        set_team("xj", TeamSaid("第二督导组", "县文旅局"), "创建办", moment())
    with pytest.raises(CampaignError, match="--units"):
        set_team("xj", TeamSaid("第二督导组", "、"), "创建办", moment())
