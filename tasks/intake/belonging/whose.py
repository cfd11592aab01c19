"""Which unit a file is of that no ledger names yet: by who sent it, where it lay, what it is called."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from models.evidence.intake.late import files_of_units, lacking_ledgers, units_of_senders
from models.evidence.known import Units, units_known
from models.rules.evidence.words import Via
from tasks.intake.arrived import Arrived, TakenIn
from tasks.intake.belonging.addresses import units_by_channel
from tasks.intake.belonging.late import lacking_in, told_as
from tasks.lists.names import meant, with_bodies

SHORTEST = 3  # characters of a unit's name that is looked for within a file's name
MOST_UNITS_SAID = 5
WRONG = "；如果不是，请告知创建办"


@dataclass(frozen=True, slots=True)
class Whose:
    """The unit a file is of, "" where that is not known; ``line`` says what is guessed or must be asked.

    ``unsure`` when the sender should be told even though the file is taken.
    """

    unit: str = ""
    unit_id: int | None = None
    line: str = ""
    unsure: bool = False


@dataclass(slots=True)
class WhoseFiles:
    """Tells whose files are; asked about all files of one call together."""

    units: Units
    by_sender: Mapping[str, Sequence[str]]  # units whose ledgers an address handed in
    by_channel: Mapping[str, Sequence[str]]  # units whose channel an address is
    by_batch: Mapping[str, Sequence[str]]  # units whose ledgers came along
    wanting: Mapping[str, Sequence[str]]  # units whose ledgers lack a file, by its name as told
    _bodies: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._bodies = with_bodies(self.units.ids)

    def of(self, file: Arrived) -> Whose:
        """Return whose ``file`` is. A guess says what it was made by, and one of two is none."""
        if file.via is Via.MAIL:
            return self._of_mail(file)
        for names, how, unsure in (
            (self._by_folder(file), "按文件夹名", False),
            (self._by_name(file), "按文件名", True),
            (self.by_batch.get(file.batch, ()), "按放在一起的台账", True),
        ):
            if len(names) == 1:
                return self._known(names[0], f"{how}认作{names[0]}的{WRONG}", unsure=unsure)
            if names:
                return self._unknown(file, f"{how}可能是{_some(names)}的")
        return self._unknown(file, "")

    def _of_mail(self, file: Arrived) -> Whose:
        known = self.by_channel.get(file.sender, ())
        if len(known) == 1:
            return self._known(known[0], "", unsure=False)
        sent = self.by_sender.get(file.sender, ())
        if len(sent) == 1 and not known:
            line = f"发件地址没有登记，因为它交过{sent[0]}的台账，认作{sent[0]}的{WRONG}"
            return self._known(sent[0], line, unsure=True)
        if several := known or sent:
            return self._unknown(file, f"这个发件地址是{_some(several)}共用的")
        return self._unknown(file, "")

    def _known(self, unit: str, line: str, *, unsure: bool) -> Whose:
        return Whose(unit, self.units.ids.get(unit), line, unsure)

    def _unknown(self, file: Arrived, why: str) -> Whose:
        """Ask whose a file is, where it could be several units' or somebody waits for one of its name."""
        wanting = self.wanting.get(told_as(file.name), ())
        if not why and not wanting:
            return Whose()
        said = [why] if why else []
        if wanting:
            said.append(f"{_some(wanting)}的台账在等这个文件名")
        return Whose(
            "", None, f"{'，'.join(said)}，不知道是哪个单位的，没有挂上；{_how_to_say(file)}", True
        )

    def _by_folder(self, file: Arrived) -> Sequence[str]:
        """Return the unit that the innermost folder names which names one."""
        for part in reversed(file.name.replace("\\", "/").split("/")[:-1]):
            found = meant(part.rpartition(".zip")[0] or part, self._bodies)
            if found is not None:
                return [self.units.names[found]]
        return []

    def _by_name(self, file: Arrived) -> Sequence[str]:
        """Return the units whose names stand in a file's name; a name within another's is not meant."""
        name = file.name.replace("\\", "/").rpartition("/")[2]
        found = set()
        for known, unit_id in sorted(self.units.ids.items(), key=lambda one: -len(one[0])):
            if len(known) >= SHORTEST and known in name:
                found.add(self.units.names[unit_id])
                name = name.replace(known, "\0")
        return sorted(found)


def whose_files(
    session: Session,
    campaign_id: int,
    files: Sequence[Arrived],
    ledgers: Sequence[tuple[Arrived, TakenIn]],
) -> WhoseFiles:
    """Return what tells whose ``files`` are; ``ledgers`` came along, each with what became of it."""
    units = units_known(session, campaign_id)
    senders = {file.sender for file in files if file.via is Via.MAIL and file.sender}
    by_batch: dict[str, list[str]] = {}
    for file, became in ledgers:
        if file.batch and became.unit and became.unit not in by_batch.setdefault(file.batch, []):
            by_batch[file.batch].append(became.unit)
    wanting = _wanting(session, campaign_id, {told_as(file.name) for file in files})
    by_sender = units_of_senders(session, campaign_id, senders) if senders else {}
    return WhoseFiles(units, by_sender, dict(units_by_channel(units, senders)), by_batch, wanting)


def _wanting(session: Session, campaign_id: int, names: Collection[str]) -> dict[str, list[str]]:
    """Return which units' ledgers lack files of ``names`` still."""
    lacking = lacking_ledgers(session, campaign_id)
    found: dict[str, set[str]] = {}
    for one in lacking:
        for name in lacking_in(one) & set(names):
            found.setdefault(name, set()).add(one.unit)
    met = files_of_units(session, campaign_id) if found else []
    for unit, name in met:
        found.get(told_as(name), set()).discard(unit)
    return {name: sorted(units) for name, units in found.items() if units}


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_UNITS_SAID
    return "、".join(names[:MOST_UNITS_SAID]) + (f"等 {len(names)} 个单位" if more > 0 else "")


def _how_to_say(file: Arrived) -> str:
    if file.via is Via.MAIL:
        return "请从本单位登记的邮箱发来，或把台账与它一并发来"
    return "请放进以单位名称命名的文件夹再放一次，或与台账放在一起"
