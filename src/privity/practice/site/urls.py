"""Every address of the desk."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("", include("privity.practice.people.urls")),
    path("", include("privity.practice.decisions.urls")),
    path("", include("privity.practice.records.sealed_urls")),
]
handler400 = views.unreadable
handler404 = views.missing
