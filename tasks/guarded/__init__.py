"""Files taken apart in a process of their own, under limits."""
