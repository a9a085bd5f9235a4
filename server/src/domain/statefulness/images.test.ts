import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { repositoryOf } from './image-name.ts'
import { clusterSign, knownImage, knownImages, stateKept } from './images.ts'

const digest = `sha256:${'a'.repeat(64)}`
const repositories = knownImages.flatMap((image) => image.repositories)
const hints = knownImages.flatMap((image) => [
  ...image.clustered,
  ...image.durable,
  ...image.external,
  ...image.unclear,
  ...image.soft,
  ...image.stateless,
])

function asked(command = '', environment: string[] = []) {
  return { command: command.split(' ').filter(Boolean), environment }
}

function known(reference: string) {
  const found = knownImage(reference)
  if (!found) throw new Error(`${reference} is not known`)
  return found.image
}

describe('the list', () => {
  test('is long', () => {
    expect(knownImages.length).toBeGreaterThanOrEqual(150)
    expect(repositories.length).toBeGreaterThanOrEqual(250)
  })

  test('names no repository twice', () => {
    const twice = repositories.filter((name, at) => repositories.indexOf(name) !== at)
    expect(twice).toEqual([])
  })

  test('knows no product by another one’s word', () => {
    const words = knownImages.flatMap((image) => image.knownAs)
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  })

  test('holds repositories as they are looked up', () => {
    for (const name of repositories) {
      expect(repositoryOf(name)).toBe(name)
      expect(name).toMatch(/^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/)
      expect(knownImage(name)?.certain).toBe(true)
    }
  })

  test.each([
    'app',
    'api',
    'web',
    'server',
    'client',
    'agent',
    'worker',
    'core',
    'admin',
    'backend',
    'frontend',
    'front',
    'db',
    'database',
    'data',
    'cache',
    'proxy',
    'gateway',
    'auth',
    'registry',
    'storage',
    'runner',
    'hub',
    'portal',
    'dashboard',
    'wiki',
    'backup',
    'vault',
    'ghost',
    'sentry',
    'solid',
    'spark',
    'sonic',
    'jaeger',
    'percona',
    'docker',
    'alpine',
    'debian',
    'ubuntu',
    'busybox',
    'python',
    'node',
    'php',
    'golang',
    'openjdk',
  ])('knows nobody’s %s', (word) => {
    expect(knownImage(`acme/${word}`)).toBeNull()
    expect(knownImage(`registry.corp:5000/${word}:1`)).toBeNull()
    expect(knownImage(`registry.corp/team/project/${word}`)).toBeNull()
  })

  test.each(['alpine', 'busybox', 'debian:12', 'python:3', 'node:22', 'scratch', 'bash'])(
    'does not say what %s keeps: that is up to its command',
    (reference) => {
      expect(knownImage(reference)).toBeNull()
    },
  )

  test.each(knownImages)('says plain things of $name ($repositories.0)', (image) => {
    for (const path of [...image.dataPaths, ...image.declaresVolumes]) {
      expect(path).toMatch(/^\/[^\s|]*[^/\s|]$/)
    }
    expect(image.name).toMatch(/^\S(.*\S)?$/)
    expect(image.repositories.length).toBeGreaterThan(0)
    for (const port of image.ports) {
      expect(Number.isInteger(port) && port > 0 && port < 65_536).toBe(true)
    }
    for (const list of [
      image.dataPaths,
      image.declaresVolumes,
      image.ports,
      image.knownAs,
    ]) {
      expect(new Set<string | number>(list).size).toBe(list.length)
    }
    for (const word of image.knownAs) expect(word).toMatch(/^[a-z0-9]+([._-]+[a-z0-9]+)*$/)
  })

  test('knows where everything durable keeps its data', () => {
    const lost = knownImages.filter(
      (i) => i.state === 'durable' && i.dataPaths.length === 0,
    )
    expect(lost).toEqual([])
  })

  test('has no hint that remembers where it stopped', () => {
    const patterns = hints.map((hint) => (hint.in === 'command' ? hint.matches : hint.name))
    expect(patterns.filter((each) => each.global || each.sticky)).toEqual([])
  })

  test('takes no time over a hostile command', () => {
    const command = [
      '-',
      '--',
      ' ',
      '/',
      'a',
      'http://',
      '{',
      '--initial-cluster=',
      '.conf',
    ]
    const started = performance.now()
    for (const part of command) {
      const line = asked()
      line.command.push(part.repeat(5000))
      for (const image of knownImages) {
        clusterSign(image, line)
        stateKept(image, line)
      }
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('a reference is recognised', () => {
  test.each([
    ['postgres', 'PostgreSQL', true],
    ['postgres:16-alpine', 'PostgreSQL', true],
    [`postgres:16@${digest}`, 'PostgreSQL', true],
    [`postgres@${digest}`, 'PostgreSQL', true],
    ['docker.io/library/postgres:16', 'PostgreSQL', true],
    ['DOCKER.IO/library/postgres:16', 'PostgreSQL', true],
    ['registry.example.com:5000/library/postgres:16', 'PostgreSQL', true],
    ['127.0.0.1:5000/postgres', 'PostgreSQL', true],
    ['public.ecr.aws/docker/library/registry:2', 'Docker Registry', true],
    ['registry:2', 'Docker Registry', true],
    ['docker.io/registry', 'Docker Registry', true],
    ['harbor.corp/library/registry:2', 'Docker Registry', false],
    ['harbor.x/proxy/library/postgres', 'PostgreSQL', false],
    ['registry.corp/mirror/postgres', 'PostgreSQL', false],
    ['registry.corp/docker.io/library/vault', 'Vault', false],
    ['registry.corp/quay.io/minio/minio:latest', 'MinIO', false],
    ['acme/postgres', 'PostgreSQL', false],
    ['ghcr.io/org/postgres', 'PostgreSQL', false],
    ['bitnami/postgresql:16', 'PostgreSQL (Bitnami)', true],
    ['bitnamilegacy/postgresql:16', 'PostgreSQL (Bitnami)', true],
    ['registry.corp/hub/bitnami/postgresql', 'PostgreSQL (Bitnami)', false],
    ['ghcr.io/zalando/spilo-16:3.2-p3', 'PostgreSQL (Spilo with Patroni)', true],
    ['timescale/timescaledb-ha:pg16', 'TimescaleDB', true],
    ['mcr.microsoft.com/mssql/server:2022-latest', 'Microsoft SQL Server', true],
    ['mcr.microsoft.com/azure-sql-edge', 'Microsoft SQL Server', true],
    ['docker.elastic.co/elasticsearch/elasticsearch:8.15.0', 'Elasticsearch', true],
    ['docker.elastic.co/beats/filebeat:8.15.0', 'Filebeat', true],
    ['quay.io/prometheus/prometheus:v2.54.0', 'Prometheus', true],
    ['gcr.io/cadvisor/cadvisor:v0.49.1', 'cAdvisor', true],
    ['quay.io/coreos/etcd:v3.5.16', 'etcd', true],
    ['registry.k8s.io/etcd:3.5.15-0', 'etcd', true],
    ['quay.io/keycloak/keycloak:25.0', 'Keycloak', true],
    ['ghcr.io/goauthentik/server:2024.8', 'authentik', true],
    ['lscr.io/linuxserver/mariadb:10.11.8', 'MariaDB (LinuxServer)', true],
    ['codeberg.org/forgejo/forgejo:8', 'Forgejo', true],
    ['goharbor/registry-photon:v2.11.0', 'Harbor registry', true],
    ['vaultwarden/server:latest', 'Vaultwarden', true],
    ['traefik:v3.1', 'Traefik', true],
    ['nginx', 'nginx', true],
    ['acme/nginx', 'nginx', false],
    ['acme/shop-postgres:16', 'PostgreSQL', false],
    ['registry.corp/db/postgres-custom:16', 'PostgreSQL', false],
    ['acme/mysql8-utf8', 'MySQL', false],
    ['acme/postgres16', 'PostgreSQL', false],
    ['acme/shop.percona-server.eu', 'Percona Server', false],
    ['acme/my-redis', 'Redis', false],
  ])('%s is %s, certain: %s', (reference, name, certain) => {
    const found = knownImage(reference)
    expect(found).not.toBeNull()
    expect(found?.image.name).toBe(name)
    expect(found?.certain).toBe(certain)
  })

  test.each([
    '',
    ':',
    '@',
    '/',
    'acme/web',
    'acme/api:1.2',
    'registry.corp/registry',
    'localhost:5000/vault',
    'acme/postgres-backup',
    'acme/postgresql-client',
    'acme/redis.tools',
    'acme/shop-postgres-exporter',
    'acme/mysql8-client',
    'acme/nginx-site',
    'acme/mypostgresql1x',
    'acme/memcached-shop',
    'postgres/app',
    'redis/web',
    'mysql/api',
    'postgres.corp/web',
    'redis.corp:6379/app',
    'acme/registry',
    'acme/server',
    'jenkins/acme',
    'constructor',
    '__proto__',
    'acme/__proto__',
  ])('"%s" is not', (reference) => {
    expect(knownImage(reference)).toBeNull()
  })

  test('whatever it is, without throwing', () => {
    fc.assert(fc.property(fc.string(), (reference) => void knownImage(reference)))
  })
})

describe('where data lies depends on the release', () => {
  const [old, current] = ['/var/lib/postgresql/data', '/var/lib/postgresql']

  test.each([
    { reference: 'postgres:16', volumes: [old] },
    { reference: 'postgres:9.6-alpine', volumes: [old] },
    { reference: 'postgres:17.2-bookworm', volumes: [old] },
    { reference: 'postgis/postgis:16-3.4', volumes: [old] },
    { reference: 'pgvector/pgvector:pg17', volumes: [old] },
    { reference: 'pgvector/pgvector:0.8.0-pg17', volumes: [old] },
    { reference: 'timescale/timescaledb:2.17.2-pg16', volumes: [old] },
    { reference: 'timescale/timescaledb:latest-pg17', volumes: [old] },
    { reference: 'postgres:18', volumes: [current] },
    { reference: 'postgres:18.1-alpine3.22', volumes: [current] },
    { reference: 'postgres:18beta1', volumes: [current] },
    { reference: 'pgvector/pgvector:pg18-trixie', volumes: [current] },
    { reference: 'timescale/timescaledb:2.23.0-pg18', volumes: [current] },
    { reference: 'harbor.x/proxy/library/postgres:16', volumes: [old] },
    { reference: 'acme/postgres:10', volumes: [] },
    { reference: 'postgres:latest', volumes: [] },
    { reference: `postgres@${digest}`, volumes: [] },
    { reference: 'influxdb:1.8', volumes: ['/var/lib/influxdb'] },
    { reference: 'influxdb:2.7-alpine', volumes: ['/var/lib/influxdb2', '/etc/influxdb2'] },
    { reference: 'influxdb:3-core', volumes: [] },
    { reference: 'gitea/gitea:1.22', volumes: ['/data'] },
    {
      reference: 'gitea/gitea:1.22-rootless',
      volumes: ['/var/lib/gitea', '/etc/gitea'],
    },
    { reference: 'docker:27-dind', volumes: ['/var/lib/docker'] },
  ])('$reference declares $volumes', ({ reference, volumes }) => {
    expect(known(reference).declaresVolumes).toEqual(volumes)
  })

  test('an unknown release may keep it in either place', () => {
    expect(known('postgres').dataPaths).toEqual([old, current])
  })
})

describe('what an image keeps', () => {
  test.each([
    ['postgres', '', [], 'durable', null],
    ['redis', '', [], 'soft', null],
    ['redis', 'redis-server --appendonly yes', [], 'durable', '--appendonly yes'],
    ['redis', 'redis-server --save 60 1', [], 'durable', '--save 60'],
    ['redis', 'sh -c "redis-server --save 60 1"', [], 'durable', '--save 60'],
    ['redis', 'redis-server --save  --appendonly no', [], 'soft', null],
    ['redis', "redis-server --save ''", [], 'soft', null],
    ['redis', 'redis-server /etc/redis/redis.conf', [], 'unclear', '/etc/redis/redis.conf'],
    ['redis/redis-stack', '', ['REDIS_ARGS'], 'unclear', 'REDIS_ARGS'],
    ['bitnami/redis', '', [], 'durable', null],
    ['bitnami/redis', '', ['REDIS_AOF_ENABLED'], 'unclear', 'REDIS_AOF_ENABLED'],
    ['memcached', 'memcached -m 64', [], 'soft', null],
    ['nats', '', [], 'stateless', null],
    ['nats', '-js -sd /data', [], 'durable', '-js'],
    ['nats', '--jetstream', [], 'durable', '--jetstream'],
    ['nats', '-c /etc/nats.conf', [], 'unclear', '-c'],
    ['registry:2', '', [], 'durable', null],
    [
      'registry:2',
      '',
      ['REGISTRY_STORAGE_S3_BUCKET'],
      'external',
      'REGISTRY_STORAGE_S3_BUCKET',
    ],
    ['registry:2', '', ['REGISTRY_PROXY_REMOTEURL'], 'soft', 'REGISTRY_PROXY_REMOTEURL'],
    ['registry:2', '', ['REGISTRY_STORAGE_DELETE_ENABLED'], 'durable', null],
    ['grafana/grafana', '', [], 'durable', null],
    ['grafana/grafana', '', ['GF_DATABASE_HOST'], 'external', 'GF_DATABASE_HOST'],
    ['prom/pushgateway', '', [], 'soft', null],
    ['prom/pushgateway', '--persistence.file=/d/m', [], 'durable', '--persistence.file'],
    ['traefik:v3', '', [], 'unclear', ''],
    ['traefik:v3', '--providers.swarm', [], 'stateless', null],
    [
      'traefik:v3',
      '--certificatesresolvers.le.acme.storage=/le/acme.json',
      [],
      'soft',
      '--certificatesresolvers.le.acme',
    ],
    ['thanosio/thanos', 'query --endpoint=a', [], 'stateless', 'query'],
    ['thanosio/thanos', 'store --data-dir=/d', [], 'soft', 'store'],
    ['thanosio/thanos', 'receive --tsdb.path=/d', [], 'durable', null],
    ['mongo:7', 'mongos --configdb c/a:27017', [], 'stateless', 'mongos'],
    ['mongo:7', 'mongod --replSet rs0', [], 'durable', null],
    ['jaegertracing/all-in-one', '', [], 'soft', null],
    ['jaegertracing/all-in-one', '', ['BADGER_EPHEMERAL'], 'durable', 'BADGER_EPHEMERAL'],
    ['surrealdb/surrealdb', 'start memory', [], 'soft', null],
    ['surrealdb/surrealdb', 'start rocksdb:/data/db', [], 'durable', 'rocksdb'],
    ['hashicorp/consul', 'agent -dev', [], 'soft', '-dev'],
    ['hashicorp/consul', 'agent -server', [], 'durable', '-server'],
    ['hashicorp/consul', 'agent -retry-join=c1', [], 'soft', 'agent'],
    ['hashicorp/consul', 'agent -config-dir=/c', [], 'unclear', '-config-dir'],
    [
      'hashicorp/consul',
      'agent',
      ['CONSUL_LOCAL_CONFIG'],
      'unclear',
      'CONSUL_LOCAL_CONFIG',
    ],
    ['acme/my-redis', 'redis-server', [], 'unclear', ''],
    ['acme/my-redis', 'redis-server --appendonly yes', [], 'durable', '--appendonly yes'],
    ['pingcap/tidb', '--store=tikv --path=pd:2379', [], 'external', '--store=tikv'],
    ['quay.io/keycloak/keycloak', 'start', ['KC_DB_URL'], 'external', 'KC_DB_URL'],
  ] as const)('%s, run as "%s" with %j: %s', (reference, command, names, state, sign) => {
    expect(stateKept(known(reference), asked(command, [...names]))).toEqual({ state, sign })
  })
})

describe('a cluster shows', () => {
  test.each([
    ['mongo', 'mongod --replSet rs0', [], '--replSet'],
    ['mongo', 'mongod --configsvr --replSet c', [], '--configsvr'],
    ['bitnami/mongodb', '', ['MONGODB_REPLICA_SET_MODE'], 'MONGODB_REPLICA_SET_MODE'],
    [
      'quay.io/coreos/etcd',
      'etcd --initial-cluster=a=http://a:2380',
      [],
      '--initial-cluster',
    ],
    ['bitnami/etcd', '', ['ETCD_INITIAL_CLUSTER'], 'ETCD_INITIAL_CLUSTER'],
    ['elasticsearch:8.15.0', '', ['discovery.seed_hosts'], 'discovery.seed_hosts'],
    [
      'elasticsearch:8.15.0',
      '',
      ['node.name', 'cluster.initial_master_nodes'],
      'cluster.initial_master_nodes',
    ],
    [
      'opensearchproject/opensearch:2',
      '',
      ['cluster.initial_cluster_manager_nodes'],
      'cluster.initial_cluster_manager_nodes',
    ],
    ['cassandra:5', '', ['CASSANDRA_SEEDS'], 'CASSANDRA_SEEDS'],
    ['scylladb/scylla', '--seeds=node1 --smp 1', [], '--seeds'],
    ['cockroachdb/cockroach', 'start --join=a,b,c', [], '--join'],
    ['zookeeper:3.9', '', ['ZOO_MY_ID', 'ZOO_SERVERS'], 'ZOO_SERVERS'],
    ['redis', 'redis-server --cluster-enabled yes', [], '--cluster-enabled yes'],
    ['redis', 'redis-server --replicaof master 6379', [], '--replicaof'],
    ['bitnami/redis', '', ['REDIS_REPLICATION_MODE'], 'REDIS_REPLICATION_MODE'],
    ['rabbitmq:3', '', ['RABBITMQ_ERLANG_COOKIE'], 'RABBITMQ_ERLANG_COOKIE'],
    ['bitnami/rabbitmq', '', ['RABBITMQ_CLUSTER_NODE_NAME'], 'RABBITMQ_CLUSTER_NODE_NAME'],
    ['minio/minio', 'server http://minio{1...4}/data{1...2}', [], 'http://'],
    ['minio/minio', 'server http://a/data http://b/data', [], 'http://'],
    ['bitnami/minio', '', ['MINIO_DISTRIBUTED_NODES'], 'MINIO_DISTRIBUTED_NODES'],
    ['ghcr.io/zalando/spilo-16', '', ['PATRONI_NAME'], 'PATRONI_NAME'],
    ['bitnami/postgresql-repmgr', '', ['REPMGR_PARTNER_NODES'], 'REPMGR_PARTNER_NODES'],
    ['mariadb', 'mariadbd --wsrep-new-cluster', [], '--wsrep-new-cluster'],
    [
      'mysql',
      'mysqld --group_replication_group_name=x',
      [],
      '--group_replication_group_name',
    ],
    [
      'bitnami/mariadb-galera',
      '',
      ['MARIADB_GALERA_CLUSTER_NAME'],
      'MARIADB_GALERA_CLUSTER_NAME',
    ],
    ['hashicorp/consul', 'agent -server -retry-join=a', [], '-retry-join'],
    ['hashicorp/consul', 'agent -server -bootstrap-expect=3', [], '-bootstrap-expect'],
    ['nats', '--cluster nats://0.0.0.0:6222 --routes nats://a:6222 -js', [], '--cluster'],
    [
      'apache/kafka',
      '',
      ['KAFKA_DEFAULT_REPLICATION_FACTOR'],
      'KAFKA_DEFAULT_REPLICATION_FACTOR',
    ],
    ['redpandadata/redpanda', 'redpanda start --seeds a:33145', [], '--seeds'],
    [
      'emqx/emqx',
      '',
      ['EMQX_CLUSTER__DISCOVERY_STRATEGY'],
      'EMQX_CLUSTER__DISCOVERY_STRATEGY',
    ],
    ['prom/alertmanager', '--cluster.peer=am2:9094', [], '--cluster.peer'],
    ['qdrant/qdrant', './qdrant --bootstrap http://a:6335', [], '--bootstrap'],
    [
      'neo4j:5',
      '',
      ['NEO4J_initial_server_mode__constraint'],
      'NEO4J_initial_server_mode__constraint',
    ],
  ] as const)('of %s run as "%s" with %j: %s', (reference, command, names, sign) => {
    expect(clusterSign(known(reference), asked(command, [...names]))).toBe(sign)
  })

  test.each([
    ['postgres', 'postgres -c max_connections=200', ['POSTGRES_PASSWORD', 'PGDATA']],
    ['mongo', '--wiredTigerCacheSizeGB 1', ['MONGO_INITDB_ROOT_USERNAME']],
    ['mysql', '--default-authentication-plugin=x', ['MYSQL_ROOT_PASSWORD']],
    ['elasticsearch:8.15.0', '', ['discovery.type', 'cluster.name', 'ES_JAVA_OPTS']],
    ['redis', 'redis-server --cluster-enabled no', ['REDIS_PASSWORD']],
    ['quay.io/coreos/etcd', 'etcd --initial-cluster-token=t', ['ETCD_NAME']],
    ['cockroachdb/cockroach', 'start-single-node --insecure', []],
    ['minio/minio', 'server /data --console-address :9001', ['MINIO_ROOT_USER']],
    ['minio/minio', 'server http://only/data', []],
    ['rabbitmq:3', '', ['RABBITMQ_DEFAULT_USER']],
    ['apache/kafka', '', ['KAFKA_NODE_ID', 'KAFKA_CONTROLLER_QUORUM_VOTERS']],
    ['nats', '-js', []],
    ['hashicorp/consul', 'agent -dev', []],
  ] as const)('not of %s run as "%s" with %j', (reference, command, names) => {
    expect(clusterSign(known(reference), asked(command, [...names]))).toBeNull()
  })
})
