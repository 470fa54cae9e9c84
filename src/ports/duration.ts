import { z } from 'zod'
import { durationMs, durationPattern } from '../core/duration.ts'

/** In the configuration a time span is text like `90s`, `10m` or `1h30m`, longer than nothing. */
export const durationText = () =>
  z
    .string()
    .regex(durationPattern, { error: durationHint })
    .refine((text) => durationMs(text) !== 0, { error: durationHint })

/** The same, as milliseconds. */
export const duration = () => durationText().transform((text) => durationMs(text) ?? 0)

const durationHint = 'expected a time span like 90s, 10m or 1h30m'
