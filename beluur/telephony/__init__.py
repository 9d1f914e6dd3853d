"""Calls out, call events in: numbers to dial.

In: phone numbers
Out: tel: links, QR to dial
May use: domain and all below
"""
