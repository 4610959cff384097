from typing import Any

from django.db import migrations, models

from privity.practice.trail.guards import guard, unguard


def set_up(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor.connection)


def take_away(apps: Any, schema_editor: Any) -> None:
    unguard(schema_editor.connection)


class Migration(migrations.Migration):
    """Indexes that hold all a page of the trail shows; triggers that refuse to change or take out what was written."""

    dependencies = [("trail", "0001_keep")]
    operations = [
        migrations.RemoveIndex("event", "event_at"),
        migrations.RemoveIndex("event", "event_actor"),
        migrations.RemoveIndex("event", "event_act"),
        migrations.AddIndex("event", models.Index(fields=["practice", "n", "at", "actor", "act"], name="event_n")),
        migrations.AddIndex("event", models.Index(fields=["practice", "actor", "n", "at", "act"], name="event_actor")),
        migrations.AddIndex("event", models.Index(fields=["practice", "act", "n", "at", "actor"], name="event_act")),
        migrations.RemoveIndex("about", "about_n"),
        migrations.AddIndex("about", models.Index(fields=["practice", "n", "record"], name="about_n")),
        migrations.AddIndex("signedcheckpoint", models.Index(fields=["practice", "size"], name="checkpoint_size")),
        migrations.RunPython(set_up, take_away),
    ]
