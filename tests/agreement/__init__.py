"""The form and the schema of the facts say the same: random complete facts, typed into the pages and read back."""
