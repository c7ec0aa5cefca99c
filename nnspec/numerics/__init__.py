"""Exact building blocks of activations, in NumPy alone.

float64 results come from pairs of doubles and from +, −, × and ÷ alone, which IEEE 754 rounds
correctly everywhere: the bits are the same on every machine and next to any neighbour. float32
results are computed in double precision by the plain formula and rounded once.
"""
