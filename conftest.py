"""Settings for all tests: no deadlines, since a busy machine is not a wrong answer."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "tolok", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("tolok")
