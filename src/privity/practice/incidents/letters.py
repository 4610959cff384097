"""Letters about requests: what each must say, as values for `pdf`. English and Spanish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from privity.practice.pdf import typeset
from privity.practice.people.access import Identity, Opened
from privity.practice.people.actor import Actor
from privity.practice.people.contact import allows
from privity.practice.people.models import Letterhead
from privity.practice.releases import accounting

from .access import Asked
from .requests import Fee

# Classes of information and recipients as a letter names them: English, Spanish.
WHAT: Mapping[str, tuple[str, str]] = {
    "whole_chart": ("Your whole record", "Todo su expediente"), "billing": ("Bills and payments", "Cuentas y pagos"),
    "attendance": ("Dates of visits", "Fechas de las visitas"),
    "diagnosis": ("The diagnosis", "El diagnóstico"), "treatment_plan": ("The treatment plan", "El plan de tratamiento"),
    "medication": ("Medicines", "Medicamentos"), "test_results": ("Test results", "Resultados de pruebas"), "summary": ("A summary", "Un resumen"),
    "progress_notes": ("Notes on the visits", "Notas de las visitas"), "correspondence": ("Letters", "Cartas"),
    "psychotherapy_notes": ("Private working notes", "Notas de trabajo privadas"), "session_content": ("What was said in visits",
    "Lo que se dijo en las visitas"),
    "test_materials": ("Test sheets and questions", "Hojas y preguntas de pruebas"), "recordings": ("Recordings", "Grabaciones"),
    "third_party_information": ("What is about other people", "Lo que trata de otras personas"),
    "threat_facts": ("What is about a threat", "Lo que trata de una amenaza"), "abuse_facts": ("What is about abuse", "Lo que trata de un abuso"),
    "sud_counseling_notes": ("Private notes of drug or alcohol counseling", "Notas privadas de consejería por drogas o alcohol"),
    "for_counsel": ("What was made for a court case", "Lo que se hizo para un caso en la corte"),
}  # fmt: skip
WHOM: Mapping[str, tuple[str, str]] = {
    "payer": ("Your health plan", "Su plan de salud"), "spouse_or_partner": ("Your husband, wife or partner", "Su esposo, esposa o pareja"),
    "parent": ("Your parents", "Sus padres"), "family_or_friend": ("Family or friends", "Familia o amigos"),
    "treating_provider": ("Others who treat you", "Otros que lo atienden"), "practice_staff": ("People who work here", "Personas que trabajan aquí"),
    "employer": ("Your employer", "Su empleador"), "school": ("Your school", "Su escuela"),
}  # fmt: skip
FORM = {
    "paper": ("On paper.", "En papel."), "pdf": ("As a PDF file.", "Como archivo PDF."),
    "look": ("You can look into it at our office. Call us for a time.", "Puede verlo en nuestra oficina. Llámenos para acordar una hora."),
}  # fmt: skip
BASIS = {
    "notes": "psychotherapy_notes", "counsel": "legal_case", "source": "promised_source", "custody": "prison", "research": "study",
    "privacy_act": "privacy_act",
    "danger": "danger", "other": "harm_to_other", "representative": "representative", "accurate": "accurate", "not_ours": "not_ours",
    "not_in_set": "not_in_record",
    "not_open": "no_access",
}  # fmt: skip
NEED = {
    "no_address": ("Another address, number or way.", "Otra dirección, otro número u otra manera."),
    "no_payment": ("How the bills get paid.", "Cómo se pagarán las cuentas."),
}  # fmt: skip
WAYS = {
    "call": ("Call {to}", "Llamar al {to}"),
    "voicemail": ("Leave voicemail at {to}", "Dejar mensajes de voz en {to}"), "text": ("Text {to}", "Mensajes de texto al {to}"),
    "mail": ("Letters to {to}", "Cartas a {to}"),
}  # fmt: skip
OTHERS = ("Other numbers and addresses that we have", "Otros números y direcciones que tenemos")


def made(kind: str, data: Mapping[str, Any]) -> bytes:
    """Return the letter as PDF. Raises what `pdf` raises: a letter that lacks what the law asks is not made."""
    return typeset.letter(kind, data)


def money(cents: int) -> str:
    """Return an amount, or nothing for none."""
    return f"${cents / 100:.2f}" if cents else ""


def framed(kind: str, one: Asked, whole: Opened, head: Letterhead, today: date, said: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a letter's name and all it says."""
    es = one.said.language == "es"
    contact = {"name": head.contact, "phone": head.phone}
    data: dict[str, Any] = {
        "lang": one.said.language, "date": today, "ref": str(one.id)[:8], "asked": one.said.received, "contact": contact, "to": _to(one, whole),
        "sender": {"name": head.name, "lines": head.address.splitlines(), "phone": head.phone, "contact": contact},
    }  # fmt: skip
    name, more = OF[kind](one, whole, said, es)
    return name, {**data, **more}


def _to(one: Asked, whole: Opened) -> dict[str, Any]:
    who = person_of(one, whole)
    mail = next((str(contact["to"]) for contact in who.contacts if allows(contact, "mail")), "") if who and not one.said.name else ""
    if one.said.kind == "channel" and one.said.way.get("how") == "mail":
        mail = str(one.said.way["to"])
    return {"name": one.said.name or (who.name if who else ""), "lines": mail.splitlines()}


def person_of(one: Asked, whole: Opened) -> Identity | None:
    """Return the person of the record who stands on the request."""
    return next((person for _, person in whole.people if person.id == one.said.person), None)


def _words(of: Mapping[str, tuple[str, str]], names: Iterable[str], es: bool) -> list[str]:
    return [of[name][es] if name in of else name.replace("_", " ").capitalize() for name in names]


def _how(one: Asked, es: bool) -> str:
    said = one.said
    if said.third:
        return f"{'Lo enviamos a' if es else 'We send it to'}: {said.third}, {' '.join(said.third_address.split())}."
    copy = said.form_words if said.form == "other" else FORM[said.form][es]
    return " ".join(words for words in (copy if said.wants != "look" else "", FORM["look"][es] if said.wants != "copy" else "") if words)


def _granted(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    fee: Fee = said["fee"]
    what = _words(WHAT, one.said.information or ("whole_chart",), es)
    return "access_granted", {"what": what, "how": _how(one, es), "fee": money(fee.total)}


def _denied(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    why, basis = said["why"], BASIS[said["key"]]
    kept = [{"what": words, "basis": basis, "why": why if at == 0 else ""} for at, words in enumerate(_words(WHAT, said["held"], es))]
    rest = ""
    if said["gave"] == "part":
        rest = f"{'Todo lo demás que pidió.' if es else 'Everything else you asked for.'} {_how(one, es)}"
        if fee := money(said["fee"].total):
            rest += f" {'La copia cuesta' if es else 'The copy costs'} {fee}."
    return "access_denied", {"kept": kept, "rest": rest}


def _extension(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    return f"{one.said.kind}_extension", {"why": said["reason"], "until": said["until"]}


def _review(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    return "access_review", {"found": said["found"], "why": said["why"], "reviewer": said["reviewer"], "how": _how(one, es)}


def _amended(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    return "amendment_accepted", {"what": [said["what"]]}


def _not_amended(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    return "amendment_denied", {"what": one.said.what, "basis": BASIS[said["key"]], "why": said["why"]}


def _rebuttal(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    return "amendment_rebuttal", {"words": said["words"]}


def _restriction(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    answer = "declined" if not said["agree"] else "must" if said["must"] else "agreed"
    what = ", ".join(_words(WHAT, one.said.information, es)) or one.said.what
    what = f"{what}. {one.said.visits}" if one.said.visits else what
    whom = ", ".join(_words(WHOM, one.said.toward, es))
    beside = {"why": said["why"]} if answer == "declined" else {"instead": said["why"]}
    return "restriction_answer", {"answer": answer, "what": what, "whom": whom, **beside}


def _channel(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    way = one.said.way
    if said["agree"]:
        ways = [words[es].format(to=way["to"]) for name, words in WAYS.items() if allows(way, name)]
        return "channel_answer", {"answer": "agreed", "ways": ways, "never": [OTHERS[es]] if said["only"] else []}
    if said["key"] in NEED:
        return "channel_answer", {"answer": "need_more", "need": [NEED[said["key"]][es]], "instead": said["why"]}
    return "channel_answer", {"answer": "declined", "why": said["why"]}


@dataclass(frozen=True)
class Accounting:
    """What a list of who was told holds: its rows as the letter has them, the days it covers, and whether care, payment and operations are counted too."""

    rows: Sequence[Mapping[str, Any]]
    since: date
    until: date
    with_care: bool


def _cover(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    told: Accounting = said["told"]
    days = {"from": told.since, "until": told.until}
    return "accounting_cover", {**days, "count": len(told.rows), "fee": money(said["cents"]), "with_care": told.with_care}


def _list(one: Asked, whole: Opened, said: Mapping[str, Any], es: bool) -> tuple[str, dict[str, Any]]:
    told: Accounting = said["told"]
    who = person_of(one, whole)
    about = who if who and one.said.asker == "client" else next((person for part, person in whole.people if part not in ("parent", "guardian")), None)
    client = {"name": about.name if about else "", **({"born": about.born} if about and about.born else {})}
    return "accounting", {"client": client, "from": told.since, "until": told.until, "rows": list(told.rows)}


OF = {
    "access_granted": _granted, "access_denied": _denied, "extension": _extension, "access_review": _review, "amendment_accepted": _amended,
    "amendment_denied": _not_amended, "amendment_rebuttal": _rebuttal, "restriction_answer": _restriction, "channel_answer": _channel,
    "accounting_cover": _cover, "accounting": _list,
}  # fmt: skip


def accounting_of(actor: Actor, record: UUID, person: UUID | None) -> Accounting:
    """Return what the accounting of disclosures gives the client; its own event is written first. Raises NotThere and NotAllowed.

    In a shared record it is the list of `person` alone.
    """
    page = accounting.for_client(actor, record, person)
    rows = [
        {"date": one.told.on, "to": one.told.who, "address": [one.told.address] if one.told.address else [], "what": one.told.what,
         "why": ". ".join(words for words in (one.told.purpose, one.told.basis) if words)}
        for one in page.entries
    ]  # fmt: skip
    return Accounting(rows, page.since, actor.now.astimezone().date(), page.counts_tpo)
