"""Judge one program on one corpus."""
