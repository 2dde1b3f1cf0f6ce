"""Rules of calendars and of following: pure."""
