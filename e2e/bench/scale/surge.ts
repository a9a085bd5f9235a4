import { setTimeout as pass } from 'node:timers/promises'
import { type RealSwarm, waiting, waitingPart } from './real-swarm.ts'

/**
 * Services that are scaled up and back, over and over: a task that comes reaches two states,
 * new and pending, and one that goes reaches none. With a scale each so many milliseconds,
 * by turns up and back, that is somewhat more than 500 states a second.
 */
const surge = { services: 20, more: 100, every: 180 }

/**
 * The service that is scaled in a turn, and to how many tasks: up in the even turns, and in
 * the odd ones back what went up half a round ago. Pure.
 */
export function surgeStep(turn: number): { service: string; replicas: number } {
  const isUp = turn % 2 === 0
  const number = Math.floor(turn / 2) + (isUp ? 0 : surge.services / 2)
  return {
    service: waitingPart(number % surge.services).Name,
    replicas: waiting.replicas + (isUp ? surge.more : 0),
  }
}

/** Makes tasks that wait come and go for so many milliseconds. */
export async function keepSurging(swarm: RealSwarm, window: number): Promise<void> {
  const from = performance.now()
  for (let turn = 0; performance.now() - from < window; turn += 1) {
    const { service, replicas } = surgeStep(turn)
    await swarm.scale(service, replicas)
    await pass(Math.max(0, from + (turn + 1) * surge.every - performance.now()))
  }
}

/** Each service as it was before. */
export async function calm(swarm: RealSwarm): Promise<void> {
  for (let number = 0; number < surge.services; number += 1) {
    await swarm.scale(waitingPart(number).Name, waiting.replicas)
  }
}
