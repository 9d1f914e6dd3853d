"""All tables, one file per group that is saved together. Every tenant's table names its administration first."""

from beluur.store.models.agreements import (
    Callback,
    Cover,
    Dispute,
    Hold,
    Instalment,
    PaidClaim,
    Promise,
    Task,
    TermsGiven,
)
from beluur.store.models.bank import BankAccount, BankStatement
from beluur.store.models.calls import Call
from beluur.store.models.conversation import Approval, CallReason, PlaybookLine, Ultimatum
from beluur.store.models.debtors import Contact, Debtor, DebtorKey, DebtorTally, Merge, PayerGroup
from beluur.store.models.events import Event
from beluur.store.models.feeds import CalendarFeed
from beluur.store.models.forecasts import Forecast, KeptFigures, KeptForecast
from beluur.store.models.house import (
    Absence,
    Administration,
    AssignRule,
    CallBlock,
    JobRun,
    Membership,
    Receipt,
    User,
)
from beluur.store.models.intake import Intake, IntakeFile, PassingLine, Source, StagedRow
from beluur.store.models.invoices import Allocation, Document, Invoice, OffInvoice, Payment, Reminder
from beluur.store.models.ladders import Ladder, LadderRung, RungDecision
from beluur.store.models.letters import Letter
from beluur.store.models.mail import MailTemplate, Message
from beluur.store.models.mail_in import Mailbox, MailIn
from beluur.store.models.mail_sign_in import MailSignIn
from beluur.store.models.personal import PersonalLink, WrittenAnswer

__all__ = [
    "Absence",
    "Administration",
    "Allocation",
    "Approval",
    "AssignRule",
    "BankAccount",
    "BankStatement",
    "CalendarFeed",
    "Call",
    "CallBlock",
    "CallReason",
    "Callback",
    "Contact",
    "Cover",
    "Debtor",
    "DebtorKey",
    "DebtorTally",
    "Dispute",
    "Document",
    "Event",
    "Forecast",
    "Hold",
    "Instalment",
    "Intake",
    "IntakeFile",
    "Invoice",
    "JobRun",
    "KeptFigures",
    "KeptForecast",
    "Ladder",
    "LadderRung",
    "Letter",
    "MailIn",
    "MailSignIn",
    "MailTemplate",
    "Mailbox",
    "Membership",
    "Merge",
    "Message",
    "OffInvoice",
    "PaidClaim",
    "PassingLine",
    "PayerGroup",
    "Payment",
    "PersonalLink",
    "PlaybookLine",
    "Promise",
    "Receipt",
    "Reminder",
    "RungDecision",
    "Source",
    "StagedRow",
    "Task",
    "TermsGiven",
    "Ultimatum",
    "User",
    "WrittenAnswer",
]
