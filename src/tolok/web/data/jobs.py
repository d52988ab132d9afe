"""Long work on data: judging dropped files, taking them, the sample brand, forgetting old drops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from django.utils import timezone

from tolok.base import Text
from tolok.intake import Mappings, derive_facts, examine, find_files, import_files
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
from .telling import answers_for, can_go_on, tell_file, tell_verdict

_KEPT = timedelta(days=7)
Told: TypeAlias = dict[str, Any]  # a verdict as `tell_verdict` makes it
Before: TypeAlias = Callable[[], object]  # asked once more before anything of a file shows


@job("data.examine")
def examine_drop(run: Run) -> dict[str, Any] | None:
    """Judge every file of a drop; nothing is written to the lake."""
    drop = _drop_of(run)
    if drop is None:
        return None
    verdicts = _look_at(run, drop, lambda path, _before: _judge(drop, path))
    with run.last_effect({"files": len(verdicts)}):
        _keep_verdicts(drop, verdicts, Drop.State.JUDGED)
    return None


def _keep_verdicts(drop: Drop, verdicts: list[Told], state: str) -> None:
    """Keep what was found; an import by a program also keeps it beyond the drop, by its number."""
    Drop.objects.filter(pk=drop.pk).update(verdicts=verdicts, state=state)
    if number := drop.answers.get("number"):
        result = {"files": [tell_file(v) for v in verdicts]}
        Job.objects.filter(pk=number, kind="api.import").update(result=result)


def _look_at(run: Run, drop: Drop, look: Callable[[Path, Before], Told]) -> list[Told]:
    """Return what each file of a drop is found to be; one a program had taken keeps its verdict."""
    found = find_files([drop.folder]) if drop.folder.exists() else []
    kept = {v["path"]: v for v in drop.verdicts if v.get("taken")}
    verdicts: list[Told] = []
    seen: set[str] = set()
    for number, path in enumerate(found):
        run.step(number, len(found), Text(path.name, path.name))
        told = kept.get(_within(drop, path)) or look(path, partial(run.step, number))
        if told["digest"] in seen and told["state"] == "ready" and not told.get("taken"):
            told["state"] = "known"
            told["reason"] = {"en": "The same file twice: once is enough.",
                              "id": "Berkas yang sama dua kali: cukup satu."}  # fmt: skip
        seen.add(told["digest"])
        verdicts.append(told)
        run.step(number + 1, len(found))
    return verdicts


@job("data.import")
def import_drop(run: Run) -> dict[str, Any] | None:
    """Take the files of a drop that are ready, one batch each; a file taken before stays as it is."""
    drop = _drop_of(run)
    if drop is None:
        return None
    verdicts = drop.verdicts
    ready = [v for v in verdicts if v["state"] == "ready" and not v.get("taken")]
    for number, told in enumerate(ready):
        run.step(number, len(ready), Text(told["name"], told["name"]))
        path = drop.folder / told["path"]
        if path.exists():
            taken = _take(drop, path, partial(run.step, number))
            # After a crash the lake knows the file already: that is as good as taken now.
            is_in = taken["taken"] or taken["state"] == "known"
            told |= {"taken": is_in, "batch": taken["batch"]} if is_in else taken
    derive_facts(lake_of(drop.brand), drop.brand.slug)
    result = {"taken": sum(bool(v.get("taken")) for v in verdicts)}
    with run.last_effect(result):
        _keep_verdicts(drop, verdicts, Drop.State.TAKEN)
        refresh_soon(drop.brand)
    if all(v.get("taken") or v["state"] == "known" for v in verdicts):
        drop.forget_files()
    return None


@job("api.import")
def take_upload(run: Run) -> dict[str, Any]:
    """Take what a program brought as far as it is ready; the rest waits for an answer.

    The verdict on each file is the result, of this job and of the import it goes on with.
    """
    drop = _drop_of(run) if "drop" in run.payload else None
    if drop is None:
        return {"files": []}
    if drop.answers.get("holds"):
        verdicts = _look_at(run, drop, lambda path, _before: _judge(drop, path))
    else:
        verdicts = _look_at(run, drop, partial(_take, drop))
        derive_facts(lake_of(drop.brand), drop.brand.slug)
    result = {"files": [tell_file(v) for v in verdicts]}
    is_open = any(map(can_go_on, verdicts))
    state = Drop.State.JUDGED if is_open else Drop.State.TAKEN
    with run.last_effect(result):
        _keep_verdicts(drop, verdicts, state)
        refresh_soon(drop.brand)
    if not is_open:
        drop.forget_files()
    return result


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


def _judge(drop: Drop, path: Path) -> Told:
    """Return the verdict on a file; nothing is written."""
    brand = drop.brand
    answers = answers_for(brand, drop.told(_within(drop, path)))
    mappings = Mappings(workspace_of(brand).mappings_folder)
    found = examine([path], answers, lake=lake_of(brand), brand=brand.slug, mappings=mappings)
    return tell_verdict(next(iter(found)).without_facts(), _within(drop, path))


def _take(drop: Drop, path: Path, before: Before) -> Told:
    """Take a file into the lake if it is ready; returns its verdict and the batch it became."""
    brand = drop.brand
    answers = answers_for(brand, drop.told(_within(drop, path)))
    mappings = Mappings(workspace_of(brand).mappings_folder)
    came = import_files([path], lake_of(brand), brand.slug, answers, mappings=mappings,
                        before=before)  # fmt: skip
    taken = next(iter(came))
    told = tell_verdict(taken.verdict, _within(drop, path))
    is_in = taken.batch is not None
    return told | {"taken": is_in, "batch": taken.batch.id if taken.batch else None}


def _within(drop: Drop, path: Path) -> str:
    return path.relative_to(drop.folder).as_posix()
