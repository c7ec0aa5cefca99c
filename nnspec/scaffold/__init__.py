"""Templates as real files, and what writes them out."""
