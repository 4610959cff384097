"""The call guide: what to read to whoever calls, a message tied to no client, and in a client's record the topics a live paper allows."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from privity.law import BadQuestion, Book
from privity.practice.people.access import staff
from privity.practice.people.desk import StaffRequest
from privity.practice.people.matrix import relations_for
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said, moment_said

from .. import access, calls
from ..answer import CANNOT_SAY


class MessageForm(forms.Form):
    """What a caller wants passed on; no field asks about whom."""

    whose = forms.ChoiceField(label="For which colleague", error_messages={"required": "Choose who gets the message."})
    caller = forms.CharField(label="Who called", max_length=120, error_messages={"required": "Write who called."})
    number = forms.CharField(label="Number to call back", max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    words = forms.CharField(
        label="In the caller’s own words", help_text="Write down what they say. Do not add whether anyone is a client.", max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "Write what the caller said."},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: StaffRequest) -> HttpResponse:
    """Show what to read to a caller, or keep a message. Nothing here looks at a client."""
    book, sent = request.book, request.POST if request.method == "POST" else None
    kind = request.GET.get("caller", "")
    form = MessageForm(sent, use_required_attribute=False)
    form.fields["whose"].choices = [("", "Choose one"), *((str(one.id), one.name) for one in staff(request.actor) if one.active)]  # type: ignore[attr-defined]
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        calls.leave(request.actor, UUID(said["whose"]), said["caller"], said["number"], said["words"])
        return render(request, "decisions/call_kept.html", {"whose": dict(form.fields["whose"].choices)[said["whose"]]})  # type: ignore[attr-defined]
    kind = kind if kind in calls.KINDS else ""
    mine = [
        {"id": one.id, "by": one.by, "made": moment_said(one.made), "caller": one.caller, "number": one.number, "words": one.words}
        for one in calls.messages(request.actor)
    ]
    told = {
        "kinds": _kinds(book), "kind": kind, "who": label(book, "recipient.kind", kind) if kind else "", "cannot_say": CANNOT_SAY,
        "line": calls.line_for(kind) if kind else "", "form": form, "messages": mine, "may_look": bool(relations_for(request.actor.roles, "see", "identity")),
        "others": [{"whose": one.whose, "by": one.by, "made": moment_said(one.made)} for one in calls.for_others(request.actor)],
    }  # fmt: skip
    return render(request, "decisions/call.html", told, status=200 if sent is None else 422)


@require_POST
def call_done(request: StaffRequest, message: UUID) -> HttpResponse:
    """Strike a message that was seen to."""
    calls.drop(request.actor, message)
    return redirect("call")


@require_http_methods(["GET", "HEAD", "POST"])
def client_call(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show, for a caller of a kind that a live paper names, first what to check, and only then what may be told."""
    book, post = request.book, request.POST
    kind = post.get("caller", "") if post.get("caller", "") in calls.KINDS else ""
    ticked = {name for name, _ in calls.CHECKS if name in post.getlist("checked")}
    # What was ticked was ticked of the paper that was shown: of another caller's it says nothing.
    ticked = ticked if post.get("checked_for") == kind else set()
    done = bool(kind) and "show" in post and len(ticked) == len(calls.CHECKS)
    asking = access.on_the_phone(request.actor, record, "call.check")
    papers = calls.live_for(asking.of, kind) if kind else ()
    if done and papers:
        asking = access.on_the_phone(request.actor, record, "call.topics")
    try:
        found = calls.topics(book, asking, kind) if done and papers else ()
    except BadQuestion:
        found = ()
    told = {
        "record": record, "called": asking.of.record.called, "kinds": _kinds(book), "kind": kind,
        "who": label(book, "recipient.kind", kind) if kind else "", "named": [one.terms.recipient for one in papers], "checks": calls.CHECKS,
        "ticked": ticked, "asked_to_show": "show" in post, "done": done, "cite": calls.CHECKS_CITE, "cannot_say": CANNOT_SAY,
        "line": calls.line_for(kind) if kind else "", "topics": [_topics(book, asking, one) for one in found], "may_speak": any(one.may for one in found),
        "numbers": [{"name": one.name, "number": one.number, "by": one.by, "checked": day_said(one.checked)} for one in calls.numbers(request.actor, papers)],
    }  # fmt: skip
    return render(request, "decisions/client_call.html", told)


def _kinds(book: Book) -> list[tuple[str, str]]:
    return [(one, label(book, "recipient.kind", one)) for one in calls.KINDS]


def _topics(book: Book, asking: access.Asking, one: calls.Topics) -> dict[str, object]:
    of = asking.of
    return {
        "paper": one.paper.id, "recipient": one.paper.terms.recipient, "description": one.paper.terms.description,
        "purpose": label(book, "purpose", one.paper.terms.purpose),
        "may": [(label(book, "information", each), not of.chart and each not in calls.AT_DESK) for each in one.may],
        "treats": sorted(of.staff[each] for each in of.team if each in of.staff),
        "open": [label(book, "information", each) for each in one.open_],
    }  # fmt: skip
