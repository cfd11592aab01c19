"""`make audit`: is anything known to be weak among the libraries that are locked?

What cannot be asked is not well: where no database of weaknesses is reachable, or where it does not know
a library, that is said, and the end is another one than "none is known".
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deployments.say import say, say_aside

ROOT = Path(__file__).parents[2]
NONE, SOME, NOT_ASKED = 0, 1, 3  # how it ends
SECONDS = 5  # for one answer of the database
_NOT = "没有核对，不等于没有漏洞"
_WHERE = (
    "要连得上互联网上的漏洞库 OSV，或用 make audit OSV=网址 写明内网里的（接受 OSV 的 /v1/query）"
)


def audit(lock: Path, database: str = "") -> int:
    """Say which libraries of a lock are known to be weak, and since which version they are not.

    ``database`` is where one is asked that answers as OSV does; "" for OSV itself. Returns how it ended.
    """
    asked = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--disable-pip", "--no-deps"]
    asked += ["-s", "osv", "-f", "json", "--progress-spinner", "off", "--timeout", str(SECONDS)]
    asked += ["--osv-url", database] if database else []
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    found = _read(ran.stdout)
    if found is None:
        say_aside(f"{_NOT}：漏洞库没有答复；{_WHERE}")
        return NOT_ASKED
    return _say(found)


def _read(said: str) -> list[dict[str, Any]] | None:
    """Return what is known of each library; None where nobody answered."""
    try:
        return list(json.loads(said)["dependencies"])
    except (ValueError, KeyError, TypeError):
        return None


def _say(found: Sequence[dict[str, Any]]) -> int:
    weak = [one for one in found if one.get("vulns")]
    unknown = [one["name"] for one in found if "vulns" not in one]
    for one in weak:
        for each in one["vulns"]:
            since = "、".join(each["fix_versions"]) or "还没有"
            say(f"{one['name']} {one['version']}：{each['id']}，改好的版本：{since}")
    if unknown or not found:
        say_aside(f"{len(unknown)} 个库{_NOT}：{'、'.join(unknown[:5])}；{_WHERE}")
    if weak:
        say(
            f"{len(found)} 个库里有 {len(weak)} 个有已知漏洞，请换用改好的版本（改 pyproject.toml 后 make lock）"
        )
        return SOME
    if unknown or not found:
        return NOT_ASKED
    say(f"{len(found)} 个库，没有已知漏洞")
    return NONE


if __name__ == "__main__":
    sys.exit(audit(ROOT / "requirements.lock", sys.argv[1] if len(sys.argv) > 1 else ""))
