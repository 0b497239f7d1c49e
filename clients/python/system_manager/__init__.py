"""Client of the System Manager: `SystemManager` is the door, `system_manager.generated` has every operation."""

from .door import OperationTimeoutError, ProblemError, SystemManager

__all__ = ["OperationTimeoutError", "ProblemError", "SystemManager"]
