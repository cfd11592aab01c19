"""A rehearsal as a workbook: every message with its words, the calendar, the weeks, and what is to be looked at."""

from collections.abc import Sequence
from datetime import UTC, datetime

from models.rules.rehearsal.comparing import ChangedMessage
from models.rules.rehearsal.findings import by_week, findings, heaviest, rehearsal_line
from models.rules.rehearsal.values import Rehearsal
from notifications.saying.message import without_marks
from tasks.workbook.declaring import Column, Filled, Kind, Look, Sheet
from tasks.workbook.writing import workbook_bytes

MADE = datetime(2000, 1, 1, tzinfo=UTC)  # written in the file: the same rehearsal is the same bytes
WEEKDAYS = "一二三四五六日"
READ = Look(11, 16)


def _sheet(name: str, *columns: tuple[str, int] | tuple[str, int, Kind]) -> Sheet:
    made = [
        Column(name, width=width, kind=kind[0] if kind else Kind.TEXT, longest=0)
        for name, width, *kind in columns
    ]
    return Sheet(name, made, title=f"【演练】{name}", note="演练结果：没有发给任何人。", look=READ)


LOOK = _sheet("要看的", ("类别", 12), ("是什么", 70), ("怎么办", 46))
MESSAGES = _sheet(
    "消息",
    *(("日期", 12, Kind.DAY), ("时间", 8), ("收件人", 24), ("通道", 16), ("标题", 40)),
    *(("全文", 90), ("事项", 24), ("代谁收", 18)),
)
CALENDAR = _sheet(
    "日历",
    *(("日期", 12, Kind.DAY), ("星期", 6), ("消息", 8, Kind.NUMBER), ("提醒", 8, Kind.NUMBER)),
    *(("办结", 8, Kind.NUMBER), ("阶段", 40)),
)
HEAVIEST = _sheet(
    "最忙的几天", ("日期", 12, Kind.DAY), ("消息", 8, Kind.NUMBER), ("收件人", 10, Kind.NUMBER)
)
WEEKS = _sheet(
    "每人每周",
    *(
        ("周一", 12, Kind.DAY),
        ("收件人", 24),
        ("消息", 8, Kind.NUMBER),
        ("方案规定", 10),
        ("到上限", 8),
    ),
)
QUESTIONS = _sheet(
    "审批",
    *(("阶段", 30), ("提请", 12, Kind.DAY), ("请谁", 24), ("答复时限", 12, Kind.DAY)),
    *(("答复", 12, Kind.DAY), ("决定", 12)),
)
STAGES = _sheet(
    "阶段",
    *(("阶段", 8, Kind.NUMBER), ("名称", 24), ("开始", 12, Kind.DAY), ("结束", 12, Kind.DAY)),
    *(("工作日", 8, Kind.NUMBER), ("谁审批", 24), ("启动", 12, Kind.DAY), ("结束于", 12, Kind.DAY)),
)
POSTS = _sheet("岗位", ("岗位", 24), ("情况", 12), ("谁代收", 30), ("提醒", 8, Kind.NUMBER))
UNSAID = _sheet(
    "没有发出",
    *(("日期", 12, Kind.DAY), ("收件人", 24), ("原因", 46), ("提醒", 8, Kind.NUMBER), ("事项", 40)),
)
DAYS_OFF = _sheet(
    "休息日到期",
    *(("编号", 12), ("事项", 50), ("责任", 24), ("到期", 12, Kind.DAY), ("提醒在", 12, Kind.DAY)),
)
CHANGES = _sheet(
    "变化",
    *(
        ("变化", 12),
        ("原日期", 12, Kind.DAY),
        ("原时间", 8),
        ("新日期", 12, Kind.DAY),
        ("新时间", 8),
    ),
    *(("收件人", 24), ("通道", 16), ("标题", 40), ("原标题", 40), ("事项", 24)),
)


def workbook_of(found: Rehearsal, changes: Sequence[ChangedMessage] | None = None) -> bytes:
    """Return the workbook of a rehearsal, the same bytes for the same one; with ``changes`` to another, these too."""
    parts = [
        _summary(found),
        MESSAGES.filled(
            [
                (
                    m.day,
                    m.at,
                    m.recipient,
                    m.channel,
                    m.subject,
                    without_marks(m.body),
                    "、".join(m.items),
                    m.instead_of,
                )
                for m in found.messages
            ]
        ),
        CALENDAR.filled(
            [
                (
                    d.day,
                    WEEKDAYS[d.day.weekday()],
                    d.messages,
                    d.notices,
                    d.done,
                    "、".join(d.stages),
                )
                for d in found.days
            ]
        ),
        HEAVIEST.filled([(one.day, one.messages, one.recipients) for one in heaviest(found)]),
        WEEKS.filled(
            [
                (w.monday, w.recipient, w.messages, str(w.budget or ""), "到上限" if w.full else "")
                for w in by_week(found)
            ]
        ),
        *_rest(found),
    ]
    if changes is not None:
        parts.append(CHANGES.filled([_change(one) for one in changes]))
    return workbook_bytes(parts, MADE)


def _summary(found: Rehearsal) -> Filled:
    rows = [("结果", rehearsal_line(found), "")]
    rows += [(one.topic.chinese, one.what, one.todo) for one in findings(found)]
    rows += [("说明", note, "") for note in found.notes]
    return LOOK.filled(rows)


def _rest(found: Rehearsal) -> list[Filled]:
    return [
        QUESTIONS.filled(
            [
                (
                    f"{q.stage} {q.name}" + ("（提前启动）" if q.opening else ""),
                    *(q.asked_on, "、".join(q.of), q.due, q.answered_on, q.answer or "没有答复"),
                )
                for q in found.questions
            ]
        ),
        STAGES.filled(
            [
                (
                    s.ordinal,
                    s.name,
                    s.start,
                    s.end,
                    s.workdays,
                    "、".join(s.deciders),
                    s.opened_on,
                    s.closed_on,
                )
                for s in found.stages
            ]
        ),
        POSTS.filled(
            [
                (
                    p.post,
                    "空缺" if p.vacant else "没有通道",
                    "、".join(p.instead) or "没有人",
                    p.notices,
                )
                for p in found.missing
            ]
        ),
        UNSAID.filled(
            [(u.day, u.recipient, u.reason, u.count, "、".join(u.items)) for u in found.unsaid]
        ),
        DAYS_OFF.filled([(d.code, d.title, d.owner, d.due, d.told_on) for d in found.due_days_off]),
    ]


def _change(one: ChangedMessage) -> tuple[object, ...]:
    old, new, shown = one.old, one.new, one.shown
    return (
        one.change.chinese,
        *((old.day, old.at) if old else (None, "")),
        *((new.day, new.at) if new else (None, "")),
        *(shown.recipient, shown.channel, shown.subject),
        old.subject if old and old.subject != shown.subject else "",
        "、".join(shown.items),
    )
