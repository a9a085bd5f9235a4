import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskedCommand, maskedLabels, maskedText } from './masking.ts'

const line = (command: readonly string[]) => maskedCommand(command).words.join(' ')

describe('a command', () => {
  test.each([
    [['app', '--password=hunter2'], 'app --password=•••'],
    [['app', '--password', 'hunter2'], 'app --password •••'],
    [['app', '--password', 'my long pass'], 'app --password •••'],
    [['app', '--password=my long pass'], 'app --password=•••'],
    [['app', '--db-pass', '/not/a/path'], 'app --db-pass •••'],
    [['mysql', '-uroot', '-phunter2'], 'mysql -uroot -p•••'],
    [['mongosh', '-u', 'root', '-p', 'hunter2'], 'mongosh -u root -p •••'],
    [['sh', '-c', 'API_TOKEN=hunter2 exec app'], 'sh -c API_TOKEN=•••'],
    [
      ['sh', '-c', 'export A=1; API_TOKEN=hunter2 app'],
      'sh -c export A=1; API_TOKEN=••• app',
    ],
    [['sh', '-c', 'app --token "hun ter2" -v'], 'sh -c app --token ••• -v'],
    [['redis-server', '--requirepass', 'hunter2'], 'redis-server --requirepass •••'],
    [['redis-cli', '-a', 'hunter2', 'ping'], 'redis-cli -a ••• ping'],
    [['curl', '-u', 'me:hunter2', 'x'], 'curl -u me:••• x'],
    [['curl', '-ume:hunter2', 'x'], 'curl -ume:••• x'],
    [['curl', '--user=me:hunter2'], 'curl --user=me:•••'],
    [['curl', '-H', 'Authorization: Bearer hunter2'], 'curl -H Authorization:•••'],
    [
      ['sh', '-c', 'curl -H "Authorization: Bearer hunter2" x'],
      'sh -c curl -H "Authorization:••• x',
    ],
    [['wget', 'https://me:hunter2@host/x'], 'wget https://•••@host/x'],
    [['wget', 'https://hunter2@host/x'], 'wget https://•••@host/x'],
    [['app', 'postgres://u:p@ss/w@db:5432/x'], 'app postgres://•••@db:5432/x'],
    [['app', 'user:hunter2@tcp(db:3306)/x'], 'app user:•••@tcp(db:3306)/x'],
    [['wget', 'https://host/x?token=hunter2'], 'wget https://host/x?token=•••'],
    [['app', '{"password":"hunter2"}'], 'app {"password":"•••'],
    [['app', '{"password": "hunter2"}'], 'app {"password": •••'],
    [['app', 'Server=db;Password=hunter2'], 'app Server=db;Password=•••'],
    [['app', 'ghp_0123456789abcdefghij'], 'app •••'],
    [['join', 'SWMTKN-1-abc-def'], 'join •••'],
    [['app', '-----BEGIN PRIVATE KEY-----\nabc'], 'app •••'],
    [['app', '--tls-key', 'hunter2'], 'app --tls-key •••'],
    [['app', '--secret', 'Bearer', 'hunter2'], 'app --secret Bearer •••'],
  ])('%j reads %s', (command, read) => {
    const masked = maskedCommand(command)
    expect(masked.words.join(' ')).toBe(read)
    expect(masked.hidden).toBe(true)
  })

  test.each([
    [['nginx', '-g', 'daemon off;']],
    [['app', '--port', '8080', '-port=80', '-path', '/x']],
    [['sh', '-c', 'mkdir -p /data && exec app --name=web']],
    [['app', '--password-file', '/run/secrets/db']],
    [['app', '--password=/run/secrets/db']],
    [['app', '--tls-key', '/certs/tls.pem']],
    [['curl', '-f', 'http://localhost:8080/health']],
    [['docker', 'run', '--user', '1000:1000']],
    [['app', 'demo/web:v1@sha256:abcdef']],
    [['curl', '-H', 'Accept: text/html', 'https://host/@scope/pkg']],
    [[]],
  ])('%j has nothing to hide', (command) => {
    expect(maskedCommand(command)).toEqual({ words: command, hidden: false })
  })

  test('a password of any letters is not to be seen, however it is given', () => {
    const secret = fc
      .stringMatching(/^[A-Za-z0-9!#%^*+._~-]{6,20}$/)
      .filter((s) => !s.startsWith('-'))
    const ways: ((password: string) => string[])[] = [
      (p) => ['app', `--password=${p}`],
      (p) => ['app', '--password', p],
      (p) => ['sh', '-c', `app --password '${p}' --verbose`],
      (p) => ['sh', '-c', `TOKEN="${p}" app`],
      (p) => ['mysql', `-p${p}x`],
      (p) => ['app', `postgres://user:${p}@db/x`],
      (p) => ['app', `{"secret": "${p}"}`],
    ]
    fc.assert(
      fc.property(secret, fc.constantFrom(...ways), (password, way) => {
        expect(line(way(password))).not.toContain(password)
      }),
    )
  })
})

test('a health check is masked as a line of shell', () => {
  expect(maskedText('mysqladmin ping -phunter2 || exit 1')).toBe(
    'mysqladmin ping -p••• || exit 1',
  )
})

test('labels: by name, and by what a value gives away', () => {
  expect(
    maskedLabels({
      owner: 'shop team',
      'db.password': 'hunter2',
      'token.file': '/run/secrets/token',
      'api-token': '/run/secrets/token',
      url: 'https://me:hunter2@host',
      note: 'runs with PASSWORD=hunter2',
      'traefik.http.routers.web.rule': 'Host(`a.example`) && PathPrefix(`/token`)',
    }),
  ).toEqual({
    owner: 'shop team',
    'db.password': '•••',
    'token.file': '/run/secrets/token',
    'api-token': '/run/secrets/token',
    url: 'https://•••@host',
    note: 'runs with PASSWORD=•••',
    'traefik.http.routers.web.rule': 'Host(`a.example`) && PathPrefix(`/token`)',
  })
})
