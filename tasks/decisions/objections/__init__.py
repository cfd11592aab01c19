"""A leader says that a decision was not the leader’s own word."""
