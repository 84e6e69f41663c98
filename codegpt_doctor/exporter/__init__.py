"""An exporter for Prometheus, which tests many targets as blackbox_exporter does."""
