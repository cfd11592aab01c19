"""Notices that are about no item: the morning line, letters that died."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from models.campaign.about import ITEM, UNIT_ID
from models.database import run
from models.notices.writing import Word, say_to_all, tell, write_notices, write_notices_of
from models.rules.calendar.moment import Moment
from models.rules.notices import rule_words
from models.rules.notices.rule_words import (
    DEAD_LETTER,
    HOLIDAYS_UNKNOWN,
    MORNING_LINE,
)
from models.rules.words import Level

# To whoever is on duty, unless an alert of today waits for the same post or went to it.
_MORNING = f"""
    SELECT 'campaign', s.campaign_id, '{MORNING_LINE}', s.post_level, :occurrence, s.post_id,
           NULLIF(s.level, s.post_level), false, line.words, '', s.campaign_id
    FROM ({{lines}}) AS line
    JOIN seat s ON s.campaign_id = line.campaign_id AND s.unit_id = 0 AND s.level = line.level
    WHERE true
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.post_id = s.post_id
          AND (n.state IN ('waiting', 'posted') OR (n.day = :today AND n.state = 'sent')))"""  # noqa: S608

# What a dead letter said goes to the next level up that can hear.
_NEXT_PERSON = f"""
    SELECT n.subject_kind, n.subject_id, n.rule, s.post_level, n.occurrence, s.post_id,
           min(n.level), false, n.words, '', s.campaign_id
    FROM notice n {ITEM}
    JOIN seat s ON s.campaign_id = n.campaign_id AND s.unit_id = coalesce({UNIT_ID}, 0)
         AND s.level = n.level + 1
    WHERE n.message_id IN ({{messages}}) AND n.campaign_id IN :these
      AND n.rule NOT IN ('{MORNING_LINE}', '{DEAD_LETTER}')
    GROUP BY n.subject_kind, n.subject_id, n.rule, n.occurrence, n.words, s.post_level, s.post_id, s.campaign_id"""  # noqa: S608

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


@dataclass(frozen=True, slots=True)
class MorningLine:
    """What the post on duty of a campaign, of some level, reads when there is nothing to tell."""

    campaign_id: int
    words: str
    level: Level


def write_morning_lines(
    session: Session, lines: Sequence[MorningLine], missing: str, moment: Moment
) -> None:
    """Tell each post on duty that there is nothing to tell; once a day, and only when that is true.

    ``missing`` is what the offices must do about a year whose holidays are not known; empty for none.
    """
    day, ids = moment.today.isoformat(), [line.campaign_id for line in lines]
    values: dict[str, Any] = {"occurrence": day}
    for n, line in enumerate(lines):
        said = {"campaign": line.campaign_id, "words": line.words, "level": int(line.level)}
        values |= {f"{name}{n}_": value for name, value in said.items()}
    each = " UNION ALL ".join(_LINE.format(n=n) for n in range(len(lines)))
    write_notices_of(session, ids, _MORNING.format(lines=each), moment, **values)
    if missing:
        word = Word("campaign", 0, HOLIDAYS_UNKNOWN, day, missing)
        say_to_all(session, ids, Level.OFFICE, word, moment)


_LINE = "SELECT :campaign{n}_ AS campaign_id, :words{n}_ AS words, :level{n}_ AS level"


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
