"""Property-based tests and grading for student NumPy layers."""
