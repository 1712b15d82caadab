"""The pages about families. Each finds its row, does one thing through an action, and shows or leaves."""
