"""What a unit hears of its evidence and ledgers in the message that goes anyway; never one of its own.

Each change has one notice, ever: a return, a day of expiry, a link's mark, a ledger's rows, a cell on which
two versions disagree. What was put right before the next message went is not said any more.
"""

from datetime import date, timedelta

from sqlmodel import Session

from models.database import run
from models.rules.notices.rule_words import RIDING_RULES
from models.rules.said import ENDS

EXPIRES_WITHIN = timedelta(days=30)
LONGEST_REASON = 120  # characters of why a piece was returned
LONGEST_SAID = 300  # characters of what became of a ledger's rows

NAMED_PIECE = """'E' || CASE WHEN e.number < 10 THEN '000' WHEN e.number < 100 THEN '00'
    WHEN e.number < 1000 THEN '0' ELSE '' END || e.number || '《' || substr(e.title, 1, 40)
    || CASE WHEN length(e.title) > 40 THEN '…' ELSE '' END || '》'"""


def inside_sql(column: str, longest: int) -> str:
    """Return the SQL of `models.rules.said.inside`: at most ``longest`` characters, no mark at their end."""
    whole = f"rtrim({column}, '{ENDS}')"
    short = f"rtrim(substr({whole}, 1, {longest}), '{ENDS}')"
    return f"{short} || CASE WHEN length({whole}) > {longest} THEN '…' ELSE '' END"


_NEWEST = """evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest"""

# Of a ledger `l` that went out: it is the unit's newest; it, or a later one, came back; its days are over and
# something in it is past its own.
LEDGER_NEWEST = """l.campaign_id IN :these AND l.version = (SELECT max(o.version)
    FROM ledger_issue o WHERE o.campaign_id = l.campaign_id AND o.unit_id = l.unit_id)"""
LEDGER_BACK = """EXISTS (SELECT 1 FROM received_file f
    WHERE f.campaign_id = l.campaign_id AND f.unit_id = l.unit_id AND f.kind = 'ledger'
      AND f.version >= l.version AND f.outcome NOT IN ('', 'refused', 'secret'))"""
_SENT_LONG_AGO, _PAST = " AND l.issued_at < :sent_before", " AND a.due < :today"
LEDGER_LATE = f"""{_SENT_LONG_AGO} AND EXISTS (SELECT 1 FROM assignment a
    WHERE a.campaign_id = l.campaign_id AND a.unit_id = l.unit_id AND NOT a.withdrawn
      AND a.state IN ('open', 'started'){_PAST})"""  # noqa: S608

# One beside the other: a line of a message is one line.
_FAULTS = "replace(f.detail, '\n', '；')"

# Rule, kind, id and occurrence of what is told, of which unit, its words; from which rows, and which.
_NEWS = (
    (
        "evidence_returned",
        "evidence",
        "e.id",
        "r.number || '@' || substr(CAST(r.state_at AS VARCHAR(40)), 1, 19)",
        "e.provider_id",
        f"{NAMED_PIECE} || '退回了：' || {inside_sql('r.reason', LONGEST_REASON)} || '。请改好后再报一次'",
        _NEWEST,
        "e.campaign_id IN :these AND NOT e.withdrawn AND r.state = 'returned'",
    ),
    (
        "evidence_expires",
        "evidence",
        "e.id",
        "CAST(e.expires_on AS VARCHAR(10))",
        "e.provider_id",
        f"{NAMED_PIECE} || CASE WHEN e.expires_on < :today THEN '已过有效期（'"
        " || CAST(e.expires_on AS VARCHAR(10)) || '），请换上新的' ELSE '有效期到 '"
        " || CAST(e.expires_on AS VARCHAR(10)) || '，请准备新的' END",
        _NEWEST,
        "e.campaign_id IN :these AND NOT e.withdrawn AND r.state IN ('submitted', 'accepted')"
        " AND e.expires_on <= :until",
    ),
    (
        "link_moved",
        "evidence",
        "e.id",
        "CAST(k.id AS VARCHAR(20))",
        "e.provider_id",
        f"{NAMED_PIECE} || CASE WHEN k.check_id = 'dead-link' THEN '网址打不开：' ELSE '网页变了：' END"
        f" || {inside_sql('k.detail', LONGEST_SAID)} || '。'"
        " || CASE WHEN k.check_id = 'dead-link' THEN '请换成打得开的网址，或说明原因'"
        " ELSE '请看还能不能证明，不能的换上新的材料' END",
        f"{_NEWEST} JOIN evidence_mark k ON k.revision_id = r.id",
        "e.campaign_id IN :these AND NOT e.withdrawn AND k.verdict = ''"
        " AND k.check_id IN ('dead-link', 'changed-link')",
    ),
    (
        "ledger_missing",
        "ledger_issue",
        "l.id",
        "CAST(l.version AS VARCHAR(20))",
        "l.unit_id",
        "'第 ' || l.version || ' 版台账还没有交回，里面有的事项已经到期，请填好后连同材料发回'",
        "ledger_issue l",
        f"{LEDGER_NEWEST} AND NOT {LEDGER_BACK}{LEDGER_LATE}",
    ),
    (
        "ledger_rows_back",
        "received_file",
        "f.id",
        "CAST(f.id AS VARCHAR(20))",
        "f.unit_id",
        "'台账“' || substr(f.name, 1, 80) || CASE WHEN f.outcome = 'partly' THEN '”有的行没有收下：'"
        f" ELSE '”没有收下：' END || {inside_sql(_FAULTS, LONGEST_SAID)} || '。请改好后再交一次'",
        "received_file f",
        "f.campaign_id IN :these AND f.kind = 'ledger' AND f.outcome IN ('partly', 'refused')"
        " AND f.id = (SELECT max(n.id) FROM received_file n WHERE n.campaign_id = f.campaign_id"
        " AND n.unit_id = f.unit_id AND n.kind = 'ledger' AND n.outcome <> '')",
    ),
    (
        "ledger_disagrees",
        "ledger_conflict",
        "c.id",
        "CAST(c.id AS VARCHAR(20))",
        "p.unit_id",
        "coalesce('W' || w.ordinal, i.code) || '“' || c.field || '”两版台账说法不一：登记的是“'"
        " || substr(c.standing, 1, 60) || '”，另一版是“' || substr(c.offered, 1, 60)"
        " || '”，请告诉创建办以哪个为准'",
        """ledger_conflict c JOIN assignment p ON p.id = c.assignment_id
        LEFT JOIN work_item w ON w.id = p.work_item_id LEFT JOIN indicator i ON i.id = p.indicator_id""",
        "c.campaign_id IN :these AND c.settled_at IS NULL AND NOT p.withdrawn",
    ),
)
RIDING = f"({', '.join(repr(rule) for rule in RIDING_RULES)})"  # as SQL

# One SELECT of what is new for the liaison of its unit, or who hears in the liaison's place.
EVIDENCE_NEWS = " UNION ALL ".join(
    f"""
    SELECT '{kind}', {key}, '{rule}', s.post_level, {occurrence}, s.post_id,
           NULLIF(s.level, s.post_level), false, {words}, '', s.campaign_id
    FROM {rows} JOIN seat s ON s.unit_id = {unit} AND s.level = 1
    WHERE {which} AND NOT EXISTS (SELECT 1 FROM notice told
        WHERE told.campaign_id = s.campaign_id AND told.subject_kind = '{kind}'
          AND told.subject_id = {key} AND told.rule = '{rule}'
          AND told.occurrence = {occurrence} AND told.post_id = s.post_id)"""  # noqa: S608
    for rule, kind, key, occurrence, unit, words, rows, which in _NEWS
)

# What was put right meanwhile: the same rows, of any campaign and day.
_STILL_SO = " OR ".join(
    f"""(rule = '{rule}' AND EXISTS (SELECT 1 FROM {rows} WHERE {key} = notice.subject_id
        AND {occurrence} = notice.occurrence AND {which}))"""  # noqa: S608
    for rule, _, key, occurrence, _, _, rows, which in _NEWS
)
_STILL_SO = _STILL_SO.replace("IN :these", "= notice.campaign_id")
# What a later day adds to it does not take it back.
for _dated in (" AND e.expires_on <= :until", _SENT_LONG_AGO, _PAST):
    _STILL_SO = _STILL_SO.replace(_dated, "")
_SETTLED = f"""
    UPDATE notice SET state = 'dropped', reason = 'already-done'
    WHERE rule IN {RIDING} AND message_id IS NULL AND state IN ('waiting', 'unsendable')
      AND NOT ({_STILL_SO})"""  # noqa: S608


def expires_until(today: date) -> date:
    """Return the last day of expiry that is told of on ``today``."""
    return today + EXPIRES_WITHIN


def drop_settled(session: Session) -> None:
    """Drop what waits to be said of what was put right meanwhile; one statement."""
    run(session, _SETTLED)
