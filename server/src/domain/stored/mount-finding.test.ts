import { expect, test } from 'vitest'
import { mountFinding, octal } from './mount-finding.ts'

const file = (mode: number, uid = '0', gid = '0') => ({ target: 'x', uid, gid, mode })

test.each([
  ['the default', file(0o444), '1000:1000'],
  ['the default of the image’s user', file(0o444), null],
  ['its own', file(0o400, '1000', '1000'), '1000:1000'],
  ['its own, whatever its group', file(0o400, '1000', '0'), '1000'],
  ['that of its group', file(0o440, '0', '1000'), '1000:1000'],
  ['that of a named user’s group', file(0o440, '0', '1000'), 'node:1000'],
  ['for others', file(0o404), '1000:1000'],
  ['anyone’s, to a user by name', file(0o444), 'node'],
  ['root’s, to root', file(0o400), '0'],
  ['root’s, to root by name', file(0o000), 'root'],
  ['one that was made for somebody, to the image’s user', file(0o400, '1000'), null],
])('%s is readable', (_, mount, user) => {
  expect(mountFinding(mount, { user, groups: [] })).toBeNull()
})

test.each([
  [file(0o400), '1000:1000', 'User 1000:1000 cannot read it: mode 0400 is for 0:0.'],
  [file(0o440), '1000:1000', 'User 1000:1000 cannot read it: mode 0440 is for 0:0.'],
  [file(0o400), '1000', 'User 1000 cannot read it: mode 0400 is for 0:0.'],
  [
    file(0o400, '999', '999'),
    '1000',
    'User 1000 cannot read it: mode 0400 is for 999:999.',
  ],
  [
    file(0o404, '0', '1000'),
    '1000:1000',
    'User 1000:1000 cannot read it: mode 0404 is for 0:1000.',
  ],
  [file(0o044, '1000'), '1000', 'User 1000 owns it and cannot read it: 0044.'],
  [
    file(0o440),
    '1000',
    'Whether user 1000 can read it cannot be told: mode 0440 is for 0:0, and its group is the image’s affair.',
  ],
  [
    file(0o400),
    'node',
    'Whether user node can read it cannot be told: mode 0400 is for 0:0.',
  ],
  [
    file(0o440),
    'node:app',
    'Whether user node can read it cannot be told: mode 0440 is for 0:0.',
  ],
  [
    file(0o400),
    null,
    'Only root is sure to read it: mode 0400 is for 0:0, and the user it runs as is set by the image.',
  ],
  [file(0o000), null, 'Nobody but root can read it: its mode is 0000.'],
  [file(0o222, '1000'), '1000', 'Nobody but root can read it: its mode is 0222.'],
  [
    file(0o666),
    '1000',
    'Its mode 0666 lets everyone write, to no purpose: it is mounted read-only.',
  ],
  [
    file(0o646),
    null,
    'Its mode 0646 lets everyone write, to no purpose: it is mounted read-only.',
  ],
])('%j for user %s', (mount, user, sentence) => {
  expect(mountFinding(mount, { user, groups: [] })).toBe(sentence)
})

test('what is no file has no mode', () => {
  expect(
    mountFinding({ ...file(0), target: null }, { user: '1000', groups: [] }),
  ).toBeNull()
})

test('a mode is written as chmod reads it', () => {
  expect([0o444, 0o4, 0, 0o100444].map(octal)).toEqual(['0444', '0004', '0000', '0444'])
})

test.each([
  ['a group that was added', '1000:1000', ['2000'], null],
  ['a group that was added to the image’s user', null, ['2000'], null],
  [
    'another group',
    '1000:1000',
    ['3000'],
    'User 1000:1000 cannot read it: mode 0440 is for 0:2000.',
  ],
  [
    'a group by name',
    '1000:1000',
    ['docker'],
    'Whether user 1000 can read it cannot be told: mode 0440 is for 0:2000, and its group is the image’s affair.',
  ],
])('%s counts', (_, user, groups, finding) => {
  expect(mountFinding(file(0o440, '0', '2000'), { user, groups })).toBe(finding)
})
