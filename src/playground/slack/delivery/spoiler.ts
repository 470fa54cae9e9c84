import type { Delivery, Receipt, Transport } from './transport.ts'

/** Spoils deliveries of commands and interactions on their way: sent twice, or their acknowledgement lost. */
export class Spoiler {
  private twice = 0
  private lost = 0

  /** The next so many arrive twice, word for word. */
  duplicateNext(count: number): void {
    this.twice += count
  }

  /** The app's next so many acknowledgements never arrive: it acted, the person sees a timeout. */
  loseNextAcks(count: number): void {
    this.lost += count
  }

  async send(transport: Transport, delivery: Delivery): Promise<Receipt> {
    const isTwice = this.twice > 0
    const isLost = this.lost > 0
    if (isTwice) this.twice--
    if (isLost) this.lost--
    const [receipt] = await Promise.all([transport.send(delivery), ...(isTwice ? [transport.send(delivery)] : [])])
    return isLost ? { acked: false, ackMs: receipt.ackMs, error: 'operation_timeout' } : receipt
  }
}
