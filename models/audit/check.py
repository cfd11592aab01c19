"""Check the audit chain: is every entry as it was written, and is none missing, added or moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.audit.chain import GENESIS, seal_of
from models.audit.heads import AuditHead, is_signed, kept_heads
from models.audit.links import NEVER, Link, read_links
from models.audit.protection import protection_faults
from models.audit.replay import differences, replay
from models.audit.replay_words import in_words
from models.backup.restores import RESTORED, covers, read_restore
from models.errors import SettingsError
from models.hashing import ALGORITHMS, SHA256, is_here, lacking_in_words
from models.rules.audit.chain import SentHead, in_groups
from models.rules.audit.fact_table import Facts
from models.rules.audit.restored import restore_in_words


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold; ``entry`` is its number, None for a head."""

    entry: int | None
    what: str

    @property
    def line(self) -> str:
        """Return it in words."""
        return f"记录链断在{f'第 {self.entry} 条记录' if self.entry else '链头'}：{self.what}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: how many entries, the last hash and what it was made by, the first break, faults, warnings.

    ``faults`` are what else is not as it should be, one line each; ``warnings`` accuse nobody.
    """

    entries: int
    hash: str
    broken: Break | None = None
    faults: Sequence[str] = ()
    warnings: Sequence[str] = ()
    sent_is_gone: bool = False  # the head that was sent went with what a restore lost
    algorithm: str = SHA256

    @property
    def lines(self) -> list[str]:
        """Return everything that is wrong, a line each; empty when the chain holds."""
        return ([self.broken.line] if self.broken else []) + list(self.faults)


def check_chain(
    session: Session, key: bytes, kept: Sequence[AuditHead] = (), sent: SentHead | None = None
) -> Checked:
    """Check the whole chain against itself, the heads in the database, and ``kept`` ones from outside.

    ``sent`` is a head as it stood in a message, short and unsigned: nobody can change that any more.

    Names the first broken entry: changed, removed, inserted or moved. Entries cut off at the end show
    as soon as any head covers them. The protection of the tables is compared by its text. A chain that
    holds is replayed and compared with the tables of facts, by a fixed number of statements.
    Raises SettingsError where this machine lacks an algorithm that entries are sealed by.
    """
    links = read_links(session)
    _require_algorithms(links)
    changed = _first_break(links)
    restored = _restores(links, key)
    own = kept_heads(session)
    misfit, gone = None, False
    if sent and (misfit := _against(links, sent)):
        gone = any(covers(one, sent.entries, sent.start) for one in restored.values())
    broken = (
        changed
        or _unreadable(own.unreadable)
        or _first_head(links, [*own.heads, *kept], key, list(restored.values()))
        or (None if gone else misfit)
    )
    connection = session.connection()
    faults = protection_faults(session)
    if changed is None:
        faults += in_words(connection, differences(connection, replay(links)))
    told = [f"第 {number} 条记录：{restore_in_words(facts)}" for number, facts in restored.items()]
    last = links[-1].hash if links else GENESIS
    by = links[-1].algorithm if links else SHA256
    return Checked(len(links), last, broken, faults, told, gone, by)


def _require_algorithms(links: Sequence[Link]) -> None:
    """Raise SettingsError where an entry cannot be checked here: that accuses nobody."""
    for algorithm in {link.algorithm for link in links} & set(ALGORITHMS):
        if not is_here(algorithm):
            number = next(link.id for link in links if link.algorithm == algorithm)
            raise SettingsError(
                f"第 {number} 条记录的指纹用 SM3 计算，{lacking_in_words(algorithm)}，有没有改动核对不了；"
                "请在带 SM3 的 Python（OpenSSL 1.1.1 以上）上再核对"
            )


def _restores(links: Sequence[Link], key: bytes) -> dict[int, Facts]:
    """Return what was restored, by the number of its entry; what is not signed covers nothing."""
    found = {link.id: read_restore(link.facts, key) for link in links if link.what == RESTORED}
    return {number: facts for number, facts in found.items() if facts}


def break_at_end(links: Sequence[Link]) -> Break | None:
    """Return the first break among the last entries of the chain; what is before them is taken as it is."""
    return _first_break(links, links[0].previous) if links else None


def _first_break(links: Sequence[Link], before: str = GENESIS) -> Break | None:
    for link in links:
        if not _is_whole(link):
            return Break(link.id, "内容与当时的指纹不符，被改动过")
        if link.previous != before:
            return Break(link.id, _misplaced(link, links, before))
        before = link.hash
    return None


def _is_whole(link: Link) -> bool:
    if link.at == NEVER or link.algorithm not in ALGORITHMS:
        return False
    try:
        return seal_of(link.algorithm, link.previous, *link[1:8]) == link.hash
    except (TypeError, ValueError):  # a blob where a text was
        return False


def _misplaced(link: Link, links: Sequence[Link], before: str) -> str:
    if not any(one.previous == before for one in links):
        return "与前一条接不上，它前面有记录被删除"
    if any(one.hash == link.previous for one in links):
        return "位置不对，记录的顺序被调换过"
    return "与前一条接不上，是后来插入的"


def _unreadable(numbers: Sequence[int]) -> Break | None:
    return Break(None, f"链头表的第 {numbers[0]} 行读不出，被改动过") if numbers else None


def _first_head(
    links: Sequence[Link],
    kept: Iterable[AuditHead],
    key: bytes,
    restored: Sequence[Facts],
) -> Break | None:
    known = [
        head
        for head in kept
        if not (_misfit(links, head) and any(covers(r, head.entries, head.hash) for r in restored))
    ]
    unsigned = [head for head in known if not is_signed(head, key)]
    if len(unsigned) == len(known) > 1 and not any(_misfit(links, head) for head in known):
        return Break(
            None,
            "内容都对得上，只是没有一个是用现在的密钥 audit.key 签的：密钥换过或重做过，"
            "不像是改动；请把另存的（或原来数据目录里的）audit.key 放回数据目录",
        )
    for head in known:
        if head in unsigned:
            return Break(None, f"{head.day} 的链头签名不符，链头被改动过或换了签名密钥")
        if found := _misfit(links, head):
            return found
    return None


def _misfit(links: Sequence[Link], head: AuditHead) -> Break | None:
    """Return how the chain differs from a head; None where it still holds that entry."""
    if head.entries > len(links):
        return Break(
            None,
            f"{head.day} 的链头说有 {head.entries} 条记录，现在只有 {len(links)} 条，末尾的记录被删除",
        )
    if head.entries and links[head.entries - 1].hash != head.hash:
        return Break(links[head.entries - 1].id, f"与 {head.day} 的链头不符，整条链被重新写过")
    return None


def _against(links: Sequence[Link], sent: SentHead) -> Break | None:
    """Return how the chain differs from a head that was sent; None when it still holds that entry."""
    shown = in_groups(sent.start)
    if sent.entries is None:
        if any(link.hash.startswith(sent.start) for link in links):
            return None
        return Break(None, f"没有一条记录的指纹以 {shown} 开头，整条链被重新写过，或抄写有误")
    if not 1 <= sent.entries <= len(links):
        return Break(
            None,
            f"消息说有 {sent.entries} 条记录，现在只有 {len(links)} 条，末尾的记录被删除，或抄写有误",
        )
    link = links[sent.entries - 1]
    if link.hash.startswith(sent.start):
        return None
    return Break(
        link.id,
        f"指纹是 {in_groups(link.hash)}，与消息里的 {shown} 不符，整条链被重新写过，或抄写有误",
    )
