/** Spoils what goes over the gateway: messages and clicks that arrive twice or in another order, answers that are lost. */
export class Spoiler {
  private messages = 0
  private clicks = 0
  private answers = 0
  private reversed = 0
  private readonly held: (() => void)[] = []

  /** The next so many pushes are held until all of them are there, and then sent, the last one first. */
  reverseNext(count: number): void {
    this.reversed += count
  }

  /** Sends a push when it has its turn. */
  inTurn(send: () => void): void {
    this.held.unshift(send)
    if (this.reversed > 0) this.reversed -= 1
    if (this.reversed === 0) for (const one of this.held.splice(0)) one()
  }

  /** The next so many robot messages arrive twice, word for word; the next so many clicks twice, as two pushes. */
  duplicateNext(of: { readonly messages?: number; readonly clicks?: number }): void {
    this.messages += of.messages ?? 0
    this.clicks += of.clicks ?? 0
  }

  /** The app's answers to the next so many clicks get lost: it acted, the person sees an error. */
  loseNextAnswers(count: number): void {
    this.answers += count
  }

  timesToTell(): number {
    return this.messages > 0 && this.messages-- > 0 ? 2 : 1
  }

  takesTwice(): boolean {
    return this.clicks > 0 && this.clicks-- > 0
  }

  losesAnswer(): boolean {
    return this.answers > 0 && this.answers-- > 0
  }
}
