"""Saves the words of a mail as the user wants them, or goes back to the shipped ones."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.mailroom.template import check_template
from beluur.mailroom.texts_file import MailKind, Template, default_template, mail_language
from beluur.store.models import MailTemplate
from beluur.values.problem import Refused
from beluur.values.sentence import say


def save_template(doer: Doer, kind: str, language: str, *, subject: str, body: str) -> None:
    """Refused with what is wrong with it. A text that equals the shipped one is not kept, so that it improves with the product."""

    def do() -> dict[str, Any]:
        if kind not in set(MailKind):
            raise Refused(say("general.required"), "kind")
        template = Template(subject.strip()[:250], body.replace("\r\n", "\n").strip())
        if problems := check_template(template, MailKind(kind)):
            raise Refused(problems[0], "subject" if not template.subject else "body")
        mine = MailTemplate.objects.filter(
            administration_id=doer.administration_id, kind=kind, language=mail_language(language)
        )
        mine.delete()
        if template != default_template(MailKind(kind), language):
            MailTemplate.objects.create(
                administration_id=doer.administration_id,
                kind=kind,
                language=mail_language(language),
                subject=template.subject,
                body=template.body,
                by_id=doer.user_id,
                at=doer.at,
            )
        return {}

    once(doer, "save_template", do)


def reset_template(doer: Doer, kind: str, language: str) -> None:
    """The shipped words again."""

    def do() -> dict[str, Any]:
        MailTemplate.objects.filter(
            administration_id=doer.administration_id, kind=kind, language=mail_language(language)
        ).delete()
        return {}

    once(doer, "reset_template", do)
