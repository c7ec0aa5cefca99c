"""Safe repairs of a spec's text: edits at places, everything else byte for byte as it was.

The repairs are found in `repairs/`; `mend.mend` applies them until none is left.
"""
