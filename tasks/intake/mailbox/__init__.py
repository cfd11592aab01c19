"""The mailbox of the units: mails fetched, taken apart in the guarded child, and answered."""
