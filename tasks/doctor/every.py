"""Every check of the doctor, in the order of the page. Who adds one adds a line here."""

from tasks.doctor import database, program
from tasks.doctor.diagnosis import Check

SETTINGS, DATABASE = "设置", "数据库"
NEEDS_SETTINGS, NEEDS_DATABASE = (SETTINGS,), (SETTINGS, DATABASE)

CHECKS = (
    Check("程序版本", program.versions_fit),
    Check(SETTINGS, program.settings_read, vital=True),
    Check("时区", program.time_zone, NEEDS_SETTINGS),
    Check(DATABASE, database.reachable, NEEDS_SETTINGS, vital=True),
    Check("数据库完整", database.pages_whole, NEEDS_DATABASE),
)
