"""The figures of a year that an annual report quotes: their names, measures, and how a text speaks of them."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One figure: ``words`` are what a sentence calls it by; ``always`` has it printed when it is nought."""

    key: str
    name: str
    measure: str
    words: tuple[str, ...]
    always: bool = False


# In the order in which a report has them.
YEAR_FIGURES = (
    YearFigure("done", "完成责任", "条", ("完成责任", "完成的责任"), always=True),
    YearFigure("stage", "完成工作阶段", "个", ("工作阶段", "创建阶段", "完成阶段")),
    YearFigure("handed", "收到证明材料", "份", ("收到证明材料", "报送证明材料"), always=True),
    YearFigure("accepted", "通过核查的证明材料", "份", ("通过核查",), always=True),
    YearFigure("visit", "开展督导检查", "次", ("督导检查", "开展督导", "开展督察")),
    YearFigure("finding", "整改销号问题", "个", ("整改销号", "销号问题", "整改问题")),
    YearFigure("complaint", "办结投诉建议", "件", ("投诉建议", "投诉举报")),
    YearFigure(
        "training", "开展学习培训和测试", "项", ("学习培训", "专题培训", "组织培训", "法律知识测试")
    ),
    YearFigure("submission", "收到单位报送", "份", ("单位报送", "宣传报送", "报送宣传")),
    YearFigure("duty", "完成定期报送", "次", ("定期报送",)),
    YearFigure("briefing", "印发简报", "期", ("简报",)),
    YearFigure("document", "形成方案文件", "份", ("方案文件",)),
    YearFigure("drill", "完成模拟评估", "次", ("模拟评估",)),
    YearFigure("decision", "审批工作事项", "次", ("审批",)),
    YearFigure("late", "到期未完成的责任", "条", ("到期未完成", "逾期未完成"), always=True),
)


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """What the tables say of one figure, this year and last (None: not known)."""

    name: str
    measure: str
    words: tuple[str, ...]
    value: Decimal
    last: Decimal | None = None
