"""Weights: from a file of any format, from values in the spec, or from an initialiser.

`load.load` gives the arrays of a spec under our names. The formats are found in `formats/`, the
ways to name arrays in `rules/`.
"""
