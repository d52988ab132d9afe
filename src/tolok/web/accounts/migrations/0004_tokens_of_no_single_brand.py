"""API tokens have no single brand any more."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_tokens_name_their_brands")]

    operations = [
        migrations.RemoveField("ApiToken", "brand"),
        migrations.AlterField(
            "ApiToken",
            "workspace",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tokens",
                to="accounts.workspace",
            ),
        ),
        migrations.AlterField(
            "ApiToken",
            "brands",
            models.ManyToManyField(related_name="tokens", to="accounts.brand"),
        ),
    ]
