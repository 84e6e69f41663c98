"""The words of a run: standard library only."""
