mission-title = Mission
mission-no-instructions = No instructions are on record.
mission-carry-on = Carry it on
mission-report = Report
mission-report-hint = What was said and brought back; everyone in the room below can read it.
