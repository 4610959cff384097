"""Pages about visits."""

from django.urls import path

from . import views

urlpatterns = [
    path("today", views.today, name="today"),
    path("clients/<uuid:record>/visits/new", views.new, name="visit-new"),
    path("visits/<uuid:visit>/mark", views.check_in, name="visit-mark"),
]
