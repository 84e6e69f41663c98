"""One folder a provider; whose a key or a host is."""
