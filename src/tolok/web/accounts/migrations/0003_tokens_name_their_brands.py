"""What each API token reached by its one brand is named among its brands."""

from typing import Any

from django.db import migrations


def name_brands(apps: Any, _schema: Any) -> None:
    """Give every token its workspace, and its one brand as the brand it names."""
    for token in apps.get_model("accounts", "ApiToken").objects.select_related("brand"):
        token.workspace_id = token.brand.workspace_id
        token.save(update_fields=["workspace"])
        token.brands.add(token.brand)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_tokens_of_several_brands")]

    operations = [migrations.RunPython(name_brands, migrations.RunPython.noop)]
