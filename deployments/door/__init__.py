"""The door: who may come in, and what may be asked of Prefect; one ASGI guard in front of it all.

`table` says which calls an operator may make, `bodies` what may stand in them, `origins` from which
page and under which name, `who` as whom. `guard` asks them in that order; with `patience`, and for a
change in its turn, it asks Prefect. `under` lets all of it be served under a path.
"""
