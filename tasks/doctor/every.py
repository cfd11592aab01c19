"""Every check of the doctor, in the order of the page. Who adds one adds a line here."""

from tasks.doctor import (
    backups,
    beats,
    calendar,
    chain,
    database,
    messages,
    places,
    program,
    schedules,
    servers,
)
from tasks.doctor.diagnosis import Check

SETTINGS, DATABASE, CLOSED = "设置", "数据库", "文件权限"
NEEDS_SETTINGS, NEEDS_DATABASE = (SETTINGS,), (SETTINGS, DATABASE)

CHECKS = (
    Check("程序版本", program.versions_fit),
    Check(SETTINGS, program.settings_read, vital=True),
    Check("时区", program.time_zone, NEEDS_SETTINGS),
    Check("指纹算法", program.hashes_made, NEEDS_SETTINGS),
    Check(CLOSED, places.closed_to_others, NEEDS_SETTINGS),
    Check("磁盘", places.room_left, NEEDS_SETTINGS),
    Check("日志", places.logs_fit, NEEDS_SETTINGS),
    Check("密钥", places.keys_there, NEEDS_SETTINGS),
    # Whoever opens the database mends the modes of the home: they are looked at first.
    Check(DATABASE, database.reachable, NEEDS_SETTINGS, after=(CLOSED,), vital=True),
    Check("数据库完整", database.pages_whole, NEEDS_DATABASE, seconds=6),
    Check("备份", backups.last_backup, NEEDS_SETTINGS),
    Check("记录链", chain.chain_holds, NEEDS_DATABASE),
    Check("材料库", chain.vault_sound, NEEDS_DATABASE),
    Check("时钟", calendar.clock_believed, NEEDS_DATABASE),
    Check("与数据库对时", database.clocks_agree, NEEDS_DATABASE),
    Check("与邮件服务器对时", calendar.mail_clock, NEEDS_DATABASE),
    Check("放假安排", calendar.holidays_known, NEEDS_DATABASE),
    Check("巡查", beats.patrol_ran, NEEDS_SETTINGS, after=(DATABASE,)),
    Check("定时发送", beats.deliveries_run, NEEDS_SETTINGS, after=(DATABASE,)),
    Check("定时任务", schedules.scheduled, NEEDS_SETTINGS),
    Check("几台服务", servers.servers_share),
    Check("停用", beats.nothing_switched_off, NEEDS_DATABASE),
    Check("看门狗", beats.watchdog_looks, NEEDS_SETTINGS),
    Check("通道", messages.channels_well, NEEDS_DATABASE, seconds=8),
    Check("提醒", messages.notices_go_out, NEEDS_DATABASE),
    Check("死信", messages.nothing_died, NEEDS_DATABASE),
    Check("领了没办", messages.leases_kept, NEEDS_DATABASE),
)
