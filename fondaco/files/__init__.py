"""Programme folders: read, checked, compared with what is loaded, written again."""
