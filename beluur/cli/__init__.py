"""The command line and the worker.

In: arguments, files, the clock
Out: text, JSON, exit codes
May use: actions, queries and all below; the clock
"""
