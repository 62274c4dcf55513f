from base.models import BasePage

from wagtail_pbgdpl.content.answers import AnswerMixin
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.content.consultations import ConsultationMixin
from wagtail_pbgdpl.content.documents import LegalBriefMixin, LegalDocumentMixin
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin, PortalMixin, QuestionIndexMixin
from wagtail_pbgdpl.content.news import NewsMixin
from wagtail_pbgdpl.content.services import SearchMixin, StatisticsMixin


class Portal(PortalMixin, BasePage):
    pass


class CategoryIndex(CategoryIndexMixin, BasePage):
    pass


class QuestionIndex(QuestionIndexMixin, BasePage):
    pass


class Search(SearchMixin, BasePage):
    pass


class Statistics(StatisticsMixin, BasePage):
    pass


class Item(ContentMixin, BasePage):
    is_creatable = False


class News(NewsMixin, Item):
    pass


class Answer(AnswerMixin, Item):
    pass


class LegalDocument(LegalDocumentMixin, Item):
    pass


class LegalBrief(LegalBriefMixin, Item):
    pass


class Consultation(ConsultationMixin, Item):
    pass
