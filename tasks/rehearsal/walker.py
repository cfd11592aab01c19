"""The process that walks a rehearsal in a folder of its own; started by `tasks.rehearsal.rehearsing` and by nobody else.

Its home is that folder, so that nothing it writes is the office's. It reads what is asked from the first line of
its standard input and answers in lines of JSON: how far it is, then what it came to or why not. When its input
ends before that, whoever asked is gone: it takes the folder away and ends.
"""

import json
import os
import shutil
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from models.errors import CampaignError

WATCHED = "shifan-rehearsal-"  # how the folder's name begins, which alone is ever taken away


def walk_what_is_asked() -> None:
    """Walk what the first line asks for."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_parent, daemon=True).start()

    def say(kind: str, value: Any) -> None:
        out.write(json.dumps([kind, value], ensure_ascii=False) + "\n")
        out.flush()

    try:
        say("done", _walked(asked, lambda done, of: say("far", [done, of])))
    except CampaignError as error:
        say("fault", str(error))


def _walked(asked: Mapping[str, Any], tell: Any) -> Mapping[str, Any]:
    from models.rehearsal.scratch import make_quick
    from models.rules.decisions import codes
    from models.rules.rehearsal.values_json import as_values
    from models.schema import upgrade
    from models.settings import moment_of
    from tasks.rehearsal.asked import AskedRehearsal
    from tasks.rehearsal.ground import lay
    from tasks.rehearsal.paces import pace_named
    from tasks.rehearsal.recording import record
    from tasks.rehearsal.walking import walk

    codes.COST = 2  # nobody guesses a code that opens nothing
    moment = moment_of(datetime.fromisoformat(asked["now"]))
    make_quick()
    upgrade(moment.now)
    ground = lay(AskedRehearsal.from_json(asked["asked"]), moment)
    pace = pace_named(asked["asked"]["pace"], ground)
    return as_values(record(walk(ground, pace, tell), notes(ground.others)))


def notes(others: int) -> list[str]:
    """Return what a rehearsal leaves out, in an office's words."""
    said = [
        "演练不含：通道自检、体检和网址复核发现的问题，来信的回执，简报，以及以后才登记的问题、投诉和督导结果。",
        "消息里的验证码、个人链接和记录链指纹到发送时才有，演练里不显示。",
    ]
    if others:
        said.append(f"另有 {others} 个创建活动没有一起演练；同一岗位实际收到的消息会合在一起。")
    return said


def _end_with_the_parent() -> None:
    sys.stdin.read()
    folder = Path(os.environ["SHIFAN_HOME"]).parent
    if folder.name.startswith(WATCHED):
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    walk_what_is_asked()
