"""The parts that worlds are made of, each a context manager on a place."""
