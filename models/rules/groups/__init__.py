"""Rules of groups: who sits where, which documents their duties name, by when these are needed."""
