"""The mailbox of the units: mails fetched, taken apart in the guarded child, and answered.

What holds, tried against dovecot and a server that speaks as a test says: a mail is marked only when all of
it is kept and its answer is written, and nothing is deleted; so a connection that breaks anywhere, a killed
process, two processes at once, numbers that are given anew, a mail that is gone when it is fetched, and a
full mailbox that takes no mark, neither lose nor double a file or an answer. Folders go by their Chinese
names. A mail of many parts, or of inline ones alone, gives each as a file; words whose charset is unknown
or wrong are read as UTF-8, else as GB18030. No robot is answered. What the server refuses is one line of
its own words, without a letter of the password.
"""
