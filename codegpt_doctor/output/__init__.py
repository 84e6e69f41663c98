"""Report or entry -> JSON, text, Markdown, HTML."""
