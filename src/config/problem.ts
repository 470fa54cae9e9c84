export type Path = readonly (string | number)[]

/** One thing that is wrong with the configuration, for the operator at the command line. Never holds a value that may be secret. */
export interface Problem {
  readonly file: string
  /** From 1; 1:1 when the place has none. */
  readonly line: number
  readonly column: number
  /** `services.checkout-svc.team`; empty for the file itself. */
  readonly path: string
  readonly message: string
  /** What was probably meant. */
  readonly suggestion?: string
}

export const problemText = (problem: Problem): string =>
  [
    `${problem.file}:${problem.line}:${problem.column}`,
    problem.path === '' ? '' : ` ${problem.path}`,
    `: ${problem.message}`,
    problem.suggestion === undefined ? '' : ` (did you mean ${problem.suggestion}?)`,
  ].join('')

export const pathText = (path: Path): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      return /^[\w-]+$/.test(step) ? `${index === 0 ? '' : '.'}${step}` : `[${JSON.stringify(step)}]`
    })
    .join('')

/** Where a problem is told, with a path instead of a line. */
export interface Finding {
  readonly path: Path
  readonly message: string
  readonly suggestion?: string | undefined
  /** The key of the path, or what stands there. */
  readonly on?: 'key' | 'value'
}

export type Report = (finding: Finding) => void
