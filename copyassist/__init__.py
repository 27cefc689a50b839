"""copyassist: an offline desk for Chinese new-media writers."""

__version__ = "0.1.0"
