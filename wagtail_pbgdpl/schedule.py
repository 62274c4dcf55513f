"""What must happen by itself as time passes.

One run does all of it, and may come at any time, twice, late, or beside another one: each job says
what holds at its moment, and remembers in the database what it has done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks import task

from .api import log as public_log
from .consultations import cases as consultations
from .consultations.erasure import forget as forget_commenters
from .content import file_entries
from .content.differences import follow_all as follow_sources
from .content.law_changes import follow_all as follow_laws
from .content.recording import record_new
from .content.signal_handlers import begin_consultations
from .full_text.keeping import purge as purge_readings
from .intake.purge import purge
from .login.notes import follow as follow_notes_of_the_login
from .mailbox import imap
from .mailbox.keeping import purge as purge_mails
from .matters.recalculation import recalculate
from .matters.reminders import remind
from .matters.seals import seal_new
from .notices.daily import gather
from .notices.outbox import deliver_due
from .organisation.membership import follow_all_seats
from .questions.erasure import forget
from .questions.tallies import keep_all
from .search.index import compare_due
from .search.keeping import mend
from .sources.models import SourceRun
from .sources.syncing import sync_due
from .surveys.answering import close_due as close_surveys
from .traffic.searches import forget_old as forget_searches
from .webhooks.sending import send_due
from .workflows.reminders import remind as remind_of_steps

logger = logging.getLogger(__name__)


class Job(NamedTuple):
    """``run`` takes nothing and returns what it did, as a text or a number."""

    name: Any
    run: Callable[[], Any]


class Outcome(NamedTuple):
    name: str
    #: Empty where the job failed.
    done: str
    error: str


class GivenUp(Exception):
    """E-mails failed for the last time; somebody has to see to the mail server."""


class TickFailed(Exception):
    """Some jobs failed; the others were done."""


def _deliver() -> str:
    result = deliver_due()
    if result.given_up:
        raise GivenUp(
            _(
                "%(sent)d sent, %(failed)d not, of which %(given_up)d are given up. See to the "
                "mail server, and to the report of notices by e-mail."
            )
            % result._asdict()
        )
    return _("%(sent)d sent, %(failed)d not") % result._asdict()


def _gather() -> str:
    written = gather()
    return ngettext("%(count)d letter written", "%(count)d letters written", written) % {
        "count": written
    }


def _recalculate() -> str:
    moved = sum(1 for _move in recalculate())
    return ngettext("%(count)d moved", "%(count)d moved", moved) % {"count": moved}


def _record() -> str:
    read = record_new()
    return ngettext("%(count)d item read", "%(count)d items read", read) % {"count": read}


def _follow_consultations() -> str:
    moved = begin_consultations() + consultations.follow_all()
    return ngettext("%(count)d moved", "%(count)d moved", moved) % {"count": moved}


def _follow_laws() -> str:
    told = follow_laws()
    return ngettext("%(count)d change of law told", "%(count)d changes of law told", told) % {
        "count": told
    }


def _see_to_login() -> str:
    sent = follow_notes_of_the_login()
    return ngettext("%(count)d link sent", "%(count)d links sent", sent) % {"count": sent}


def _seal() -> str:
    sealed = seal_new()
    return ngettext("%(count)d sealed", "%(count)d sealed", sealed) % {"count": sealed}


def _purge() -> str:
    gone = purge()
    return ngettext("%(count)d upload deleted", "%(count)d uploads deleted", gone) % {"count": gone}


def _collect() -> str:
    if not imap.is_set_up():
        return _("no mailbox is set up")
    return (
        _("%(taken)d taken in, %(set_aside)d set aside, %(left)d left") % imap.collect()._asdict()
    )


def _purge_mails() -> str:
    gone = purge_mails()
    return ngettext("%(count)d mail deleted", "%(count)d mails deleted", gone) % {"count": gone}


def _purge_readings() -> str:
    gone = purge_readings()
    return ngettext("%(count)d text deleted", "%(count)d texts deleted", gone) % {"count": gone}


def _mend() -> str:
    mended = mend()
    return ngettext("%(count)d answer entered", "%(count)d answers entered", mended) % {
        "count": mended
    }


def _compare_search() -> str:
    changed = compare_due()
    return ngettext(
        "%(count)d entry changed by ways that tell nobody",
        "%(count)d entries changed by ways that tell nobody",
        changed,
    ) % {"count": changed}


def _read_files() -> str:
    count = file_entries.read_due()
    return ngettext("%(count)d file read", "%(count)d files read", count) % {"count": count}


def _forget_searches() -> str:
    gone = forget_searches()
    return ngettext("%(count)d count dropped", "%(count)d counts dropped", gone) % {"count": gone}


def _forget() -> str:
    gone = forget() + forget_commenters()
    return ngettext("%(count)d asker erased", "%(count)d askers erased", gone) % {"count": gone}


def _close_surveys() -> str:
    closed = close_surveys()
    return ngettext("%(count)d survey closed", "%(count)d surveys closed", closed) % {
        "count": closed
    }


def _count() -> str:
    months = len(keep_all())
    return ngettext("%(count)d month counted", "%(count)d months counted", months) % {
        "count": months
    }


def _read_sources() -> str:
    runs = list(sync_due())
    good = (SourceRun.Result.NEW, SourceRun.Result.SAME)
    return _("%(read)d read, %(failed)d not") % {
        "read": sum(1 for run in runs if run.result in good),
        "failed": sum(1 for run in runs if run.result not in good),
    }


def _compare() -> str:
    moved = follow_sources()
    return ngettext("%(count)d moved", "%(count)d moved", moved) % {"count": moved}


def _enter_public_changes() -> str:
    entered = public_log.settle_due()
    return ngettext("%(count)d change entered", "%(count)d changes entered", entered) % {
        "count": entered
    }


def _tell_receivers() -> str:
    result = send_due()
    return _("%(sent)d sent, %(failed)d not, %(given_up)d given up") % result._asdict()


# In this order: who sits where decides whom the others tell, what came in counts at once, and what
# they tell is sent last; behind the e-mails what other systems may be slow to take.
JOBS: tuple[Job, ...] = (
    Job(gettext_lazy("groups that follow from seats"), follow_all_seats),
    Job(gettext_lazy("letters from the mailbox"), _collect),
    Job(gettext_lazy("consultations that open and close"), _follow_consultations),
    Job(gettext_lazy("time limits that end elsewhere now"), _recalculate),
    Job(gettext_lazy("documents, and what cites them"), _record),
    Job(gettext_lazy("items that cite law which has changed"), _follow_laws),
    Job(gettext_lazy("reminders of time limits"), remind),
    Job(gettext_lazy("reminders of what waits at a step"), remind_of_steps),
    Job(gettext_lazy("forgotten passwords and locked log-ins"), _see_to_login),
    Job(gettext_lazy("uploads whose form never came"), _purge),
    Job(gettext_lazy("mails of which no question came"), _purge_mails),
    Job(gettext_lazy("texts that were read for a page"), _purge_readings),
    Job(gettext_lazy("words by which answers are found"), _mend),
    Job(gettext_lazy("index of the search"), _compare_search),
    Job(gettext_lazy("counted searches"), _forget_searches),
    Job(gettext_lazy("personal data that were kept long enough"), _forget),
    Job(gettext_lazy("surveys that have ended"), _close_surveys),
    Job(gettext_lazy("figures of questions by month"), _count),
    Job(gettext_lazy("reading of linked systems"), _read_sources),
    Job(gettext_lazy("differences from linked systems"), _compare),
    Job(gettext_lazy("what changed in public"), _enter_public_changes),
    Job(gettext_lazy("seals of the history"), _seal),
    Job(gettext_lazy("letters of the day"), _gather),
    Job(gettext_lazy("delivery of e-mails"), _deliver),
    Job(gettext_lazy("messages to receivers of changes"), _tell_receivers),
    # Last: it may take minutes, and nobody waits for it.
    Job(gettext_lazy("texts of files for the search"), _read_files),
)


def run_jobs() -> list[Outcome]:
    """Do all jobs in their order. One that raises is logged, and keeps none of the others back."""
    return [_run(job) for job in JOBS]


def _run(job: Job) -> Outcome:
    try:
        return Outcome(str(job.name), str(job.run()), "")
    except Exception as error:
        logger.exception("A job of the tick failed: %s", job.name)
        return Outcome(str(job.name), "", f"{type(error).__name__}: {error}")


@task()
def tick() -> list[list[str]]:
    """Do all jobs, as a background task. Raises ``TickFailed`` in the end where one failed."""
    outcomes = run_jobs()
    failed = [outcome for outcome in outcomes if outcome.error]
    if failed:
        raise TickFailed("; ".join(f"{outcome.name}: {outcome.error}" for outcome in failed))
    return [list(outcome) for outcome in outcomes]
