"""What is found wrong with a file by itself: each finding is a sentence that the unit can act on."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.rules.evidence.examined import SHORTEST, Examined, Hindrance, PictureLook
from models.rules.evidence.findings import Finding
from models.rules.evidence.kinds import kind_of
from models.rules.evidence.period import Period, period_findings
from models.rules.evidence.personal import personal_numbers
from models.rules.evidence.personal_kinds import PersonalKind
from models.rules.evidence.suffixes import PICTURES, RECORDINGS, SUFFIXES, suffix_of
from models.rules.evidence.words import EvidenceKind
from models.rules.words import words_of

# Days after the fact until which a file of that kind may well have been made: a report is written
# afterwards, a table is added to, an original is scanned when somebody asks for it.
LATE = {"docx": 30, "doc": 30, "pptx": 30, "ppt": 30, "odt": 30, "odp": 30, "html": 30, "eml": 30}
LATE |= {"xlsx": 45, "xls": 45, "ods": 45, "pdf": 60, "ofd": 60}
# A film is cut, a recording copied and written anew after the event.
LATE |= dict.fromkeys(RECORDINGS, 30)
LATE_SCAN = 365
# A picture that no camera dated may be a paper that was scanned, or a page that was shown on a screen.
LATE |= dict.fromkeys(PICTURES, LATE_SCAN)
# A camera's clock may be a day off, and a fact may last past midnight.
LATE_PHOTOGRAPH = 1
EARLY_PHOTOGRAPH = 3  # what is photographed may have begun some days before
# Of pictures. Chosen on drawn scenes with seeds of their own, where unchanged ones are at 0 of blur and at
# most 0.06 of a screen; a person decides, so the bounds are those at which few are wrong.
BLURRED, SCREEN = 0.5, 0.7
UNCAPTIONED = "no-caption"
PERSONAL_CAPTION = "personal-caption"
MOST_SHOWN = 5  # personal numbers that a finding names


def findings_of(
    examined: Examined, fact_on: date | None, period: Period, to_publish: bool
) -> list[Finding]:
    """Return what is wrong with a file that is said to prove a fact of ``fact_on``, gravest first.

    Nothing is refused by this: a person decides. A file that was not seen is found to be so.
    """
    return [
        *_of_the_file(examined),
        *period_findings(fact_on, examined.taken_on, period),
        *_of_its_making(examined, fact_on),
        *_of_pictures(examined),
        *_of_persons(examined, to_publish),
        *_of_its_use(examined, to_publish),
        *_of_what_was_left_out(examined),
    ]


def caption_findings(
    name: str, media: str, caption: str, to_publish: bool = False
) -> list[Finding]:
    """Return that a picture does not say what it shows, or that what is said and will be shown names a number.

    A picture proves only with 时间、地点、人物、事由 beside it: what it shows can be anything.
    """
    if to_publish and (numbers := personal_numbers(caption)):
        kinds = words_of(PersonalKind)
        said = "、".join(f"{kinds[one.kind]} {one.masked}" for one in numbers[:MOST_SHOWN])
        return [Finding(PERSONAL_CAPTION, f"“{name}”将对外公开，说明里有{said}")]
    if caption.strip() or kind_of(media) is not EvidenceKind.PICTURE:
        return []
    return [Finding(UNCAPTIONED, f"“{name}”没有写明时间、地点、人物、事由，看不出证明什么")]


def _of_the_file(seen: Examined) -> Iterator[Finding]:
    if seen.fault is not Hindrance.NONE:
        yield Finding(seen.fault.value, f"“{seen.name}”{seen.fault_words}")
    if not seen.suffix_fits:
        is_now, called = SUFFIXES[seen.media][0], suffix_of(seen.name)
        yield Finding(
            "wrong-kind",
            f"“{seen.name}”叫 .{called}，内容却是 .{is_now} 文件；请改为正确的后缀，或重新导出",
        )


def _of_pictures(seen: Examined) -> Iterator[Finding]:
    """Yield what is wrong with the picture that a file is, or with those within it: one finding a check."""
    looks = [seen.picture] if seen.picture else list(seen.pictures)
    small = [one for one in looks if 0 < max(one.width, one.height) < SHORTEST]
    blurred = [one for one in looks if one not in small and one.blur >= BLURRED]
    screens = [one for one in looks if one.of_screen >= SCREEN]
    if small:
        size = f"{small[0].width}×{small[0].height} 像素"
        yield Finding("too-small", f"{_where(seen, small)}只有 {size}，打印出来看不清；请换成原图")
    if blurred:
        worst = max(one.blur for one in blurred)
        words = "不清晰；请换成清晰的图片"
        yield Finding("blurred", f"{_where(seen, blurred)}{words}", measure=worst)
    if screens:
        worst = max(one.of_screen for one in screens)
        words = "像是翻拍的屏幕；请换成原文件或截图"
        yield Finding("of-a-screen", f"{_where(seen, screens)}{words}", measure=worst)


def _where(seen: Examined, looks: Sequence[PictureLook]) -> str:
    """Return the name of a file and where in it the pictures stand, each place once."""
    places = "、".join(dict.fromkeys(one.place for one in looks if one.place))
    return f"“{seen.name}”里{places}" if places else f"“{seen.name}”"


def _of_what_was_left_out(seen: Examined) -> Iterator[Finding]:
    if seen.notes:
        yield Finding("not-examined", f"“{seen.name}”{'；'.join(seen.notes)}")


def _of_its_use(seen: Examined, to_publish: bool) -> Iterator[Finding]:
    if to_publish and seen.inside:
        words = f"将对外公开，首页却标有“{seen.inside}”；请核对能不能公开"
        yield Finding("for-inside", f"“{seen.name}”{words}")


def making_findings(examined: Examined, fact_on: date | None) -> list[Finding]:
    """Return what is wrong with the day on which a file was made, for a fact of ``fact_on``."""
    return list(_of_its_making(examined, fact_on))


def _of_its_making(seen: Examined, fact_on: date | None) -> Iterator[Finding]:
    if fact_on is None:
        return
    if seen.taken_on:
        yield from _of_a_photograph(seen.taken_on, fact_on)
        return
    allowed = LATE_SCAN if seen.scan else LATE.get(seen.media)
    if allowed is None or seen.made_on is None:
        return
    late = (seen.made_on - fact_on).days
    if late > allowed:
        yield Finding(
            "made-later",
            f"文件属性里的创建日期是 {seen.made_on}，比事实发生日期 {fact_on} 晚 {late} 天"
            f"（{'扫描件' if seen.scan else f'.{SUFFIXES[seen.media][0]} 文件'}晚 {allowed} 天以内不提示）；"
            "如是事后整理或另存的，请说明，或换成当时的原件",
        )


def _of_a_photograph(taken_on: date, fact_on: date) -> Iterator[Finding]:
    late = (taken_on - fact_on).days
    if late > LATE_PHOTOGRAPH:
        yield Finding(
            "made-later",
            f"照片拍摄于 {taken_on}，比事实发生日期 {fact_on} 晚 {late} 天；请核对是不是当次活动的照片",
        )
    elif -late > EARLY_PHOTOGRAPH:
        yield Finding(
            "other-day",
            f"照片拍摄于 {taken_on}，比事实发生日期 {fact_on} 早 {-late} 天；请核对是不是当次活动的照片",
        )


def _of_persons(seen: Examined, to_publish: bool) -> Iterator[Finding]:
    if not to_publish or not seen.personal:
        return
    kinds = words_of(PersonalKind)
    shown = "、".join(f"{kinds[kind]} {masked}" for kind, masked in seen.personal[:MOST_SHOWN])
    more = f"等 {len(seen.personal)} 个" if len(seen.personal) > MOST_SHOWN else ""
    yield Finding(
        "personal-number",
        f"“{seen.name}”将对外公开，里面有{shown}{more}；请用遮盖副本公开",
    )
