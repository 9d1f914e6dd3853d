"""Settings, URLs and the WSGI entrance: where the rooms are tied together.

In: environment variables
Out: a running application
May use: every room
"""
