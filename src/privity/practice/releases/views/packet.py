"""A packet: the sheet on which it is made, and the page on which it is read once more and sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from privity.practice.pdf import CannotPrint, CannotRead, StillThere
from privity.practice.people.access import NotThere
from privity.practice.people.desk import StaffRequest
from privity.practice.people.matrix import AT_PRACTICE, may
from privity.practice.people.session import fresh_proof_required, gate_first
from privity.practice.people.spoken import label, question_of
from privity.practice.people.times import day_said, moment_said
from privity.practice.records.disagreements import Disagreement

from .. import access, services
from ..access import Sheet
from ..forms import PlanForm
from ..making import Leaf
from ..models import Outgoing
from ..packet import VISIT, Cuts, Plan, Stretch, sentences
from ..recipients import Listed, digits
from ..services import Confirmed, PacketMoved, Refused

MOVED = {
    "what": "This packet was changed in another window since you opened it, or has gone.", "why": "What one person looked at must be what leaves.",
    "now": "Look at it as it is now.", "cite": "", "to": "",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def packet(request: StaffRequest, record: UUID, decision: UUID) -> HttpResponse:
    """Show the sheet of a packet, or keep it, hand it on, note a second look, throw it away."""
    actor = request.actor
    if request.method != "POST":
        return _sheet(request, record, access.sheet(actor, request.book, record, decision))
    act, id, after = request.POST.get("act", ""), _id(request.POST.get("packet", "")), number(request.POST.get("after", ""))
    try:
        if act in ("look", "hand", "drop") and id:
            {"look": lambda: services.look(actor, record, id, after), "hand": lambda: services.hand_on(actor, record, id, after),
             "drop": lambda: services.drop(actor, record, id)}[act]()  # fmt: skip
            return redirect("releases") if act in ("hand", "drop") else redirect("packet", record, decision)
        return _keep(request, record, decision, act, id, after)
    except PacketMoved:
        return _sheet(request, record, access.sheet(actor, request.book, record, decision), MOVED, status=409)
    except Refused as refused:
        return _sheet(request, record, access.sheet(actor, request.book, record, decision), _wrong(refused), status=422)


def _keep(request: StaffRequest, record: UUID, decision: UUID, act: str, id: UUID | None, after: int) -> HttpResponse:
    actor, book = request.actor, request.book
    shown = access.sheet(actor, book, record, decision)
    form = PlanForm(shown.recipients, request.POST, use_required_attribute=False)
    if not form.is_valid():
        return _sheet(request, record, shown, form=form, status=422)
    plan = form.plan(request.POST.getlist("go"), request.POST.getlist("cut"))
    plan = replace(plan, cuts=replace(plan.cuts, boxes=shown.made.plan.cuts.boxes))  # they are set on a page of their own
    if not shown.made.texts:  # whoever may not read notes sees no word that is taken out, and puts none back
        before = shown.made.plan.cuts
        plan = replace(plan, cuts=Cuts(before.lines, tuple(dict.fromkeys((*before.words, *plan.cuts.words))), before.boxes))
    if act in ("fill", "audit"):
        planned = access.sheet(actor, book, record, decision, planned=plan)
        plan = access.filled(planned, plan.asked, audit=act == "audit", book=book, actor=actor, record=record)
    services.keep(actor, record, decision, plan, packet=id, after=after)
    if act == "add":
        about = urlencode({"kind": shown.made.recipient_kind, "record": record, "decision": decision})
        return redirect(f"{reverse('recipient-new')}?{about}")
    return redirect("packet", record, decision)


@require_http_methods(["GET", "HEAD", "POST"])
@gate_first(services.may_send)
@fresh_proof_required
def send(request: StaffRequest, record: UUID, packet: UUID) -> HttpResponse:
    """Show what leaves, to be read and confirmed; or let it leave."""
    actor, book = request.actor, request.book
    decision = access.packet_of(actor, record, packet)
    if request.method == "POST":
        said = Confirmed(
            number(request.POST.get("after", "")),
            request.POST.get("read") == "yes",
            request.POST.get("last_four", "")[:12],
            request.POST.get("checked") == "yes",
            request.POST.get("same") == "yes",
            request.POST.get("along", ""),
            request.POST.get("named", ""),
        )
        try:
            return redirect("release", record, services.send(actor, book, record, packet, said))
        except Refused as refused:
            return _sending(request, record, packet, decision, _wrong(refused))
        except PacketMoved:
            return _sending(request, record, packet, decision, MOVED, 409)
        except (StillThere, CannotRead, CannotPrint) as fault:
            what = f"{str(fault)[:1].upper()}{str(fault)[1:]}."
            return _sending(
                request,
                record,
                packet,
                decision,
                {
                    "what": what,
                    "why": "What was taken out must be gone from the file, and is looked for before anything leaves.",
                    "now": "Set a black box there, take those words out of every note, or leave the file out.",
                    "cite": "",
                    "to": "goes",
                },
            )
    return _sending(request, record, packet, decision)


def _sending(request: StaffRequest, record: UUID, packet: UUID, decision: UUID, wrong: dict[str, str] | None = None, status: int = 422) -> HttpResponse:
    shown = access.sheet(request.actor, request.book, record, decision)
    if gone := services.gone(packet, record):
        return redirect("release", record, gone)
    if shown.id != packet:
        raise NotThere(f"packet {packet}")
    return render(request, "releases/send.html", {**_told(request, shown, files=True), "wrong": wrong, "sending": True}, status=status if wrong else 200)


def _sheet(
    request: StaffRequest, record: UUID, shown: Sheet, wrong: dict[str, str] | None = None, form: PlanForm | None = None, status: int = 200
) -> HttpResponse:
    plan, new = shown.made.plan, request.GET.get("to", "")
    form = form or PlanForm.of(shown.recipients, replace(plan, recipient=new) if any(str(one.id) == new for one in shown.recipients) else plan)
    second = shown.second and shown.may_send and shown.id is not None and not shown.mine and not shown.seen_by
    return render(request, "releases/packet.html", {**_told(request, shown, files=second), "second": second, "form": form, "wrong": wrong}, status=status)


def _told(request: StaffRequest, shown: Sheet, *, files: bool) -> dict[str, Any]:
    made, plan = shown.made, shown.made.plan
    to = next((one for one in shown.recipients if str(one.id) == plan.recipient), None)
    rows = [
        {
            "id": one.piece.id, "title": one.piece.title, "on": one.piece.id in plan.chosen, "amount": ", ".join(part for part in one.piece.codes if part),
            "dates_alone": one.piece.id.startswith(VISIT) and one.piece.klass != "billing", "cites": one.cites, "needs_why": one.needs_why, "only": one.only,
            "klass": label(request.book, "information", one.piece.klass),
        }
        for one in made.every if one.may_go
    ]  # fmt: skip
    leaves = [_leaf(leaf, plan) for leaf in made.leaves]
    for id, file in (access.files(request.actor, shown) if files else {}).items():
        (leaf,) = (one for one in leaves if one["id"] == id)
        leaf["says"], leaf["pages"] = (file, ()) if isinstance(file, str) else ("", file.pages)
    return {
        "letterhead": services.sender_of(request.actor) is not None,
        "disputes": _disputes(shown), "changed": [question_of(request.book, one) for one in shown.changed],
        "may_list": may(request.actor.roles, "change", "recipient", [AT_PRACTICE]), "who": made.who, "shown": shown, "plan": plan, "rows": rows,
        "shut": [one.piece.title for one in made.shut], "held": made.held,
        "leaves": leaves, "notes": [one for one in leaves if one["stretches"]], "drawn": [one for one in leaves if one["drawn"]],
        "purpose": label(request.book, "purpose", made.purpose), "kind": label(request.book, "recipient.kind", made.recipient_kind),
        "to": _to(to, plan), "named": to is not None and services.named_on_cover(request.actor, made, to.said), "decided": moment_said(shown.decided),
        "saved": moment_said(shown.saved) if shown.saved else "",
        "seen": moment_said(shown.seen) if shown.seen else "", "number": shown.number, "decision": str(shown.decision)[:8],
        "needs_why": any(leaf.one.needs_why for leaf in made.leaves), "texts": made.texts, "fax": plan.way == Outgoing.Way.FAX,
        "way": Outgoing.Way(plan.way).label if plan.way else "", "paying": made.recipient_kind == "payer" and made.purpose == "payment",
    }  # fmt: skip


def _disputes(shown: Sheet) -> list[dict[str, Any]]:
    """Return what the client disputes of what leaves; its words to whoever may read the chart."""
    kinds = list(Disagreement.Kind) if shown.made.texts else []
    return [
        {"on": day_said(one.on), "papers": [(kind.label, one.papers[kind.value]) for kind in kinds if one.papers.get(kind.value)]}
        for one in shown.made.disputes
    ]  # fmt: skip


def _leaf(leaf: Leaf, plan: Plan) -> dict[str, Any]:
    piece = leaf.one.piece
    ticked, boxes = plan.cuts.lines.get(piece.id, frozenset()), plan.cuts.boxes.get(piece.id, ())
    return {
        "id": piece.id, "name": leaf.name, "file": piece.is_document, "text": "" if leaf.stretches or piece.is_document else piece.text,
        "codes": ", ".join(one for one in piece.codes if one) if piece.klass == "billing" else "", "stretches": _bars(leaf.stretches),
        "lines": [{"value": f"{piece.id}:{number}", "text": text, "out": number in ticked} for number, text in enumerate(_told_lines(leaf))],
        "drawn": piece.is_drawn, "boxes": len(boxes),
        "shortened": bool(leaf.gone or boxes) or any(one.out for one in leaf.stretches), "cites": leaf.one.cites,
    }  # fmt: skip


def _told_lines(leaf: Leaf) -> tuple[str, ...]:
    return sentences(leaf.base) if leaf.stretches else ()


def _bars(stretches: tuple[Stretch, ...]) -> list[dict[str, Any]]:
    """Return stretches as the page shows them: what is taken out is a bar of one length, so that it says nothing of what stood there."""
    return [{"out": one.out, "text": "" if one.out else one.text, "was": one.text} for one in stretches]


def _to(to: Listed | None, plan: Plan) -> dict[str, Any]:
    if to is None:
        return {}
    differs = bool(plan.number) and digits(plan.number)[-10:] != digits(to.said.fax)[-10:]
    return {
        "name": to.said.name, "fax": to.said.fax, "address": to.said.address, "mail": to.said.mail, "phone": to.said.phone, "checked": day_said(to.checked),
        "by": to.by, "how": to.said.how, "differs": differs,
    }  # fmt: skip


def _wrong(refused: Refused) -> dict[str, str]:
    same = refused.to == "same"  # is settled on the very page
    told = {"what": refused.what, "why": refused.why, "now": refused.now, "cite": refused.cite}
    return {**told, "to": "" if same else refused.to, "same": "yes" if same else ""}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
