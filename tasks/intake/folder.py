"""The watched folder `inbox/` of the home: what lies in it still is taken in, and leaves it.

A sub-folder is one batch: a ledger and the evidence it names lie together. What is refused, and a
ledger's marked copy, go to `退回/` of the home with a note; originals of all else are in the vault.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import CampaignError
from models.evidence.intake.receiving import SECRET_NAME
from models.files.disk_words import reason_of
from models.files.home import home
from models.files.whole_file import FileFault, Unread, read_whole, write_whole
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from tasks.file_names import plain_name
from tasks.intake.arrived import Arrived, TakenIn
from tasks.intake.aside import aside, set_aside, take_away, write_note
from tasks.intake.lying import LARGEST, Lying, pieces_held, what_lies_in
from tasks.intake.receiving import receive


@dataclass(slots=True)
class FolderRound:
    """What one round of the folder did; ``faults`` say what could not be done."""

    taken: int = 0
    returned: int = 0
    secret: int = 0
    waiting: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """Return the round in one line, for the list of runs."""
        said = [f"收件文件夹：收下 {self.taken} 个"]
        for count, words in (
            (self.returned, "个有问题，说明在退回文件夹"),
            (self.secret, "个标着密级，没有保存"),
            (self.waiting, "个还在写入或排队，下次再收"),
        ):
            said += [f"{count} {words}"] if count else []
        said += [f"{len(self.faults)} 处没有做成：{self.faults[0]}"] if self.faults else []
        return "，".join(said)


def collect_folder(
    moment: Moment,
    slug: str | None = None,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> FolderRound:
    """Take in what lies still in the folder. May run twice, at once with itself, or be killed anywhere.

    A file leaves only when its original is in the vault, or when it is in `退回/`; one that was replaced
    meanwhile stays for the next round. Links, pipes and devices are not followed: they are set aside. Where
    the folder is missing it is made; where it cannot be, that is a fault of the round. ``tell`` hears first
    and after each batch how many of how many files were looked at.
    """
    done = FolderRound()
    try:
        found = what_lies_in(inbox())
    except OSError as fault:
        done.faults.append(
            f"收件文件夹 inbox 打不开（{reason_of(fault)}），请在数据目录里建一个能写的 inbox 文件夹"
        )
        return done
    done.waiting += found.waiting
    done.faults += found.faults
    looked, of = 0, sum(map(len, found.batches))
    tell(looked, of)
    for batch in found.batches:
        if any(one.is_moving(moment.now) for one in batch):
            done.waiting += len(batch)
        else:
            try:
                _take(slug, batch, moment, done)
            except CampaignError as fault:
                done.faults.append(str(fault))
            except OSError as fault:
                done.faults.append(f"{batch[0].name} 没有收成（{reason_of(fault)}），下次再收")
        looked += len(batch)
        tell(looked, of)
    _tidy(home() / "inbox")
    return done


def inbox() -> Path:
    """Return the watched folder, there."""
    folder = home() / "inbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _take(slug: str | None, batch: Sequence[Lying], moment: Moment, done: FolderRound) -> None:
    """Take a batch in, a large one piece by piece; its files leave together when all are received."""
    received: list[tuple[Lying, list[TakenIn]]] = []
    earlier: set[int] = set()
    for piece in pieces_held(batch):
        read = [(one, file) for one in piece if (file := _read(one, moment, done))]
        files = [file for _, file in read]
        results = receive(slug, files, moment, earlier=earlier) if files else []
        earlier.update(one.received_id for one in results if one.received_id)
        own = _by_file(results, {file.name for file in files})
        received += [(one, own[one.name]) for one, _ in read]
    for one, became in received:
        with _in_its_turn(one, became, done):
            _let_go(one, became, moment, done)


def _by_file(results: Sequence[TakenIn], names: Collection[str]) -> dict[str, list[TakenIn]]:
    """Return what became of each file, with what was taken out of it where it is an archive."""
    own: dict[str, list[TakenIn]] = {name: [] for name in names}
    for result in results:
        name = result.name
        while name not in own and "/" in name:
            name = name.rpartition("/")[0]
        own.setdefault(name, []).append(result)
    return own


@contextmanager
def _in_its_turn(one: Lying, became: Sequence[TakenIn], done: FolderRound) -> Iterator[None]:
    """Say of a file that cannot leave why, and go on with the others; it is looked at again later."""
    try:
        yield
    except OSError as error:
        secret = any(result.reception is Reception.SECRET for result in became)
        name = SECRET_NAME if secret else one.name
        done.faults.append(
            f"{name} 移不出收件文件夹（{reason_of(error)}），请检查 inbox 和 退回 文件夹的权限和磁盘空间"
        )


def _read(one: Lying, moment: Moment, done: FolderRound) -> Arrived | None:
    """Return a file as it arrives; one that cannot be read is set aside with a note."""
    why = one.odd
    if not why:
        try:
            content = read_whole(one.path, LARGEST)
        except FileFault as fault:
            if fault.why in (
                Unread.MISSING,
                Unread.CHANGED,
            ):  # taken out, or written again just now
                done.waiting += fault.why is Unread.CHANGED
                return None
            why = f"文件{fault.why.value}，没有收"
            if fault.size:
                why += f"；最多 {LARGEST // 1_000_000} MB，更大的请交给创建办另行登记"
    if why:
        with _in_its_turn(one, [], done):
            _return(one, [why], moment, done)
        return None
    digest = hashlib.sha256(content).hexdigest()
    place = one.name.partition("/")[0]
    return Arrived(one.name, content, "", Via.FOLDER, moment.now, f"folder:{digest}", place)


def _let_go(one: Lying, results: Sequence[TakenIn], moment: Moment, done: FolderRound) -> None:
    """Take a file that was received out of the folder; notes and copies are there before it goes."""
    name = one.name
    words = {result.reception for result in results}
    lines = [
        f"{result.name.removeprefix(f'{name}/')}（{result.reception.chinese}）：{line}"
        if result.name != name
        else line
        for result in results
        for line in result.lines
        if result.reception not in (Reception.TAKEN, Reception.REPEATED)
        or result.marked
        or result.unsure
    ]
    if Reception.SECRET in words:
        at = f"收到时间：{moment.local:%Y-%m-%d %H:%M:%S}；来件大小：{one.looks.st_size} 字节"
        write_note(SECRET_NAME, [*[line for r in results for line in r.lines][:1], at], moment)
        take_away(one.path, one.looks)
        done.secret += 1
    elif words == {Reception.REFUSED}:
        _write_marked(results, moment)
        _return(one, lines, moment, done)
    else:
        _write_marked(results, moment)
        if lines:
            write_note(name, lines, moment)
            done.returned += 1
        take_away(one.path, one.looks)
        done.taken += 1


def _write_marked(results: Sequence[TakenIn], moment: Moment) -> None:
    for result in results:
        if result.marked is not None:
            stem = plain_name(Path(result.name).stem, 120)
            mark = hashlib.sha256(result.marked).hexdigest()[:8]
            write_whole(aside(moment) / f"{stem}-退回-{mark}.xlsx", result.marked)


def _return(one: Lying, lines: Sequence[str], moment: Moment, done: FolderRound) -> None:
    """Move a file to 退回/, its note first; one of the same name there is not overwritten."""
    write_note(one.name, lines, moment)
    if set_aside(one.path, one.looks, one.name, moment):
        done.returned += 1
    else:
        done.waiting += 1


def _tidy(folder: Path) -> None:
    """Take away folders that are empty, the innermost first."""
    for place, _, _ in os.walk(folder, topdown=False):
        if Path(place) != folder:
            with suppress(OSError):
                Path(place).rmdir()
