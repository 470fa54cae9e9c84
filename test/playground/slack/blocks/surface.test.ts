import { describe, expect, it } from 'vitest'
import { checkBlocks } from '../../../../src/playground/slack/index.ts'
import { refused, taken } from './samples.ts'

describe('checkBlocks', () => {
  it.each(taken)('takes %s (%s)', (_name, surface, blocks) => {
    expect(checkBlocks(blocks, surface)).toEqual([])
  })

  it.each(refused)('refuses %s (%s)', (_name, surface, blocks, pointer, message) => {
    expect(checkBlocks(blocks, surface)).toContainEqual({ pointer, message })
  })

  it('refuses what is no list', () => {
    expect(checkBlocks({ type: 'divider' }, 'message')).toEqual([
      { pointer: '/blocks', message: 'must provide an array' },
    ])
  })
})
