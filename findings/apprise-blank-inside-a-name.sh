#!/usr/bin/env bash
# A blank inside a name that YAML holds as one item still makes two names of it.
#
# Guess:   commas and blanks part the names in a line of text; in a YAML list each item is one name, so
#          `["法制办 一科"]` is one channel's name.
# Happens: every item is parted again: at a blank of any kind, the wide one of Chinese typing (U+3000) and
#          the one that Word keeps together (U+00A0) too, and at a semicolon. The channel bears both parts as
#          names: a message to `一科`, which nobody is called, reaches every first section, and so does
#          one to the whole name, which is parted in the same way.
# Version: apprise 2.0.1 (1.9.3, 1.13.1 and 2.3.0 the same).
# Matters: `法制办 一科` and `财政局 一科` have `一科` in common: each section gets the other's reminders,
#          and the answer is true.
# Instead: we refuse a name with a blank inside when the channels' file is read, and say where it stands.
#
# No network: the replies are put in the place of the requests.
# Use: apprise-blank-inside-a-name.sh [VERSION of apprise]
set -euo pipefail
version=${1:-2.0.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "apprise==$version"
cat > shown.py <<'PYTHON'
import sys
from unittest import mock
from urllib.parse import urlsplit

import apprise
import requests

CHANNELS = """
urls:
  - json://legal.invalid:
      - tag: ["法制办{0}一科"]
  - json://finance.invalid:
      - tag: ["财政局{0}一科"]
"""


def reached(parting: str, to: str) -> list[str]:
    """Return whom a message ``to`` a name reached."""
    channels, file = apprise.Apprise(), apprise.AppriseConfig()
    assert file.add_config(CHANNELS.format(parting), format="yaml")
    channels.add(file)
    assert len(channels) == 2
    taken = requests.Response()
    taken.status_code = 200
    with mock.patch.object(requests.Session, "request", return_value=taken) as sent:
        channels.notify("reminder", tag=to)
    return sorted(urlsplit(call.kwargs["url"]).hostname.split(".")[0] for call in sent.call_args_list)


BOTH, ITS_OWN, NOBODY = ["finance", "legal"], ["legal"], []
STATED = {  # what stands between -> whom a message to the whole name, and one to its second half, reached
    " ": (BOTH, BOTH),
    "\u3000": (BOTH, BOTH),
    "\u00a0": (BOTH, BOTH),
    ";": (BOTH, BOTH),
    "-": (ITS_OWN, NOBODY),
    "": (ITS_OWN, NOBODY),
}
print("apprise", apprise.__version__)
as_stated = True
for parting, stated in STATED.items():
    seen = (reached(parting, f"法制办{parting}一科"), reached(parting, "一科"))
    sign = f"U+{ord(parting):04X}" if parting else "nothing"
    print(f"法制办 and 一科 with {sign} between: to the whole {seen[0]}, to 一科 {seen[1]}")
    as_stated &= seen == stated
sys.exit(None if as_stated else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: one item of a list, two names."
