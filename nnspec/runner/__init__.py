"""Rows to tiles, tiles to outputs, outputs to files."""
