"""A province's regulation (Quy chế) as data: categories, deadlines, roles, workflow and the rest.

``get_regulation()`` is the one that the settings name; ``load()`` reads any other. Pure Python: a
profile can be read and checked without a database and without configured settings.
"""

from .active import get_regulation
from .kinds import Kind
from .loader import load
from .problems import Problem, RegulationError
from .schema import (
    Attribution,
    Category,
    Citation,
    Clause,
    DeadlineRule,
    Delegation,
    Demand,
    Document,
    Entry,
    FileFormats,
    Integration,
    Portal,
    QuestionRule,
    Quota,
    RefusalGround,
    Regulation,
    ReportRule,
    Role,
    Slip,
    SlipField,
    Step,
    SupplyHours,
    UpdateFrequency,
    Workflow,
)
from .sources import shipped_profiles
from .vocabulary import (
    Action,
    ContentField,
    Event,
    Period,
    Publication,
    RoleCode,
    Scope,
    SenderField,
)

__all__ = [
    "Action",
    "Attribution",
    "Category",
    "Citation",
    "Clause",
    "ContentField",
    "DeadlineRule",
    "Delegation",
    "Demand",
    "Document",
    "Entry",
    "Event",
    "FileFormats",
    "Integration",
    "Kind",
    "Period",
    "Portal",
    "Problem",
    "Publication",
    "QuestionRule",
    "Quota",
    "RefusalGround",
    "Regulation",
    "RegulationError",
    "ReportRule",
    "Role",
    "RoleCode",
    "Scope",
    "SenderField",
    "Slip",
    "SlipField",
    "Step",
    "SupplyHours",
    "UpdateFrequency",
    "Workflow",
    "get_regulation",
    "load",
    "shipped_profiles",
]
