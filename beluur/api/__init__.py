"""The programming edge: reserved for the REST interface.

In: HTTP requests, the clock
Out: JSON
May use: actions, queries and all below; the clock
"""
