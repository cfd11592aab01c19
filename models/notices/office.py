"""Notices that are about no item: the morning line, silences that stand, letters that died."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from models.calendar.year import HOLIDAYS_UNKNOWN
from models.database import run
from models.notices.due import COLUMNS
from models.notices.seats import GONE, LEFT_BEHIND, SEATS, USABLE
from models.rules.calendar.moment import Moment
from models.rules.words import Level

MORNING_LINE, SILENCE_STANDS, DEAD_LETTER = "all_clear", "silence_stands", "dead_letter"
CHANNEL_FAULT, OVER_BUDGET = "channel_fault", "over_budget"
SUCCESSOR_WANTED = "successor_wanted"

# One line to whoever is on duty, unless an alert of today waits for the same post or went to it; and
# to the office what it must do about a year whose holidays are not known.
_MORNING = f"""
    INSERT INTO notice ({COLUMNS})
    WITH {SEATS}
    SELECT :campaign, 'campaign', :campaign, '{MORNING_LINE}', s.post_level, :occurrence, s.post_id,
           :today, :now, :hold, 'waiting', '', :words, NULLIF(s.level, s.post_level), false
    FROM seat s
    WHERE s.unit_id = 0 AND s.level = :level
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.post_id = s.post_id
          AND (n.state IN ('waiting', 'posted') OR (n.day = :today AND n.state = 'sent')))
    UNION ALL
    SELECT :campaign, 'campaign', :campaign, '{HOLIDAYS_UNKNOWN}', s.post_level, :occurrence,
           s.post_id, :today, :now, :hold, 'waiting', '', :missing, NULLIF(s.level, s.post_level),
           false
    FROM seat s
    WHERE s.unit_id = 0 AND s.level = {int(Level.OFFICE)} AND :missing <> ''
    ON CONFLICT DO NOTHING"""  # noqa: S608

# The first working day after it was made, then once a week, its author hears that it still stands.
# So does the office of each unit that nobody answers for: its open items want a successor.
_STANDS = f"""
    INSERT INTO notice ({COLUMNS})
    SELECT :campaign, 'silence', s.id, '{SILENCE_STANDS}', p.level, :occurrence, p.id, :today, :now,
           :hold, 'waiting', '', '第 ' || s.id || ' 号静默仍在生效：' || s.scope || '，由' || s.author ||
           '设置，理由：' || s.reason || '，到 ' || CAST(s.until AS VARCHAR(10)) ||
           ' 为止。不再需要时请告知创建办结束它（shifan silence end ' || s.id || '）', NULL, false
    FROM silence s JOIN post p ON p.id = (
        SELECT min(o.id) FROM post o WHERE o.campaign_id = s.campaign_id
            AND o.tag = s.author_tag
            AND o.id NOT IN ({GONE.format(of="p.campaign_id = :campaign")}))
    WHERE s.campaign_id = :campaign AND s.ended_on IS NULL AND s.begins < :today
      AND s.until >= :today
    UNION ALL
    SELECT :campaign, 'unit', l.unit_id, '{SUCCESSOR_WANTED}', p.level, :occurrence, p.id,
           :today, :now, :hold, 'waiting', '', l.name ||
           CASE WHEN l.retired THEN '已停用' ELSE '的岗位全部空缺' END || '，还有 ' ||
           CAST(l.items AS VARCHAR(10)) || ' 项没有办完，现在没有人负责。请' ||
           CASE WHEN l.retired THEN '' ELSE '用 shifan posts 补上联系人，或' END ||
           '指定接手单位（shifan units succeed ' || l.name ||
           ' --to 接手单位，或界面上的“移交事项”）', NULLIF({int(Level.OFFICE)}, p.level), false
    FROM ({LEFT_BEHIND}) AS l
    JOIN post p ON p.campaign_id = :campaign AND p.unit_id IS NULL AND NOT p.vacant
        AND p.level = coalesce((SELECT min(p.level) FROM post p WHERE p.campaign_id = :campaign
            AND p.unit_id IS NULL AND p.level >= {int(Level.OFFICE)} AND {USABLE}), {int(Level.OFFICE)})
    WHERE true
    ON CONFLICT DO NOTHING"""  # noqa: S608

# What a dead letter said goes to the next level up that can hear.
_NEXT_PERSON = f"""
    INSERT INTO notice ({COLUMNS})
    WITH {SEATS}
    SELECT n.campaign_id, n.subject_kind, n.subject_id, n.rule, s.post_level, n.occurrence,
           s.post_id, :today, :now, :hold, 'waiting', '', n.words, min(n.level), false
    FROM notice n
    LEFT JOIN milestone m ON n.subject_kind = 'milestone' AND m.id = n.subject_id
    LEFT JOIN assignment a ON n.subject_kind = 'assignment' AND a.id = n.subject_id
    JOIN seat s ON s.unit_id = coalesce(m.unit_id, a.unit_id, 0) AND s.level = n.level + 1
    WHERE n.message_id IN ({{messages}}) AND n.campaign_id = :campaign
      AND n.rule NOT IN ('{MORNING_LINE}', '{DEAD_LETTER}')
    GROUP BY n.campaign_id, n.subject_kind, n.subject_id, n.rule, n.occurrence, n.words,
             s.post_level, s.post_id
    ON CONFLICT DO NOTHING"""  # noqa: S608

# The office hears that a letter died; when it was its own, the next above does.
_DEAD = f"""
    INSERT INTO notice ({COLUMNS})
    SELECT g.campaign_id, 'message', g.id, '{DEAD_LETTER}', p.level, :occurrence, p.id, :today, :now,
           :hold, 'waiting', '', '发给“' || g.tag || '”的消息没有送达：' || g.subject || '。' ||
           coalesce((SELECT min(d.target_kind || ' 返回 ' || d.code || ' ' || d.answer)
                     FROM delivery d WHERE d.message_id = g.id AND d.state = 'dead'), '') ||
           '。请创建办检查通道后重新发送（shifan notices retry）', NULL, false
    FROM message g JOIN post p ON p.id = (
        SELECT o.id FROM post o WHERE o.campaign_id = g.campaign_id AND o.unit_id IS NULL
            AND NOT o.vacant AND NOT o.unreachable AND o.tag <> g.tag
        ORDER BY o.level, o.id LIMIT 1)
    WHERE g.id IN ({{messages}}) AND g.campaign_id = :campaign
    ON CONFLICT DO NOTHING"""  # noqa: S608

_WORDS_TO_OFFICE = f"""
    INSERT INTO notice ({COLUMNS})
    WITH {SEATS}
    SELECT :campaign, :kind, :subject, :rule, s.post_level, :occurrence, s.post_id, :today, :now,
           :hold, 'waiting', '', :words, NULLIF(s.level, s.post_level), :urgent = 1
    FROM seat s WHERE s.unit_id = 0 AND s.level = :level
    ON CONFLICT DO NOTHING"""  # noqa: S608


def write_morning_line(
    session: Session,
    campaign_id: int,
    words: str,
    level: Level,
    missing: str = "",
    *,
    moment: Moment,
) -> int:
    """Tell the post on duty that there is nothing to tell; once a day, and only when that is true.

    ``missing`` is what the office must do about a year whose holidays are not known; empty for none.
    """
    values = {
        "campaign": campaign_id,
        "occurrence": moment.today.isoformat(),
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
        "words": words,
        "missing": missing,
        "level": int(level),
    }
    return run(session, _MORNING, values).rowcount


def remind_of_silences(session: Session, campaign_id: int, *, moment: Moment) -> int:
    """Remind each author, once a week, of the silences that still stand, and the office of gone units."""
    monday = moment.today - timedelta(days=moment.today.weekday())
    values = {
        "campaign": campaign_id,
        "occurrence": monday.isoformat(),
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
    }
    return run(session, _STANDS, values).rowcount


def announce_dead_letters(
    session: Session, campaign_id: int, messages: Sequence[int], *, moment: Moment
) -> None:
    """Tell the next person what ``messages`` said, and the office that they died."""
    if not messages:
        return
    names = {f"message{i}": message for i, message in enumerate(messages)}
    values = {
        "campaign": campaign_id,
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
        **names,
    }
    listed = ", ".join(f":{name}" for name in names)
    run(session, _NEXT_PERSON.format(messages=listed), values)
    values["occurrence"] = moment.today.isoformat()
    run(session, _DEAD.format(messages=listed), values)


def say_to(
    session: Session,
    campaign_id: int,
    level: Level,
    rule: str,
    words: str,
    *,
    kind: str,
    subject: int,
    occurrence: str,
    moment: Moment,
    urgent: bool = False,
) -> int:
    """Write a notice of free ``words`` to a level of the campaign; once per ``occurrence``.

    An ``urgent`` one waits for no window of its recipient's.
    """
    values = {
        "campaign": campaign_id,
        "kind": kind,
        "subject": subject,
        "rule": rule,
        "occurrence": occurrence,
        "level": int(level),
        "words": words,
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
        "urgent": int(urgent),
    }
    return run(session, _WORDS_TO_OFFICE, values).rowcount
