"""Check the vault, with words for what was found."""

from collections.abc import Callable, Mapping

from models.database import open_session
from models.evidence.vault.checking import (
    VaultReport,
    check_vault,
    hashed_otherwise,
    hashes_needed,
    uses_of_hashes,
)
from models.evidence.vault.keeping import every_kept, is_kept, vault
from tasks.evidence.looking_up import size_words

SHOWN = 20  # hashes that are named of each kind


def check_whole_vault(tell: Callable[[int, int], None]) -> VaultReport:
    """Hash the vault and hold it against the tables; ``tell`` hears how many files of how many were seen."""
    with open_session(read_only=True) as session:
        needed, known = hashes_needed(session)
        otherwise = hashed_otherwise(session)
    report = VaultReport()
    for count in check_vault(needed, known, report, otherwise):
        tell(count, max(count, len(needed)))
    with open_session(read_only=True) as session:
        report.uses = uses_of_hashes(session, {*report.missing, *report.changed, *report.unread})
    return report


def missing_in_vault() -> int:
    """Return how many files the tables name that are not in the vault; nothing is hashed."""
    with open_session(read_only=True) as session:
        return sum(not is_kept(one) for one in hashes_needed(session)[0])


def vault_beside_backup() -> str:
    """Return what has to be copied beside a backup of the database, in words; empty where nothing is kept."""
    sizes = [path.stat().st_size for _, path in every_kept()]
    if not sizes:
        return ""
    return (
        f"备份里没有证明材料库：{vault()} 里的 {len(sizes)} 个文件（{size_words(sum(sizes))}）请随后一起复制，"
        f"如 cp -a {vault()} 备份处/；恢复时两样一起放回，再运行 shifan vault check"
    )


def _named(sha256: str, uses: Mapping[str, str]) -> str:
    return f"{sha256[:12]}（{uses[sha256]}）" if sha256 in uses else sha256[:12]


def vault_in_words(report: VaultReport) -> list[str]:
    """Return what a check found, a line for each kind, the faults first."""
    found = []
    for hashes, what in (
        (report.missing, "缺少，请从备份找回"),
        (report.changed, "内容已被改动，请从备份换回"),
        (report.unread, "读不出，请检查这些文件的属主、权限和磁盘，坏了的从备份换回"),
        (report.unreferenced, "没有登记引用（中断的报送留下的，或登记被恢复到更早），不影响使用"),
    ):
        if hashes:
            named = "、".join(_named(one, report.uses) for one in hashes[:SHOWN])
            more = "等" if len(hashes) > SHOWN else ""
            found.append(f"{len(hashes)} 个文件{what}：{named}{more}")
    if report.nested:
        found.append(
            f"{vault()} 里面又有一个 {vault().name} 文件夹，像是从备份复制回来时多套了一层："
            "请把里面的内容移到外面一层，再核对一次"
        )
    if report.drafts:
        found.append(f"清除了 {report.drafts} 个报送中断留下的、没有写完的文件")
    went_on = "（接着上次核对）" if report.resumed else ""
    found.append(f"核对了 {report.files} 个文件{went_on}，{'完好' if report.sound else '有问题'}")
    return found
