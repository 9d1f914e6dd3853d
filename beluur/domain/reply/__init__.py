"""What a debtor answers in writing to what was confirmed (E3): `read_reply`. Only a plain yes confirms; the rest is read."""

from beluur.domain.reply.reading import Answer, Reply, read_reply

__all__ = ["Answer", "Reply", "read_reply"]
