"""Who works in an administration: colleagues come, change role, get a new password, and leave."""

from __future__ import annotations

from typing import Any

from beluur.actions.once import Doer, once
from beluur.actions.start_administration import check_password, make_user
from beluur.store.models import Absence, CalendarFeed, CallBlock, Debtor, Dispute, Membership, Task, User
from beluur.values.problem import Refused
from beluur.values.sentence import say


def add_member(doer: Doer, *, email: str, person: str, role: str, password: str | None) -> int:
    """Gives the user's id. Who has an account already keeps his own name and password; who has none is refused without one."""

    def do() -> dict[str, Any]:
        _check_role(role)
        user = User.objects.filter(email=email.strip().lower()).first()
        if password is None and (user is None or _can_never_enter(user)):
            raise Refused(say("house.password_first"), "password")
        if user is None:
            user = make_user(email=email, password=password, person=person, now=doer.at)
        elif _can_never_enter(user):
            check_password(password)
            user.set_password(password)
            user.save(update_fields=["password"])
        here = Membership.objects.filter(administration_id=doer.administration_id, user=user)
        if here.exists():
            raise Refused(say("house.member_known", name=user.name), "email")
        Membership.objects.create(administration_id=doer.administration_id, user=user, role=role)
        return {"user": user.id}

    return int(once(doer, "add_member", do)["user"])


def _can_never_enter(user: User) -> bool:
    """An account without a password that belongs nowhere: whoever takes it in gives it one."""
    return not user.has_usable_password() and not Membership.objects.filter(user=user).exists()


def change_member(doer: Doer, *, user_id: int, role: str) -> None:
    """Another role; refused when no owner would be left."""

    def do() -> dict[str, Any]:
        _check_role(role)
        membership = _membership(doer, user_id)
        if membership.role == Membership.Role.OWNER and role != Membership.Role.OWNER:
            _keep_an_owner(doer, user_id)
        membership.role = role
        membership.save(update_fields=["role"])
        return {}

    once(doer, "change_member", do)


def remove_member(doer: Doer, *, user_id: int) -> None:
    """He no longer enters; his debtors and what he owed them are nobody's in particular, what he did keeps his name."""

    def do() -> dict[str, Any]:
        membership = _membership(doer, user_id)
        _keep_an_owner(doer, user_id)
        membership.delete()
        CallBlock.objects.filter(administration_id=doer.administration_id, user_id=user_id).delete()
        here = {"administration_id": doer.administration_id}
        CalendarFeed.objects.filter(**here, user_id=user_id).delete()
        Absence.objects.filter(**here, user_id=user_id, ended_at=None).update(ended_at=doer.at)
        Absence.objects.filter(**here, deputy_id=user_id, ended_at=None).update(deputy=None)
        Debtor.objects.filter(**here, assigned_to_id=user_id).update(assigned_to=None)
        Task.objects.filter(**here, owner_id=user_id, done_at=None).update(owner=None)
        Dispute.objects.filter(**here, owner_user_id=user_id, state="open").update(owner_user=None)
        return {}

    once(doer, "remove_member", do)


def change_own_account(*, user_id: int, name: str, language: str, password: str | None) -> None:
    """One's own name, language of the screen and, when given, a new password."""
    if not name.strip():
        raise Refused(say("general.required"), "name")
    check_password(password)
    user = User.objects.get(id=user_id)
    user.name, user.language = name.strip()[:120], language
    if password:
        user.set_password(password)
    user.save()


def set_password(*, email: str, password: str) -> None:
    """A new password for who lost his; refused for an address that nobody has."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise Refused(say("house.no_such_account", email=email))
    check_password(password)
    user.set_password(password)
    user.save(update_fields=["password"])


def _check_role(role: str) -> None:
    if role not in Membership.Role.values:
        raise Refused(say("by_hand.choose"), "role")


def _membership(doer: Doer, user_id: int) -> Membership:
    return Membership.objects.select_for_update().get(
        administration_id=doer.administration_id, user_id=user_id
    )


def _keep_an_owner(doer: Doer, user_id: int) -> None:
    owners = Membership.objects.filter(administration_id=doer.administration_id, role=Membership.Role.OWNER)
    if not owners.exclude(user_id=user_id).exists():
        raise Refused(say("house.last_owner"), "role")
