"""What a network is and what it does, for people: summary, trace, curves.

A module here computes frozen values from a spec or a Model; the folders `renderers/` and
`trace_renderers/` turn those into text, JSON and whatever else is put there.
"""
