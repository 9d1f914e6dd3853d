"""Taking in files: read whole and staged with nothing visible, shown, then published in short slices; and undone."""
