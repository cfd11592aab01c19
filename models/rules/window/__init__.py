"""Rules of the window: who may see and do what, which passwords will do, how long a link works."""
