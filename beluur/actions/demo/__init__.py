"""The demo administration: plainly invented debtors in all states of the road; dates move with today."""

from beluur.actions.demo.make import Demo, make_demo, start_demo

__all__ = ["Demo", "make_demo", "start_demo"]
