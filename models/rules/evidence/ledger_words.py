"""The first page of a ledger: 需要干什么, 已经干了什么, 还有哪些差距, each in a few lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.said import inside
from models.rules.words import Progress, Role

LACKS = "没有一起收到“"  # begins what is said of a file that a ledger names and that has not come
NEXT, GAPS, CODES = 10, 5, 12  # lines of what comes next; lines and codes of each gap
LONGEST_SHOWN = 36  # characters of a title on the first page


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part as the first page speaks of it; ``proved`` says that some evidence of it stands.

    ``reopened``: it was reported as done, and that was taken back with its evidence.
    """

    code: str
    role: str
    title: str
    due: date | None
    state: Progress
    proved: bool
    reopened: bool = False


@dataclass(frozen=True, slots=True)
class PieceShown:
    """A piece of evidence as the first page speaks of it; ``state`` is an office's word."""

    code: str
    title: str
    state: str
    returned: bool
    reason: str


def what_to_do(parts: Sequence[PartShown]) -> str:
    """Return what a unit is asked for, and what comes next."""
    lead = sum(part.role == Role.LEAD for part in parts)
    counts = [(state, sum(part.state is state for part in parts)) for state in Progress]
    told = "，".join(f"{state.chinese} {count} 项" for state, count in counts if count)
    lines = [f"共 {len(parts)} 项，其中牵头 {lead} 项：{told}。" if parts else "目前没有事项。"]
    open_parts = [part for part in parts if not part.state.is_over]
    dated = sorted((part for part in open_parts if part.due), key=lambda part: str(part.due))
    lines += [f"{part.due} 前：{_named(part)}" for part in dated[:NEXT]]
    if (left := len(open_parts) - len(dated[:NEXT])) > 0:
        lines.append(f"另有 {left} 项没有办完，见“台账”。")
    return "\n".join(lines)


def what_is_done(parts: Sequence[PartShown], pieces: Sequence[PieceShown]) -> str:
    """Return what a unit has done and handed in."""
    done = [part.code for part in parts if part.state is Progress.DONE]
    lines = [f"已完成 {len(done)} 项：{_codes(done)}。" if done else "还没有登记完成的事项。"]
    words = dict.fromkeys(piece.state for piece in pieces)
    told = "，".join(f"{word} {sum(p.state == word for p in pieces)} 份" for word in words)
    lines.append(f"已报材料 {len(pieces)} 份：{told}。" if pieces else "还没有报过证明材料。")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What stands between a unit and the end of its work; ``unproved`` are codes, ``owed`` counts figures."""

    late: Sequence[PartShown]
    reopened: Sequence[PartShown]
    returned: Sequence[PieceShown]
    unproved: Sequence[str]
    owed: int = 0


def gaps_of(
    parts: Sequence[PartShown], pieces: Sequence[PieceShown], today: date, *, owed: int = 0
) -> Gaps:
    """Return the gaps of a unit on ``today``, what is latest first."""
    late = [p for p in parts if p.due and p.due < today and not p.state.is_over]
    late.sort(key=lambda part: str(part.due))
    unproved = [
        part.code for part in parts if not part.proved and part.state is not Progress.DROPPED
    ]
    reopened = [part for part in parts if part.reopened]
    return Gaps(late, reopened, [piece for piece in pieces if piece.returned], unproved, owed)


def what_is_missing(
    parts: Sequence[PartShown], pieces: Sequence[PieceShown], today: date, *, owed: int = 0
) -> str:
    """Return what stands between a unit and the end of its work, the most pressing first; ``owed`` are figures."""
    gaps = gaps_of(parts, pieces, today, owed=owed)
    late, reopened, returned, unproved = gaps.late, gaps.reopened, gaps.returned, gaps.unproved
    lines = [
        *_some(
            f"逾期 {len(late)} 项：", (f"{_named(p)}（应于 {p.due} 完成）" for p in late), len(late)
        ),
        *_some(
            f"报过完成、因材料退回或到期改回进行中 {len(reopened)} 项，材料补齐后自动恢复已完成：",
            (f"{_named(p)}{f'（应于 {p.due} 前补齐）' if p.due else ''}" for p in reopened),
            len(reopened),
        ),
        *_some(
            f"退回待改的材料 {len(returned)} 份：",
            (
                f"{p.code} {p.title[:LONGEST_SHOWN]}：{inside(p.reason)[:LONGEST_SHOWN]}"
                for p in returned
            ),
            len(returned),
        ),
    ]
    if unproved:
        lines.append(f"还没有证明材料的 {len(unproved)} 项：{_codes(unproved)}。")
    if owed:
        lines.append(f"还没有填的数据 {owed} 处，见“指标数据”。")
    return "\n".join(lines) or "目前没有差距。"


def _some(head: str, lines: Iterable[str], count: int) -> list[str]:
    if not count:
        return []
    shown = [f"　{line}" for line, _ in zip(lines, range(GAPS), strict=False)]
    more = [f"　……另有 {count - len(shown)} 项"] if count > len(shown) else []
    return [head, *shown, *more]


def _named(part: PartShown) -> str:
    title = " ".join(part.title.split())
    return f"{part.code} {title[:LONGEST_SHOWN]}{'…' if len(title) > LONGEST_SHOWN else ''}"


def _codes(codes: Sequence[str]) -> str:
    more = f"等 {len(codes)} 项" if len(codes) > CODES else ""
    return "、".join(codes[:CODES]) + more
