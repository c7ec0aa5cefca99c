"""The picture of a network: boxes and wires, which each language draws in its own way."""
