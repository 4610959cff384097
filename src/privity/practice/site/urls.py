"""Every address of the desk."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("demo", views.demo, name="demo"),
    path("locked", views.locked, name="locked"),
    path("", include("privity.practice.people.urls")),
    path("", include("privity.practice.visits.urls")),
    path("", include("privity.practice.records.urls")),
    path("", include("privity.practice.agreements.urls")),
    path("", include("privity.practice.decisions.urls")),
    path("", include("privity.practice.releases.urls")),
    path("", include("privity.practice.incidents.urls")),
    path("", include("privity.practice.records.sealed_urls")),
]
handler400 = views.unreadable
handler404 = views.missing
handler500 = views.failed
