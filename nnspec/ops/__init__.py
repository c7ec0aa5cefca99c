"""The ops that layers are made of, one file each: shape rule, kernel, cost."""
