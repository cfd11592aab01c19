"""What an entry of a restore says, in an office's words."""

from models.rules.audit.fact_table import Facts
from models.rules.audit.words import MACHINES, deed_in_words
from models.rules.numbered import numbered_span


def restore_in_words(facts: Facts) -> str:
    """Return what was restored, from what instant, and what is no longer there."""
    until = f"{facts['until']} 为止的 " if facts["until"] else ""
    return (
        f"恢复过备份“{facts['file']}”（{until}{facts['entries']} 条记录）；{lost_in_words(facts)}"
    )


def lost_in_words(facts: Facts) -> str:
    """Return what was lost since the backup: the range of its entries, and how many of each kind."""
    lost = facts["gone"][0] if facts["gone"] else None
    if lost is None or lost["to"] < lost["from"]:
        return "此后没有别的记录"
    kinds = {what: count for what, count in facts["kinds"].items() if what not in MACHINES}
    named = "、".join(f"{deed_in_words(what)} {count} 条" for what, count in kinds.items())
    which = numbered_span(lost["from"], lost["to"], "条")
    return f"此后的{which}记录不再在库里（{named or '内容不明，原来的数据库读不出'}）"
