"""Which questions a duty turns on, asked of those who choose it, and where a duty to share is weighed."""

from rules.duties import FGM, SHARE_DUTY

OF_A_DUTY = {FGM: ["how_discovered", "discovered_at"], SHARE_DUTY: ["duty_holds", "duty_relevant", "duty_helps"]}
CONDITIONS = OF_A_DUTY[SHARE_DUTY]
