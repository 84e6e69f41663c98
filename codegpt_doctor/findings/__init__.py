"""Measurements and answers -> findings."""
