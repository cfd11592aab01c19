"""Notices gathered, sent, acknowledged, silenced and explained."""
