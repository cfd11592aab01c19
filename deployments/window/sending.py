"""Send what waits, once: `python -m deployments.window.sending PROCESS`, as the window starts it after an act.

It ends with PROCESS. The same as `shifan notices deliver`, and as harmless at any time.
"""

import sys

from deployments.typed.code import send_now
from flows.running.tether import end_with
from models.files.private import keep_private

if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    keep_private()
    send_now()
