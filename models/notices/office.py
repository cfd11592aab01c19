"""Notices that are about no item: the morning line, silences that stand, letters that died."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from models.campaign.about import ITEM, UNIT_ID
from models.database import as_day, run
from models.evidence.intake.looking_up import WAITS
from models.notices.seats import GONE, LEFT_BEHIND, USABLE
from models.notices.writing import Word, say_to, tell, write_notices
from models.rules.calendar.moment import Moment
from models.rules.notices import rule_words
from models.rules.notices.rule_words import (
    DEAD_LETTER,
    FILES_WAIT,
    HOLIDAYS_UNKNOWN,
    MORNING_LINE,
    SILENCE_STANDS,
    SUCCESSOR_WANTED,
)
from models.rules.words import Level

# To whoever is on duty, unless an alert of today waits for the same post or went to it.
_MORNING = f"""
    SELECT 'campaign', :campaign, '{MORNING_LINE}', s.post_level, :occurrence, s.post_id,
           NULLIF(s.level, s.post_level), false, :words, ''
    FROM seat s
    WHERE s.unit_id = 0 AND s.level = :level
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.post_id = s.post_id
          AND (n.state IN ('waiting', 'posted') OR (n.day = :today AND n.state = 'sent')))"""  # noqa: S608

# The posts of the office, or of the next above where the office cannot hear.
_OFFICE = f"""post p ON p.campaign_id = :campaign AND p.unit_id IS NULL AND NOT p.vacant
        AND p.level = coalesce((SELECT min(p.level) FROM post p WHERE p.campaign_id = :campaign
            AND p.unit_id IS NULL AND p.level >= {int(Level.OFFICE)} AND {USABLE}), {int(Level.OFFICE)})"""  # noqa: S608

# The silences that stand since yesterday, each with its author's post; then for the posts of the office,
# or of the next above: the units that nobody answers for, and the evidence that waits for a week and was
# not told yet, where none was told this week.
_STANDING = f"""
    SELECT '{SILENCE_STANDS}' AS rule, s.id, p.id AS post, s.scope AS name, s.author, s.reason,
           s.until, false AS retired, 0 AS items
    FROM silence s JOIN post p ON p.id = (
        SELECT min(o.id) FROM post o WHERE o.campaign_id = s.campaign_id
            AND o.tag = s.author_tag
            AND o.id NOT IN ({GONE.format(of="p.campaign_id = :campaign")}))
    WHERE s.campaign_id = :campaign AND s.ended_on IS NULL AND s.begins < :today
      AND s.until >= :today
    UNION ALL
    SELECT '{SUCCESSOR_WANTED}', l.unit_id, p.id, l.name, '', '', NULL, l.retired,
           CAST(l.items AS INTEGER)
    FROM ({LEFT_BEHIND}) AS l JOIN {_OFFICE}
    UNION ALL
    SELECT '{FILES_WAIT}', f.id, p.id, f.name, coalesce(u.name, ''), '', NULL, false, 0
    FROM received_file f LEFT JOIN unit u ON u.id = f.unit_id JOIN {_OFFICE}
    WHERE f.campaign_id = :campaign AND f.received_at < :week_ago AND {WAITS}
      AND NOT EXISTS (SELECT 1 FROM received_file y WHERE y.campaign_id = :campaign AND y.id < f.id
          AND y.received_at >= :week_ago AND {WAITS.replace("f.", "y.")})
      AND f.id > coalesce((SELECT max(CAST(n.occurrence AS INTEGER)) FROM notice n
          WHERE n.campaign_id = :campaign AND n.rule = '{FILES_WAIT}'), 0)
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.campaign_id = :campaign
          AND n.rule = '{FILES_WAIT}' AND n.created_at > :week_ago)
    ORDER BY 1, 2"""  # noqa: S608

# What a dead letter said goes to the next level up that can hear.
_NEXT_PERSON = f"""
    SELECT n.subject_kind, n.subject_id, n.rule, s.post_level, n.occurrence, s.post_id,
           min(n.level), false, n.words, ''
    FROM notice n {ITEM}
    JOIN seat s ON s.unit_id = coalesce({UNIT_ID}, 0) AND s.level = n.level + 1
    WHERE n.message_id IN ({{messages}}) AND n.campaign_id = :campaign
      AND n.rule NOT IN ('{MORNING_LINE}', '{DEAD_LETTER}')
    GROUP BY n.subject_kind, n.subject_id, n.rule, n.occurrence, n.words, s.post_level, s.post_id"""  # noqa: S608

# The office hears that a letter died; when it was its own, the next above does.
_DEAD = """
    SELECT g.id, g.tag, g.subject, p.id AS post,
           coalesce((SELECT min(d.target_kind || ' 返回 ' || d.code || ' ' || d.answer)
                     FROM delivery d WHERE d.message_id = g.id AND d.state = 'dead'), '') AS refusal
    FROM message g JOIN post p ON p.id = (
        SELECT o.id FROM post o WHERE o.campaign_id = g.campaign_id AND o.unit_id IS NULL
            AND NOT o.vacant AND NOT o.unreachable AND o.tag <> g.tag
        ORDER BY o.level, o.id LIMIT 1)
    WHERE g.id IN ({messages}) AND g.campaign_id = :campaign"""


def write_morning_line(
    session: Session, campaign_id: int, words: str, level: Level, missing: str, moment: Moment
) -> None:
    """Tell the post on duty that there is nothing to tell; once a day, and only when that is true.

    ``missing`` is what the office must do about a year whose holidays are not known; empty for none.
    """
    day = moment.today.isoformat()
    line = {"words": words, "level": int(level), "occurrence": day}
    write_notices(session, campaign_id, _MORNING, moment, **line)
    if missing:
        word = Word("campaign", campaign_id, HOLIDAYS_UNKNOWN, day, missing)
        say_to(session, campaign_id, Level.OFFICE, word, moment)


def remind_of_what_stands(session: Session, campaign_id: int, moment: Moment) -> int:
    """Remind each author of the silences that still stand, and the office of gone units and of what waits.

    The first working day after it was made, then each week. Evidence that no ledger speaks of is told
    once, when it has waited for a week: in one message a week, of which each knows by its ``occurrence``
    how far the last one told. Return how many notices are new.
    """
    values = {
        "campaign": campaign_id,
        "today": moment.today,
        "week_ago": moment.now - timedelta(weeks=1),
    }
    standing = run(session, _STANDING, values).all()
    monday = moment.today - timedelta(days=moment.today.weekday())
    told = [*_reminders(standing, monday), *_waiting_files(standing, campaign_id, moment)]
    return tell(session, campaign_id, told, moment)


def _reminders(standing: Iterable[Any], monday: date) -> Iterator[tuple[int, Word]]:
    for row in standing:
        if row.rule == SILENCE_STANDS:
            until = as_day(row.until) or date.max
            text = rule_words.silence_stands(row.id, row.name, row.author, row.reason, until)
            yield row.post, Word("silence", row.id, row.rule, str(monday), text)
        elif row.rule == SUCCESSOR_WANTED:
            text = rule_words.successor_wanted(row.name, row.items, retired=row.retired)
            word = Word("unit", row.id, row.rule, str(monday), text, meant_for=Level.OFFICE)
            yield row.post, word


def _waiting_files(
    standing: Iterable[Any], campaign_id: int, moment: Moment
) -> Iterator[tuple[int, Word]]:
    by_post: dict[int, list[Any]] = {}
    for row in standing:
        if row.rule == FILES_WAIT:
            by_post.setdefault(row.post, []).append(row)
    for post, rows in by_post.items():
        text = rule_words.files_wait([(row.name, row.author) for row in rows])
        last = str(max(row.id for row in rows))
        yield post, Word("campaign", campaign_id, FILES_WAIT, last, text, meant_for=Level.OFFICE)


def announce_dead_letters(
    session: Session, campaign_id: int, messages: Sequence[int], moment: Moment
) -> None:
    """Tell the next person what ``messages`` (at least one) said, and the office that they died."""
    names = {f"message{n}": message for n, message in enumerate(messages)}
    listed = ", ".join(f":{name}" for name in names)
    found = _NEXT_PERSON.format(messages=listed)
    write_notices(session, campaign_id, found, moment, **names)
    day = moment.today.isoformat()
    dead = run(session, _DEAD.format(messages=listed), {"campaign": campaign_id, **names})
    said = (
        (row.post, rule_words.dead_letter(row.tag, row.subject, row.refusal), row.id)
        for row in dead
    )
    words = [(post, Word("message", id, DEAD_LETTER, day, text)) for post, text, id in said]
    tell(session, campaign_id, words, moment)
