import { describe, expect, it } from 'vitest'
import { durationMs } from '../../src/core/duration.ts'
import { nearest } from '../../src/core/nearest.ts'

describe('nearest', () => {
  const services = ['checkout-svc', 'payment-svc', 'storefront', 'search', 'cart']
  it.each([
    ['chekout-svc', ['checkout-svc']],
    ['Checkout-SVC', ['checkout-svc']],
    ['checkout', ['checkout-svc']],
    ['svc', ['checkout-svc', 'payment-svc']],
    ['serach', ['search']],
    ['crat', ['cart']],
    ['xyzzy', []],
    ['', []],
  ])('%s → %j', (word, found) => {
    expect(nearest(word, services)).toEqual(found)
  })

  it('gives the nearest first and no more than asked for', () => {
    expect(nearest('aaab', ['aabb', 'aaab-x', 'aaab'], 2)).toEqual(['aaab', 'aabb'])
  })
})

describe('durationMs', () => {
  it.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['500ms', 500],
    ['1s500ms', 1500],
    ['', null],
    ['90', null],
    ['s', null],
    ['1m1h', null],
    ['-1s', null],
    ['1.5h', null],
    [' 1s', null],
  ])('%j → %j', (text, ms) => {
    expect(durationMs(text)).toBe(ms)
  })
})
