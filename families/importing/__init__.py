"""Families from a file of another system: reading it and planning what to register. Nothing here is saved."""
