"""Tables of releases."""

from .consultation_models import Consultation, ConsultationReply

__all__ = ["Consultation", "ConsultationReply"]
