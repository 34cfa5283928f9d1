"""Say where a wrong program is wrong, and what it does instead."""
