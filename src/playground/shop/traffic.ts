import { Agent, request } from 'node:http'

/** Customers: they come by chance and really ask. */
export interface Traffic {
  readonly on: boolean
  set(on: boolean): void
  close(): void
}

export interface Customer {
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** How often one comes, on average, in a second. */
  readonly perSecond: number
}

/** Nobody waits longer for a page. */
const patienceMs = 5000

/** Sends requests whose times are drawn from `random`. What becomes of them is measured where they arrive. */
export function startTraffic(customers: readonly Customer[], random: () => number, on: boolean): Traffic {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const timers = new Set<NodeJS.Timeout>()
  let running = false

  const come = (customer: Customer): void => {
    const pauseMs = (-Math.log(1 - random()) / customer.perSecond) * 1000
    const timer = setTimeout(() => {
      timers.delete(timer)
      send(customer)
      come(customer)
    }, pauseMs)
    timers.add(timer)
  }

  const send = ({ url, method }: Customer): void => {
    const asked = request(url, { agent, method, timeout: patienceMs })
    asked.on('response', (response) => response.resume())
    asked.on('timeout', () => asked.destroy())
    // A customer who gets no answer leaves; the balancer has counted it.
    asked.on('error', () => undefined)
    asked.end()
  }

  const traffic: Traffic = {
    get on() {
      return running
    },
    set(wanted) {
      if (wanted === running) return
      running = wanted
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      if (wanted) for (const customer of customers) come(customer)
    },
    close() {
      traffic.set(false)
      agent.destroy()
    },
  }
  traffic.set(on)
  return traffic
}
