"""The demonstration season: invented people and organisations, made through the services alone."""
