"""What a sentence says of a working group: 由甲局牵头，乙局、丙局参加，负责…; its head may be a post."""

from models.plan.reading.groups.draft import Draft, add_members, lists_bodies
from models.plan.reading.groups.seats import read_posts
from models.plan.reading.persons.names import POST
from models.plan.reading.roles.units import split_units
from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import Vocabulary

_LIST = r"(?:[^，。；：（）]|（[^（）]{0,40}）){2,80}?"
_LEADS = rf"(?:^|(?<=[，；。：]))(?:由|以)?(?P<who>{_LIST})(?:(?:为|作为)?(?:负责)?{{牵头}}{{单位}}?{{牵头}}?|为组长单位)"
_WITH = r"(?:会同|联合|协同)(?P<list>[^。；：，]{2,300}?)(?={承担}|组成|成立|组建|开展|组织|做好|落实|推进|具体|[，。；]|$)"
_JOINED = r"(?:^|(?<=[，；。：]))(?:成员)?(?:从|由)?(?P<list>[^。；：]{2,400}?)(?:等(?:有关|相关)?{单位}*)?(?:(?:抽调|选派|派员)(?:的?(?:业务)?(?:骨干|精干力量|人员|工作人员)){0,2})?(?:共同|积极|{配合})?(?:{配合}|组成|为(?:成员|{配合}|组员)(?:单位)?|任成员|任组员)(?:单位)?(?=[，；。）]|$)"
_PLACED = r"设(?:立?在|于)(?P<at>[^，。；：（）]{2,24})"
_DOES = r"(?:^|(?<=[，；。：])|{<=牵头})(?:主要|具体)?(?:职责(?:任务)?(?:为|是)?：?|{承担}(?!人|同志|领导))(?P<duty>.+)$"


def read_led(text: str, draft: Draft, words: Vocabulary) -> None:
    """Read who leads a working group, who belongs to it and what it does into ``draft``."""
    for sentence in pattern(r"。").split(text):
        sentence = pattern(r"^(?:\d{1,2}[.、）]|（\d{1,2}）|{①})\s*").sub("", sentence.strip())
        if found := pattern(_DOES).search(sentence):
            duties = pattern(r"；").split(found["duty"])
            draft.duties += [duty for duty in duties if duty.strip()]
            sentence = sentence[: found.start()]
        if found := pattern(_PLACED).search(sentence):
            draft.located_in = draft.located_in or found["at"]
            sentence = sentence[: found.start()] + sentence[found.end() :]
        sentence = read_posts(sentence, draft)
        if found := pattern(_LEADS).search(sentence):
            seat_lead(found["who"], draft, words)
            sentence = sentence[: found.start()] + sentence[found.end() :]
        sentence = sentence.strip("，；,;")
        if found := pattern(_WITH).search(sentence):
            add_members(found["list"], draft, words)
            if done := pattern(r"^(?:具体|共同)*(?:负责)?|^(?:组成|成立|组建).*$|，.*$").sub(
                "", sentence[found.end() :]
            ):
                draft.duties += [duty for duty in pattern(r"；").split(done) if duty.strip()]
            continue
        found = pattern(_JOINED).search(sentence)
        if found and lists_bodies(found["list"], words):
            add_members(found["list"], draft, words)


def seat_lead(text: str, draft: Draft, words: Vocabulary) -> None:
    """Add who leads a group: bodies, or the post of a person, who heads it then."""
    if pattern(rf"{POST}(?:同志)?$").search(text) and not lists_bodies(text, words):
        draft.seat("head", text)
        return
    draft.lead += [name for name in split_units(text, words) if name not in draft.lead]
