"""四性检查: is what is archived true, whole, usable, safe (GB/T 18894, DA/T 70-2018), said item by item."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.evidence.packages.archiving import ArchivedRevision, MarkCount
from models.rules.evidence.findings import CHECKS, Quality

# Kinds of file that are read in decades: GB/T 18894 names PDF, OFD, plain text and common pictures.
LASTING = frozenset(
    {"pdf", "ofd", "txt", "xml", "csv", "jpg", "jpeg", "png", "tif", "tiff", "mp4", "html"}
)
SHOWN = 5  # pieces that are named before 等 N 份


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One item of the four checks: what was looked at, whether it holds, and what was found."""

    quality: Quality
    what: str
    holds: bool
    found: str


@dataclass(slots=True)
class Looked:
    """What is seen of the revisions while they are written into the archive."""

    revisions: int = 0
    pieces: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    undescribed: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    short_lived: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def see(self, one: ArchivedRevision) -> None:
        """Look at what is known of a revision; its file is looked at by whoever writes it."""
        self.revisions += 1
        if one.revision != one.latest or one.withdrawn:
            return
        self.pieces += 1
        self.kinds[one.media or "不明"] += 1
        if not (one.title and one.provider and one.fact_on):
            self.undescribed.append(one.code)
        if not one.uses:
            self.unused.append(one.code)
        if one.media not in LASTING and not one.url:
            self.short_lived.append(one.code)


def checked_items(
    looked: Looked, marks: Sequence[MarkCount], gaps: int, unmasked: int, chain: str
) -> list[QualityCheck]:
    """Return the items of the four checks; ``chain`` says what is wrong with the audit, empty if nothing."""
    whole = f"{looked.revisions} 个版本的文件"
    items = [
        QualityCheck(
            Quality.TRUE,
            f"{whole}逐个重算指纹，与登记的一致",
            not looked.changed,
            _named(looked.changed, "指纹不符"),
        ),
        QualityCheck(Quality.TRUE, "记录链完整，没有改动", not chain, chain or "一致"),
        *_of_marks(Quality.TRUE, marks),
        QualityCheck(
            Quality.WHOLE, f"{whole}都在", not looked.missing, _named(looked.missing, "文件不见了")
        ),
        QualityCheck(
            Quality.WHOLE,
            "每条要求都有已通过的材料",
            not gaps,
            f"{gaps} 条要求没有" if gaps else "都有",
        ),
        QualityCheck(
            Quality.WHOLE,
            "每份材料都写明名称、提供单位、事实发生日期",
            not looked.undescribed,
            _named(looked.undescribed, "没有写全"),
        ),
        QualityCheck(
            Quality.WHOLE,
            "每份材料都有所证明的事项",
            not looked.unused,
            _named(looked.unused, "没有写明"),
        ),
        *_of_marks(Quality.WHOLE, marks),
        QualityCheck(
            Quality.USABLE,
            "文件类型适合长期保存（版式文件、纯文本、常用图片）",
            not looked.short_lived,
            _named(looked.short_lived, "建议另存一份 PDF 或 OFD"),
        ),
        *_of_marks(Quality.USABLE, marks),
        QualityCheck(
            Quality.SAFE,
            "对外公开的材料不含未遮盖的个人信息",
            not unmasked,
            f"{unmasked} 份没有遮盖副本" if unmasked else "没有",
        ),
        *_of_marks(Quality.SAFE, marks),
    ]
    return sorted(items, key=lambda item: list(Quality).index(item.quality))


def _of_marks(quality: Quality, marks: Sequence[MarkCount]) -> list[QualityCheck]:
    return [
        QualityCheck(
            quality,
            f"核查“{CHECKS[mark.check_id].name}”没有未消除的标记",
            False,
            f"{mark.pieces} 份有标记（从 E{mark.first:04d} 起），{CHECKS[mark.check_id].todo}",
        )
        for mark in marks
        if mark.check_id in CHECKS and CHECKS[mark.check_id].quality is quality
    ]


def _named(codes: Sequence[str], words: str) -> str:
    if not codes:
        return "没有问题"
    more = f"等 {len(codes)} 份" if len(codes) > SHOWN else ""
    return f"{'、'.join(codes[:SHOWN])}{more}{words}"


def said_in_one_line(items: Sequence[QualityCheck]) -> str:
    """Return the result by quality: 真实性合格，完整性有 2 项问题……"""
    said = []
    for quality in Quality:
        wrong = sum(not item.holds for item in items if item.quality is quality)
        said.append(f"{quality.chinese}{f'有 {wrong} 项问题' if wrong else '合格'}")
    return "，".join(said)
