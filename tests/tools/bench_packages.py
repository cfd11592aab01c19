"""A vault of 100,000 files, checked and packaged in flat memory, beside the same done plainly.

Run by ``python -m tests.tools.bench_packages``; prints rows of the table, asserts nothing.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from tests.tools.bench_table import Figure, at_most, floor, say, taken

FILES, SIZE = 100_000, 2_000  # and bytes of each
NOW = datetime(2025, 7, 1, 1, tzinfo=UTC)
MEGABYTES = 200
# In a process of its own, for what it holds at most is asked of the system. Not by getrusage: that counts
# what its parent held, too.
MEASURED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
{imports}
begun = perf_counter()
files = {work}
took = perf_counter() - begun
[most] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(files, took, int(most) // 1024)
"""
MAKE = (
    """
from models.settings import moment_of
from tasks.packages.making import make_package
""",
    """make_package(
    None, Path(sys.argv[1]), "创建办", moment_of(datetime(2025, 7, 1, 1, tzinfo=UTC))
).files""",
)
CHECK = (
    "from tasks.evidence.vault_checking import check_whole_vault",
    """(
    check_whole_vault(lambda done, of: None).files
)""",
)


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFAN_HOME"] = str(Path(folder, "home"))
        _fill()
        out = Path(folder, "包.zip")
        took, memory = _measured(*MAKE, str(out))
        plain = taken(lambda: _packed_plainly(Path(folder, "对照.zip")))
        say(
            Figure(
                "包",
                f"{FILES:,} 份材料打成申报材料包",
                took,
                floor(3),
                "只用 zipfile 打包",
                plain,
            )
        )
        say(Figure("包", "它占的内存", memory, at_most(MEGABYTES), unit="MiB"))
        took, memory = _measured(*CHECK)
        plain = taken(_hashed_plainly)
        what = f"核对材料库的 {FILES:,} 个文件"
        say(Figure("库", what, took, floor(3), "只用 hashlib 逐个重算", plain))
        say(Figure("库", "它占的内存", memory, at_most(MEGABYTES), unit="MiB"))


def _measured(imports: str, work: str, *words: str) -> tuple[float, float]:
    """Return how long ``work`` takes in a process of its own, and the MiB it holds at most."""
    code = MEASURED.format(imports=imports, work=work)
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, check=True, text=True
    )
    files, took, memory = ran.stdout.split()
    assert int(files) == FILES
    return float(took), float(memory)


def _hashed_plainly() -> None:
    from models.evidence.vault.keeping import every_kept

    for _, place in every_kept():
        with place.open("rb") as file:
            hashlib.file_digest(file, "sha256").hexdigest()


def _packed_plainly(path: Path) -> None:
    from models.evidence.vault.keeping import every_kept

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, place in every_kept():
            archive.write(place, name)


def _fill() -> None:
    """Put files into the vault and rows into the tables, as many hand-ins would have."""
    from sqlalchemy import insert
    from sqlmodel import select

    from models.campaign.work import Indicator
    from models.database import engine_for, open_session
    from models.evidence.demands.demand import Demand
    from models.evidence.evidence import Evidence, EvidenceRevision, EvidenceUse
    from models.evidence.vault.keeping import keep
    from models.settings import settings
    from tests.tools import bench

    campaign_id = bench.prepare(Path(os.environ["SHIFAN_HOME"]))
    with open_session() as session:
        indicators = session.exec(select(Indicator.id).where(Indicator.level == 3)).all()
        session.add_all(
            Demand(campaign_id=campaign_id, indicator_id=one, ordinal=1, text="要求")
            for one in indicators
        )
        session.flush()
        demands = session.exec(select(Demand.id)).all()
    os.fsync, synced = lambda _: None, os.fsync  # what is kept here need not outlive the bench
    hashes = [keep(os.urandom(SIZE // 2).hex().encode()).sha256 for _ in range(FILES)]
    os.fsync = synced
    pieces = [
        {
            "id": n,
            "campaign_id": campaign_id,
            "number": n,
            "kind": "file",
            "title": f"第 {n} 份材料",
        }
        | {"caption": "", "passage": "", "to_publish": False, "latest": 1, "withdrawn": False}
        for n in range(1, FILES + 1)
    ]
    revisions = [
        {"evidence_id": n, "number": 1, "sha256": sha256, "algorithm": "sha256", "size": SIZE}
        | {"media": "txt", "file_name": f"{n}.txt", "url": "", "received_at": NOW, "via": "mail"}
        | {"uploaded_by": "", "state": "accepted", "state_by": "", "reason": ""}
        for n, sha256 in enumerate(hashes, 1)
    ]
    uses = [
        {"evidence_id": n, "demand_id": demands[n % len(demands)], "withdrawn": False}
        for n in range(1, FILES + 1)
    ]
    # Past the sealing of facts: a bench of packing is none of the chain.
    with engine_for(settings().database).begin() as connection:
        for table, rows in ((Evidence, pieces), (EvidenceRevision, revisions), (EvidenceUse, uses)):
            connection.execute(insert(table), rows)


if __name__ == "__main__":
    main()
