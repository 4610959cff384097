"""Pages of clients' requests."""

from django.urls import path

from . import views

ONE = "clients/<uuid:record>/requests/<uuid:request_id>"
urlpatterns = [
    path("requests", views.requests, name="requests"),
    path("clients/<uuid:record>/requests", views.of_client, name="client-requests"),
    path("clients/<uuid:record>/requests/new", views.new, name="request-new"),
    path(ONE, views.one, name="request"),
    path(f"{ONE}/step", views.step, name="request-step"),
    path(f"{ONE}/answer", views.decide, name="request-decide"),
    path(f"{ONE}/review", views.look_again, name="request-review"),
    path(f"{ONE}/letters/<uuid:letter_id>", views.letter, name="request-letter"),
]
