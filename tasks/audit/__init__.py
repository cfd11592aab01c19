"""The chain checked and handed out; the restore of a backup."""
