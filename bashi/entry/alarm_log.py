"""A line in the log when an alarm begins, and one when it is over."""

import structlog

from bashi.core.alarms import Alarm, open_alarms
from bashi.core.ports import Ports

log = structlog.get_logger()


class AlarmLog:
    """What this process has told of already. After a restart it tells of what is open once more."""

    def __init__(self) -> None:
        self._told: dict[str, Alarm] = {}

    async def look(self, ports: Ports) -> None:
        found = {alarm.id: alarm for alarm in await open_alarms(ports)}
        for identity in found.keys() - self._told.keys():
            alarm = found[identity]
            log.warning(
                "alarm_began", alarm=alarm.kind, detail=alarm.detail, about=alarm.subject_id
            )
        for identity in self._told.keys() - found.keys():
            alarm = self._told[identity]
            log.info("alarm_over", alarm=alarm.kind, about=alarm.subject_id)
        self._told = found
