"""Questions about a call, and the answers that everybody reads."""
