"""Pure values that every slice may use: no Django, no clock, no chance."""
