"""Pages of the desk, of questions in a chart, and of the decisions kept there."""

from django.urls import path

from . import views

ASK, KEPT = "clients/<uuid:record>/ask", "clients/<uuid:record>/decisions"
urlpatterns = [
    path("ask", views.ask, name="ask"),
    path("answer", views.answer, name="answer"),
    path("danger", views.danger, name="danger"),
    path("law", views.law, name="law"),
    path("law/<str:rule_id>", views.rule, name="rule"),
    path("call", views.call, name="call"),
    path("call/<uuid:message>/done", views.call_done, name="call-done"),
    path("clients/<uuid:record>/call", views.client_call, name="client-call"),
    path(ASK, views.question, name="question"),
    path(f"{ASK}/answer", views.question_answer, name="question-answer"),
    path(f"{ASK}/keep", views.question_keep, name="question-keep"),
    path(KEPT, views.decisions, name="decisions"),
    path(f"{KEPT}/<uuid:decision>", views.decision, name="decision"),
    path(f"{KEPT}/<uuid:decision>/replay", views.decision_replay, name="decision-replay"),
    path(f"{KEPT}/<uuid:decision>/file", views.decision_file, name="decision-file"),
]
