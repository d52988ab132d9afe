"""API tokens reach one brand, several of a workspace, or the whole workspace."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]

    operations = [
        migrations.AddField(
            "ApiToken",
            "workspace",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tokens",
                to="accounts.workspace",
            ),
        ),
        migrations.AddField("ApiToken", "is_whole", models.BooleanField(default=False)),
        # Both cannot be called back by the same name until the single brand is gone.
        migrations.AddField(
            "ApiToken", "brands", models.ManyToManyField(related_name="+", to="accounts.brand")
        ),
    ]
