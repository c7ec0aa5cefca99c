"""The graph between spec and arrays: built, verified, rewritten, cut."""
