"""Money and rate limits as plain records: reading bodies, adding up, looking ahead.  No I/O."""
