"""Which demands a piece could serve, too: by the words that few demands have."""

import pytest

from models.rules.evidence.serving import Described, could_serve

DEMANDS = {
    "1.1#1": "全面落实权责清单制度，权责清单及时公开并动态调整",
    "1.2#1": "行政规范性文件合法性审核率达到100%",
    "2.1#1": "重大行政决策事项目录向社会公布",
    "2.1#2": "重大行政决策经公众参与、专家论证、风险评估、合法性审查和集体讨论决定",
    "3.1#1": "行政执法人员持证上岗，未取得执法证件的不得从事执法活动",
    "3.2#1": "国家工作人员每年参加法治培训不少于40学时",
    "3.2#2": "政府常务会议学法每年不少于2次",
    "4.1#1": "组织旁听庭审活动，每年不少于1次",
    "5.1#1": "法治政府建设年度报告按时向社会公开",
}


def served(*texts: str, used: tuple[str, ...] = (), lacking=frozenset(DEMANDS)) -> list[str]:
    return [one.demand for one in could_serve([Described(1, texts, used)], DEMANDS, lacking)]


# What was said of a piece, and what it could serve.
@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("2025年法治政府建设年度报告", ["5.1#1"]),
        ("关于公布重大行政决策事项目录的通知", ["2.1#1"]),
        ("重大行政决策合法性审查意见书", ["2.1#2"]),
        ("全区法治培训班签到表，国家工作人员法治培训", ["3.2#1"]),
        ("市政府常务会议学法安排", ["3.2#2"]),
        ("旁听庭审现场照片", ["4.1#1"]),
        ("行政执法证件发放台账", ["3.1#1"]),
        ("会议照片", []),  # a word that every piece has
        ("通知", []),
        ("每年不少于2次", []),  # words of no meaning of their own
        ("", []),
    ],
)
def test_the_words_that_few_demands_have_tell_what_a_piece_could_serve(text, demands):
    assert served(text) == demands


def test_what_lacks_nothing_and_what_it_serves_already_is_left_out():
    text = "2025年法治政府建设年度报告"

    assert served(text, lacking=frozenset({"1.1#1"})) == []
    assert served(text, used=("5.1#1",)) == []


def test_what_is_the_same_is_told_weightiest_first():
    [one] = could_serve([Described(7, ["重大行政决策合法性审查意见书"])], DEMANDS, {"2.1#2"})

    assert (one.number, one.words) == (7, ["重大行政决策", "合法性审查"])
    assert 0.45 <= one.share <= 1


def test_the_nearest_come_first_and_no_more_than_five():
    many = {f"1#{n}": f"行政复议决定履行情况{'甲乙丙丁戊己庚'[n]}" for n in range(7)}
    found = could_serve([Described(1, ["行政复议决定履行情况甲"])], many, many)

    assert len(found) == 5
    assert found[0].demand == "1#0"
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
