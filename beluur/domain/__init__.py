"""What we decide: pure functions of frozen data.

In: Case, Policy, today or now
Out: decisions with their reasons
May use: law, playbook, words, values
"""
