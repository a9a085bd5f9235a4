import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Clock } from './clock.ts'
import { Pacemaker } from './pacemaker.ts'
import { Random } from './random.ts'

describe('the clock', () => {
  test('runs what is due in order of time, then of scheduling', () => {
    const clock = new Clock(1000)
    const ran: string[] = []
    const note = (text: string) => () => ran.push(`${text} at ${clock.now}`)
    clock.schedule(20, note('b'))
    clock.schedule(10, note('a'))
    clock.schedule(20, note('c'))
    const cancel = clock.schedule(15, note('never'))
    clock.schedule(10, () => clock.schedule(5, note('within')))
    cancel()
    clock.advance(19)
    expect(ran).toEqual(['a at 1010', 'within at 1015'])
    expect([clock.now, clock.next]).toEqual([1019, 1020])
    clock.advance(100)
    expect(ran.slice(2)).toEqual(['b at 1020', 'c at 1020'])
    expect([clock.now, clock.next]).toEqual([1119, null])
  })

  test('keeps its order with many', () => {
    const clock = new Clock(0)
    const random = new Random('order')
    const ran: number[] = []
    for (let index = 0; index < 2000; index++) {
      clock.schedule(random.between(0, 500), () => ran.push(clock.now))
    }
    clock.advance(500)
    expect(ran).toHaveLength(2000)
    expect([...ran].sort((a, b) => a - b)).toEqual(ran)
  })

  test('takes no delay that is no number: nothing behind it would ever run', () => {
    const clock = new Clock(0)
    expect(() => clock.schedule(Number.NaN, () => {})).toThrow(RangeError)
    expect(clock.next).toBeNull()
  })
})

describe('the pacemaker', () => {
  test('lets time pass at its speed, and at another from when it is told', () => {
    let wall = 0
    const clock = new Clock(0)
    const pacemaker = new Pacemaker(clock, 10, () => wall)
    wall = 100
    pacemaker.catchUp()
    expect(clock.now).toBe(1000)
    pacemaker.speed = 0
    wall = 200
    pacemaker.catchUp()
    expect(clock.now).toBe(1000)
    pacemaker.speed = 2
    wall = 300
    pacemaker.catchUp()
    expect(clock.now).toBe(1200)
    pacemaker.stop()
  })

  test('wakes for what is due, also if it was scheduled later', async () => {
    const clock = new Clock(0)
    const pacemaker = new Pacemaker(clock, 1000)
    const ran: string[] = []
    clock.schedule(60_000_000, () => ran.push('far'))
    clock.schedule(1000, () => ran.push('near'))
    await vi.waitFor(() => expect(ran).toEqual(['near']))
    pacemaker.stop()
  })

  test('tells what broke off, and goes on with the rest', () => {
    const told = vi.spyOn(console, 'error').mockReturnValue()
    onTestFinished(() => told.mockRestore())
    let wall = 0
    const clock = new Clock(0)
    const pacemaker = new Pacemaker(clock, 1, () => wall)
    const ran: string[] = []
    clock.schedule(10, () => {
      throw new Error('broken')
    })
    clock.schedule(10, () => ran.push('at the same time'))
    clock.schedule(20, () => ran.push('later'))
    wall = 50
    pacemaker.catchUp()
    expect(ran).toEqual(['at the same time', 'later'])
    expect(clock.now).toBe(50)
    expect(told).toHaveBeenCalledExactlyOnceWith(
      'What fell due in the simulated swarm broke off:',
      new Error('broken'),
    )
    pacemaker.stop()
  })

  test('slips where it cannot keep up', () => {
    let wall = 0
    const clock = new Clock(0)
    const pacemaker = new Pacemaker(clock, 1000, () => wall)
    let turns = 0
    const again = () => {
      wall += 20
      turns++
      clock.schedule(10, again)
    }
    clock.schedule(10, again)
    wall = 1000
    pacemaker.catchUp()
    expect(turns).toBeLessThan(5)
    expect(clock.now).toBeLessThan(100)
    pacemaker.stop()
  })
})

test('chance is the same for the same seed, and apart for each purpose', () => {
  const ids = (random: Random) => Array.from({ length: 5 }, () => random.id())
  expect(ids(new Random('a'))).toEqual(ids(new Random('a')))
  expect(ids(new Random('a'))).not.toEqual(ids(new Random('b')))
  expect(ids(new Random('a').fork('x'))).not.toEqual(ids(new Random('a').fork('y')))
  expect(new Random('a').id()).toMatch(/^[0-9a-z]{25}$/)
})
