"""What happens, in order. Flows meet in the database, never by calling each other."""

from flows.running.tether import tie_run
from models.files.private import keep_private

# Here, because a run imports nothing of ours before its flow.
keep_private()
tie_run()
