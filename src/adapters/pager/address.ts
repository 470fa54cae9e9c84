import { z } from 'zod'

const wrong = 'expected an address like https://pager.example, without user or password'

/** Where something answers, without a slash at its end. */
export const address = () =>
  z
    .url({ protocol: /^https?$/, error: wrong })
    .refine((url) => !/:\/\/[^/]*@/.test(url) && !/[?#]/.test(url), { error: wrong })
    .transform((url) => url.replace(/\/+$/, ''))
