/**
 * The instant of a time on the wall, with the policy at clock changes: a time that occurs twice is its first or last occurrence, as
 * asked; a time that is skipped is the first instant after the gap.
 */
export function instantOf(
  wall: Temporal.PlainDateTime,
  timeZone: string,
  which: 'first' | 'last' = 'first',
): Temporal.Instant {
  const early = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  if (!early.toPlainDateTime().equals(wall))
    return (early.getTimeZoneTransition('next') ?? wall.toZonedDateTime(timeZone)).toInstant()
  return which === 'first' ? early.toInstant() : wall.toZonedDateTime(timeZone, { disambiguation: 'later' }).toInstant()
}
