"""The pages of the directory: ways in, one's own account, organisations and their people."""
