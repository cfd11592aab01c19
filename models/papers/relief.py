"""Hold a paper against the rules for relieving the grass roots before it is issued; a person decides.

整治形式主义为基层减负若干规定 (2024): as a rule no demand to report on implementation, none for documents that
follow; no rankings of units; meetings held, documents issued, photographs and reports in the media are no yardstick.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.rules.figures.words import PaperKind

MOST_SHOWN = 3  # places that are quoted; the others are counted
LONGEST_SHOWN = 40  # characters of one


@dataclass(frozen=True, slots=True)
class ReliefRule:
    """One thing that a paper should not say, in an office's words, and how it is said."""

    what: str
    said: re.Pattern[str]


_STATE = "(?:贯彻|落实|推进|进展|整改|办理|工作)情况"
_SENDING = "(?:报送|上报|书面报|反馈|报至|报到|报我|报市|报县)"
_TRACES = "(?:会议次数|开会次数|发文数|照片|截图|报道|转载|阅读量|点击量)"
_MEASURE = "(?:为依据|计分|得分|扣分|加分|考核|评比)"
REPORTS = ReliefRule(
    "要求另行报送落实情况",
    re.compile(f"{_SENDING}[^。]{{0,12}}{_STATE}|{_STATE}[^。]{{0,16}}{_SENDING}"),
)
DOCUMENTS = ReliefRule(
    "要求制定配套文件", re.compile("(?:制定|出台|印发)[^。，；]{0,12}(?:配套|实施细则|落实方案)")
)
RANKING = ReliefRule(
    "给单位排名", re.compile("排名|名次|末位|倒数第|排序通报|位居[^，。；]{0,6}[第前后末]")
)
TRACES = ReliefRule(
    "以开会、发文、照片、报道为依据",
    re.compile(
        f"{_TRACES}[^。，；]{{0,8}}{_MEASURE}|留痕|(?:附|上传|报送|拍摄)[^。，；]{{0,4}}(?:照片|截图)"
    ),
)
RULES = (REPORTS, DOCUMENTS, RANKING, TRACES)
UPWARDS = (RANKING, TRACES)  # a report goes up: it asks nothing of anybody
_CLAUSE = re.compile("[，。；！？：\n]")
_NOT = re.compile("不|无需|禁止|严禁|避免|取消|杜绝")  # 不必附照片 agrees


def rules_of(kind: PaperKind) -> Sequence[ReliefRule]:
    """Return what a paper of ``kind`` is held against."""
    return UPWARDS if kind in (PaperKind.REPORT, PaperKind.ANNUAL) else RULES


def relief_line(kind: PaperKind, lines: Sequence[str]) -> str:
    """Return what was looked for in the paragraphs of a paper, and what was found, in words."""
    rules = rules_of(kind)
    found = [f"“{place}”像是{rule.what}" for rule in rules for place in _places(rule, lines)]
    if not found:
        named = "；没有".join(rule.what for rule in rules)
        return (
            f"减负一致性核对：查了正文 {len(lines)} 段，没有{named}；表格未查，签发前请再人工核对"
        )
    rest = f"等 {len(found)} 处" if len(found) > MOST_SHOWN else ""
    return f"减负一致性核对：{'；'.join(found[:MOST_SHOWN])}{rest}；请核对后再签发"


def _places(rule: ReliefRule, lines: Sequence[str]) -> Iterator[str]:
    """Yield the sentences that say it, but for those that say that it is not asked."""
    for line in lines:
        for sentence in re.split("(?<=[。；！？])", line):
            hit = rule.said.search(sentence)
            if hit and not _NOT.search(_CLAUSE.split(sentence[: hit.start()])[-1] + hit[0]):
                yield _cut(sentence.strip(), hit.start())


def _cut(sentence: str, at: int) -> str:
    if len(sentence) <= LONGEST_SHOWN:
        return sentence
    first = max(0, min(at - 8, len(sentence) - LONGEST_SHOWN))
    return ("…" if first else "") + sentence[first : first + LONGEST_SHOWN] + "…"
