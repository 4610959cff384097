"""Pages of releases."""

from django.urls import URLPattern, path

from . import consultation_views

urlpatterns: list[URLPattern] = [
    path("clients/<uuid:record>/consult", consultation_views.consult, name="consult"),
    path("clients/<uuid:record>/consult/<uuid:consultation>", consultation_views.consultation, name="consultation"),
]
