import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { guardRequests } from './guard.ts'
import { answerProblems } from './problem.ts'

let app: FastifyInstance

beforeEach(() => {
  app = Fastify()
  answerProblems(app)
  guardRequests(app, { hosts: ['Skep.example'] })
  app.all('/', async () => ({ done: true }))
  app.get('/api/x', async () => ({ done: true }))
})

afterEach(() => app.close())

test.each([
  ['localhost:4310', 200],
  ['127.0.0.1:4310', 200],
  ['[::1]:4310', 200],
  ['10.0.0.7', 200],
  ['skep.example:80', 200],
  ['SKEP.example', 200],
  ['attacker.example', 421],
  ['localhost.attacker.example', 421],
  ['skep.example.attacker.example', 421],
  ['user@localhost', 421],
  ['localhost/x', 421],
])('asked for as "%s": %i', async (host, status) => {
  const { statusCode } = await app.inject({ url: '/', headers: { host } })
  expect(statusCode).toBe(status)
})

const host = 'localhost:4310'
const json = { host, 'content-type': 'application/json; charset=utf-8' }

test.each([
  ['from our own page', { ...json, 'sec-fetch-site': 'same-origin' }, 200],
  ['from a page elsewhere', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
  ['from another port of this machine', { ...json, 'sec-fetch-site': 'same-site' }, 403],
  ['typed into the address bar', { ...json, 'sec-fetch-site': 'none' }, 403],
  ['by a program that says where it sends', { ...json, origin: `http://${host}` }, 200],
  ['with a foreign origin', { ...json, origin: 'http://attacker.example' }, 403],
  ['with the origin of another port', { ...json, origin: 'http://localhost:1' }, 403],
  ['with an opaque origin', { ...json, origin: 'null' }, 403],
  ['that says nothing of where it comes from', json, 403],
  [
    'with an origin that the browser contradicts',
    { ...json, origin: `http://${host}`, 'sec-fetch-site': 'cross-site' },
    403,
  ],
  [
    'as a form',
    { host, 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' },
    415,
  ],
])('a change %s: %#', async (_, headers, status) => {
  const answer = await app.inject({ method: 'POST', url: '/', headers, payload: '{}' })
  expect(answer.statusCode).toBe(status)
  if (status !== 200)
    expect(answer.json()).toMatchObject({ status, next: expect.any(String) })
})

test('a look needs no origin', async () => {
  expect((await app.inject({ url: '/', headers: { host } })).statusCode).toBe(200)
})

test.each([
  ['a program', {}, 200],
  ['our own page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 200],
  ['the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 200],
  [
    'a link elsewhere',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    200,
  ],
  [
    'an image elsewhere',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    403,
  ],
  ['another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 403],
])('the API is read by %s: %#', async (_, headers, status) => {
  const answer = await app.inject({
    url: '/api/x?image=evil.example/x',
    headers: { host, ...headers },
  })
  expect(answer.statusCode).toBe(status)
})
