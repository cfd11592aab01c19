"""Recordings: how long they are and when they were made, by the heads of their containers; nothing is played."""
