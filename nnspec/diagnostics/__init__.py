"""What a person is told: facts with a place (diagnostic.py), in the form they asked for.

`renderers/` holds the forms, `codes/` a page for each kind of fault.
"""
