"""What `nnspec new-plugin` writes: templates as real files, and how they are filled in."""
