from wagtail.contrib.settings.registry import register_setting
from wagtail_modeladmin.options import modeladmin_register

from .content.admin import ReferenceTablesGroup
from .content.portal import PortalSettings

modeladmin_register(ReferenceTablesGroup)
register_setting(PortalSettings, icon="home")
