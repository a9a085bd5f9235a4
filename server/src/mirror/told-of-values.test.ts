import { describe, expect, test } from 'vitest'
import { environmentIn, optionFields } from './told-of-values.ts'

describe('of a variable', () => {
  const mounts = [
    { Target: '/var/lib/postgresql/' },
    { Target: '/var/lib/postgresql/data' },
  ]

  test.each([
    ['PGDATA=/var/lib/postgresql/data/pgdata', { PGDATA: '/var/lib/postgresql/data' }],
    ['PGDATA=/var/lib/postgresql/data', { PGDATA: '/var/lib/postgresql/data' }],
    ['PGDATA=/var/lib/postgresql/16/', { PGDATA: '/var/lib/postgresql/' }],
  ])('%s: the mount that its value is in', (entry, told) => {
    expect(environmentIn([entry], mounts)).toEqual(told)
  })

  test.each([
    'PGDATA=/srv/pg',
    'PGDATA=/var/lib/postgresql2',
    'PGDATA=/var/lib/postgresql/../pg',
    'PGDATA=data',
    'PGDATA=',
    'PGDATA',
    '=',
    'PASSWORD=/9j4AAQSkZJRg',
  ])('%s: nothing', (entry) => {
    expect(environmentIn([entry], mounts)).toEqual({})
    expect(environmentIn([entry], [])).toEqual({})
  })
})

describe('of a driver’s options', () => {
  test('the template fields, and nothing around them', () => {
    const options = {
      sshcmd: 'secret@host:/e/{{.Node.Hostname}}/{{ index .Service.Labels "pass word" }}',
      password: 'x{{.Task.Slot}}y',
      device: ':/e/{{.Node.ID}}',
    }
    expect(optionFields(options)).toEqual([
      '{{.Node.Hostname}}',
      '{{.Service.Labels}}',
      '{{.Task.Slot}}',
    ])
  })
  test.each([{}, { o: 'addr=10.0.0.1,rw' }, { o: '{{env "X"}}' }, { o: '{{' }])(
    'none in %j',
    (options) => expect(optionFields(options)).toEqual([]),
  )
})
