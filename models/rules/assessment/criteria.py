"""What a thing is looked at by: demands that are met or not, and the sheets of a case file.

The sheets are **samples of ours**, to be replaced by the office's own (`shifan assessment tables sheets`). Their
form is that of the public ones: 《浙江省行政处罚案卷评查标准》《北京市行政处罚案卷评查标准》《测绘地理信息行政处罚
案卷评查评分细则》 and the like have base standards, any of which fails the whole file (subject, officers, facts,
evidence, law, procedure, hand-over), then form (20) and content (80) with deductions for each fault, never
below zero; 许可, 处罚 and 强制 each have a sheet of their own. The demands behind the items: 行政处罚法 (2021)
42, 44, 46, 57, 58, 62, 63; 行政许可法 32, 34, 36, 42, 44, 46; 行政强制法 18, 24, 35, 42, 44.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.rules.assessment.words import CaseKind

BASE = "基础标准"
FORM, CONTENT = "形式", "内容"
WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row of a sheet.

    Without a ``section`` it is met or not. Of the section `BASE` it is a veto. Else ``points`` are taken
    off for each fault, at most ``full`` of all criteria of its section together.
    """

    code: str
    text: str
    section: str = ""
    points: float = 0.0
    full: float = 0.0

    @property
    def is_counted(self) -> bool:
        """Say whether faults are counted of it."""
        return bool(self.section) and self.section != BASE


Sheets = Mapping[str, Sequence[Criterion]]

_VETOES: Mapping[CaseKind, tuple[str, ...]] = {
    CaseKind.LICENCE: (
        "实施许可的机关具有法定职权",
        "许可事项、条件有法律、法规、规章依据",
        "申请人符合许可条件，事实清楚",
        "适用依据正确",
        "依法应当听证、招标、考试、检验检疫的，已经进行",
        "决定由有权的人作出，在法定期限内",
    ),
    CaseKind.PENALTY: (
        "实施处罚的主体具有法定职权",
        "执法人员两人以上，具有执法资格",
        "违法事实清楚",
        "主要证据确凿，取得合法",
        "适用法律、法规、规章正确",
        "程序合法：告知、听取陈述申辩，符合听证条件的告知听证",
        "应当法制审核、集体讨论的，已经进行",
        "涉嫌犯罪的，已经移送司法机关",
    ),
    CaseKind.COERCION: (
        "实施强制的主体由法律、法规规定",
        "执法人员两人以上，具有执法资格",
        "强制的对象、种类符合法律、法规规定",
        "事实清楚，证据确凿",
        "程序合法：事前报告批准（情况紧急的按规定补办）、告知、听取陈述申辩",
        "查封、扣押不超过法定期限，到期依法处理",
    ),
}
_FORM: tuple[tuple[str, float], ...] = (
    ("一案一卷，有封面、目录、备考表", 2),
    ("材料齐全，按次序装订，页码连续", 2),
    ("文书统一规范，没有空项、错字", 1),
    ("签名、日期、印章齐全", 2),
    ("复印件注明出处，与原件核对", 1),
)
_CONTENT: Mapping[CaseKind, tuple[tuple[str, float], ...]] = {
    CaseKind.LICENCE: (
        ("受理：申请材料齐全，出具受理或者一次告知补正的凭证", 5),
        ("审查：审查意见明确，需要实地核查的有两人以上的核查记录", 8),
        ("决定：理由、依据写明，不予许可的告知救济途径和期限", 8),
        ("期限：各环节在承诺和法定期限内，延期有批准和告知", 5),
        ("送达：有送达回证，方式合法", 5),
        ("公开：许可结果在规定期限内公示", 5),
    ),
    CaseKind.PENALTY: (
        ("立案：有来源、依据和批准", 5),
        ("调查：笔录要素齐全，表明身份、告知权利，当事人逐页确认", 5),
        ("证据：来源清楚，能互相印证，勘验、抽样、登记保存手续齐全", 8),
        ("裁量：说明裁量理由，符合裁量基准", 8),
        ("告知和听证：内容完整，陈述申辩有复核意见", 5),
        ("决定：要素齐全，依据写到条、款、项，告知救济途径和期限", 8),
        ("送达和执行：有送达回证，执行、结案材料齐全", 5),
        ("记录和公示：执法过程有记录，结果按期公示", 5),
    ),
    CaseKind.COERCION: (
        ("审批：呈批材料写明事由、依据、期限", 5),
        ("实施：现场笔录、清单齐全，当事人到场或有见证", 8),
        ("告知：当场告知理由、依据和救济途径", 5),
        ("财物：妥善保管，清单与实物相符，解除及时", 8),
        ("催告和决定：申请或者代履行以前依法催告，决定要素齐全", 8),
        ("送达和执行：有送达回证，协议、中止、终结有依据", 5),
    ),
}


def default_sheets() -> Sheets:
    """Return the sample sheets of ours, by the kind's Chinese word; the office is to put its own in their place."""
    return {kind.chinese: _sheet(kind) for kind in CaseKind}


def _sheet(kind: CaseKind) -> list[Criterion]:
    rows = [(BASE, text, 0.0, 0.0) for text in _VETOES[kind]]
    rows += [(FORM, text, points, 20.0) for text, points in _FORM]
    rows += [(CONTENT, text, points, 80.0) for text, points in _CONTENT[kind]]
    letters = {BASE: "A", FORM: "B", CONTENT: "C"}
    found: list[Criterion] = []
    counts = dict.fromkeys(letters, 0)
    for section, text, points, full in rows:
        counts[section] += 1
        found.append(Criterion(f"{letters[section]}{counts[section]}", text, section, points, full))
    return found


def sheet_faults(rows: Sequence[Criterion]) -> list[str]:
    """Return what is wrong with the sheet of one kind: its sections must come to 100, each with one full mark."""
    faults = []
    fulls: dict[str, set[float]] = {}
    for one in rows:
        if one.is_counted:
            fulls.setdefault(one.section, set()).add(one.full)
    for section, found in fulls.items():
        if len(found) > 1:
            said = "、".join(f"{one:g}" for one in sorted(found))
            faults.append(f"“{section}”部分的满分写了几个不同的数：{said}，应为同一个数")
    if not any(one.section == BASE for one in rows):
        faults.append(f"没有“{BASE}”：至少要有一条")
    whole = sum(max(found) for found in fulls.values())
    if abs(whole - WHOLE) > 1e-9:
        faults.append(f"除“{BASE}”以外各部分的满分合计是 {whole:g} 分，应为 {WHOLE:g} 分")
    return faults
