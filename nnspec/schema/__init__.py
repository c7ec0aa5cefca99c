"""What a spec may say: the JSON Schema, and its verdict in words a person can use."""
