"""A person's rights over what we hold about them: what they ask, by when it is answered, and what may be left out."""
