"""What is asked where an office has set nothing: outlines of talks, questions of surveys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.rules.surveys.words import SurveyKind, TalkRole

# By whom it is asked: what is asked, and how many points a full answer is worth.
TALKS: Mapping[TalkRole, Sequence[tuple[str, float]]] = {
    TalkRole.LEADER: (
        ("怎样履行推进法治建设第一责任人职责，去年研究过哪些法治建设的事项", 40),
        ("本单位的重大行政决策怎样作出，合法性审查、公众参与怎样做", 30),
        ("本单位法治建设还有哪些不足，打算怎样改", 30),
    ),
    TalkRole.DEPARTMENT: (
        ("本科室承担哪几项指标，进展怎样，材料由谁核对", 40),
        ("规范性文件、合同、信息公开的审查按什么程序走", 30),
        ("工作中遇到过哪些难处，哪些需要上级协调", 30),
    ),
    TalkRole.OFFICER: (
        ("行政执法公示、全过程记录、重大执法决定法制审核怎样落实", 40),
        ("讲一件最近办的案件：主体、程序、证据、裁量", 40),
        ("参加过哪些法律培训，执法证件和装备是否齐备", 20),
    ),
    TalkRole.PEOPLE: (
        ("知道不知道本地在开展法治政府建设，从哪里知道的", 30),
        ("最近到政府部门办事是否方便，有没有多跑、多交材料", 40),
        ("对行政执法、政府信息公开、解决纠纷有什么意见", 30),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a survey: its answers, which of them count as good, and which as no opinion."""

    number: int
    text: str
    answers: tuple[str, ...]
    good: tuple[str, ...]
    aside: tuple[str, ...]
    weight: float = 1.0

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Return what is wrong with it: the column, and the words."""
        found = []
        if len(self.answers) < 2 or len(set(self.answers)) < len(self.answers):
            found.append(("答案", "至少要有两个不同的答案，用顿号隔开"))
        for column, chosen in (("算满意的", self.good), ("不计入的", self.aside)):
            if outside := [one for one in chosen if one not in self.answers]:
                found.append((column, f"“{'、'.join(outside)}”不在答案里"))
        if not self.good:
            found.append(("算满意的", "没有填写"))
        if set(self.good) & set(self.aside):
            found.append(("不计入的", "同一个答案不能既算满意又不计入"))
        if not set(self.answers) - set(self.good) - set(self.aside):
            found.append(("答案", "没有一个答案是不满意的"))
        if self.weight <= 0:
            found.append(("权重", "应大于 0"))
        return found


_SCALE = ("满意", "基本满意", "不满意", "不了解")
_SATISFIED, _UNKNOWN = _SCALE[:2], _SCALE[3:]
_YES = ("是", "否", "不清楚")

QUESTIONS: Mapping[SurveyKind, Sequence[Asked]] = {
    SurveyKind.SATISFACTION: tuple(
        Asked(n, text, _SCALE, _SATISFIED, _UNKNOWN)
        for n, text in enumerate(
            (
                "您对本地政府依法办事的总体情况是否满意",
                "您对政府部门办事的效率和便利是否满意",
                "您对行政执法的公正文明是否满意",
                "您对政府信息公开是否满意",
                "您对政府解决群众反映的问题是否满意",
            ),
            1,
        )
    ),
    SurveyKind.CALL_BACK: tuple(
        Asked(n, text, _YES, _YES[:1], _YES[2:])
        for n, text in enumerate(
            (
                "您最近办的事项，是否在承诺的时间内办结",
                "办事时，是否一次告知了全部材料",
                "工作人员是否没有提出过规定以外的要求",
            ),
            1,
        )
    ),
}
