import type { Locator, Page } from 'playwright-core'

/** How long anything on the page may take, in milliseconds; a busy machine takes its time. */
export const patienceMs = 60_000

/** Somebody at the page, who only looks and clicks. */
export class Player {
  readonly page: Page
  /** What the browser complained of: broken scripts, refused loads. */
  readonly complaints: string[] = []

  constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(patienceMs)
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') this.complaints.push(said.text())
    })
  }

  get messages(): Locator {
    return this.page.locator('#messages')
  }

  /** The live card of a rollback, in whatever channel is open: the message to all with a plan. */
  get card(): Locator {
    return this.messages.locator('.message:not(.private)', { has: this.page.locator('.block-plan') }).last()
  }

  button(name: string | RegExp, inside: Locator | Page = this.page): Locator {
    return inside.getByRole('button', { name })
  }

  /** Plays as somebody else. */
  async become(name: string): Promise<void> {
    await this.page.locator('.person', { hasText: name }).click()
    await this.page.locator('.person.on', { hasText: name }).waitFor()
  }

  async open(channel: string | RegExp): Promise<void> {
    await this.page.locator('.channel', { hasText: channel }).first().click()
  }

  /** Ships a release of what is chosen in the shop. */
  async ship(kind: 'good' | 'crash' | 'errors' | 'slow' | 'unready' | 'region' | 'branch'): Promise<void> {
    await this.page.locator(`.kind-${kind}`).click()
  }

  /** Writes where one writes in the channel, and sends it. */
  async write(text: string): Promise<void> {
    const field = this.page.locator('#write textarea')
    await field.fill(text)
    await field.press('Escape')
    await field.press('Enter')
  }

  /** `/rollback`, the button that asks for it, and the dialog with a reason. Ends in the incident's channel. */
  async askForRollback(reason = '5xx on the pay button since the release'): Promise<void> {
    await this.write('/rollback checkout-svc')
    await this.goBack(reason)
  }

  /** Presses what goes back, wherever the open channel offers that, and gives the reason. Ends in the incident's channel. */
  async goBack(reason: string): Promise<void> {
    await this.button(/^Roll back both regions/, this.messages)
      .last()
      .click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(reason)
    await this.button('Ask for approval', dialog).click()
    await dialog.waitFor({ state: 'detached' })
    await this.open(/inc-/)
    await this.button(/^Approve/, this.card).waitFor()
  }

  /** Presses “Approve” and confirms. */
  async approve(): Promise<void> {
    await this.button(/^Approve/, this.card).click()
    await this.button('Roll back', this.page.getByRole('dialog')).click()
  }

  /** Ships the release that answers 5xx and waits until customers get it. */
  async breakCheckout(): Promise<void> {
    await this.ship('errors')
    await this.page.locator('.place.burning').first().waitFor()
  }

  /** Waits until the card says so; fails with what it says instead. */
  async restored(): Promise<void> {
    try {
      await this.card.getByText(/is back on v.* restored in/).waitFor()
    } catch (cause) {
      throw new Error(`not restored; the channel says: ${await this.messages.textContent()}`, { cause })
    }
  }
}
