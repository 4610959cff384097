"""The practice: what the law needs to know about the one who holds the information."""

from __future__ import annotations

from django.db import models


class Practice(models.Model):
    """What was said once about the practice. Nothing here is about a client."""

    THE_ONE = 1  # the desk serves one practice
    SAID_ONCE = ("provider.profession", "practice.hipaa_covered", "practice.part2_program", "practice.setting")  # facts only the profile may state

    states = models.JSONField()
    profession = models.CharField(max_length=40)
    hipaa_covered = models.BooleanField()
    hipaa_by_two_questions = models.BooleanField(default=False)
    part2_program = models.BooleanField()
    part2_unsettled = models.BooleanField(default=False)  # nobody could say: taken to be a program, the stricter reading
    setting = models.CharField(max_length=40)
    phones = models.JSONField(default=dict)  # numbers to call in danger, by whose they are
    said_on = models.DateField()

    def __str__(self) -> str:
        return f"practice in {', '.join(self.states)}"

    def facts(self) -> dict[str, object]:
        """Return the practice as facts of a question."""
        return {
            "provider.profession": self.profession,
            "practice.hipaa_covered": self.hipaa_covered,
            "practice.part2_program": self.part2_program,
            "practice.setting": self.setting,
        }
