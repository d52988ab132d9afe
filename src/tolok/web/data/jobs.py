"""Long work on data: judging dropped files, taking them, the sample brand, forgetting old drops."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone

from tolok.base import Text
from tolok.intake import Mappings, Verdict, derive_facts, examine, find_files, import_files
from tolok.lake import erase_person
from tolok.metrics import keep_rollups
from tolok.web.accounts.after import refresh_soon
from tolok.web.accounts.dossier import forget_person
from tolok.web.accounts.facts import calendar_of, lake_of, profile_of, workspace_of
from tolok.web.accounts.models import Brand
from tolok.web.home import forget_old
from tolok.web.jobs.kinds import job
from tolok.web.jobs.models import Job
from tolok.web.jobs.run import Run

from .models import Drop, uploads_folder
from .telling import answers_for, tell_verdict

_KEPT = timedelta(days=7)


@job("data.examine")
def examine_drop(run: Run) -> dict[str, Any] | None:
    """Judge every file of a drop; nothing is written to the lake."""
    drop = _drop_of(run)
    if drop is None:
        return None
    found = find_files([drop.folder]) if drop.folder.exists() else []
    verdicts: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, path in enumerate(found):
        run.step(number, len(found), Text(path.name, path.name))
        verdict = _judge(drop, path)
        told = tell_verdict(verdict, _within(drop, path))
        if verdict.digest in seen and verdict.state == "ready":
            told["state"] = "known"
            told["reason"] = {"en": "The same file twice: once is enough.",
                              "id": "Berkas yang sama dua kali: cukup satu."}  # fmt: skip
        seen.add(verdict.digest)
        verdicts.append(told)
        run.step(number + 1, len(found))
    with run.last_effect({"files": len(verdicts)}):
        Drop.objects.filter(pk=drop.pk).update(verdicts=verdicts, state=Drop.State.JUDGED)
    return None


@job("data.import")
def import_drop(run: Run) -> dict[str, Any] | None:
    """Take the files of a drop that are ready, one batch each; a file taken before stays as it is."""
    drop = _drop_of(run)
    if drop is None:
        return None
    brand = drop.brand
    lake, mappings = lake_of(brand), Mappings(workspace_of(brand).mappings_folder)
    verdicts = drop.verdicts
    ready = [v for v in verdicts if v["state"] == "ready"]
    for number, told in enumerate(ready):
        run.step(number, len(ready), Text(told["name"], told["name"]))
        path = drop.folder / told["path"]
        if not path.exists():
            continue
        answers = answers_for(brand, drop.told(told["path"]))
        came = import_files([path], lake, brand.slug, answers, mappings=mappings,
                            before=partial(run.step, number))  # fmt: skip
        for taken in came:
            # After a crash the lake knows the file already: that is as good as taken now.
            is_in = taken.batch is not None or taken.verdict.state == "known"
            told["taken"] = is_in
            if not is_in:
                told |= tell_verdict(taken.verdict, told["path"])
    derive_facts(lake, brand.slug)
    result = {"taken": sum(bool(v.get("taken")) for v in verdicts)}
    with run.last_effect(result):
        Drop.objects.filter(pk=drop.pk).update(verdicts=verdicts, state=Drop.State.TAKEN)
        refresh_soon(brand)
    if all(v.get("taken") or v["state"] == "known" for v in verdicts):
        drop.forget_files()
    return None


@job("data.rollups", schedule="40 3 * * *")
def refresh_brands(run: Run) -> dict[str, Any]:
    """Bring the daily rollups up to the facts: of the workspace that was written to, else of all.

    Only the days that changed are computed; without it figures are the same, only slower.
    """
    brands = Brand.objects.select_related("workspace").order_by("workspace_id", "pk")
    if "workspace" in run.payload:
        brands = brands.filter(workspace_id=run.payload["workspace"])
    done = 0
    for _, group in groupby(brands, key=lambda b: b.workspace_id):
        members = list(group)
        if workspace_of(members[0]).lake_folder.exists():
            done += len(keep_rollups(lake_of(members[0]), [calendar_of(b) for b in members]))
    return {"tables": done}


@job("data.sample")
def bring_sample(run: Run) -> dict[str, Any] | None:
    """Take the exports of the sample brand, and its KPIs."""
    brand = Brand.objects.filter(pk=run.payload["brand"]).select_related("workspace").first()
    if brand is None:
        return None
    workspace = workspace_of(brand)
    with as_file(files("tolok.sample")) as folder:
        source, target = Path(folder) / "kpis.toml", workspace.kpi_file(brand.slug)
        if source.exists() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
        workspace.save_brand(profile_of(brand))
        exports = find_files([Path(folder) / "exports"])
        run.step(0, len(exports))
        taken = import_files(exports, lake_of(brand), brand.slug, answers_for(brand, {}))
        for number, one in enumerate(taken, start=1):
            name = one.verdict.path.name
            run.step(number, len(exports), Text(name, name))
    derive_facts(lake_of(brand), brand.slug)
    result = {"taken": len(exports)}
    with run.last_effect(result):
        refresh_soon(brand)
    return None


@job("data.erase_person")
def erase_one(run: Run) -> dict[str, Any] | None:
    """Erase a person from the facts and from everything made of them, and the name from the job."""
    brand = Brand.objects.filter(pk=run.job.brand_id).select_related("workspace").first()
    name = run.payload.get("name", "")
    if brand is None or not name:
        return None
    erased = erase_person(lake_of(brand), brand.slug, name)
    forget_person(brand, name)
    with run.last_effect({"rows": sum(erased.rows.values()), "files": erased.files}):
        Job.objects.filter(pk=run.job.pk).update(payload={})
        refresh_soon(brand)
    return None


@job("data.sweep", schedule="15 3 * * *")
def sweep_drops(_run: Run) -> dict[str, Any]:
    """Forget drops nobody took within a week, and what killed uploads and imports left behind."""
    limit = timezone.now() - _KEPT
    old = list(Drop.objects.filter(made_at__lt=limit))
    for drop in old:
        drop.forget_files()
        drop.delete()
    return {"forgotten": len(old), "strays": sweep_uploads(limit), "files": _sweep_lakes()}


def sweep_uploads(before: datetime) -> int:
    """Delete what uploads that broke off before a moment left in the home; return how many things.

    These are pieces on their way in, and folders whose drop was never written down.
    """
    uploads = uploads_folder()
    known = {str(key) for key in Drop.objects.values_list("pk", flat=True)}
    strays = [p for p in uploads.glob("*-*-*-*-*") if p.name not in known]
    return forget_old([*(uploads / "incoming").glob("*.part"), *strays], before)


def _sweep_lakes() -> int:
    """Delete the files of each workspace's lake that no reader can need any more."""
    brands = Brand.objects.select_related("workspace").order_by("workspace_id", "pk")
    firsts = [next(members) for _, members in groupby(brands, key=lambda b: b.workspace_id)]
    return sum(lake_of(b).vacuum() for b in firsts if workspace_of(b).lake_folder.exists())


def _drop_of(run: Run) -> Drop | None:
    """Return the drop of a job; None when it was forgotten meanwhile."""
    drops = Drop.objects.select_related("brand__workspace")
    return drops.filter(pk=run.payload["drop"]).first()


def _judge(drop: Drop, path: Path) -> Verdict:
    brand = drop.brand
    answers = answers_for(brand, drop.told(_within(drop, path)))
    mappings = Mappings(workspace_of(brand).mappings_folder)
    found = examine([path], answers, lake=lake_of(brand), brand=brand.slug, mappings=mappings)
    return next(iter(found)).without_facts()


def _within(drop: Drop, path: Path) -> str:
    return path.relative_to(drop.folder).as_posix()
