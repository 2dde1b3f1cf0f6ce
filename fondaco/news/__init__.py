"""News of calls: in lists, feeds and calendars, and by mail to those who follow."""
