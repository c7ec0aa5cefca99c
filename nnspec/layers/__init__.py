"""The layer kinds, one file each: keys, parameters, size, and how it becomes ops."""
