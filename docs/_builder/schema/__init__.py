"""The JSON schemas of every output."""
