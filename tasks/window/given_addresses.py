"""Which secret addresses somebody may have, and their withdrawal."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlmodel import Session

from models.audit.chain import NewEntry, lock_chain, record
from models.database import open_session
from models.errors import NotFoundError
from models.rules.calendar.moment import Moment
from models.rules.loopback import is_loopback
from models.rules.window.sight import Right
from models.units.unit import units_of
from models.window.withdrawn import withdraw_scope
from notifications import links
from tasks.window.addresses import Behind, SecretAddress, secret_token
from tasks.window.subscribed import Subscribed, subscribed_to
from tasks.window.visitors import Visitor

# What each holds, as the page says it, and who withdraws it.
ABOUT = {
    Behind.CAMPAIGN: "全部事项的时限：一个事项一条，分给多个单位的写明有几个单位",
    Behind.UNIT: "这个单位要办的每一件事的时限",
    Behind.POST: "本岗位要办的事；领导的还有等候决定的审批",
    Behind.WALL: "投到墙上的大屏，不用登录，自己翻页；只有总览，没有各单位的明细，也不能点",
}


@dataclass(frozen=True, slots=True)
class GivenAddress:
    """One address and what is behind it. ``may_withdraw`` says whether whoever reads it may."""

    secret: SecretAddress
    name: str
    about: str
    address: str = field(repr=False)
    may_withdraw: bool = False

    @property
    def is_wall(self) -> bool:
        """Say whether it leads to a screen, and not to a calendar."""
        return self.secret.behind is Behind.WALL

    @property
    def subscribing(self) -> str:
        """Return the address by which a telephone opens its calendar and asks whether to subscribe."""
        return "webcal://" + self.address.partition("://")[2]

    @property
    def picture(self) -> str:
        """Return a QR code of what a telephone opens, as an address of a picture."""
        import segno  # here: it holds a MiB, and few pages show a code

        # Without its encoding some phones read a QR code's bytes as Shift JIS, and micro codes not at all.
        said = self.address if self.is_wall else self.subscribing
        return segno.make(said, encoding="utf-8", micro=False).svg_data_uri(border=2, xmldecl=False)


@dataclass(frozen=True, slots=True)
class AddressPage:
    """The addresses of a campaign that somebody may have; ``units`` are those to choose from, by number."""

    given: tuple[GivenAddress, ...]
    units: tuple[tuple[int, str], ...] = ()
    unit_id: int | None = None

    @property
    def is_here_alone(self) -> bool:
        """Say whether the addresses are this machine's own, which no telephone reaches."""
        return is_loopback(urlsplit(links.ui()).hostname or "")


def address_page(visitor: Visitor, campaign_id: int, unit_id: int | None = None) -> AddressPage:
    """Return the addresses that ``visitor`` may have: of the campaign, the own unit and post; with ``unit_id``
    also of that unit, where all units may be seen; of the wall, where it is the office.

    Writes nothing: an address is reckoned, not kept.
    """
    sees_all = Right.SEE_ALL in visitor.rights
    with open_session(read_only=True) as session:
        wanted = _wanted(visitor, campaign_id, unit_id if sees_all else visitor.unit_id)
        given = tuple(_given(session, visitor, wanted, campaign_id))
        units = units_of(session, campaign_id) if sees_all else []
        named = tuple((one.id or 0, one.name) for one in units if not one.retired)
    return AddressPage(given, named, unit_id)


def withdraw_address(
    secret: SecretAddress, visitor: Visitor, campaign_id: int, moment: Moment
) -> None:
    """Make the address of ``secret`` worthless; an entry of the audit says so, and another works at once.

    Raises NotFoundError for what is not of the campaign, or not ``visitor``'s to withdraw.
    """
    with open_session() as session:
        lock_chain(session)
        found = subscribed_to(session, secret)
        if found is None or found.campaign_id != campaign_id or not _may(visitor, secret):
            raise NotFoundError("没有收回：这里没有这个地址，或者不该由您收回")
        withdraw_scope(session, secret.scope, moment.now)
        said = NewEntry(visitor.by, "links-withdrawn", _called(found), {})
        record(session, campaign_id, moment, said)


def _called(found: Subscribed) -> str:
    """Return what an address is called on the page and in the audit."""
    kind = "大屏" if found.secret.behind is Behind.WALL else "日历"
    return (
        f"{kind}：{found.unit}{found.post}" if found.unit or found.post else f"{kind}：{found.slug}"
    )


def _wanted(visitor: Visitor, campaign_id: int, unit_id: int | None) -> Iterator[SecretAddress]:
    if visitor.post_id:
        yield SecretAddress(Behind.POST, visitor.post_id)
    if unit_id:
        yield SecretAddress(Behind.UNIT, unit_id)
    yield SecretAddress(Behind.CAMPAIGN, campaign_id)
    if Right.OFFICE in visitor.rights:
        yield SecretAddress(Behind.WALL, campaign_id)


def _given(
    session: Session, visitor: Visitor, wanted: Iterator[SecretAddress], campaign_id: int
) -> Iterator[GivenAddress]:
    for secret in wanted:
        found = subscribed_to(session, secret)
        if found is None or found.campaign_id != campaign_id:
            continue
        token = secret_token(session, secret)
        path = f"wall/{token}" if secret.behind is Behind.WALL else f"cal/{token}.ics"
        about, may = ABOUT[secret.behind], _may(visitor, secret)
        yield GivenAddress(secret, _called(found), about, links.front() + path, may)


def _may(visitor: Visitor, secret: SecretAddress) -> bool:
    """Say whether ``visitor`` may withdraw an address: the office any, a post its own and its unit's."""
    if Right.OFFICE in visitor.rights:
        return True
    if secret.behind is Behind.UNIT:
        return Right.ACT in visitor.rights and secret.number == visitor.unit_id
    return secret.behind is Behind.POST and secret.number == visitor.post_id
