"""Texts of people become labels: language, sentiment, kind, topics; measured and correctable."""

from .labels import Label, Labels, label_texts
from .model import LANGUAGES, SENTIMENTS, Model, load_shipped, read_model, save_model

__all__ = [
    "LANGUAGES",
    "SENTIMENTS",
    "Label",
    "Labels",
    "Model",
    "label_texts",
    "load_shipped",
    "read_model",
    "save_model",
]
