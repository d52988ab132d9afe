"""Texts of people become labels: language, sentiment, kind, topics; measured and correctable."""

from .adapt import (
    Adaptation,
    Gain,
    adapt,
    apply_adaptation,
    choose_to_check,
    forget,
    read_adaptation,
    save_adaptation,
)
from .kinds import Kinds, find_kinds, find_waiting
from .labels import Label, Labels, label_texts
from .model import LANGUAGES, SENTIMENTS, Model, load_shipped, read_model, save_model
from .prevalence import (
    Prevalence,
    Share,
    count_confusion,
    estimate_checked,
    estimate_prevalence,
    mix_confusion,
)
from .privacy import Masked, mask_all, mask_personal
from .topics import Keyword, Topic, find_keywords, find_topics, list_terms

__all__ = [
    "LANGUAGES",
    "SENTIMENTS",
    "Adaptation",
    "Gain",
    "Keyword",
    "Kinds",
    "Label",
    "Labels",
    "Masked",
    "Model",
    "Prevalence",
    "Share",
    "Topic",
    "adapt",
    "apply_adaptation",
    "choose_to_check",
    "count_confusion",
    "estimate_checked",
    "estimate_prevalence",
    "find_keywords",
    "find_kinds",
    "find_topics",
    "find_waiting",
    "forget",
    "label_texts",
    "list_terms",
    "load_shipped",
    "mask_all",
    "mask_personal",
    "mix_confusion",
    "read_adaptation",
    "read_model",
    "save_adaptation",
    "save_model",
]
