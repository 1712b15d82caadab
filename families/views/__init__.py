"""Pages about families. Each finds its row, calls one action, and shows a page or redirects."""
