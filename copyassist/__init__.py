"""copyassist: an offline desk for Chinese new-media writers."""

__version__ = "0.1.0"
__released__ = "2026-11-27"  # no clock that is right says an earlier day: `copyassist doctor`
