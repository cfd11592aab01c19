"""One-time codes and the channel that only their leader reads."""
