"""What to say to one person of the family before something is shared, and what must not be said. From a draft."""
