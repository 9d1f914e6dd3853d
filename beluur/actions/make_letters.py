"""Makes letters for who has no address for mail; they are ready to be printed, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.touched import the_debtors
from beluur.domain.local_time import local_day
from beluur.mailroom.letter_sheet import letter_sheet
from beluur.queries.letters import letters_to_write, still_needed
from beluur.queries.reminder_mail import ReminderMails
from beluur.queries.reminders import remindings
from beluur.store.models import Administration, Letter
from beluur.values.problem import Refused
from beluur.values.sentence import say


def make_letters(doer: Doer, debtor_ids: Sequence[int]) -> int:
    """How many were made: for those who are due, may be asked for something, and whose address is known. Refused when
    there is nobody."""

    def do() -> dict[str, Any]:
        house = Administration.objects.get(id=doer.administration_id)
        ids = [debtor.id for debtor in the_debtors(doer, debtor_ids)]
        today = local_day(doer.at, house.time_zone)
        due = {row.due.debtor_id: row for row in letters_to_write(house.id, today) if row.to}
        found = remindings(house.id, [i for i in ids if i in due], today)
        mails = ReminderMails(house.id, doer.name)
        letters = []
        for i, reminding in found.items():
            if not still_needed(reminding, today):
                continue
            mailing = mails.letter(reminding, due[i].due.level, today)
            sheet = letter_sheet(mailing.mail, mails.creditor, due[i].to, country=house.country, on=today)
            letters.append(
                Letter(
                    administration_id=house.id,
                    debtor_id=i,
                    level=due[i].due.level,
                    sheet=sheet,
                    invoice_numbers=list(mailing.invoice_numbers),
                    made_at=doer.at,
                    by_id=doer.user_id,
                )
            )
        if not letters:
            raise Refused(say("letters.nobody"))
        Letter.objects.bulk_create(letters)
        return {"made": len(letters)}

    return int(once(doer, "make_letters", do)["made"])
