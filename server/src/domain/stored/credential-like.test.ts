// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configs hold such variables.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdsCredential, maskCredentials } from './credential-like.ts'

/** Numbers of the lines, from 0, of which something is kept back. */
function credentialLines(text: string): number[] {
  const lines = text.split('\n')
  const shown = maskCredentials(text).text.split('\n')
  return shown.flatMap((line, number) => (line === lines[number] ? [] : [number]))
}

const bcrypt = '$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC'
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N'

/** Lines as real configs have them, and how they are shown. */
test.each([
  ['password: hunter2', 'password: ••••••'],
  ['password = hunter2', 'password = ••••••'],
  ['password=hunter2', 'password=••••••'],
  ['bindpw s3cr3tPassw0rd', 'bindpw ••••••'],
  ['  stats auth admin:s3cr3tPassw0rd', '  stats auth admin:••••••'],
  ['user default on >s3cr3tPassw0rd ~* +@all', 'user default on >•••••• ~* +@all'],
  ['snmp-server community s3cr3t RO', 'snmp-server community •••••• RO'],
  ['rocommunity s3cr3t 10.0.0.0/8', 'rocommunity •••••• 10.0.0.0/8'],
  ['  password: "hun ter2"', '  password: "••••••"'],
  ["  'password' => 'hunter2',", "  'password' => '••••••',"],
  ['"password": "hun\\"ter2",', '"password": "••••••",'],
  [
    '{"user":"a","password":"hunter2","port":1}',
    '{"user":"a","password":"••••••","port":1}',
  ],
  ['{user: a, password: hunter2, port: 1}', '{user: a, password: ••••••, port: 1}'],
  ['password: with words # and a note', 'password: •••••• # and a note'],
  ['password = with words', 'password = ••••••'],
  ['passwd=hunter2', 'passwd=••••••'],
  ['DB_PASSWORD=hunter2', 'DB_PASSWORD=••••••'],
  ['export DB_PASSWORD="hunter2"', 'export DB_PASSWORD="••••••"'],
  ['      - DB_PASSWORD=hunter2', '      - DB_PASSWORD=••••••'],
  ['      - "DB_PASSWORD=hunter2"', '      - "DB_PASSWORD=••••••"'],
  ['DB_PASSWORD=${OTHER:-hunter2}', 'DB_PASSWORD=••••••'],
  ['dbPassword: hunter2', 'dbPassword: ••••••'],
  ['spring.datasource.password=hunter2', 'spring.datasource.password=••••••'],
  ['password: 123456', 'password: ••••••'],
  ['secret: abcdef', 'secret: ••••••'],
  ['client_secret = "s3cr3t"', 'client_secret = "••••••"'],
  ['api_key: abc123', 'api_key: ••••••'],
  ['api-key: abc123', 'api-key: ••••••'],
  ['apiKey: abc123', 'apiKey: ••••••'],
  ['X-Api-Key: abc123', 'X-Api-Key: ••••••'],
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'aws_secret_access_key = ••••••'],
  ['aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_access_key_id = ••••••'],
  ['# AKIAIOSFODNN7EXAMPLE', '# ••••••'],
  ['auth_token: tok_123', 'auth_token: ••••••'],
  ['//registry.npmjs.org/:_authToken=abc-123', '//registry.npmjs.org/:_authToken=••••••'],
  [`jwt ${jwt}`, 'jwt ••••••'],
  ['Authorization: Bearer abc.def-123', 'Authorization: Bearer ••••••'],
  [
    'proxy_set_header Authorization "Basic dXNlcjpwYXNz=";',
    'proxy_set_header Authorization "Basic ••••••";',
  ],
  ['"auth": "dXNlcjpwYXNz"', '"auth": "••••••"'],
  ['url: postgres://app:hunter2@db:5432/app', 'url: postgres://app:••••••@db:5432/app'],
  ['url: postgres://app:hun@ter2@db:5432/app', 'url: postgres://app:••••••@db:5432/app'],
  ['url: postgres://app:hun/ter2@db/app', 'url: postgres://app:••••••@db/app'],
  ['redis://:hunter2@cache:6379', 'redis://:••••••@cache:6379'],
  ['amqp://a:p1@h1,amqp://b:p2@h2', 'amqp://a:••••••@h1,amqp://b:••••••@h2'],
  ['https://0123456789abcdef0123@sentry.io/1', 'https://••••••@sentry.io/1'],
  ['dsn: app:hunter2@tcp(db:3306)/app', 'dsn: app:••••••@tcp(db:3306)/app'],
  ['dsn = "host=db password=hunter2 dbname=x"', 'dsn = "host=db password=•••••• dbname=x"'],
  [
    'Server=db;User Id=sa;Password=hunter2;Encrypt=true',
    'Server=db;User Id=sa;Password=••••••;Encrypt=true',
  ],
  ['https://x.example/hook?token=abc123&to=1', 'https://x.example/hook?token=••••••&to=1'],
  ['db:5432:app:app:hunter2', 'db:5432:app:app:••••••'],
  [
    'machine x.example login app password hunter2',
    'machine x.example login app password ••••••',
  ],
  ['    user admin insecure-password hunter2', '    user admin insecure-password ••••••'],
  ["CREATE USER app IDENTIFIED BY 'hunter2';", "CREATE USER app IDENTIFIED BY '••••••';"],
  ["ALTER ROLE app WITH PASSWORD 'hunter2';", "ALTER ROLE app WITH PASSWORD '••••••';"],
  ['requirepass foobared', 'requirepass ••••••'],
  ['masterauth foobared', 'masterauth ••••••'],
  ['masterauth_password hunter2;', 'masterauth_password ••••••;'],
  ['ENV DB_PASSWORD hunter2', 'ENV DB_PASSWORD ••••••'],
  ['app --password hunter2 --port 1', 'app --password •••••• --port 1'],
  ['app --password=hunter2 --port=1', 'app --password=•••••• --port=1'],
  ['command: ["app", "--password", "hunter2"]', 'command: ["app", "--password", "••••••"]'],
  ['<password>hunter2</password>', '<password>••••••</password>'],
  [
    '<property name="password" value="hunter2"/>',
    '<property name="password" value="••••••"/>',
  ],
  ['{"name":"DB_PASSWORD","value":"hunter2"}', '{"name":"DB_PASSWORD","value":"••••••"}'],
  [`admin:${bcrypt}`, 'admin:••••••'],
  ['admin:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/', 'admin:••••••'],
  ['admin:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=', 'admin:••••••'],
  [`basicauth.users=admin:${bcrypt.replaceAll('$', '$$$$')}`, 'basicauth.users=••••••'],
  ['"app" "md55f4dcc3b5aa765d61d8327deb882cf99"', '"app" "••••••"'],
  ['PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=', 'PrivateKey = ••••••'],
  ['#password = hunter2', '#password = ••••••'],
  ['tokens: ["abc", "def"]', 'tokens: [••••••]'],
  ['requirepass foobared1 # set in 2024', 'requirepass •••••• # set in 2024'],
  ['<entry key="db.password">hunter2</entry>', '<entry key="db.password">••••••</entry>'],
  [
    '<property name="password">a b</property>',
    '<property name="password">••••••</property>',
  ],
  [
    '<property name="password"><value>hunter2</value></property>',
    '<property name="password"><value>••••••</value></property>',
  ],
  [
    '<property><name>hive.password</name><value>hunter2</value></property>',
    '<property><name>hive.password</name><value>••••••</value></property>',
  ],
  ['<password><![CDATA[a<b]]></password>', '<password><![CDATA[••••••]]></password>'],
  ['{"value":"hunter2","name":"DB_PASSWORD"}', '{"value":"••••••","name":"DB_PASSWORD"}'],
  [
    '[{"name":"A","value":"b"},{"value":"c","name":"TOKEN"}]',
    '[{"name":"A","value":"b"},{"value":"••••••","name":"TOKEN"}]',
  ],
  ['{"tokens":{"ci":"abc123"},"port":1}', '{"tokens":{"ci":"••••••"},"port":1}'],
  ['api_keys = ["abc123"]', 'api_keys = [••••••]'],
  ['192.0.2.1 %any : PSK "hun ter2"', '192.0.2.1 %any : PSK "••••••"'],
  ['vpn.example : RSA x.pem "hunter2"', 'vpn.example : RSA x.pem "••••••"'],
  ['[smtp.x.example]:587 me@x.example:hunter2', '[smtp.x.example]:587 me@x.example:••••••'],
])('%s', (line, shown) => {
  expect(maskCredentials(line)).toEqual({ text: shown, masked: 1 })
  expect(credentialLines(line)).toEqual([0])
})

test.each([
  '# the password comes from the vault',
  '# password: see the vault',
  '; set your token here',
  '// the api key is in /run/secrets/key',
  '# password = <your password>',
  'password_file: /run/secrets/db_password',
  'POSTGRES_PASSWORD_FILE=/run/secrets/db_password',
  'password: /run/secrets/db_password',
  'password: ${DB_PASSWORD}',
  'password: "${DB_PASSWORD:?is missing}"',
  'password: ${DB_PASSWORD:-}',
  'password: $DB_PASSWORD',
  'password: {{ secret "db_password" }}',
  'password: "{{ env "DB_PASSWORD" }}"',
  'password: $__file{/run/secrets/db}',
  'password: %(ENV_DB_PASSWORD)s',
  'password: vault:secret/data/db',
  'password: ENC[AES256_GCM,data:abc]',
  'password: os.environ["DB_PASSWORD"]',
  'password: ""',
  'password:',
  'password: null',
  'password: # comes later',
  'url: postgres://app:${DB_PASSWORD}@db:5432/app',
  'url: http://registry.example:5000/app',
  'url: https://npm.example:443/@scope/app',
  'image: app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'proxy_pass http://backend:8080;',
  'proxy_pass: http://backend',
  'fastcgi_pass php:9000;',
  'bypass: abc',
  'ssl_certificate_key /etc/ssl/key.pem;',
  'tls_key: /etc/ssl/key.pem',
  'cache_key: user-1',
  'sort_key: name',
  'key: value',
  'primary_key = id',
  'token_endpoint: https://id.example/token',
  'token_ttl: 3600',
  'max_tokens: 4096',
  'password_policy: strict',
  'password_min_length: 12',
  'PasswordAuthentication yes',
  'auth: true',
  'authorization: enabled',
  'auth_basic "restricted";',
  'auth_basic_user_file /etc/nginx/htpasswd;',
  'secret_name: db_password',
  'secrets: [db_password, tls_key]',
  'Password required',
  'Basic authentication is off',
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ app@example',
  'listen 8080;',
  'name: app',
  'secret:',
  '<password>${DB_PASSWORD}</password>',
  'postgres://<user>:<password>@<host>',
  'app -p<password>',
  '<property name="port">8080</property>',
  '<property><name>port</name><value>x</value></property>',
  '{"value":"x","name":"PORT"}',
  '[{"value":"x"},{"name":"DB_PASSWORD"}]',
  'tokens: {}',
  'tokens: {{ .Values.tokens }}',
  'authorized_keys: abc',
  '[::1]:8080 backend:9090',
])('%s holds none', (line) => {
  expect(maskCredentials(line)).toEqual({ text: line, masked: 0 })
})

/** Credentials that many a program takes, and how they are shown. */
test.each([
  ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic ••••••'],
  [
    'proxy_set_header Authorization "Basic dXNlcjpwYXNz";',
    'proxy_set_header Authorization "Basic ••••••";',
  ],
  [
    'option httpchk GET / HTTP/1.1\\r\\nAuthorization:\\ Basic\\ dXNlcjpwYXNz',
    'option httpchk GET / HTTP/1.1\\r\\nAuthorization:\\ Basic\\ ••••••',
  ],
  ["define('DB_PASSWORD', 'hunter2');", "define('DB_PASSWORD', '••••••');"],
  ['define( "AUTH_KEY", "x#1 y" );', 'define( "AUTH_KEY", "••••••" );'],
  ["pass = '''abc'''", "pass = '''••••••'''"],
  ['password = """hun\'ter2""" # a note', 'password = """••••••""" # a note'],
  ['passphrase "my words here"', 'passphrase "••••••"'],
  ['PASSWORD={{ env "X" | default "hunter2" }}', 'PASSWORD=••••••'],
  ["password: {{ db_password | default('hunter2') }}", 'password: ••••••'],
  ['user x insecure-password y', 'user x insecure-password ••••••'],
  ['"app" "plainpass99"', '"app" "••••••"'],
  ['    client-key-data: LS0tLS1CRUdJTi', '    client-key-data: ••••••'],
  ['erlang.cookie = XYZABCSECRET', 'erlang.cookie = ••••••'],
  [
    'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXX1',
    'https://hooks.slack.com/services/••••••',
  ],
  [
    'https://discord.com/api/webhooks/1234567890/abcDEF_ghi-jkl0123456789',
    'https://discord.com/api/webhooks/1234567890/••••••',
  ],
  [
    'https://x.webhook.office.com/webhookb2/0123-ab@45/IncomingWebhook/67/89',
    'https://x.webhook.office.com/webhookb2/••••••',
  ],
  [
    'https://api.telegram.org/bot123456:ABC-DEF1234ghIkl/sendMessage',
    'https://api.telegram.org/bot••••••/sendMessage',
  ],
  [
    'https://x.blob.core.windows.net/c?sv=2020&sig=abcd%2Fefgh1234567890%3D&se=1',
    'https://x.blob.core.windows.net/c?sv=2020&sig=••••••&se=1',
  ],
  ['a dckr_pat_abcdefghijklmnopqrstuvwx b', 'a •••••• b'],
  ['SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz012345', '••••••'],
  ['GOCSPX-abcdefghijklmnopqrstuvwx', '••••••'],
  ['hf_abcdefghijklmnopqrstuvwxyzABCDEFGH', '••••••'],
  ['dop_v1_0123456789abcdef0123456789abcdef0123456789abcdef', '••••••'],
  ['AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQ', '••••••'],
  ['rk_live_abcdefgh12345678', '••••••'],
  ['SK0123456789abcdef0123456789abcdef', '••••••'],
  ['pul-0123456789abcdef0123456789abcdef01234567', '••••••'],
  ['sshpass -p hunter2 ssh x', 'sshpass -p •••••• ssh x'],
  ['curl -s -u user:hunter2 https://x', 'curl -s -u user:•••••• https://x'],
  ['mysqldump -uroot -phunter2 db', 'mysqldump -uroot -p•••••• db'],
  [
    'createUser u SHA "authpass1" AES "privpass1"',
    'createUser u SHA "••••••" AES "••••••"',
  ],
])('%s is shown as %s', (line, shown) => {
  expect(maskCredentials(line)).toEqual({ text: shown, masked: 1 })
})

/** Lines that look like those, and hold none. */
test.each([
  'AuthType Basic',
  'Basic authentication is off',
  'WWW-Authenticate: Basic realm="x"',
  "define('WP_DEBUG', 'yes');",
  "define('DB_PASSWORD', '${DB_PASSWORD}');",
  "title = '''abc'''",
  'PASSWORD={{ env "PASSWORD" }}',
  'password: {{ .Values.password | default .Values.other }}',
  'password: {{ lookup "x" | default "" }}',
  '"~*bot" "1";',
  '"a" "b"',
  '    client-certificate-data: LS0tLS1CRUdJTi',
  'certificate-authority-data: LS0tLS1CRUdJTi',
  'session_cookie: sid',
  'see https://hooks.slack.com/services/ for more',
  'https://api.telegram.org/',
  'https://x.example/c?sig=rsa-sha256',
  'dckr_pat_ begins a token of Docker Hub',
  'model: hf_small_model_for_short_texts',
  'SG.example',
  'sku: SK0123',
  'docker run -u 1000:1000 app',
  'curl -u "$USER:$PASSWORD" https://x',
  'mysql -u root -p db',
  'mysql --protocol tcp --port 3306',
  'mkdir -p /var/lib/mysql',
  'createUser u',
])('%s holds none either', (line) => {
  expect(maskCredentials(line)).toEqual({ text: line, masked: 0 })
})

const shown = (...lines: string[]) => maskCredentials(lines.join('\n')).text.split('\n')

describe('what takes several lines', () => {
  test('a private key keeps its first and last line', () => {
    const lines = [
      '-----BEGIN RSA PRIVATE KEY-----',
      'MIIEow',
      'IBAAKC',
      '-----END RSA PRIVATE KEY-----',
    ]
    expect(shown(...lines, 'port: 1')).toEqual([
      lines[0],
      '••••••',
      '••••••',
      lines[3],
      'port: 1',
    ])
    expect(credentialLines(lines.join('\n'))).toEqual([1, 2])
  })

  test('a private key in one line', () => {
    const line =
      '"key": "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n"'
    expect(shown(line, 'port: 1')).toEqual([
      '"key": "-----BEGIN PRIVATE KEY-----••••••-----END PRIVATE KEY-----\\n"',
      'port: 1',
    ])
  })

  test('a certificate is no credential', () => {
    expect(
      credentialLines('-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----'),
    ).toEqual([])
  })

  test('a text under its name', () => {
    expect(
      shown('db:', '  password: |', '    hunter2', '', '    more', '  port: 1'),
    ).toEqual(['db:', '  password: |', '    ••••••', '', '    ••••••', '  port: 1'])
  })

  test('a list under its name', () => {
    expect(shown('tokens:', '  - abc123', '  - "def456"', 'ports:', '  - 80')).toEqual([
      'tokens:',
      '  - ••••••',
      '  - "••••••"',
      'ports:',
      '  - 80',
    ])
  })

  test('a list in brackets under its name', () => {
    expect(shown('"tokens": [', '  "abc123",', '  "def456"', '],', '"a": "b"')).toEqual([
      '"tokens": [',
      '  "••••••",',
      '  "••••••"',
      '],',
      '"a": "b"',
    ])
  })

  test('a map under its name is read line by line', () => {
    const lines = ['token:', '  from:', '    env: X', '  ttl: 60']
    expect(shown(...lines)).toEqual(lines)
  })

  test('a text between three quotes', () => {
    const lines = ['password = """', '  hunter2', '', 'more"""', 'port = 1']
    expect(shown(...lines)).toEqual([
      'password = """',
      '  ••••••',
      '',
      '••••••"""',
      'port = 1',
    ])
    expect(shown("token = '''abc", "def'''", 'port = 1')).toEqual([
      "token = '''••••••",
      "••••••'''",
      'port = 1',
    ])
  })

  test('a text between quotes that end on another line', () => {
    expect(shown('db:', '  password: "first', '    hunter2"', '  port: 1')).toEqual([
      'db:',
      '  password: "••••••',
      '    ••••••"',
      '  port: 1',
    ])
    expect(shown('DB_PASSWORD="abc\\', 'hun\\"ter2"', 'PORT=1')).toEqual([
      'DB_PASSWORD="••••••',
      '••••••"',
      'PORT=1',
    ])
  })

  test('a quote that was none hides no credential behind it', () => {
    expect(shown('password = "abc', 'token = "def456"', 'port = 1')).toEqual([
      'password = "••••••',
      '•••••• "••••••"',
      'port = 1',
    ])
  })

  test('the end of what is printed begins no text', () => {
    const lines = ['echo "Password: "', 'echo "and more"']
    expect(shown(...lines)).toEqual(lines)
  })

  test.each([
    ['password = <<EOF', 'EOF'],
    ['password = <<-EOF', '  EOF'],
    ["DB_PASSWORD=$(cat <<'END'", 'END'],
    ['export TOKEN="$(cat <<END', 'END)"'],
    ["'password' => <<<EOT", 'EOT;'],
  ])('a text behind %s', (first, last) => {
    const lines = ['hunter2', '', '  EOFmore', last, 'port = 1']
    expect(shown(first, ...lines)).toEqual([
      first,
      '••••••',
      '',
      '  ••••••',
      last,
      lines[4],
    ])
  })

  test('an element, its text, and its value', () => {
    expect(
      shown('<password>', '  hunter2', '</password>', '<port>', '1', '</port>'),
    ).toEqual(['<password>', '  ••••••', '</password>', '<port>', '1', '</port>'])
    expect(shown('<property name="password">', '<value>x1</value></property>')).toEqual([
      '<property name="password">',
      '<value>••••••</value></property>',
    ])
    const text = ['<key>password</key>', '<string>', '<![CDATA[', 'a<b', ']]></string>']
    expect(shown(...text)).toEqual([...text.slice(0, 3), '••••••', text[4]])
  })

  test('a property with its name and its value in lines of their own', () => {
    const property = (name: string, value: string) => [
      '<property>',
      `  <name>${name}</name>`,
      '  <description>what it is</description>',
      `  <value>${value}</value>`,
      '</property>',
    ]
    const open = property('hive.metastore.uris', 'thrift://x')
    expect(shown(...property('x.ConnectionPassword', 'hunter2'), ...open)).toEqual([
      ...property('x.ConnectionPassword', '••••••'),
      ...open,
    ])
  })

  test('a map under a plural, and what is beside it', () => {
    const lines = (secret: string) => [
      'grafana:',
      '  passwords:',
      '    # of people',
      `    alice: ${secret}`,
      '',
      '    teams:',
      `      ops: "${secret}"`,
      `    bob: ${secret}`,
      '  port: 80',
      'api_keys:',
      '  file: here',
      `  stripe: ${secret}`,
      'region: eu',
    ]
    expect(shown(...lines('123abc'))).toEqual(lines('••••••'))
    expect(shown('"tokens": {', '  "ci": "abc"', '},', '"a": "b"')).toEqual([
      '"tokens": {',
      '  "ci": "••••••"',
      '},',
      '"a": "b"',
    ])
  })

  test('a value before its name', () => {
    const lines = (secret: string) => [
      '- value: eu',
      '  name: REGION',
      `- value: ${secret}`,
      '  name: DB_PASSWORD',
      '- name: PORT',
      '  value: high',
      '- name: TOKEN_SOURCE',
    ]
    expect(shown(...lines('hunter2'))).toEqual(lines('••••••'))
    expect(holdsCredential(lines('hunter2').join('\n'))).toBe(true)
    const json = (secret: string) => [
      '[{ "value": "eu" },',
      '{',
      `  "value": "${secret}",`,
      '  "type": "x",',
      '  "name": "DB_PASSWORD"',
      '}]',
    ]
    expect(shown(...json('hunter2'))).toEqual(json('••••••'))
  })

  test('of two names the second one has the value', () => {
    const lines = ['- name: DB_PASSWORD', '- name: REGION', '  value: eu']
    expect(shown(...lines)).toEqual(lines)
  })

  test('names of secrets are no secrets', () => {
    const lines = ['secrets:', '  - db_password', '  - source: tls_key']
    expect(shown(...lines)).toEqual(lines)
  })

  test('a name and its value', () => {
    expect(
      shown('- name: DB_PASSWORD', '  value: hunter2', '- name: PORT', '  value: 80'),
    ).toEqual(['- name: DB_PASSWORD', '  value: ••••••', '- name: PORT', '  value: 80'])
  })

  test('a flag and its value', () => {
    expect(shown('- --password', '- hunter2', '- --port', '- "80"')).toEqual([
      '- --password',
      '- ••••••',
      '- --port',
      '- "80"',
    ])
  })

  test('what is random is masked wherever it is written again', () => {
    expect(shown('# was xK9-ab72Qz', 'password: xK9-ab72Qz')).toEqual([
      '# was ••••••',
      'password: ••••••',
    ])
  })

  test('a word is not', () => {
    expect(shown('user: postgres', 'password: postgres')).toEqual([
      'user: postgres',
      'password: ••••••',
    ])
  })

  test('line ends of Windows stay', () => {
    expect(maskCredentials('password: hunter2\r\nport: 1\r\n').text).toBe(
      'password: ••••••\r\nport: 1\r\n',
    )
  })
})

const value = fc
  .string({ unit: fc.constantFrom(...'abcXYZ0189-+!%.'), minLength: 8, maxLength: 30 })
  .filter((text) => /[a-zA-Z]/.test(text))
  .map((text) => `${text}7q`)

const writings: readonly ((value: string) => string)[] = [
  (value) => `define('DB_PASSWORD', '${value}');`,
  (value) => `password = """\n${value}"""`,
  (value) => `password: ${value}`,
  (value) => `DB_PASSWORD="${value}"`,
  (value) => `{"api_key":"${value}","port":1}`,
  (value) => `url = postgres://app:${value}@db/app`,
  (value) => `secret=${value}`,
  (value) => `token: |\n  ${value}`,
  (value) => `passwords:\n- ${value}`,
  (value) => `{\n  "tokens": [\n    "${value}"\n  ]\n}`,
  (value) => `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----`,
  (value) => `<password>${value}</password>`,
  (value) => `app --password=${value} --port=1`,
  (value) => `Server=db;Password=${value};Encrypt=true`,
  (value) => `<property><name>db.password</name><value>${value}</value></property>`,
  (value) => `<property>\n<name>db.password</name>\n<value>${value}</value>\n</property>`,
  (value) => `<entry key="db.password">${value}</entry>`,
  (value) => `<property name="password"><value>${value}</value></property>`,
  (value) => `<password>\n  ${value}\n</password>`,
  (value) => `passwords:\n  alice: ${value}`,
  (value) => `"api_keys": {\n  "ci": "${value}"\n}`,
  (value) => `: PSK "${value}"`,
  (value) => `[x.example]:587 user:${value}`,
  (value) => `- value: ${value}\n  name: DB_PASSWORD`,
  (value) => `{"value":"${value}","name":"DB_PASSWORD"}`,
]
/** Of a value over two lines nothing may be left either: neither half would be found again. */
const halved: readonly ((value: string, more: string) => string)[] = [
  (value, more) => `password = <<EOF\n${value}\n${more}\nEOF`,
  (value, more) => `PASSWORD=$(cat <<'X'\n${value}\n${more}\nX\n)`,
  (value, more) => `db:\n  password: "${value}\n    ${more}"`,
  (value, more) => `password: '${value}\n  ${more}'`,
  (value, more) => `DB_PASSWORD="${value}\\\n${more}"`,
  (value, more) => `password = """${value}\n${more}"""`,
  (value, more) => `<password>${value}\n${more}</password>`,
  (value, more) => `<name>password</name>\n<value>\n${value}\n${more}\n</value>`,
  (value, more) => `<password><![CDATA[${value}\n${more}]]></password>`,
  (value, more) => `token: |\n  ${value}\n  ${more}`,
  (value, more) => `tokens:\n  a: "${value}\n    x"\n  b: ${more}`,
]
const noise = fc.constantFrom(
  ...[
    'port: 80',
    '# about passwords',
    '',
    'listen 80;',
    '[section]',
    '  - item',
    '{}',
    '"',
  ],
)

test('no value that was found is left in the text', () => {
  const found = fc.tuple(value, fc.constantFrom(...writings), fc.boolean())
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, found)), (parts) => {
      const text = parts
        .map(([before, [secret, write, again]]) =>
          [before, write(secret), again ? `note ${secret} here` : ''].join('\n'),
        )
        .join('\n')
      const result = maskCredentials(text)
      for (const [, [secret]] of parts) expect(result.text).not.toContain(secret)
      expect(result.masked).toBe(credentialLines(text).length)
      expect(holdsCredential(text)).toBe(result.masked > 0)
      expect(result.text.split('\n')).toHaveLength(text.split('\n').length)
    }),
  )
})

test('nothing is left of a value that goes on for lines', () => {
  const parts = fc.array(
    fc.tuple(
      noise.filter((text) => text !== '"'),
      value,
      value,
      fc.constantFrom(...halved),
    ),
  )
  fc.assert(
    fc.property(parts, (parts) => {
      const lines = parts.flatMap(([before, a, b, write]) => [before, write(a, `${b}!`)])
      const { text } = maskCredentials([...lines, 'port: 1'].join('\n'))
      for (const [, a, b] of parts) {
        expect(text).not.toContain(a)
        expect(text).not.toContain(b)
      }
      expect(text.endsWith('port: 1')).toBe(true)
    }),
  )
})

test('what is masked once is as good as masked twice', () => {
  const line = fc.oneof(
    noise,
    fc.string(),
    fc.tuple(value, fc.constantFrom(...writings)).map(([secret, write]) => write(secret)),
    fc.tuple(value, value, fc.constantFrom(...halved)).map(([a, b, write]) => write(a, b)),
  )
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const once = maskCredentials(lines.join('\n')).text
      expect(maskCredentials(once).text).toBe(once)
    }),
  )
})

test.each([
  ['a line', 'a'],
  ['spaces', ' '],
  ['assignments', 'a=b '],
  ['keys', 'key=b,'],
  ['names', 'name=b,'],
  ['auths', 'auth=b,'],
  ['passwords', 'password=b,'],
  ['passwords in braces', '{password:b,'],
  ['passwords from variables', 'password=${a,'],
  ['passwords and quotes', "password='"],
  ['urls', '://a:b'],
  ['tokens', 'eyJ-'],
  ['dots', 'eyJa.'],
  ['bearers', 'bearer '],
  ['users', 'user user '],
  ['quotes', 'password="\\'],
  ['braces', 'password={{'],
  ['dollars', '$1$'],
  ['angles', '<a'],
  ['password words', 'password '],
  ['curls', 'curl '],
  ['mysqls', 'mysql -'],
  ['users of SNMP', 'createUser '],
  ['pairs', "('a','"],
  ['three quotes', 'password="""'],
  ['signatures', '?sig='],
  ['tokens of SendGrid', 'SG.'],
  ['basics', 'basic '],
  ['open quotes', 'password="a\n'],
  ['values', 'value=b,'],
  ['values in braces', '{value="'],
  ['values before names', '- value: a\n'],
  ['maps', 'tokens:{'],
  ['entries of a map', 'tokens:{a:b,'],
  ['lines of a map', 'tokens:\n a: b\n'],
  ['heredocs', 'password=<<A '],
  ['elements', '<password>'],
  ['names of elements', '<name>password</name>'],
  ['attributes', '<a name="password" '],
  ['open elements', '<password>a\n'],
  ['raw texts', '<password><![CDATA['],
  ['hosts', '[a'],
  ['preshared keys', ': PSK '],
])('a megabyte of %s does not hang the console', { timeout: 60_000 }, (_, part) => {
  const text = part.repeat(Math.ceil(1_000_000 / part.length))
  expect(holdsCredential(text)).toEqual(expect.any(Boolean))
  expect(maskCredentials(text).text).toEqual(expect.any(String))
})

test.each([
  "secret 'pw_v1' is in use by the following service: web",
  'secret shop_db-password-prod not found',
  'name conflicts with an existing object: secret pw_v1 already exists',
  'secret data must be larger than 0 and less than 512000 bytes',
  'invalid reference format',
])('the engine says "%s", and may', (words) => {
  expect(maskCredentials(words).text).toBe(words)
})
