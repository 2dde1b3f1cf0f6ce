"""Verbs of the directory: people join and leave, organisations are added, posts change hands."""
