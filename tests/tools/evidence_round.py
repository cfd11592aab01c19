"""The office's side of a round: take ledgers in, accept what came, report, pack. Killed anywhere, run again.

Run by ``python -m tests.tools.evidence_round FOLDER`` with SHIFAN_HOME set, as tests do that kill it.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.settings import moment_of

NOW = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)


def main(folder: Path) -> None:
    """Go through the whole round; what was done before is not done again."""
    from models.campaign.campaign import looking_at
    from models.evidence.deciding import SaidOfEvidence
    from models.evidence.listing import evidence_lines
    from models.keys import key_of
    from models.rules.evidence.words import EvidenceState
    from tasks.evidence.deciding import decide_pieces_of
    from tasks.intake.importing import import_ledgers
    from tasks.packages.making import make_package
    from tasks.papers.keeping import PaperOrder
    from tasks.papers.writing import write_report

    moments = (moment_of(NOW + timedelta(days=day)) for day in range(1, 9))
    import_ledgers(None, folder / "收件", next(moments))
    with looking_at(None) as (session, campaign):
        codes = [one.code for one in evidence_lines(session, key_of(campaign))]
    accepted = SaidOfEvidence("创建办", "", next(moments))
    decide_pieces_of(None, codes, EvidenceState.ACCEPTED, accepted)
    write_report(None, PaperOrder(folder / "自评报告.docx"), next(moments))
    if not (folder / "包.zip").exists():
        make_package(None, folder / "包.zip", "创建办", next(moments))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
