"""The summary right after a set: what was done, the one thing to work on, each repetition, the pain now."""
