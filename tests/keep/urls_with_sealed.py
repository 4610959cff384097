"""The site's addresses, with a page for sealed notes and a way in beside them."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("", include("privity.practice.site.urls")),
    path("sealed/<uuid:record>", lambda request, record: HttpResponse(), name="sealed"),
    path("sign-in-of-the-test", lambda request: HttpResponse("sign in"), name="sign-in"),
]
