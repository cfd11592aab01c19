"""What happens, in order. Flows meet in the database, never by calling each other."""

from flows.tether import end_with_service
from models.private import keep_private

# Here, because a run imports nothing of ours before its flow.
keep_private()
end_with_service()
