"""Which documents a duty names: 制定《…督导检查方案》 is one to be handed in, 学习贯彻《…纲要》 is none.

What is doubtful (制定工作方案 without a title, a title that nobody is said to make) is asked, not guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Who makes it writes it; who reads or follows it does not; who presses others for it does not either.
_MAKES = "制定|制订|起草|草拟|拟定|拟订|拟派|编制|编写|编印|撰写|形成|印发|出台|修订|完善|研究制定"
_FOLLOWS = "学习|贯彻|落实|执行|根据|按照|依据|对照|依照|遵照|围绕|宣传|解读|结合"
_OTHERS = "督促|指导|推动|组织各|要求各|协助|配合|审核|审定|审议|汇总"
_NOUNS = "方案|分解表|任务清单|任务分解表|责任分解表|工作要点|实施细则|细则|办法|预案|计划|规程|手册|指引"
_TITLE = re.compile(r"《([^《》]{2,80})》")
_CLAUSE = re.compile(r"[，,；;。]")
_PRESSES = re.compile(_OTHERS)
_VERBS = re.compile(f"({_FOLLOWS})|({_MAKES})")
# 制定工作方案、宣传方案: the words between verb and noun, no title; then others of the same verb.
_NAMED = rf"[^《》，,；;。、]{{0,16}}?(?:{_NOUNS})"
_BARE = re.compile(rf"(?:{_MAKES})({_NAMED}(?:(?:、|和|及|以及|与){_NAMED})*)")
_EACH = re.compile("、|和|以及|及|与")
_ENDS = re.compile(rf"(?:{_NOUNS}|清单|台账|报告|汇编|表)$")


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document that a duty names; ``doubt`` says why a person must say whether it is one to be made."""

    title: str
    doubt: str = ""

    @property
    def sure(self) -> bool:
        """Say whether nobody need be asked."""
        return not self.doubt


def documents_in(duty: str) -> list[NamedDocument]:
    """Return the documents that ``duty`` names, each once, in the order of the text.

    A title in 《》 after a word for making (制定, 编制, 印发 …) is one; after a word for following (贯彻,
    根据 …) or for pressing others (督促, 指导 …) it is none. Source: 曾都 2023, 附件 1, 主要职责.
    """
    found: dict[str, NamedDocument] = {}
    for clause in _CLAUSE.split(duty):
        for one in (*_titled(clause), *_bare(clause)):
            found.setdefault(one.title, one)
    return list(found.values())


def _titled(clause: str) -> Iterator[NamedDocument]:
    for match in _TITLE.finditer(clause):
        title = match.group(1).strip()
        before = clause[: match.start()]
        follows, makes = _last_verb(before)
        if follows or _PRESSES.search(before):
            continue
        if makes and _ENDS.search(title):
            yield NamedDocument(title)
        elif makes:
            yield NamedDocument(title, f"《{title}》是不是一份要交的方案文件，看不出来")
        elif _ENDS.search(title):
            yield NamedDocument(title, f"《{title}》由谁制定，职责里没有写明")


def _bare(clause: str) -> Iterator[NamedDocument]:
    """Yield what is to be made and has no title; what others are pressed for is not this group's."""
    for match in _BARE.finditer(_TITLE.sub("", clause)):
        if _PRESSES.search(match.string[: match.start(1)]):
            continue
        for title in _EACH.split(match.group(1)):
            if title := title.strip("各本的有关相应"):
                yield NamedDocument(title, f"“{match.group(0)}”没有写明文件的名称")


def _last_verb(text: str) -> tuple[bool, bool]:
    """Return which kind of verb stands last in ``text``: one for following, one for making."""
    found = list(_VERBS.finditer(text))
    if not found:
        return False, False
    return bool(found[-1].group(1)), bool(found[-1].group(2))
