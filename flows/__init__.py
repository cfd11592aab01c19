"""What happens, in order. Flows meet in the database, never by calling each other."""

from models.files.private import keep_private

keep_private()  # here, because a run imports nothing of ours before its flow
