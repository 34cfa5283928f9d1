"""Check a layer in a notebook: what runs in its kernel, and what would be handed in."""
