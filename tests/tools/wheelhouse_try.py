"""Install from an archive where there is no network, be killed on the way, and start.

    python -m tests.tools.wheelhouse_try          an archive for this machine alone, made in dist/
    python -m tests.tools.wheelhouse_try --up     and start until the first patrol is through

The archive is made twice (the bytes must be the same), unpacked in an empty folder and installed in a
network namespace without routes; where none may be made, pip's index is switched off and every proxy
leads nowhere. Nothing of this checkout's own environment is used.
"""

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from deployments.wheelhouse.__main__ import DIST, ROOT, make
from deployments.wheelhouse.fetching import sha256_of
from deployments.wheelhouse.opening import this_machine
from deployments.wheelhouse.targets import Target

ALONE = ("unshare", "-rn", "--fork", "--pid", "--kill-child", "--mount-proc")
# The loopback of a new namespace is down; Shifan talks to itself over it.
LOOPBACK = (
    "import fcntl, socket, struct;"
    "fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh22x', b'lo', 1))"
)
SET_UP = ("make", "setup", "OFFLINE=wheelhouse")
KILLED_AFTER = 12.0  # seconds: pip is at work
PATIENCE = 600.0


def main(words: Sequence[str]) -> int:
    """Go through it step by step, a line for each; 1 at the first that did not come out."""
    begun = time.monotonic()
    here = this_machine()
    archive = make(ROOT, DIST / "try", (Target(here.processor, here.python),))
    first = sha256_of(archive)
    _say(f"离线包 {archive.stat().st_size / 1e6:.0f} MB，{time.monotonic() - begun:.0f} 秒")
    again = sha256_of(make(ROOT, DIST / "try", (Target(here.processor, here.python),)))
    _say("再做一次，每个字节都一样" if again == first else "再做一次，不一样")
    folder = Path(tempfile.mkdtemp(prefix="shifan-offline-"))
    try:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        [top] = folder.iterdir()
        return 0 if again == first and _installed(top, "--up" in words) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed(top: Path, start: bool) -> bool:
    """Be killed while installing, install, look at what is there; say what happens."""
    _say("没有网络：" + ("单独的网络空间，没有任何路由" if _namespace() else "索引关闭，代理不通"))
    killed = _began(top, SET_UP)
    time.sleep(KILLED_AFTER)
    _end(killed, signal.SIGKILL)
    if (top / ".venv" / ".shifan-ready").exists():
        _say("中途结束以后，却说已经装好")
        return False
    begun = time.monotonic()
    done = _began(top, SET_UP)
    said = done.communicate(timeout=PATIENCE)[0]
    if done.returncode:
        _say(said)
        return False
    _say(f"中途强行结束一次，再装：{time.monotonic() - begun:.0f} 秒")
    shifan = top / ".venv" / "bin" / "shifan"
    version = _began(top, (str(shifan), "--version")).communicate(timeout=PATIENCE)[0].strip()
    whole = _began(top, (str(top / ".venv/bin/python"), "-m", "pip", "check"))
    _say(f"{version}；{whole.communicate(timeout=PATIENCE)[0].strip()}")
    return whole.returncode == 0 and version.startswith("示范") and (not start or _patrolled(top))


def _patrolled(top: Path) -> bool:
    """Start, and wait for the first patrol."""
    begun = time.monotonic()
    up = _began(top, ("make", "up", "OFFLINE=wheelhouse"))
    beat = top / "var" / "heartbeat.json"
    while not beat.is_file() and up.poll() is None and time.monotonic() - begun < PATIENCE:
        time.sleep(0.5)
    _say(f"启动到第一次巡查：{time.monotonic() - begun:.0f} 秒" if beat.is_file() else "没有巡查过")
    _end(up, signal.SIGTERM)
    return beat.is_file()


def _namespace() -> bool:
    return subprocess.run((*ALONE, "true"), capture_output=True, check=False).returncode == 0


def _began(top: Path, command: Sequence[str]) -> subprocess.Popen[str]:
    """Begin ``command`` in a group of its own, without a network and without our environment."""
    around = {
        "PATH": os.environ["PATH"],
        "HOME": str(top),
        "LANG": "C.UTF-8",
        "PIP_NO_INDEX": "1",
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9"),
        "no_proxy": "127.0.0.1,localhost",
    }
    base = ("PYTHON=" + (getattr(sys, "_base_executable", "") or sys.executable),)
    whole = (*command, *base) if command[0] == "make" else tuple(command)
    if _namespace():
        around = {name: around[name] for name in ("PATH", "HOME", "LANG")}
        inner = f'{sys.executable} -c "{LOOPBACK}" && exec "$@"'
        whole = (*ALONE, "bash", "-c", inner, "-", *whole)
    return subprocess.Popen(
        whole,
        cwd=top,
        env=around,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[str], with_signal: signal.Signals) -> None:
    os.killpg(process.pid, with_signal)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
