"""What to say: typed lines per language, checked at load.

In: language, phase, facts
Out: lines
May use: values
"""
