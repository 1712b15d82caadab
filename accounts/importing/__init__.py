"""People and teams from a file: reading it. Nothing here is saved."""
