"""The acceptance scenarios as data: one decision a file, and every line that is expected of it."""
