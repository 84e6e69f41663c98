"""What is tested and with what: each value with its source."""
