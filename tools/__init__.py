"""What `make` calls; what runs before the environment exists needs only Python itself."""
