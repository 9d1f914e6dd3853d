"""How fast it is: each figure beside a limit that was measured in the same run on the same machine. `python -m bench`."""
