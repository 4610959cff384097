"""Pages about the practice."""

from django.urls import path

from . import views
from .views import trail

urlpatterns = [
    path("profile", views.profile, name="profile"),
    path("trail", trail.page, name="trail"),
    path("trail/take", trail.take, name="trail-take"),
    path("trail/sign", trail.sign, name="trail-sign"),
]
