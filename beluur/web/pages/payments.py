"""*Niet toegewezen*: payments that wait, one explanation a key; and one payment, whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from beluur.actions.bank.assign import accept_proposal, assign_payment, set_aside, take_back_assignment
from beluur.actions.bank.undo_return import take_back_return
from beluur.queries.payment_page import payment_page, what_was_done
from beluur.queries.payment_split import open_for
from beluur.queries.payments import bank_payment, waiting_count, waiting_payments
from beluur.queries.payments_rows import BankPayment, WaitingPage
from beluur.values.problem import Refused
from beluur.values.sentence import say
from beluur.values.typed import typed_number
from beluur.web.access import Entry, entered
from beluur.web.forms.answer import address, safe_next
from beluur.web.forms.split import Split, shown, ticked, wanted
from beluur.web.frame import show, show_part, tell, tell_trouble

_COUNTED = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Panel:
    """One payment of the list, large. ``url`` is the list with it chosen; ``onward`` where to go on once it is dealt with;
    ``before`` and ``after`` its neighbours in the list."""

    payment: BankPayment
    url: str
    onward: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The proposal of which it is asked whether the open amounts hold it already."""

    payment_id: int
    choice: int


def group_names() -> dict[str, str]:
    """The filters above the list, in their order."""
    return {
        "todo": _("Wacht"),
        "proposed": _("Met voorstel"),
        "nothing": _("Niets gevonden"),
        "back": _("Ging terug"),
        "all": _("Alle"),
    }


@require_GET
@entered
def payments(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The list with the chosen one large; without an account it says where a statement is found."""
    if waiting_count(entry.administration.id) is None:
        return show(request, entry, "beluur/payments_begin.html", section="payments")
    return _list(request, entry)


def _list(
    request: HttpRequest,
    entry: Entry,
    *,
    chosen: int | None = None,
    asked: Asked | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = chosen or typed_number(request.GET.get("betaling", ""))
    view = waiting_payments(
        entry.administration.id,
        request.GET.get("stand", "todo"),
        text=request.GET.get("q", "").strip()[:100],
        page=typed_number(request.GET.get("pagina", "")) or 1,
        chosen=chosen,
    )
    ids = [row.id for row in view.rows]
    context = {
        "view": view,
        "panels": _panels(view, entry),
        "chosen": chosen if chosen in ids else (ids[0] if ids else None),
        "groups": [(name, word, view.counts.get(name)) for name, word in group_names().items()],
        "asked": asked,
        "done": what_was_done(entry.administration.id, typed_number(request.GET.get("gedaan", ""))),
        "others": typed_number(request.GET.get("ook", "")) or 0,
    }
    # htmx puts no refusal on the page
    status = 200 if request.headers.get("HX-Request") else status
    answer = show(request, entry, "beluur/payments.html", section="payments", status=status, **context)
    return _at_the_same_address(answer) if asked else answer


def _at_the_same_address(answer: HttpResponse) -> HttpResponse:
    """What only takes a form is no address to come back to."""
    answer["HX-Replace-Url"] = "false"
    return answer


def _panels(view: WaitingPage, entry: Entry) -> list[Panel]:
    here = {"stand": view.group, "q": view.text, "pagina": str(view.page) if view.page > 1 else ""}
    kept = {name: value for name, value in here.items() if value and value != "todo"}

    def url(payment_id: int | None) -> str:
        return f"{address(entry, 'payments')}?{urlencode(kept | ({'betaling': payment_id} if payment_id else {}))}"

    ids = [row.id for row in view.rows]
    around = zip(view.rows, [None, *ids], [*ids[1:], None], strict=False)
    return [Panel(row, url(row.id), url(after or before), before, after) for row, before, after in around]


@require_GET
@entered
def payment(request: HttpRequest, entry: Entry, payment: int) -> HttpResponse:
    """One payment, whole."""
    return _payment(request, entry, payment)


def _payment(
    request: HttpRequest, entry: Entry, payment: int, *, split: Split | None = None, status: int = 200
) -> HttpResponse:
    view = payment_page(entry.administration.id, payment)
    panel = Panel(
        view.payment, address(entry, "payment", payment=payment), address(entry, "payments"), None, None
    )
    return show(
        request,
        entry,
        "beluur/payment.html",
        section="payments",
        status=status,
        view=view,
        panel=panel,
        split=split,
    )


@require_POST
@entered
def accept(request: HttpRequest, entry: Entry, booking: int) -> HttpResponse:
    """A proposal, taken at once."""
    choice = typed_number(request.POST.get("choice", "")) or 0
    counted = _COUNTED.get(request.POST.get("counted", ""))
    doer = entry.doer(request)
    try:
        result = accept_proposal(doer, payment_id=booking, choice=choice, counted=counted)
    except Refused as refused:
        if refused.field == "counted":
            return _list(request, entry, chosen=booking, asked=Asked(booking, choice), status=422)
        return _refused(request, entry, booking, refused)
    return _onward(request, entry, booking, result["explained"])


@require_POST
@entered
def aside(request: HttpRequest, entry: Entry, booking: int) -> HttpResponse:
    """No customer paid an invoice with it."""
    return _do(request, entry, booking, lambda: set_aside(entry.doer(request), payment_id=booking))


@require_POST
@entered
def take_back(request: HttpRequest, entry: Entry, booking: int) -> HttpResponse:
    """What it paid is open again, and it waits."""
    try:
        undo = (
            take_back_return
            if payment_page(entry.administration.id, booking).takes_back
            else take_back_assignment
        )
        undo(entry.doer(request), payment_id=booking)
    except Refused as refused:
        tell_trouble(request, refused.sentence)
        return HttpResponseRedirect(address(entry, "payment", payment=booking))
    tell(request, say("payments.waits_again"))
    return HttpResponseRedirect(f"{address(entry, 'payments')}?betaling={booking}")


@entered
def split(request: HttpRequest, entry: Entry, booking: int) -> HttpResponse:
    """Invoices looked for and ticked, with an amount each; POST without ``do`` only looks."""
    found = bank_payment(entry.administration.id, booking)
    said = ticked(request.POST)
    debtors = open_for(entry.administration.id, found, said.text, said.invoice_ids)
    onward = safe_next(request, address(entry, "payments"))
    if request.POST.get("do") == "assign" or "counted" in request.POST:
        try:
            parts = wanted(said, debtors, found.left.cents)
            counted = _COUNTED.get(request.POST.get("counted", ""))
            result = assign_payment(
                entry.doer(request),
                payment_id=booking,
                parts=parts,
                debtor_id=said.debtor_id,
                counted=counted,
            )
        except Refused as refused:
            again = shown(found, debtors, said, onward, wrong=refused.sentence, field=refused.field or "")
            return _split(request, entry, again, status=422)
        return _onward(request, entry, booking, result["explained"])
    return _split(request, entry, shown(found, debtors, said, onward))


def _split(request: HttpRequest, entry: Entry, view: Split, *, status: int = 200) -> HttpResponse:
    """The part for htmx; a page of its own without it."""
    if request.headers.get("HX-Request"):
        answer = show_part(request, entry, "beluur/payment/split.html", split=view)
        if request.headers.get("HX-Trigger-Name") != "zoek":  # which puts what it finds in its own place
            for header in ("HX-Retarget", "HX-Reselect"):
                answer[header] = f"#how-{view.payment.id}"
        return _at_the_same_address(answer)
    return _payment(request, entry, view.payment.id, split=view, status=status)


def _do(request: HttpRequest, entry: Entry, booking: int, do: Callable[[], Any]) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        return _refused(request, entry, booking, refused)
    return _onward(request, entry, booking)


def _refused(request: HttpRequest, entry: Entry, booking: int, refused: Refused) -> HttpResponse:
    tell_trouble(request, refused.sentence)
    return HttpResponseRedirect(f"{address(entry, 'payments')}?betaling={booking}")


def _onward(request: HttpRequest, entry: Entry, booking: int, others: int = 0) -> HttpResponse:
    """To the next one, with a line that says what was done with this one."""
    to = safe_next(request, address(entry, "payments"))
    told = urlencode({"gedaan": booking} | ({"ook": others} if others else {}))
    return HttpResponseRedirect(f"{to}{'&' if '?' in to else '?'}{told}")


urls = [
    path("betalingen/", payments, name="payments"),
    path("betalingen/<int:payment>/", payment, name="payment"),
    path("betalingen/<int:booking>/voorstel", accept, name="payment-accept"),
    path("betalingen/<int:booking>/verdelen", split, name="payment-split"),
    path("betalingen/<int:booking>/opzij", aside, name="payment-aside"),
    path("betalingen/<int:booking>/haal-terug", take_back, name="payment-take-back"),
]
