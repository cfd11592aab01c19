"""Read a file into a document: the one way from .txt .md .html .docx .pdf .doc .wps to lines."""

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from models.plan.document import Document, Line
from tasks.document_checks import DocumentError, check_file
from tasks.document_text import read_text

LONGEST = 600_000  # characters; the longest plans have a third of that
LINES = 30_000
STALL = 3.5  # seconds without a further page after which a file counts as hostile
TOTAL = 120.0  # seconds for a whole file
CONVERSION = 90.0  # seconds for LibreOffice


def read_document(path: Path) -> Document:
    """Return the lines of ``path`` with their places; tables become rows of cells.

    Raises DocumentError, one Chinese line, for what is missing, empty, locked, scanned, too large, broken or
    hostile. Nothing is written anywhere but in a folder of its own, which is gone afterwards.
    """
    kind = check_file(path)
    if kind == "text":
        document = read_text(path)
    elif kind == "office":
        document = _through_libreoffice(path)
    else:
        document = _parse_apart(kind, path)
    if not any(line.text.strip() for line in document.lines):
        raise DocumentError(f"“{path.name}”里没有文字")
    length = sum(len(line.text) for line in document.lines)
    if length > LONGEST or len(document.lines) > LINES:
        raise DocumentError(
            f"“{path.name}”有 {length // 10_000} 万字、{len(document.lines)} 行,不像一份方案,没有读"
        )
    return document


def _through_libreoffice(path: Path) -> Document:
    """Convert .doc, .wps or .rtf to .docx beside nothing of the user's, and read that."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise DocumentError(
            f"读取“{path.name}”需要安装 LibreOffice;也可以在 Word 或 WPS 里另存为 .docx 再试"
        )
    with tempfile.TemporaryDirectory() as folder:
        command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "docx", "--outdir", folder, str(path.resolve())]
        try:
            subprocess.run(command, capture_output=True, timeout=CONVERSION, check=False)
        except subprocess.TimeoutExpired:
            raise DocumentError(f"LibreOffice 没能在规定时间内打开“{path.name}”") from None
        converted = next(Path(folder).glob("*.docx"), None)
        if converted is None:
            raise DocumentError(f"LibreOffice 打不开“{path.name}”,文件可能已损坏或有密码")
        check_file(converted)
        return Document(_parse_apart("docx", converted).lines, path.name)


def _parse_apart(kind: str, path: Path) -> Document:
    """Parse in a process of its own, and end it when it stands still."""
    command = [sys.executable, "-m", "tasks.document_worker", kind, str(path.resolve())]
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "MALLOC_ARENA_MAX": "2"}
    worker = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    assert worker.stdout is not None
    said: queue.Queue[bytes | None] = queue.Queue()
    threading.Thread(target=_listen, args=(worker.stdout, said), daemon=True).start()
    try:
        return _collect(path, said)
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def _listen(stream: IO[bytes], said: "queue.Queue[bytes | None]") -> None:
    try:
        for line in stream:
            said.put(line)
    except ValueError:
        pass  # the stream was closed because the file was given up
    said.put(None)


def _collect(path: Path, said: "queue.Queue[bytes | None]") -> Document:
    lines: list[Line] = []
    tables = pages = 0
    end = time.monotonic() + TOTAL
    while True:
        try:
            answer = said.get(timeout=min(STALL, max(0.1, end - time.monotonic())))
        except queue.Empty:
            raise DocumentError(f"“{path.name}”读了很久没有结果,可能有害,已停止") from None
        if answer is None:
            raise DocumentError(f"“{path.name}”太复杂或已损坏,没有读完")
        message = json.loads(answer)
        if "error" in message:
            raise DocumentError(message["error"])
        if "done" in message:
            break
        pages += 1
        last = tables
        for text, cells, table in message["page"]:
            number = len(lines) + 1
            tables = max(tables, last + table)
            lines.append(Line(text, number, pages, tuple(cells), last + table if cells else 0))
    if pages == 1:
        lines = [Line(line.text, line.number, None, line.cells, line.table) for line in lines]
    return Document(tuple(lines), path.name)
