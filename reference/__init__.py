"""Trusted NumPy implementations that every submission is compared with."""
