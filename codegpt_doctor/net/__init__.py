"""Sockets and HTTP; knows nothing of LLMs."""
