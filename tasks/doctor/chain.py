"""The chain and the vault, as far as a few seconds reach: the end of the one, a sample of the other."""

import os
import time
from datetime import datetime

from models.audit.check import break_at_end
from models.audit.heads import KEY_FILE, audit_key, is_signed, kept_heads
from models.audit.links import last_links
from models.audit.protection import protection_faults
from models.database import open_session
from models.doctor.looks import sampled_hashes
from models.evidence.vault.checking import kept_fault
from models.settings import moment_of, settings
from tasks.doctor.diagnosis import Diagnosis, bad, of_faults, to_look_at, well

ENTRIES = 500  # of the end of the chain
SAMPLE = 50  # files
SECONDS_FOR_SAMPLE = 3.0
KEY_BACK = "把另存的 audit.key 放回数据目录，只留自己能读"


def chain_holds(now: datetime) -> Diagnosis:
    """Verify the last entries, the newest head's signature, and that the tables are still protected."""
    with open_session(read_only=True) as session:
        links = last_links(session, ENTRIES)
        if broken := break_at_end(links):
            return bad(broken.line, "不要再改动，把数据目录交给维护人员", "shifan audit verify")
        if faults := protection_faults(session):
            return bad("；".join(faults), "补上以后从头核对一遍", "shifan db upgrade")
        heads = kept_heads(session).heads
    if not links:
        return well("还没有记录")
    if not heads:
        return to_look_at(
            f"最后 {len(links)} 条接得上；还没有保存过链头", "做一次巡查就会保存", "shifan patrol"
        )
    if not (settings().home / KEY_FILE).exists():
        return bad(f"没有 {KEY_FILE}，最近的链头核对不了", KEY_BACK)
    if not is_signed(heads[-1], audit_key()):
        return bad(
            "最近的链头签名不符：密钥 audit.key 换过，或链头被改动过",
            KEY_BACK,
        )
    said = f"最后 {len(links)} 条接得上；最近的链头是{_day(heads[-1].day)}的，签名相符"
    today = moment_of(now).today
    return (
        to_look_at(said + "，比今天还晚", "核对这台电脑的日期")
        if heads[-1].day > today
        else well(said)
    )


def _day(day: object) -> str:
    return f"{day:%-m月%-d日}"


def vault_sound(_now: datetime) -> Diagnosis:
    """Verify some files of the vault, drawn by chance; `shifan vault check` looks at all."""
    mend, command = "把材料库从头核对一遍，缺的从备份找回", "shifan vault check"
    with open_session(read_only=True) as session:
        wanted = sampled_hashes(session, SAMPLE)
    folder = settings().home / "vault"
    if not folder.exists():
        return bad("材料库不见了", mend, command) if wanted else well("还没有收过证明材料")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return bad("材料库不能写，新的材料收不进来", "请检查这个文件夹的属主和权限")
    until, looked = time.monotonic() + SECONDS_FOR_SAMPLE, 0
    faults = []
    for sha256 in wanted:
        if time.monotonic() > until:
            break
        looked += 1
        if fault := kept_fault(sha256):
            faults.append(f"{sha256[:12]} {fault}")
    return of_faults(faults[:5], f"能写；抽看 {looked} 个文件，都没有变", mend, command)
