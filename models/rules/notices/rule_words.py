"""What each rule of a notice that no rung names is called, and the text of those about no item."""

from collections.abc import Mapping, Sequence
from datetime import date

from models.rules.bounds import shown
from models.rules.said import inside
from models.rules.words import CLOCK_DOUBT, OFFICE

MORNING_LINE, SILENCE_STANDS, DEAD_LETTER = "all_clear", "silence_stands", "dead_letter"
CHANNEL_FAULT, OVER_BUDGET = "channel_fault", "over_budget"
DOCTOR_FAULT = "doctor_fault"
INCIDENT, INCIDENT_LATE = "incident", "incident_late"
SUBMISSIONS_MISSING = "submissions_missing"
MAIL_ASIDE = "mail_aside"
SECRET_FILE = "secret_file"  # noqa: S105 - no password
FILES_WAIT = "files_wait"
FINDINGS_WAIT = "findings_wait"
LINKS_UNASKED = "links_unasked"
DOCUMENTS_ASKED = "documents_asked"
HANDED_MOVED = "handed_moved"
SUCCESSOR_WANTED, HOLIDAYS_UNKNOWN = "successor_wanted", "holidays_unknown"
BRIEFING_WAITS = "briefing_waits"
VISITS_MISSING = "visits_missing"
PLAN_CHANGED = "plan_changed"


FILES_NAMED = 6  # in one message; all stand in the list

# About a stage: how a letter begins. One per stage, post and occurrence, ever.
STAGE_RULES = {
    "stage_opened": "阶段启动",
    "decision_asked": "请审批",
    "decision_reminder": "请尽快审批",
    "decision_escalated": "逾期未决定，转请审批",
    "decision_unanswered": "审批逾期未决定",
    "stage_returned": "阶段退回",
    "opening_refused": "不提前启动",
    "stage_postponed": "阶段延期",
    "stage_closed": "阶段结束",
    "decision_overtaken": "审批已失效",
    "decision_objected": "决定有异议",
}

# What a leader hears at once, for it was done in the leader's name; no silence covers it.
AT_ONCE_RULES = {
    "receipt": "决定回执",
    "code_printed": "验证码单已打印",
    "code_worn": "验证码被反复试错",
    "delegated": "审批委托",
    "delegation_ended": "委托已结束",
    "objection": "对决定的异议",
    "asks_allowed": "已登记您的同意",
    "asks_allowance_ended": "已撤回登记的同意",
    "database_restored": "数据库已恢复",
}

# What a unit hears of its evidence and ledgers only in a message that goes anyway, in the order it is said.
RIDING_RULES = {
    "evidence_returned": "材料退回",
    "ledger_missing": "台账到期没有交回",
    "ledger_rows_back": "台账有没收下的行",
    "ledger_disagrees": "两版台账说法不一",
    "link_moved": "网址打不开或变了",
    "evidence_expires": "材料到期",
}

RULE_WORDS = {
    MORNING_LINE: "每日报告",
    SILENCE_STANDS: "静默仍在生效",
    DEAD_LETTER: "消息没有送达",
    INCIDENT: "舆情",
    INCIDENT_LATE: "舆情超过期限",
    SUBMISSIONS_MISSING: "还没有收到报送",
    CHANNEL_FAULT: "通道异常",
    DOCTOR_FAULT: "体检发现问题",
    CLOCK_DOUBT: "时钟可疑",
    MAIL_ASIDE: "收件请过目",
    SECRET_FILE: "发现涉密文件",
    FILES_WAIT: "材料等台账写明",
    FINDINGS_WAIT: "问题等创建办办理",
    LINKS_UNASKED: "网址没有看成",
    OVER_BUDGET: "超出每周次数",
    HOLIDAYS_UNKNOWN: "放假安排",
    SUCCESSOR_WANTED: "请指定接手单位",
    DOCUMENTS_ASKED: "请明确方案文件",
    HANDED_MOVED: "交办的事项有变",
    BRIEFING_WAITS: "简报稿待确认",
    VISITS_MISSING: "督导没有覆盖",
    PLAN_CHANGED: "方案修订",
    **STAGE_RULES,
    **AT_ONCE_RULES,
    **RIDING_RULES,
}

# Why a notice has no way out.
NO_WAY = {
    "demo": "演示活动的提醒不外发，只在界面上显示",
    "no-channels-file": "没有配置通道（见 README 通道一节），提醒只在界面上显示",
    "no-channel": "收件人的标签没有对应的通道",
}


def documents_asked(titles: Sequence[str]) -> str:
    """Return what the office is asked of documents that duties name: whether they are due, or by when."""
    named = "、".join(f"“{shown(one)}”" for one in titles[:FILES_NAMED])
    more = f"等 {len(titles)} 份" if len(titles) > FILES_NAMED else ""
    return (
        f"各组职责里写的{named}{more}是不是要交的文件、什么时候要，方案里看不出来，"
        "请看 shifan groups documents 并逐份明确"
    )


def handed_moved(ours: Sequence[str], above: Sequence[str]) -> str:
    """Return what an office is told of items that the level above moved or dropped after it handed them down.

    ``ours`` are those of a city, which can put it right; ``above`` those of a county, which cannot.
    """
    said = [f"交办下级的事项在本级有变：{'、'.join(ours)}"] if ours else []
    said += (
        ["时限变了的请再交办一次（shifan campaign hand-down），撤销了的请收回（take-back）"]
        if ours
        else []
    )
    said += (
        [f"上级交办的事项在上级有变：{'、'.join(above)}；上级再交办或收回以前，仍按原来的办"]
        if above
        else []
    )
    return "；".join(said)


def silence_stands(number: int, scope: str, author: str, reason: str, until: date) -> str:
    """Return what the author of a silence is reminded of."""
    end = (
        f"请结束它（shifan silence end {number}）"
        if author == OFFICE
        else "请告诉创建办，由创建办结束它"
    )
    return (
        f"第 {number} 号静默仍在生效：{scope}，由{author}设置，理由：{inside(reason)}，到 {until} 为止。"
        f"不再需要时{end}"
    )


def successor_wanted(unit: str, items: int, *, retired: bool) -> str:
    """Return what the office must do about a unit that nobody answers for."""
    why, posts = ("已停用", "") if retired else ("的岗位全部空缺", "用 shifan posts 补上联系人，或")
    return (
        f"{unit}{why}，还有 {items} 项没有办完，现在没有人负责。请{posts}"
        f"指定接手单位（shifan units succeed {unit} --to 接手单位，或界面上的“移交事项”）"
    )


def files_wait(files: Sequence[tuple[str, str]]) -> str:
    """Return what the office hears of evidence that no ledger speaks of: the names of files, each with its unit."""
    named = "、".join(
        f"“{shown(name)}”（{unit or '单位不明'}）" for name, unit in files[:FILES_NAMED]
    )
    more = f"等 {len(files)} 个" if len(files) > FILES_NAMED else ""
    return (
        f"{named}{more}材料收到已满一周，还没有台账写到。"
        "请联系报送单位，在台账的“证明材料”表里写明各证明哪一项再报；全部见 shifan intake list"
    )


# What waits for the office, in the order it is said; each goes behind how many there are.
_WAITING = {
    "raised": "个待交办",
    "declined": "个不认领、待裁定",
    "rectified": "个待核实",
    "watched": "个观察期已满、可以销号",
    "closed": "个销号已满 30 天、还没有回头看",
    "returned": "份督办单的回件待确认",
}


def findings_wait(counts: Mapping[str, int]) -> str:
    """Return what the office hears of findings and dispatches that wait for it, by `_WAITING`."""
    said = [f"{counts[what]} {words}" for what, words in _WAITING.items() if counts.get(what)]
    return f"问题和督办单在等创建办：{'，'.join(said)}。见 shifan findings list 和 shifan findings dispatches list"


def links_unasked(links: int, why: str) -> str:
    """Return what the office hears when no link could be looked at, and why; none is marked for it."""
    return (
        f"证明材料里到期要复核的 {links} 个网址没有看成：{inside(why)}。没有一个因此算作打不开；"
        "网络好了以后每天自动再看，也可以运行 shifan evidence links --check"
    )


def dead_letter(tag: str, subject: str, refusal: str) -> str:
    """Return what the office hears of a message that reached nobody."""
    return (
        f"发给“{tag}”的消息没有送达：{subject}。{refusal}"
        "。请创建办检查通道后重新发送（shifan notices retry）"
    )


def briefing_waits(draft: int, last: date) -> str:
    """Return that a draft of a briefing waits for somebody to read and confirm it."""
    return (
        f"简报第 {draft} 稿（写到 {last}）已经形成，还没有确认，也没有期号："
        f"请看过后运行 shifan briefing confirm {draft}，不用的不必理会，下周自动换成新稿"
    )
