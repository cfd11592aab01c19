"""The office's side of a round: take ledgers in by folder and by mail, accept, report, pack. Killed anywhere.

Run by ``python -m tests.tools.evidence_round`` with the settings of an office, as tests do that kill it.
It loads everything, says ``ready``, and takes a line ``FOLDER RUN`` for each round: each is a process of its
own, forked, that says its number (``pid 123``) and where it is (``folder``, ``mail``, ``papers``, ``done``). Asked
by an empty line, it says how that ended (``ended -9``). What an earlier one did is not done again.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.campaign.campaign import looking_at
from models.evidence.deciding import SaidOfEvidence
from models.evidence.listing import evidence_lines
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import EvidenceState
from models.settings import moment_of
from tasks.evidence.deciding import decide_pieces_of
from tasks.intake.importing import import_ledgers
from tasks.intake.mailbox.answers import send_answers
from tasks.intake.mailbox.round import collect_mail
from tasks.intake.receiving import receive
from tasks.packages.making import make_package
from tasks.papers.keeping import PaperOrder
from tasks.papers.writing import write_report

NOW = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)


def main() -> None:
    """Fork a round for each line that comes."""
    _say("ready")
    for line in sys.stdin:
        folder, _, run = line.rpartition(" ")
        if not (pid := os.fork()):
            _say(f"pid {os.getpid()}")
            _round(Path(folder), int(run))
            _say("done")
            os._exit(0)
        sys.stdin.readline()
        _say(f"ended {os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}")


def _round(folder: Path, run: int) -> None:
    """Go through the whole round. Only visits of the mailbox are later from run to run, as leases run out."""
    _say("folder")
    import_ledgers(None, folder / "收件", _day(1))
    _say("mail")
    visit = _day(2, minutes=30 * run)
    collect_mail(visit, lambda slug, files, _: receive(slug, files, _day(2)))
    send_answers(visit)
    _say("papers")
    with looking_at(None) as (session, campaign):
        codes = [one.code for one in evidence_lines(session, key_of(campaign))]
    accepted = SaidOfEvidence("创建办", "", _day(3))
    decide_pieces_of(None, codes, EvidenceState.ACCEPTED, accepted)
    write_report(None, PaperOrder(folder / "自评报告.docx"), _day(4))
    if not (folder / "包.zip").exists():
        make_package(None, folder / "包.zip", "创建办", _day(5))


def _day(days: int, minutes: int = 0) -> Moment:
    return moment_of(NOW + timedelta(days=days, minutes=minutes))


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
