"""Bytes to records and problems; changes nothing.

In: bytes and a file name
Out: records, problems
May use: values
"""
