"""Short forms: validated on the server, an error at its field, what was typed is kept."""
