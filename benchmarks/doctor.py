"""How well the KPI doctor agrees with 300 labelled KPIs: macro-F1 per language, good ones blocked.

Run `.venv/bin/python benchmarks/doctor.py`. The held-back third served nothing but this.
"""

from __future__ import annotations

from tolok.kpi.tests.labelled_set import read_labelled, score


def main() -> None:
    print("part   language  KPIs  macro-F1  wrong  good  blocked")
    for part in ("build", "held"):
        for language in ("id", "en"):
            items = [i for i in read_labelled(part) if i.language == language]
            found = score(items)
            print(f"{part:6} {language:8} {len(items):5} {found.macro_f1:9.3f}"
                  f" {len(found.wrong):6} {found.good:5} {found.blocked:8}")  # fmt: skip
            for code, value in sorted(found.f1.items(), key=lambda x: x[1]):
                if value < 1:
                    print(f"         {code}: {value:.2f}")


if __name__ == "__main__":
    main()
