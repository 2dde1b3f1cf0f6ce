"""Reading panels, files, rankings and decisions."""
