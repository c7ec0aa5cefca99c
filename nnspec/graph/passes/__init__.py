"""The passes, one file each: a graph in, a simpler graph and what was done out."""
