"""Examine this installation: every check on its own, guarded and with a time limit, all on one page."""

import threading
import time
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from models.errors import CampaignError
from models.files.disk_words import reason_of
from models.files.home import only_looking
from tasks.doctor.diagnosis import (
    HEALTH_WORDS,
    Check,
    Diagnosis,
    Health,
    bad,
    to_look_at,
    under_name,
)

WORST_FIRST = (Health.BAD, Health.LOOK, Health.WELL)
LONGEST = 12.0  # seconds that all checks may take together
ASK_FOR_HELP = "请管这台电脑的同事照这一行处理，办不成的交给维护人员"
LOOK_AT_THE_MACHINE = "请管这台电脑的同事看磁盘和文件的属主"
SLOW = "过几分钟再体检一次；还是这样，看磁盘、网络和数据库是不是很忙"


@dataclass(frozen=True, slots=True)
class Examination:
    """What every check came to, in their order, and when (UTC)."""

    at: datetime
    lines: Sequence[Diagnosis]

    def count(self, health: Health) -> int:
        """Return how many lines are so."""
        return sum(line.health is health for line in self.lines)

    @property
    def in_words(self) -> str:
        """Return in one line how many lines are bad, to be looked at, and well."""
        return "，".join(
            f"{n} 项{HEALTH_WORDS[one]}" for one in WORST_FIRST if (n := self.count(one))
        )

    @property
    def worst_first(self) -> list[Diagnosis]:
        """Return the lines, what is bad first; otherwise in their order."""
        return sorted(self.lines, key=lambda line: WORST_FIRST.index(line.health))


def examine_all(now: datetime, checks: Iterable[Check], longest: float = LONGEST) -> Examination:
    """Look at everything; nothing is sent and nothing of ours is changed. Never raises.

    All that need nothing, or only what was found well, look at once. One that fails or hangs says so in
    its own line and keeps no other from its own; after ``longest`` seconds nobody is waited for.
    """
    until = time.monotonic() + longest
    waiting, found = list(checks), dict[str, Diagnosis]()
    names = [check.name for check in waiting]
    while waiting:
        ready = [
            one for one in waiting if all(name in found for name in (*one.needs, *one.after))
        ] or waiting
        waiting = [one for one in waiting if one not in ready]
        looks = [_Look(one, now) for one in ready if not _ill(one, found)]
        found |= {one.name: _left_out(one, found) for one in ready if _ill(one, found)}
        found |= {look.check.name: look.wait(until) for look in looks}
    return Examination(now, [under_name(_with_mend(found[name]), name) for name in names])


def _with_mend(found: Diagnosis) -> Diagnosis:
    """Return ``found``; what is not well and says no mend of its own is for whoever keeps the program up."""
    mended = found.health is Health.WELL or found.mend or found.command
    return found if mended else replace(found, mend=ASK_FOR_HELP)


def _ill(check: Check, found: dict[str, Diagnosis]) -> str:
    """Return what ``check`` needs and is bad; empty where nothing is."""
    return next((n for n in check.needs if n in found and found[n].health is Health.BAD), "")


def _left_out(check: Check, found: dict[str, Diagnosis]) -> Diagnosis:
    need = _ill(check, found)
    return to_look_at("没有看", f"先把“{need}”一项修好，再体检一次")


class _Look:
    """One check at its work, in a thread that nobody has to wait for."""

    def __init__(self, check: Check, now: datetime) -> None:
        self.check, self._now = check, now
        self._found: Diagnosis | None = None
        self._until = time.monotonic() + check.seconds
        self._thread = threading.Thread(target=self._run, name=f"doctor {check.name}", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with only_looking():
                self._found = self.check.look(self._now)
        except CampaignError as error:
            self._found = bad(str(error))  # its one line says what to do
        except OSError as error:
            self._found = bad(f"读不出来（{reason_of(error)}）", LOOK_AT_THE_MACHINE)
        except Exception as error:  # one that fails says so, and the others go on
            self._found = bad(f"这一项没有检查成（{_place(error)}）", ASK_FOR_HELP)

    def wait(self, until: float) -> Diagnosis:
        """Return what was found, or that there was no answer in time."""
        self._thread.join(max(0.0, min(self._until, until) - time.monotonic()))
        if self._found:
            return self._found
        said = f"等了 {self.check.seconds:g} 秒没有结果"
        return bad(said, SLOW) if self.check.vital else to_look_at(said, SLOW)


def _place(error: Exception) -> str:
    """Return the kind of a fault of ours and where it lies; its text could hold anything."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}，{Path(last.filename).name} 第 {last.lineno} 行"
