"""The commands, a module per word. Bodies import what they need, so that `--help` stays quick."""
