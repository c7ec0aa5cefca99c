"""What an activation promises, one file a promise."""
