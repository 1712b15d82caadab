"""When information went where it should not: the law's clock, and what is still to do. Pure."""
