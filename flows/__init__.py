"""What happens, in order. Flows meet in the database, never by calling each other."""

from flows.tether import end_with_service

end_with_service()  # here, because a run imports nothing of ours before its flow
