"""Check the vault, with words for what was found."""

from collections.abc import Callable

from models.database import open_session
from models.evidence.vault.checking import VaultReport, check_vault, hashes_needed

SHOWN = 20  # hashes that are named of each kind


def check_whole_vault(tell: Callable[[int, int], None]) -> VaultReport:
    """Hash the vault and hold it against the tables; ``tell`` hears how many files of how many were seen."""
    with open_session(read_only=True) as session:
        needed, known = hashes_needed(session)
    report = VaultReport()
    for count in check_vault(needed, known, report):
        tell(count, max(count, len(needed)))
    return report


def vault_in_words(report: VaultReport) -> list[str]:
    """Return what a check found, a line for each kind, the faults first."""
    found = []
    for hashes, what in (
        (report.missing, "缺少，请从备份找回"),
        (report.changed, "内容已被改动，请从备份换回"),
        (report.unreferenced, "没有登记引用（中断的报送留下的，或登记被恢复到更早），不影响使用"),
    ):
        if hashes:
            named = "、".join(one[:12] for one in hashes[:SHOWN])
            more = "等" if len(hashes) > SHOWN else ""
            found.append(f"{len(hashes)} 个文件{what}：{named}{more}")
    if report.drafts:
        found.append(
            f"{report.drafts} 个写了一半的草稿在 vault/drafts 里，没有报送在进行时可以删去"
        )
    went_on = "（接着上次核对）" if report.resumed else ""
    found.append(f"核对了 {report.files} 个文件{went_on}，{'完好' if report.sound else '有问题'}")
    return found
