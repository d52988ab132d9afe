"""Sample exports of an invented Indonesian coffee brand, with the truth they must give."""
