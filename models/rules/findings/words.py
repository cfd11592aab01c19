"""The words of findings: what kind, in what state, which step, where from."""

from models.rules.words import Worded


class FindingKind(Worded):
    """What is in the pool: a problem that must be mended, or what the public complains of or suggests."""

    PROBLEM = "problem", "问题"
    COMPLAINT = "complaint", "投诉"
    SUGGESTION = "suggestion", "建议"

    @property
    def letter(self) -> str:
        """Return what its codes begin with."""
        return "F" if self is FindingKind.PROBLEM else "C"


FROM_THE_PUBLIC = (FindingKind.COMPLAINT, FindingKind.SUGGESTION)


class FindingState(Worded):
    """Where a finding stands."""

    RAISED = "raised", "待交办"
    ASSIGNED = "assigned", "整改中"
    DECLINED = "declined", "不认领，待裁定"
    RECTIFIED = "rectified", "待核实"
    WATCHED = "watched", "观察期"
    CLOSED = "closed", "已销号"
    ENDED = "ended", "另行决定"


SETTLED = (FindingState.CLOSED, FindingState.ENDED)  # nothing is owed
_OF_THE_PUBLIC = {
    FindingState.RAISED: "待转办",
    FindingState.ASSIGNED: "办理中",
    FindingState.CLOSED: "已答复",
}


class FindingStep(Worded):
    """One step in the life of a finding."""

    RAISE = "raise", "提出"
    ASSIGN = "assign", "交办"
    UPHOLD = "uphold", "维持交办"
    PROMISE = "promise", "承诺"
    DECLINE = "decline", "不认领"
    MOVE = "move", "调整时限"
    RECTIFY = "rectify", "报整改"
    REFUSE = "refuse", "核实未通过"
    VERIFY = "verify", "核实通过"
    CLOSE = "close", "销号"
    LOOK = "look", "回头看，没有反弹"
    RECUR = "recur", "再次发生"
    END = "end", "另行决定"
    ANSWER = "answer", "答复"
    TAKE_BACK = "take-back", "撤回上一步"


class FindingSource(Worded):
    """Where a finding comes from."""

    VISIT = "visit", "督导检查"
    SELF_CHECK = "self-check", "自查"
    DRILL = "drill", "模拟评估"
    ONLINE = "online", "网上核查"
    LOOK_BACK = "look-back", "回头看"
    COMPLAINT = "complaint", "投诉建议"
    HOTLINE = "hotline", "热线"
    LETTER = "letter", "来信来访"
    MESSAGE = "message", "网上留言"
    OTHER = "other", "其他"


def state_in_words(kind: str, state: str) -> str:
    """Return where a finding stands as an office says it of its kind."""
    one = FindingState(state)
    return one.chinese if kind == FindingKind.PROBLEM else _OF_THE_PUBLIC.get(one, one.chinese)


def step_in_words(kind: str, step: str, *, first: bool = False) -> str:
    """Return a step as an office says it: of a complaint the first unit is 首接, every later one 转办."""
    one = FindingStep(step)
    if kind != FindingKind.PROBLEM and one is FindingStep.ASSIGN:
        return "首接" if first else "转办"
    return one.chinese


def source_in_words(source: str) -> str:
    """Return where a finding comes from: visit:V1.12 is 督导检查 V1.12."""
    kind, _, which = source.partition(":")
    known = {one.value: one.chinese for one in FindingSource}
    return " ".join(filter(None, (known.get(kind, kind), which)))


def read_source(words: str) -> str:
    """Return the source that an office's words mean (督导检查 V1.12, visit:V1.12); "" for none we know."""
    text = " ".join(words.split())
    for one in FindingSource:
        for name in (one.chinese, one.value):
            rest = text.removeprefix(name).lstrip(" ：:")
            if text.startswith(name) and (
                not rest or text[len(name)] in " ：:" or rest[0].isascii()
            ):
                return f"{one.value}:{rest}" if rest else one.value
    return ""
