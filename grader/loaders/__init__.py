"""Read what students hand in, as text, without ever running it."""
