"""The built-in activations: each file is a complete plugin, and comes in by the hook alone."""
