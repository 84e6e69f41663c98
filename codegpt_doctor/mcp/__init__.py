"""A server for assistants, over the Model Context Protocol."""
