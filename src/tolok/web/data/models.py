"""The table of files dropped into the page, from the drop until they are taken or forgotten."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from tolok.web.accounts.models import Brand, User
from tolok.web.jobs.models import Job


def uploads_folder() -> Path:
    """Return the folder of the home in which dropped files wait."""
    return Path(settings.TOLOK_HOME) / "uploads"


class Drop(models.Model):
    """Files one person brought at once; they lie in the home until taken into the lake.

    `answers` holds what the person told: {"all": {question: answer}, "files": {path: {…}}}; where a
    program brought the files, also the "number" of its import, and whether it "holds" them back.
    `verdicts` is what was found, one entry per file, its words in both languages.
    """

    class State(models.TextChoices):
        """How far the files are."""

        EXAMINING = "examining"
        JUDGED = "judged"
        TAKING = "taking"
        TAKEN = "taken"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="drops")
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.EXAMINING)
    answers = models.JSONField(default=dict)
    verdicts = models.JSONField(default=list)
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    job_id = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return uploads_folder() / str(self.key)

    @property
    def job(self) -> Job | None:
        """The last long work on these files."""
        return Job.objects.filter(pk=self.job_id).first() if self.job_id else None

    @property
    def is_stuck(self) -> bool:
        """True when its work was stopped or given up, so that a person decides what is next."""
        return self.state in (self.State.EXAMINING, self.State.TAKING) and not (
            (job := self.job) is not None and job.is_open
        )

    @property
    def is_open(self) -> bool:
        """True while something of it can be answered, mapped or taken."""
        return self.state == self.State.JUDGED or self.is_stuck

    def told(self, path: str) -> dict[str, Any]:
        """Return what the person told of one file."""
        return {**self.answers.get("all", {}), **self.answers.get("files", {}).get(path, {})}

    def forget_files(self) -> None:
        """Delete the files; what was taken is kept by the lake."""
        shutil.rmtree(self.folder, ignore_errors=True)
