"""Sandboxes: the walls around student code."""
