from wagtail_pbgdpl.authority.rules import Act, State, Step
from wagtail_pbgdpl.matters import kinds, lifecycle, record
from wagtail_pbgdpl.regulations import Action, DeadlineRule, Event, RoleCode
from wagtail_pbgdpl.worktime import Limit, Unit

from .models import SpeakerRequest

BOARD = Step(action=Action.VERIFY, role=RoleCode.SECRETARY)
HEAD = Step(action=Action.UNIT_APPROVE, role=RoleCode.UNIT_HEAD)


class SpeakerRequests(kinds.Kind):
    code = "speaker"
    name = "đề nghị cử báo cáo viên"
    lifecycle = lifecycle.Lifecycle(
        [
            lifecycle.State(
                code="asked", label="chờ thư ký xem xét", standing=State.SUBMITTED, step=BOARD
            ),
            lifecycle.State(
                code="given", label="chờ đơn vị cử người", standing=State.SUBMITTED, step=HEAD
            ),
            lifecycle.State(code="declined", label="trả lại", standing=State.RETURNED),
            lifecycle.State(code="agreed", label="đã cử", standing=State.PUBLISHED, ends=True),
        ],
        [
            lifecycle.Move(
                code="give",
                label="chuyển đơn vị",
                start=("asked",),
                end=("given",),
                act=Act.APPROVE,
                button="Chuyển đơn vị",
            ),
            lifecycle.Move(
                code="agree",
                label="cử báo cáo viên",
                start=("given",),
                end=("agreed",),
                act=Act.APPROVE,
                button="Cử báo cáo viên",
                words="Báo cáo viên",
                needs_words=True,
                closes="agreed",
            ),
            lifecycle.Move(
                code="decline",
                label="trả lại",
                start=("asked", "given"),
                end=("declined",),
                act=Act.RETURN,
                button="Trả lại",
                grounds=True,
                needs_words=True,
                serious=True,
            ),
            lifecycle.Move(
                code="ask_again",
                label="đề nghị lại",
                start=("declined",),
                end=("asked",),
                act=Act.SUBMIT,
                button="Đề nghị lại",
            ),
        ],
        begins=["asked"],
    )

    def rule_of(self, matter):
        return DeadlineRule(
            code="speaker",
            name="Cử báo cáo viên",
            clause="Kế hoạch 15/KH-UBND mục II",
            limit=Limit(Unit.WORKING_DAY, 5),
            starts=Event.RECEIVED,
        )

    def details(self, matter):
        request = SpeakerRequest.objects.get(pk=matter.subject)
        return [("Chủ đề", request.topic), ("Nơi tổ chức", request.place)]


def ask(topic, place, unit, by):
    request = SpeakerRequest.objects.create(topic=topic, place=place, unit=unit)
    return record.begin(SpeakerRequests, request, title=topic, category="C2", unit=unit, by=by)
