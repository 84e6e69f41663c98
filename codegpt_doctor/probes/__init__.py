"""One network operation each: a probe measures and never judges.  Only here are sockets opened."""
