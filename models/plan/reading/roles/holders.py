"""Who does it where no annotation says so: 市住建局：负责…, and 市司法局牵头负责的任务 in the heading above."""

from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.roles.roles import LEAD, Grammar, Roles
from models.plan.reading.roles.units import ends_like_a_unit, is_group, split_units
from models.plan.reading.text.patterns import pattern


def read_duty_holder(text: str, grammar: Grammar, roles: Roles) -> None:
    """Read 市住建局：负责…, where the item is what one body has to do."""
    found = pattern(r"^([^，。；：]{3,40})：(?:主要)?([^，。；：]{2,6})").match(text)
    if roles or found is None:
        return
    word = next((w for w in grammar.words.roles if found[2].startswith(w)), None)
    names = split_units(found[1], grammar.words)
    if word and names and all(ends_like_a_unit(n, grammar.words) or is_group(n) for n in names):
        lead = pattern("{牵头}").search(text, found.end(1), found.end() + 4)
        roles.add(LEAD if lead else grammar.role(word), names)


def read_heading_above(node: Node, grammar: Grammar, roles: Roles) -> None:
    """Take the bodies that the heading above names for all its items: 二、市司法局牵头负责的任务."""
    above = node.parent
    while above is not None and above.kind != "root":
        found = pattern(
            r"^(?:由)?([^，。；：]{2,40}?)({牵头}|{责任})(?:{责任}|组织|推进)*的?(?:重点)?(?:{任务栏})?$"
        ).match(heading_of(above))
        names = split_units(found[1], grammar.words) if found else []
        if found and names and all(ends_like_a_unit(name, grammar.words) for name in names):
            roles.add(grammar.role(found[2]), names)
            return
        above = above.parent
