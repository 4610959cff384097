"""Pages of the desk."""

from django.urls import path

from . import views

urlpatterns = [
    path("ask", views.ask, name="ask"),
    path("answer", views.answer, name="answer"),
    path("danger", views.danger, name="danger"),
    path("law", views.law, name="law"),
    path("law/<str:rule_id>", views.rule, name="rule"),
]
