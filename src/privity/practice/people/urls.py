"""Pages about the practice and its clients."""

from django.urls import path

from . import views

urlpatterns = [
    path("profile", views.profile, name="profile"),
    path("clients", views.clients, name="clients"),
    path("clients/new", views.new, name="client-new"),
    path("clients/<uuid:record>", views.client, name="client"),
    path("clients/<uuid:record>/people/<uuid:person_id>", views.change, name="client-change"),
    path("clients/<uuid:record>/quiet", views.quiet, name="client-quiet"),
    path("clients/<uuid:record>/tie", views.tie, name="client-tie"),
    path("clients/<uuid:record>/ties/<uuid:tie_id>/end", views.untie, name="client-untie"),
    path("clients/<uuid:record>/close", views.close, name="client-close"),
    path("clients/<uuid:record>/reopen", views.reopen, name="client-reopen"),
    path("clients/<uuid:record>/hold", views.hold, name="client-hold"),
    path("clients/<uuid:record>/holds/<slug:hold_id>/lift", views.lift, name="client-lift"),
]
