"""Turn an office file into .docx or PDF through LibreOffice, which thereby asks nothing of anybody.

Left alone, LibreOffice fetches what a document links to, and so tells its sender when and where it was
opened. It gets a profile made for this one file, in which every way out leads to a closed door.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from models.files.whole_file import FileFault, read_whole
from tasks.documents.checks import LARGEST, DocumentError
from tasks.documents.libreoffice_keeper import TOO_LONG
from tasks.documents.own_folder import own_folder
from tasks.guarded.guard import environment

FOLDER = "shifan-office-"  # of one conversion, in the folder of the system for such
PROGRAMS = ("soffice", "libreoffice")
LONGEST_SOCKET_FOLDER = 45  # characters; the name of a socket ends at 107, and its own has 60
OUTSIDE = ("HTTP", "HTTPS", "FTP")  # each has a proxy of its own; FTP is not covered by the others'
INET = "/org.openoffice.Inet/Settings"
SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class Patience:
    """What a conversion may cost; a busy machine uses up the clock, not the processor."""

    processor: int = 120  # seconds
    wall: int = 900  # seconds
    memory: int = 4 * 1024**3  # bytes of address space; LibreOffice reserves more than it uses


PATIENCE = Patience()


def to_word(
    content: bytes, name: str, patience: Patience = PATIENCE, *, kind: str = "doc"
) -> bytes:
    """Return the .docx that LibreOffice makes of a file whose ``kind`` is doc, rtf, odt or fodt.

    Raises DocumentError when it is not installed, cannot open the file or takes too long. Its
    processes and its folder are gone afterwards, also when we are killed in the middle; what a power
    cut leaves goes with the next conversion on a later day.
    """
    if not has_libreoffice():
        raise DocumentError(
            f"读取“{name}”需要安装 LibreOffice；也可以在 Word 或 WPS 里另存为 .docx 再试"
        )
    made, code = _converted(content, kind, "docx", patience)
    if made is not None:
        return made
    if code == TOO_LONG:
        raise DocumentError(f"“{name}”读了太久，没有读完；请在 Word 或 WPS 里另存为 .docx 再试")
    words = "文件可能已损坏或有密码；能打开的话，请在 Word 或 WPS 里另存为 .docx 再读"
    raise DocumentError(f"LibreOffice 打不开“{name}”，{words}")


def to_pdf(content: bytes, name: str, patience: Patience = PATIENCE) -> bytes:
    """Return the PDF that LibreOffice makes of a .docx of ours; raises DocumentError as `to_word` does."""
    made, code = _converted(content, "docx", "pdf", patience)
    if made is not None:
        return made
    words = "用了太久，没有做完" if code == TOO_LONG else "没有做成"
    raise DocumentError(f"LibreOffice 把“{name}”转成 PDF {words}；请在 WPS 或 Word 里另存为 PDF")


def has_libreoffice() -> bool:
    """Say whether it is installed."""
    return any(map(shutil.which, PROGRAMS))


def _converted(
    content: bytes, kind: str, wanted: str, patience: Patience
) -> tuple[bytes | None, int]:
    """Return what LibreOffice makes of a file, None where it makes nothing, and its exit code."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), PROGRAMS[0])
    with _closed_door() as port, own_folder(FOLDER) as folder:
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_registry(port), encoding="utf-8")
        given = folder / f"in.{kind}"  # it goes by the name's ending where it can
        given.write_bytes(content)
        code = _convert(program, given, wanted, port, patience)
        with suppress(FileFault):
            return read_whole(folder / "out" / f"in.{wanted}", LARGEST), code
        return None, code


def _convert(program: str, file: Path, wanted: str, port: int, patience: Patience) -> int:
    """Run LibreOffice under its keeper and return the keeper's exit code."""
    folder = file.parent
    given = (os.getpid(), folder, patience.processor, patience.wall, patience.memory)
    keeper = subprocess.Popen(  # noqa: S603
        [sys.executable, "-S", "-P", "-m", "tasks.documents.libreoffice_keeper", *map(str, given)]
        + [program, "--headless", "--norestore", "--nologo"]
        + [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        + ["--convert-to", wanted, "--outdir", str(folder / "out"), str(file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder, port),
        start_new_session=True,  # Ctrl-C reaches us alone; the keeper ends all in order
    )
    try:
        return keeper.wait(patience.wall + 30)
    finally:
        keeper.terminate()
        keeper.wait()


@contextmanager
def _closed_door() -> Iterator[int]:
    """Yield a port of this machine that refuses everybody: taken by us, and nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


def _registry(port: int) -> str:
    """Return the settings of the profile: every way out through ``port``, nothing fetched or run."""
    settings: list[tuple[str, str, object]] = [(INET, "ooInetProxyType", 1)]
    for way in OUTSIDE:
        settings.append((INET, f"ooInet{way}ProxyName", "127.0.0.1"))
        settings.append((INET, f"ooInet{way}ProxyPort", port))
    settings += [
        (INET, "ooInetNoProxy", ""),  # not even this machine is asked
        ("/org.openoffice.Office.Writer/Content/Update", "Link", 2),  # never
        ("/org.openoffice.Office.Calc/Content/Update", "Link", 2),
        (SCRIPTING, "MacroSecurityLevel", 3),
        (SCRIPTING, "DisableMacrosExecution", "true"),
        (SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ]
    items = (
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escape(str(value))}</value></prop></item>"
        for path, name, value in settings
    )
    return REGISTRY.format(items="\n".join(items))


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Return what LibreOffice sees: none of our settings, a home of its own, the same closed door."""
    door = f"http://127.0.0.1:{port}"
    ways = (*(f"{way.lower()}_proxy" for way in OUTSIDE), "all_proxy")
    own = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "SAL_USE_VCLPLUGIN": "svp",  # no display
        "GIO_USE_VFS": "local",  # a desktop's way to other machines' folders
        "CUPS_SERVER": f"127.0.0.1:{port}",  # a printer's driver is asked for nothing
        "no_proxy": "",
    }
    if len(str(folder)) < LONGEST_SOCKET_FOLDER:
        own["OSL_SOCKET_PATH"] = str(folder)  # or it leaves a socket in the system's folder
    return environment() | dict.fromkeys(ways, door) | own
