"""Feeds and calendars, and the pages of those who follow."""
