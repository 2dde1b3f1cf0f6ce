"""What the web server's worker tells of a request; no header of a client can have these names."""

ARRIVED = "fondaco.arrived"
"""When its first byte came, in seconds since 1970."""
WAITED = "fondaco.waited"
"""How many seconds it waited for a thread, once it was there whole."""
TURNED = "fondaco.turned"
"""Whether more of its rank waits already than can be served soon."""
