"""`shifan up`: the server, what serves the flows, and what is left of a power cut."""
