"""From the bytes of a spec to a Document: plain data with a place for every key and value.

    bytes → text (text.py) → events (PyYAML) → nodes (compose.py) → Document (document.py)

The reader (yaml.py) follows YAML 1.2 with the core schema, and bounds size, depth and aliases.
"""
