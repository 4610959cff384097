"""Pages about papers: the practice's wordings, what was offered and signed in a record, and the page on which somebody signs."""

from django.urls import path

from . import paper_signing, paper_views

urlpatterns = [
    path("papers", paper_views.listed, name="papers"),
    path("papers/<slug:template>", paper_views.kind, name="paper-kind"),
    path("papers/<slug:template>/edit", paper_views.edit, name="paper-edit"),
    path("papers/<slug:template>/reading", paper_views.reading, name="paper-reading"),
    path("clients/<uuid:record>/papers", paper_views.record_papers, name="record-papers"),
    path("clients/<uuid:record>/papers/new/<slug:template>", paper_views.offer, name="paper-offer"),
    path("clients/<uuid:record>/papers/on-file", paper_views.put_on_file, name="paper-file"),
    path("clients/<uuid:record>/papers/<uuid:paper>", paper_views.record_paper, name="record-paper"),
    path("clients/<uuid:record>/papers/<uuid:paper>/talk", paper_views.talk, name="paper-talk"),
    path("clients/<uuid:record>/papers/<uuid:paper>/hand-over", paper_views.hand_over, name="paper-hand"),
    path("clients/<uuid:record>/papers/<uuid:paper>/link", paper_views.send_home, name="paper-send"),
    path("clients/<uuid:record>/papers/<uuid:paper>/away", paper_views.withdraw, name="paper-withdraw"),
    path("sign", paper_signing.sign, name="paper-sign"),
    path("sign/<str:token>", paper_signing.by_link, name="paper-link"),
]
