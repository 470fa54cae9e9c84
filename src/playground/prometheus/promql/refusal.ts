/** What Prometheus would say no to, and what only this one does not know. `bad_data` is answered with 400, `execution` with 422. */
export class Refusal extends Error {
  readonly type: 'bad_data' | 'execution'

  constructor(type: 'bad_data' | 'execution', message: string) {
    super(message)
    this.type = type
  }
}
