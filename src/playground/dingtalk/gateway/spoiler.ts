/** Spoils what goes over the gateway: messages and clicks that arrive twice, answers that are lost. */
export class Spoiler {
  private messages = 0
  private clicks = 0
  private answers = 0

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
