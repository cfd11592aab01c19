"""What may be asked of Prefect, and with which words: the table of calls, their bodies, their forms."""
