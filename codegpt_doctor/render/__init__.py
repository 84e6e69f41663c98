"""Report or entry -> JSON or text.  The text is made from the same data as the JSON."""
