"""Shared by tests: the command as a process of its own, and servers of raw sockets."""
