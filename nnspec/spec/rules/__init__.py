"""What a schema cannot say, one rule a file; each yields findings about a whole spec."""
