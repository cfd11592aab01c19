"""Whether a line of a text goes on with the line before it: a choice, by what stands on both sides of the seam."""

import re
from dataclasses import dataclass
from functools import cached_property

from models.plan.reading.outline.markers import read_marker
from models.plan.reading.text.choice import Choice, Row, choose, evidence
from models.plan.reading.text.patterns import pattern

NEW, REST = (
    "另起一段",
    "上一行的接续",
)  # the two readings of a line; of two that are as good the first is taken
CLOSE = 1.0  # a choice whose margin is below it is shown to a person
SHORT = 36  # a line of a heading, a title, a signature is not longer
FULL, NEARLY_FULL = 0.85, 0.75  # of the width at which the page wraps its lines
IN_REACH = 400  # characters in which a bracket that is open still counts
OPENING, CLOSING = "（(《【〔〖[", "）)》】〕〗]"
_BRACKETS = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
OPENS = 28  # what a line that opens a paragraph weighs: more than all else without an open bracket
NEAR = 16  # characters at the end of a paragraph where a label may stand

# 责任单位： at the head of a line; within an open bracket it only goes on.
ROLE_LABEL = (
    r"(?:具体|第一|主要|共同)?(?:{角色}|{时限}|主体|完成|整改|工作|联系)(?:责任)?"
    r"(?:{单位}|{领导}|{时限}|{其他栏}|人)?[：]"
)
DATED = r"{N}[.、](?:{某月}|{某年})"  # …and so does 2.12月底前完成。）
POSTS = r"(?:组|副组|政|副政)长[：]|(?:成员|其他成员|联络员|(?:{常务}?副?)?{首长})(?:[：]|（)"
# A line that begins like this, or with a number, begins a paragraph. Examples beside.
OPENERS = (
    r"[^，。；：（）\d]{2,10}阶段（(?:时间：)?(?:{某时}|即日|自|从)",  # 总结阶段（12月）
    r"附件(?:：|$|{N})|附[：表]",  # 附件：
    r"尾?注{N}：",  # 注1：各县区，指……
    r"[-—●•*]{1,2}(?={项号}|（|附件)|[—]{2,}|{记号}",  # ——
    POSTS,
    r"(?:主要职责|工作职责|职责|职责任务)[：]",
    ROLE_LABEL,
    r"（{角色}[^（）]{0,8}[：]",
    r"【{角色}",
)
_OPENER = "|".join(f"(?:{each})" for each in OPENERS)


def opens_paragraph(text: str) -> bool:
    """Say whether a line (without white space) begins like a numbered item, a role, an attachment."""
    return read_marker(text) is not None or pattern(_OPENER).match(text) is not None


@dataclass(frozen=True)
class Seam:
    """Where one line ends and the next begins, all without white space.

    ``before`` is the paragraph so far, ``last`` its last line, ``text`` the line that is asked about and
    ``below`` the one under it; ``width`` is where the page wraps its lines, None where lines are paragraphs.
    """

    before: str
    last: str
    text: str
    width: int | None = None
    below: str = ""

    @cached_property
    def in_bracket(self) -> bool:
        """Say whether a bracket opened within the last characters is not closed yet."""
        depth = 0
        for char in reversed(_BRACKETS.findall(self.before, max(0, len(self.before) - IN_REACH))):
            depth += 1 if char in CLOSING else -1
            if depth < 0:
                return True
        return False

    @cached_property
    def cuts_number(self) -> bool:
        """Say whether the number at the line's head is the rest of one: …第 / 1、2 项."""
        cut = pattern(r"[第至到的及和于过近约达]$").search(self.before)
        return bool(cut and pattern(r"{N}、{N}").match(self.text))

    @cached_property
    def opens(self) -> bool:
        """Say whether the line opens a paragraph; in an open bracket a label or a date only goes on."""
        if not opens_paragraph(self.text) or self.cuts_number:
            return False
        return not (self.in_bracket and pattern(rf"{ROLE_LABEL}|{DATED}").match(self.text))

    @cached_property
    def is_sentence(self) -> bool:
        """Say whether what stands before is no heading: it has a stop, or is longer than one."""
        return len(self.before) > SHORT or bool(pattern(r"[，。；]").search(self.before))

    @cached_property
    def is_no_heading(self) -> bool:
        """Say whether what stands before can be no heading with a comma either."""
        return len(self.before) > SHORT or bool(pattern(r"[。；]").search(self.before))

    @cached_property
    def below_heading(self) -> bool:
        """Say whether a numbered heading, or another short item, stands before that no mark ends."""
        return not self.is_sentence and opens_paragraph(self.before)

    @cached_property
    def in_list(self) -> bool:
        """Say whether a role with a list of bodies stands before: 责任单位：市司法局、市公安局."""
        label = pattern(ROLE_LABEL).match(self.before)
        listed = self.before[label.end() :] if label else ""
        return "、" in listed and not pattern(r"[。；]").search(listed)

    def ends(self, expression: str, within: int | None = None) -> bool:
        """Say whether what stands before ends like ``expression``."""
        near = self.before if within is None else self.before[-within:]
        return pattern(expression).search(near) is not None

    def is_as_wide_as(self, share: float) -> bool:
        """Say whether the last line fills at least that share of the width."""
        return self.width is not None and len(self.last) >= self.width * share


# A line that is whole although it has no mark at its end: a title, or 附件 alone.
WHOLE_ENDS = r"(?:{整题}|附件.{0,3})$"
WHOLE = r"^{附件号}：?$|^[^。；]{6,90}(?:{整题})$"
LABEL_ENDS = rf"(?:{ROLE_LABEL}|[。；]第{{N}}(?:步|阶段)：)$"
# A list of bodies that ends with a whole name: ▲环境提升行动；牵头：市城管局
LIST_ENDS = rf"(?:{ROLE_LABEL})[^。：]{{2,60}}(?:{{局}}|{{县}}|{{机构}})$"
BODY_ENDS = r"(?:{局}|{县}|{机构}|{基层}|）)$"
# The bracket that says who does it ends its paragraph: …。（牵头单位：市司法局）
WHO_ENDS = r"[（【]{角色}{单位}?：[^（）]*(?:（[^（）]*）[^（）]*){0,6}[）】]$"
HEADING_ENDS = r"(?:{标题尾}|{题名})$"
# A heading that ends so is cut; with its date it is whole: 第三阶段 总结表彰 2026年6月.
DANGLING = r"(?:[的和与及将把从按并或以]|方可|应当)$"
DATED_END = r"(?:阶段|步|至|—|年|到).{0,12}?(?:{某月}|{某日}|[上中下]旬|月[初底末]|年底)$"
SIGNING = r"[\u4e00-\u9fff（）]{3,38}(?:{局}|{机构}|领导小组)(?:（[代章印签发]{1,3}）)?"


def _signs(seam: Seam) -> bool:
    """Say whether the line is the body that signs, with the date on the line below it."""
    return bool(
        pattern("{年月日}").fullmatch(seam.below)
        and pattern(SIGNING).fullmatch(seam.text)
        and not seam.before.endswith(tuple("，、；：的和与及"))
    )


def _is_short(seam: Seam) -> bool:
    """Say whether the line below a heading is short and without marks, as the rest of one is."""
    marked = pattern(r"[，：；]").search(seam.text.rstrip("。"))
    return seam.below_heading and len(seam.text) <= 14 and not marked


# What speaks for which reading, how much, and an example of the seam (/).
EVIDENCE: tuple[Row[Seam, str], ...] = (
    Row(NEW, 1.5, "总体要求 / 坚持依法行政", lambda s: True),
    Row(NEW, OPENS, "…加强检查， / （二）规范执法", lambda s: s.opens),
    Row(NEW, 45, "…抓好落实 / 某市司法局 / 2026年3月6日", _signs),
    Row(NEW, 10, "…全面推进。 / 各单位要…", lambda s: s.ends(r"[。！？；：…][”》）】]?$", 2)),
    Row(NEW, 10, "某市创建工作方案 / 为…", lambda s: s.ends(WHOLE_ENDS, NEAR) and s.ends(WHOLE)),
    Row(
        NEW,
        8,
        "…。（牵头单位：市司法局） / 以上…",
        lambda s: s.ends(r"[）】]$", 1) and s.ends(WHO_ENDS, 300),
    ),
    Row(
        NEW,
        8,
        "▲环境提升行动；牵头：市城管局 / 机扫率…",
        lambda s: pattern(r"{记号}").match(s.before) and s.ends(LIST_ENDS, 90),
    ),
    Row(
        NEW,
        5,
        "二、行动范围 / 生产源头",
        lambda s: s.below_heading and not s.in_list and s.ends(HEADING_ENDS),
    ),
    Row(
        NEW, 3, "第三阶段总结表彰2026年6月 / 评选…", lambda s: s.below_heading and s.ends(DATED_END)
    ),
    Row(
        NEW, 3, "总结阶段（2026年12月） / 评选先进", lambda s: s.below_heading and s.ends(r"）$", 1)
    ),
    Row(REST, 2, "各单位要抓好落实，形 / 成合力", lambda s: s.is_sentence),
    Row(REST, 1, "…督导检查。各单位要 / 落实", lambda s: s.is_sentence and s.is_no_heading),
    Row(REST, 3, "（a line as wide as the page） / 彻执行", lambda s: s.is_as_wide_as(FULL)),
    Row(REST, 1, "（nearly as wide） / 彻执行", lambda s: s.is_as_wide_as(NEARLY_FULL)),
    Row(REST, 8, "…检查、 / 督导", lambda s: s.ends(r"[，、（《“]$", 1)),
    Row(REST, 8, "…检查 / ，督导", lambda s: pattern(r"[，。；、：）》”！？]").match(s.text)),
    Row(REST, 14, "（市司法局牵头，市公 / 安局配合）", lambda s: s.in_bracket),
    Row(
        REST,
        2,
        "责任单位：市林业局、龙江森工 / 林业局",
        lambda s: s.in_list and not s.ends(BODY_ENDS),
    ),
    Row(
        REST,
        2,
        "综合组（甲局牵头）、督 / 导组（乙局牵头）",
        lambda s: s.ends(r"）、{H}{1,8}$", 10) and pattern(r"{H}{1,9}（").match(s.text),
    ),
    Row(REST, 12, "…超过第 / 1、2项", lambda s: s.cuts_number),
    Row(REST, 12, "11. / 法治护航发展", lambda s: pattern("{题号}").fullmatch(s.before)),
    Row(
        REST,
        12,
        "各镇、各责任单位： / 经同意…",
        lambda s: s.ends("：$", 1) and s.ends(LABEL_ENDS, NEAR),
    ),
    Row(REST, 5, "（2）距离不少于9米的 / 申请", lambda s: s.below_heading and s.ends(DANGLING, 2)),
    Row(REST, 2, "（一）加强行政 / 执法监督", _is_short),
    Row(
        REST,
        2,
        "成员：市司法局局长 / 市公安局局长",
        lambda s: _is_short(s) and pattern(POSTS).match(s.before),
    ),
)

# Outside of brackets all that speaks for the rest of a line weighs less than a number or a label.
OPENED: Choice[str] = Choice(NEW, REST, OPENS)


def joined(seam: Seam) -> Choice[str]:
    """Weigh whether the line is the rest of what stands before it or begins a paragraph."""
    if seam.opens and not seam.in_bracket:
        return OPENED
    return choose((NEW, REST), evidence(EVIDENCE, seam))
