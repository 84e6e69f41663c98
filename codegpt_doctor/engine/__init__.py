"""Checks, their run, and what it comes to."""
