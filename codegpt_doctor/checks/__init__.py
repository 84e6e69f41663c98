"""One question each, with a stable id."""
