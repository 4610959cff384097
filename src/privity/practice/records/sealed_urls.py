"""Pages about sealed notes, and the few questions that the keys' origin may ask."""

from django.urls import path

from .views import sealed, sealed_api

urlpatterns = [
    path("records/<uuid:record>/sealed", sealed.sheet, name="sealed"),
    path("records/<uuid:record>/sealed/open", sealed.open_notes, name="sealed-open"),
    path("sealed-setup", sealed.setup, name="sealed-setup"),
    path("sealed-setup/open", sealed.open_setup, name="sealed-setup-open"),
    path("custody", sealed.custody, name="custody"),
    path("custody/open", sealed.open_custody, name="custody-open"),
    path("custody/absence", sealed.absence, name="custody-absence"),
    path("custody/here", sealed.here, name="custody-here"),
    path("custody/ask", sealed.ask, name="custody-ask"),
    path("custody/stop", sealed.stop, name="custody-stop"),
    path("who-can-read", sealed.who_can_read, name="who-can-read"),
    path("sealed-api/<slug:verb>", sealed_api.answer, name="sealed-api"),
]
