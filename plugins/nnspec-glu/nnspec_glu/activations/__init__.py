"""The activations, one file each."""
