"""Adapters of other calling conventions; they run in the worker, not here."""
