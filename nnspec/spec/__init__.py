"""What a spec means: its document as frozen values with every default, and the rules for them."""
