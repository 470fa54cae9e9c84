/** Where a schedule's shifts can be subscribed to, `World.link` makes it an address that opens. */
export const schedulePage = (schedule: string): string => `/calendar/schedule/${schedule}.ics`

/** The same of one person's shifts, in all schedules. */
export const personPage = (person: string): string => `/calendar/person/${person}.ics`
