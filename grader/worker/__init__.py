"""The process that runs student code: standard library and NumPy only."""
