"""Specs by the thousand: which files they are, what is wrong with them, the reports on it."""
