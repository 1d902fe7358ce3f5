"""The desk's first pages: the inbox of readers' reports, and one report.

Everything a reader wrote is printed as plain text: the templates escape it, and no link is made of it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from backfile.desk.models import STATES, Report
from backfile.desk.words import words

PER_PAGE = 50


def frame(**more: Any) -> dict[str, Any]:
    """Style, title and words that every page of the desk needs."""
    from backfile.site.assets import asset  # the frame of all pages is the website's
    from backfile.site.page import context

    here = context()
    return {**here, "desk": words(here["about"].language), "desk_style": asset("desk.css").address, **more}


class Login(LoginView):
    """The desk's login, in its words."""

    template_name = "desk/login.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return frame(user=self.request.user, **super().get_context_data(**more))


@csrf_protect
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Reports of one state (`?state=`; `new` unless asked otherwise), newest first."""
    state = request.GET.get("state", "new")
    if state not in (*STATES, "all"):
        raise Http404
    reports = Report.objects.select_related("article").order_by("-received", "-id")
    if state != "all":
        reports = reports.filter(state=state)
    counts = dict(Report.objects.values_list("state").annotate(number=Count("id")))
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    here = frame(user=request.user)
    tabs = [(name, here["desk"].states[name], counts.get(name, 0)) for name in STATES]
    tabs.append(("all", here["desk"].states["all"], sum(counts.values())))
    return render(request, "desk/inbox.html", {**here, "page": page, "state": state, "tabs": tabs})


@csrf_protect
@login_required
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One report. Opening a new one does not change its state: only a person's button does."""
    found = get_object_or_404(Report.objects.select_related("article"), pk=number)
    here = frame(user=request.user)
    after = Report.objects.filter(state=found.state, id__lt=found.pk).order_by("-id").first()
    values = {
        **here,
        "report": found,
        "kind": here["desk"].kinds.get(found.kind, found.kind),
        "state_name": here["desk"].states.get(found.state, found.state),
        "choices": [(name, here["desk"].actions[name]) for name in STATES if name != found.state],
        "after": after,
        "number": here["desk"].number.format(found.pk),
        "stale": here["desk"].seen_revision.format(found.revision, found.article.revision)
        if found.revision != found.article.revision
        else "",
    }
    return render(request, "desk/report.html", values)


@csrf_protect
@login_required
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Set the state; who did it and when is kept."""
    state = request.POST.get("state", "")
    if state not in STATES:
        raise Http404
    changed = Report.objects.filter(pk=number).update(
        state=state, changed=timezone.now(), changed_by=request.user.get_username()
    )
    if not changed:
        raise Http404
    return HttpResponseRedirect(f"/desk/report/{number}")
