"""*Stuur mij een proef*: the mail of a text that is being written, to oneself and marked as a test; the text is not saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.queue_mail import AT_ONCE, Outgoing, queue_mail, why_not_sent
from beluur.actions.save_template import template_problems
from beluur.domain.local_time import local_day
from beluur.mailroom.facts import RecipientFacts
from beluur.mailroom.texts_file import Template
from beluur.queries.mail_facts import Mailing
from beluur.queries.mail_templates import Text
from beluur.queries.text_example import text_example
from beluur.store.models import Administration, Debtor, User
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.words import render


def try_text(doer: Doer, text: Text, *, debtor_id: int | None, language: str = "nl") -> str:
    """Gives the address to which it goes. Refused with what is wrong with the text, at its field, and when no mail can leave.
    ``language`` is that of who tries. Raises Debtor.DoesNotExist."""

    def do() -> dict[str, Any]:
        for field, problem in template_problems(text.kind, text.template):
            raise Refused(problem, field)
        user = User.objects.get(id=doer.user_id or 0)
        house = Administration.objects.get(id=doer.administration_id)
        if why := why_not_sent(house, user.email):
            no_server = why.code in ("outbox.no_server", "outbox.demo")
            raise Refused(say("texts.test_no_server") if no_server else why)
        marked = replace(text, template=_marked(text.template, _name(doer, debtor_id), language))
        today = local_day(doer.at, house.time_zone)
        found = text_example(house.id, marked, today=today, caller=doer.name, debtor_id=debtor_id)
        reader = RecipientFacts(debtor=user.name, contact=user.name, email=user.email)
        mailing = Mailing(replace(found.mail, page=""), reader, found.documents)
        queue_mail(doer, Outgoing(mailing, "test", None), hold=AT_ONCE)
        return {"to": user.email}

    return str(once(doer, "try_text", do)["to"])


def _name(doer: Doer, debtor_id: int | None) -> str:
    """Empty for an invented debtor."""
    if debtor_id is None:
        return ""
    here = Debtor.objects.filter(administration_id=doer.administration_id)
    return str(here.values_list("name", flat=True).get(id=debtor_id))


def _marked(template: Template, name: str, language: str) -> Template:
    """A test says so in its subject and in its first lines: nobody may take it for a mail that a customer has."""
    bare = name.replace("{", "(").replace("}", ")")
    said = say("texts.test_of", name=bare) if bare else say("texts.test_of_invented")
    mark = render(say("texts.test_mark"), language)
    return Template(f"{mark} {template.subject}", f"{render(said, language)}\n\n{template.body}")
