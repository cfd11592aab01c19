"""The sentence above the last button: what each answer will do, in an office's words."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.decisions.answers import Answer, Said, Voice
from models.rules.decisions.foretold import NamedStage, Prospect, sentence_of
from models.rules.decisions.offered import offered_answers

TODAY = date(2025, 6, 20)
SECOND = NamedStage(2, "实施推进")
THIRD = NamedStage(3, "自评初审", date(2025, 9, 1))
AT = Prospect(
    today=TODAY,
    stage=SECOND,
    end=date(2025, 6, 30),
    original_end=date(2025, 6, 30),
    opening=False,
    voices=[Voice("组长")],
    speaker="组长",
    together=False,
    opens=THIRD,
    told=5,
    told_back=8,
)
BOTH = [Voice("组长"), Voice("分管领导")]


@pytest.mark.parametrize(
    ("said", "at", "sentence"),
    [
        (
            Said(Answer.APPROVE),
            AT,
            "批准后：第2阶段“实施推进”今天结束，第3阶段“自评初审”从今天启动，创建办和领导共 5 个岗位收到通知。",
        ),
        (
            Said(Answer.APPROVE),
            replace(AT, opens=None, going=True),
            "批准后：第2阶段“实施推进”今天结束，别的阶段照常进行，创建办和领导共 5 个岗位收到通知。",
        ),
        (
            Said(Answer.APPROVE),
            replace(AT, opens=None, told=0),
            "批准后：第2阶段“实施推进”今天结束，各阶段到此全部结束，没有岗位可以通知。",
        ),
        (
            Said(Answer.FORCE, "先行"),
            replace(AT, obstacles=3),
            "强制推进后：第2阶段“实施推进”今天结束，3 项没有满足的条件留在记录里、仍要补办，"
            "第3阶段“自评初审”从今天启动，创建办和领导共 5 个岗位收到通知。",
        ),
        (
            Said(Answer.RETURN, "再补"),
            replace(AT, owners=["市司法局", "市公安局", "市司法局", "市财政局", "市民政局"]),
            "退回后：第2阶段“实施推进”继续进行，理由发给市司法局、市公安局、市财政局等 4 个责任单位、"
            "创建办和领导（共 8 个岗位）；5 个工作日内不自动再提请。",
        ),
        (
            Said(Answer.POSTPONE, "等复核", date(2026, 1, 5)),
            replace(AT, end=date(2025, 7, 15)),
            "延期后：第2阶段“实施推进”继续进行，结束日由7月15日（周二）改为2026年1月5日（周一），"
            "原定的6月30日（周一）保留在记录里，定在结束日的事项一并顺延，创建办和领导共 5 个岗位收到通知。",
        ),
        (
            Said(Answer.TRANSFER, transfer_to="分管领导"),
            AT,
            "转办后：这件事改由分管领导决定，验证码另发给分管领导，手里的验证码随即作废；"
            "第2阶段“实施推进”现在不变。",
        ),
        (  # several must agree: one yes is noted
            Said(Answer.APPROVE),
            replace(AT, voices=BOTH, together=True),
            "批准记为组长的表态；还要分管领导表态后才算数，第2阶段“实施推进”现在不变。",
        ),
        (  # one no settles it
            Said(Answer.RETURN, "再补"),
            replace(AT, voices=BOTH, together=True),
            "退回后：第2阶段“实施推进”继续进行，理由发给创建办和领导（共 8 个岗位）；"
            "5 个工作日内不自动再提请。",
        ),
        (  # the last yes after a forced one is a forced one
            Said(Answer.APPROVE),
            replace(AT, voices=[Voice("组长"), Voice("分管领导", Answer.FORCE)], together=True),
            "批准后（有人强制推进，按强制推进办理）：第2阶段“实施推进”今天结束，"
            "第3阶段“自评初审”从今天启动，创建办和领导共 5 个岗位收到通知。",
        ),
        (  # whom it climbed to decides alone
            Said(Answer.APPROVE),
            replace(AT, voices=[Voice("分管领导"), Voice("组长", escalated=True)], together=True),
            "批准后：第2阶段“实施推进”今天结束，第3阶段“自评初审”从今天启动，创建办和领导共 5 个岗位收到通知。",
        ),
        (
            Said(Answer.APPROVE),
            replace(AT, stage=THIRD, opening=True),
            "批准后：第3阶段“自评初审”从今天启动，不等原计划的9月1日（周一），进行中的阶段照常，"
            "创建办和领导共 5 个岗位收到通知。",
        ),
        (
            Said(Answer.RETURN, "不急"),
            replace(AT, stage=NamedStage(3, "自评"), opening=True),
            "退回后：第3阶段“自评”不提前启动，启动的日子仍未定，创建办和领导共 5 个岗位收到通知。",
        ),
        (Said(None), AT, ""),
    ],
)
def test_what_will_happen_is_said_in_one_sentence(said, at, sentence):
    assert sentence_of(said, at) == sentence


def test_what_cannot_be_chosen_says_why_and_each_answer_what_it_needs():
    offered = offered_answers(["培训"], ["分管领导"], opening=False, lent=True)

    assert [one.answer for one in offered] == list(Answer)
    assert [one.closed for one in offered] == ["推进条件还差 1 项，现在不能批准", "", "", "", ""]
    assert "必须写理由" in offered[1].needs
    opening = offered_answers([], ["分管领导"], opening=True, lent=False)
    assert [(one.answer, one.closed) for one in opening] == [
        (Answer.APPROVE, ""),
        (Answer.RETURN, ""),
    ]
