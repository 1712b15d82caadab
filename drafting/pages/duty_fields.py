"""The questions that each duty asks, and the conditions of the duty to share."""

from rules.duties import FGM, SHARE_DUTY

OF_A_DUTY = {FGM: ["how_discovered", "discovered_at"], SHARE_DUTY: ["duty_holds", "duty_relevant", "duty_helps"]}
CONDITIONS = OF_A_DUTY[SHARE_DUTY]
