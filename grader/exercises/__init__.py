"""Graded layers, a file each."""
