"""The 简称 of a campaign: what may be one, which spellings are the same, what one is called by default."""

import re
import unicodedata

DEMO = "【演示】"
LONGEST_SLUG = 40  # characters
_SLUG = re.compile(r"[^\W_](?:[\w ·-]{0,38}[^\W_])?")
NUMBERED = re.compile(r"c([0-9]{1,38})", re.ASCII)  # an address that says which number
_IN_ADDRESSES = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")  # what Prefect takes as a key

# A place in a title: one unit of it inside another, each a name and the word for its kind.
_KIND = "自治区|自治州|自治县|自治旗|新区|开发区|街道|省|市|州|盟|县|区|旗|镇|乡"
_OUTER = re.compile(f"([\u4e00-\u9fff])(县|旗|区)|([\u4e00-\u9fff]{{2,8}}?)({_KIND})")
_INNER = re.compile("()()([\u4e00-\u9fff]{2,4}?)(自治州|自治县|自治旗|新区|市|县|区|旗)")
# 青汀县创建国家卫生县城 names one place, 安宁州居家和社区 too.
_NO_NAME = re.compile("[创建全国示范我本各和委属城]|法治|工作|[市县区]级?[直社园景]|[社园景]$")
_BEFORE_A_PLACE = re.compile(r"^(?:关于|印发|转发|中共|[《〈]|(?:19|20)\d\d年度?)+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def label(slug: str, is_demo: bool) -> str:
    """Return what a campaign is called wherever it is named: a demonstration always says that it is one."""
    return f"{slug}{DEMO}" if is_demo else slug


def folded(slug: str) -> str:
    """Return ``slug`` so that spellings of the same name are equal: 金昌2025, 金昌 2025, 金昌 2025."""
    return "".join(unicodedata.normalize("NFKC", slug).casefold().split())


def tidy(slug: str) -> str:
    """Return a typed name as it is kept: half-width, one blank at most."""
    return " ".join(unicodedata.normalize("NFKC", slug).split())


def slug_fault(slug: str) -> str:
    """Return what is wrong with a name; empty when it can be one."""
    if _SLUG.fullmatch(slug):
        return ""
    return (
        f"“{slug or '（空）'}”不能用作简称，只能用汉字、字母、数字和中间的空格、短横线，"
        f"最多 {LONGEST_SLUG} 个字，如 金昌 2025"
    )


def address_of(slug: str, number: int) -> str:
    """Return the name as a part of an address, where only small letters and digits will do.

    A name that looks like a number's address has that of its own number: c1 is always the first campaign.
    """
    plain = _IN_ADDRESSES.fullmatch(slug) and not NUMBERED.fullmatch(slug)
    return slug if plain else f"c{number}"


def default_slug(title: str, issuer: str, year: int | None) -> str:
    """Return the name a plan gets when nobody gives it one: 金昌 2025, from its title and year."""
    place = _place_in(title) or _place_in(issuer) or "方案"
    found = _YEAR.search(title)
    when = found.group(1) if found else str(year or "")
    return f"{place[: LONGEST_SLUG - 5]} {when}".strip()


def _place_in(text: str) -> str:
    """Return the innermost place that ``text`` begins with: 曾都 of 随州市曾都区, 随县 of 随县."""
    rest, place = _BEFORE_A_PLACE.sub("", text), ""
    while unit := (_INNER if place else _OUTER).match(rest):
        short, its_kind, name, _ = unit.groups()
        if _NO_NAME.search(short or name):
            break
        place = name or short + its_kind
        rest = rest[unit.end() :]
    return place
