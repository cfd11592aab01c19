"""Papers: what was written out for a reader, its versions and the numbers it quotes."""
