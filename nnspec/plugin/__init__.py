"""What a plugin may give, how plugins are found, and what is registered."""
