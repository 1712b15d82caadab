"""The letter that explains to one person what was shared. Made from what was sent, never from what was intended."""
