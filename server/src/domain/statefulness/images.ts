/*
 * Long because it is data: what well-known images keep, where, and what shows that they
 * replicate it. One row per product and way of packing it, grouped by kind; the lookup is
 * at the end. Paths and volumes are those of the images' own Dockerfiles and documentation.
 * No volume listed means none is known of, not that there is none.
 */
import { imageName, withoutLibrary } from './image-name.ts'

export type ImageKind =
  | 'application'
  | 'broker'
  | 'build'
  | 'cache'
  | 'coordination'
  | 'database'
  | 'dns'
  | 'identity'
  | 'logging'
  | 'mail'
  | 'monitoring'
  | 'network'
  | 'object store'
  | 'proxy'
  | 'queue worker'
  | 'registry'
  | 'search'
  | 'storage'
  | 'tool'
  | 'web server'

/**
 * Something to look for in a service's command, its words joined by spaces, or among the
 * names of its variables. What an expression matches is shown to people, so none reaches
 * into a value.
 */
export type ImageHint =
  | { readonly in: 'command'; readonly matches: RegExp }
  | { readonly in: 'environment'; readonly name: RegExp }

export type KnownImage = {
  /** As on Docker Hub; the hosts of other registries are left out. */
  readonly repositories: readonly string[]
  readonly name: string
  readonly kind: ImageKind
  /**
   * What the software keeps by itself, unless a hint says otherwise: what cannot be had
   * again (`durable`), what comes back or can be done without (`soft`), or nothing.
   */
  readonly state: 'durable' | 'soft' | 'stateless'
  /** Where it writes what it keeps. Software that is told where may write elsewhere. */
  readonly dataPaths: readonly string[]
  /** VOLUMEs of its Dockerfile: an anonymous volume each, where nothing is mounted. */
  readonly declaresVolumes: readonly string[]
  readonly ports: readonly number[]
  /** What shows that it replicates its data by itself. Empty: nothing would. */
  readonly clustered: readonly ImageHint[]
  /** What shows that it keeps data after all. */
  readonly durable: readonly ImageHint[]
  /** What shows that another service keeps the data for it. */
  readonly external: readonly ImageHint[]
  /** What shows that it depends on a file or a value that cannot be seen. */
  readonly unclear: readonly ImageHint[]
  /** What shows that what it keeps comes back by itself. */
  readonly soft: readonly ImageHint[]
  /** What shows that it keeps nothing. */
  readonly stateless: readonly ImageHint[]
  /** Last parts of a repository that mean this product, whoever's the image is. */
  readonly knownAs: readonly string[]
}

type Text = 'repositories' | 'dataPaths' | 'declaresVolumes' | 'knownAs'
type Places = { readonly dataPaths: string; readonly declaresVolumes: string }

/** As written below: lists of words are divided by blanks, and what is empty is left out. */
type Row = Pick<KnownImage, 'name' | 'kind' | 'state'> &
  Partial<Omit<KnownImage, Text>> & { readonly [list in Text]?: string | undefined } & {
    /** Releases that keep their data elsewhere; the first whose tag fits counts. */
    readonly releases?: readonly (Places & { readonly tag: RegExp })[]
  }

const words = (text = '') => text.split(/\s+/).filter((word) => word !== '')
const command = (matches: RegExp): ImageHint => ({ in: 'command', matches })
const variable = (name: RegExp): ImageHint => ({ in: 'environment', name })
/** The image's own command is run, and what that does depends on a file of settings. */
const ownCommand = command(/^$/)

/** Bitnami moved most of its images to a second namespace in 2025, and has a third. */
const bitnami = (names: string) =>
  words(names)
    .flatMap((name) => [
      `bitnami/${name}`,
      `bitnamilegacy/${name}`,
      `bitnamisecure/${name}`,
    ])
    .join(' ')

const linuxserver = (names: string) =>
  words(names)
    .map((name) => `linuxserver/${name}`)
    .join(' ')

/**
 * Products of which no more is to be said than one line each: name, repositories, where
 * data lies, volumes declared, ports, and the words they are known by wherever they appear.
 */
function listed(kind: ImageKind, state: KnownImage['state'], lines: string): Row[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', repositories, dataPaths, declaresVolumes, ports, knownAs] = line
        .split('|')
        .map((cell) => cell.trim())
      const lists = { repositories, dataPaths, declaresVolumes, knownAs }
      return { name, kind, state, ...lists, ports: words(ports).map(Number) }
    })
}

/** A vendor's images that all keep their data in the same place, named as he names them. */
const vendored = (repositories: string, places: Partial<Places>): Row[] =>
  words(repositories).map((name) => ({
    repositories: name,
    name,
    kind: 'application',
    state: 'durable',
    ...places,
  }))

/** From 18 on the data lies in a directory per release, below another volume. */
const postgresReleases = [
  {
    tag: /(^|pg)(9|1[0-7])(\D|$)/,
    dataPaths: '/var/lib/postgresql/data',
    declaresVolumes: '/var/lib/postgresql/data',
  },
  {
    tag: /(^|pg)(1[89]|2\d)(\D|$)/,
    dataPaths: '/var/lib/postgresql',
    declaresVolumes: '/var/lib/postgresql',
  },
]
const postgresCluster = [
  variable(/^(PATRONI_|REPMGR_|POSTGRESQL_REPLICATION_|PG_AUTO_FAILOVER|PGAF_)/),
  command(/\b(patroni|pg_autoctl|repmgrd?)\b/),
]
const mysqlCluster = [
  command(/--(loose-)?(wsrep|group[-_]replication)[-_a-z]*/),
  variable(/^(WSREP_|MARIADB_GALERA_|GALERA_|MYSQL_REPLICATION_|MARIADB_REPLICATION_)/),
]
const mongoCluster = [
  command(/--(replSet|configsvr|shardsvr)\b/),
  variable(/^MONGODB_(REPLICA_SET_|SHARDING_)/),
]
const mongoRouter = [command(/^(\S*\/)?mongos\b/)]
const redisCluster = [
  command(/--(cluster-enabled\s+yes|(replica|slave)of)\b|--cluster_mode\b/),
  variable(/^(REDIS|VALKEY|KEYDB)_(REPLICATION_MODE|NODES|CLUSTER_|MASTER_HOST)/),
]
const redisKeeps = [
  command(/--appendonly\s+["']?yes/),
  command(/--save\s+["']?\d+/),
  variable(/^(REDIS|VALKEY|KEYDB)_RDB_POLICY$/),
]
/** A file of settings, whose `save` and `appendonly` cannot be seen. */
const redisFile = [command(/(^|\s)[/\w.-]+\.conf(?=\s|$)/)]
/** Bitnami's append every write to a file, unless they are told not to. */
const bitnamiRedis = {
  kind: 'cache',
  state: 'durable',
  ports: [6379],
  clustered: redisCluster,
  unclear: [variable(/^(REDIS|VALKEY|KEYDB)_AOF_ENABLED$/)],
} as const
const elasticCluster = [
  variable(/^discovery\.(seed_hosts|zen\.)/),
  variable(/^cluster\.initial_(master|cluster_manager)_nodes$/),
  variable(/^(ELASTICSEARCH|OPENSEARCH)_CLUSTER_(HOSTS|MASTER_HOSTS)$/),
  command(/discovery\.(seed_hosts|zen\.[a-z._]+)|cluster\.initial_[a-z_]+_nodes/),
]
/** A quorum's voters are named for a single broker too, and are no sign of several. */
const kafkaCluster = [
  variable(/^KAFKA_(CFG_)?(DEFAULT_REPLICATION_FACTOR|MIN_INSYNC_REPLICAS|BROKER_RACK)$/),
]

const rows: readonly Row[] = [
  // Relational databases
  {
    repositories: `
      postgres postgis/postgis timescale/timescaledb pgvector/pgvector
      ankane/pgvector tensorchord/pgvecto-rs imresamu/postgis
      paradedb/paradedb immich-app/postgres
      groonga/pgroonga apache/age`,
    name: 'PostgreSQL',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/postgresql/data /var/lib/postgresql',
    ports: [5432],
    clustered: postgresCluster,
    knownAs: 'postgres postgresql postgis timescaledb pgvector',
    releases: postgresReleases,
  },
  {
    repositories: 'citusdata/citus',
    name: 'Citus',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/postgresql/data /var/lib/postgresql',
    ports: [5432],
    clustered: postgresCluster,
    knownAs: 'citus',
  },
  {
    repositories: 'supabase/postgres',
    name: 'PostgreSQL (Supabase)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/postgresql/data',
    ports: [5432],
    clustered: postgresCluster,
  },
  {
    repositories: 'timescale/timescaledb-ha',
    name: 'TimescaleDB',
    kind: 'database',
    state: 'durable',
    dataPaths: `
      /home/postgres/pgdata/data /home/postgres/pgdata
      /var/lib/postgresql/data`,
    ports: [5432, 8008],
    clustered: postgresCluster,
    knownAs: 'timescaledb-ha',
  },
  {
    repositories: bitnami('postgresql postgresql-repmgr'),
    name: 'PostgreSQL (Bitnami)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/bitnami/postgresql',
    declaresVolumes: `
      /bitnami/postgresql /docker-entrypoint-initdb.d
      /docker-entrypoint-preinitdb.d`,
    ports: [5432],
    clustered: postgresCluster,
    knownAs: 'postgresql-repmgr',
  },
  {
    repositories: `
      zalando/spilo zalando/spilo-13 zalando/spilo-14 zalando/spilo-15
      zalando/spilo-16 zalando/spilo-17 acid/spilo-14 acid/spilo-15
      acid/spilo-16`,
    name: 'PostgreSQL (Spilo with Patroni)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/home/postgres/pgdata /home/postgres/pgroot',
    ports: [5432, 8008],
    clustered: [...postgresCluster, variable(/^(SCOPE|ETCD3?_HOSTS?|ZOOKEEPER_HOSTS)$/)],
    knownAs: 'spilo patroni',
  },
  {
    repositories: `
      crunchydata/crunchy-postgres crunchydata/crunchy-postgres-gis
      crunchydata/crunchy-postgres-ha`,
    name: 'PostgreSQL (Crunchy Data)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/pgdata',
    ports: [5432],
    clustered: [...postgresCluster, variable(/^PG_PRIMARY_HOST$/)],
  },
  {
    repositories: `
      cloudnative-pg/postgresql enterprisedb/postgresql
      cloudnative-pg/postgis`,
    name: 'PostgreSQL (CloudNativePG)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/postgresql/data',
    ports: [5432],
    clustered: postgresCluster,
  },
  {
    repositories: `
      sclorg/postgresql-13-c9s sclorg/postgresql-15-c9s
      sclorg/postgresql-16-c9s rhel9/postgresql-13 rhel9/postgresql-15
      rhel9/postgresql-16 rhel8/postgresql-13 rhel8/postgresql-15
      centos/postgresql-12-centos7`,
    name: 'PostgreSQL (Red Hat)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/pgsql/data',
    ports: [5432],
    clustered: [variable(/^POSTGRESQL_MASTER_/)],
  },
  {
    repositories: 'percona/percona-distribution-postgresql',
    name: 'PostgreSQL (Percona)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data/db',
    ports: [5432],
    clustered: postgresCluster,
  },
  {
    repositories: `
      mysql mysql/mysql-server mysql/community-server
      mysql/enterprise-server`,
    name: 'MySQL',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/mysql',
    declaresVolumes: '/var/lib/mysql',
    ports: [3306, 33060],
    clustered: mysqlCluster,
    knownAs: 'mysql mysql-server',
  },
  {
    repositories: 'mariadb mariadb/server',
    name: 'MariaDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/mysql',
    declaresVolumes: '/var/lib/mysql',
    ports: [3306],
    clustered: mysqlCluster,
    knownAs: 'mariadb',
  },
  {
    repositories: linuxserver('mariadb'),
    name: 'MariaDB (LinuxServer)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/config',
    declaresVolumes: '/config',
    ports: [3306],
    clustered: mysqlCluster,
  },
  {
    repositories: bitnami('mysql'),
    name: 'MySQL (Bitnami)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/bitnami/mysql',
    ports: [3306],
    clustered: mysqlCluster,
  },
  {
    repositories: bitnami('mariadb mariadb-galera'),
    name: 'MariaDB (Bitnami)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/bitnami/mariadb',
    ports: [3306],
    clustered: mysqlCluster,
    knownAs: 'mariadb-galera',
  },
  {
    repositories: 'percona percona/percona-server',
    name: 'Percona Server',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/mysql',
    declaresVolumes: '/var/lib/mysql /var/log/mysql',
    ports: [3306, 33060],
    clustered: mysqlCluster,
    knownAs: 'percona-server',
  },
  {
    repositories: 'percona/percona-xtradb-cluster',
    name: 'Percona XtraDB Cluster',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/mysql',
    ports: [3306, 4444, 4567, 4568],
    clustered: [
      ...mysqlCluster,
      variable(/^(CLUSTER_NAME|CLUSTER_JOIN|DISCOVERY_SERVICE)$/),
    ],
    knownAs: 'percona-xtradb-cluster',
  },
  {
    repositories: `
      mssql/server mssql/rhel/server microsoft/mssql-server-linux
      azure-sql-edge`,
    name: 'Microsoft SQL Server',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/opt/mssql',
    ports: [1433],
    clustered: [variable(/^MSSQL_ENABLE_HADR$/)],
    knownAs: 'mssql-server mssql-server-linux azure-sql-edge',
  },
  {
    repositories: 'db2_community/db2 ibmcom/db2',
    name: 'IBM Db2',
    kind: 'database',
    state: 'durable',
    dataPaths: '/database',
    ports: [50000],
    clustered: [variable(/^HADR_ENABLED$/)],
  },
  {
    repositories: 'cockroachdb/cockroach',
    name: 'CockroachDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/cockroach/cockroach-data',
    ports: [26257, 8080],
    clustered: [command(/--join\b/)],
    knownAs: 'cockroach cockroachdb',
  },
  {
    repositories: 'yugabytedb/yugabyte',
    name: 'YugabyteDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/home/yugabyte/yb_data /root/var /mnt/master /mnt/tserver',
    ports: [5433, 9042, 7000, 9000],
    clustered: [command(/--(join|master_addresses|tserver_master_addrs)\b/)],
    knownAs: 'yugabyte yugabytedb',
  },
  {
    repositories: 'pingcap/tidb',
    name: 'TiDB',
    kind: 'database',
    // Without TiKV it keeps a store of its own, for trying it out.
    state: 'durable',
    dataPaths: '/tmp/tidb',
    ports: [4000, 10080],
    external: [command(/--store[= ]tikv\b/)],
    unclear: [command(/--config\b/)],
    knownAs: 'tidb',
  },
  {
    repositories: 'pingcap/tikv',
    name: 'TiKV',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data /var/lib/tikv',
    ports: [20160],
    clustered: [command(/--pd(-endpoints)?\b/)],
    knownAs: 'tikv',
  },
  {
    repositories: 'pingcap/pd',
    name: 'TiDB Placement Driver',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/data /var/lib/pd',
    ports: [2379, 2380],
    clustered: [command(/--initial-cluster(?=[= ][^\s,]{1,300},)|--join\b/)],
  },
  {
    repositories: 'vitess/vttablet vitess/lite',
    name: 'Vitess',
    kind: 'database',
    state: 'durable',
    dataPaths: '/vt/vtdataroot',
    ports: [15000, 15001, 3306],
    clustered: [command(/--?topo_implementation\b/)],
    knownAs: 'vttablet',
  },
  {
    repositories: 'rqlite/rqlite',
    name: 'rqlite',
    kind: 'database',
    state: 'durable',
    dataPaths: '/rqlite/file',
    declaresVolumes: '/rqlite/file',
    ports: [4001, 4002],
    clustered: [command(/-(join|bootstrap-expect|disco-mode)\b/)],
    knownAs: 'rqlite',
  },
  {
    repositories: 'tursodatabase/libsql-server',
    name: 'libSQL',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/sqld',
    ports: [8080, 5001],
    clustered: [command(/--primary-grpc-url\b/), variable(/^SQLD_PRIMARY_/)],
    knownAs: 'libsql-server',
  },

  {
    repositories: 'tigerbeetle/tigerbeetle',
    name: 'TigerBeetle',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data /var/lib/tigerbeetle',
    ports: [3000, 3001],
    // Several addresses: those of all replicas.
    clustered: [command(/--addresses(?=[= ][^\s,]{1,300},)/)],
    knownAs: 'tigerbeetle',
  },

  // Documents, wide columns, graphs
  {
    repositories: `
      mongodb/mongodb-community-server mongodb/mongodb-enterprise-server
      mongodb/mongodb-atlas-local`,
    name: 'MongoDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data/db /data/configdb',
    ports: [27017],
    clustered: mongoCluster,
    stateless: mongoRouter,
    knownAs: 'mongodb-community-server mongodb-enterprise-server',
  },
  {
    repositories: 'mongo',
    name: 'MongoDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data/db /data/configdb',
    declaresVolumes: '/data/db /data/configdb',
    ports: [27017],
    clustered: mongoCluster,
    stateless: mongoRouter,
    knownAs: 'mongo mongodb',
  },
  {
    repositories: 'percona/percona-server-mongodb',
    name: 'Percona Server for MongoDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data/db',
    declaresVolumes: '/data/db',
    ports: [27017],
    clustered: mongoCluster,
    stateless: mongoRouter,
    knownAs: 'percona-server-mongodb',
  },
  {
    repositories: bitnami('mongodb mongodb-sharded'),
    name: 'MongoDB (Bitnami)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/bitnami/mongodb',
    ports: [27017],
    clustered: mongoCluster,
    knownAs: 'mongodb-sharded',
  },
  {
    repositories: 'ferretdb/ferretdb',
    name: 'FerretDB',
    kind: 'database',
    state: 'stateless',
    dataPaths: '/state',
    ports: [27017],
    external: [variable(/^FERRETDB_POSTGRESQL_URL$/), command(/--postgresql-url\b/)],
    durable: [variable(/^FERRETDB_SQLITE_URL$/), command(/--sqlite-url\b/)],
    knownAs: 'ferretdb',
    unclear: [variable(/^FERRETDB_HANDLER$/)],
  },
  {
    repositories: 'couchdb apache/couchdb',
    name: 'CouchDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/opt/couchdb/data',
    declaresVolumes: '/opt/couchdb/data',
    ports: [5984, 4369, 9100],
    clustered: [variable(/^(NODENAME|ERL_FLAGS)$/), command(/-setcookie\b/)],
    knownAs: 'couchdb',
  },
  {
    repositories: bitnami('couchdb'),
    name: 'CouchDB (Bitnami)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/bitnami/couchdb',
    ports: [5984],
    clustered: [variable(/^COUCHDB_SEEDS$|^COUCHDB_NODENAME$/)],
  },
  {
    repositories: 'couchbase couchbase/server',
    name: 'Couchbase',
    kind: 'database',
    state: 'durable',
    dataPaths: '/opt/couchbase/var',
    declaresVolumes: '/opt/couchbase/var',
    ports: [8091, 8092, 8093, 8094, 11210],
    clustered: [command(/server-(add|join)\b/)],
    knownAs: 'couchbase',
  },
  {
    repositories: 'rethinkdb',
    name: 'RethinkDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [28015, 29015, 8080],
    clustered: [command(/(--join|-j)\b/)],
    stateless: [command(/\brethinkdb proxy\b/)],
    knownAs: 'rethinkdb',
  },
  {
    repositories: 'cassandra datastax/dse-server',
    name: 'Cassandra',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/cassandra',
    declaresVolumes: '/var/lib/cassandra',
    ports: [9042, 7000, 7001, 7199],
    clustered: [variable(/^(CASSANDRA_)?SEEDS$/)],
    knownAs: 'cassandra dse-server',
  },
  {
    repositories: bitnami('cassandra'),
    name: 'Cassandra (Bitnami)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/bitnami/cassandra',
    ports: [9042, 7000],
    clustered: [variable(/^CASSANDRA_(SEEDS|PEERS|HOST)$/)],
  },
  {
    repositories: 'scylladb/scylla scylladb/scylla-enterprise',
    name: 'ScyllaDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/scylla',
    ports: [9042, 7000, 10000],
    clustered: [command(/--seeds\b/)],
    knownAs: 'scylla scylladb',
  },
  {
    repositories: `
      clickhouse clickhouse/clickhouse-server yandex/clickhouse-server
      altinity/clickhouse-server`,
    name: 'ClickHouse',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/clickhouse',
    declaresVolumes: '/var/lib/clickhouse',
    ports: [8123, 9000, 9009],
    clustered: [variable(/^CLICKHOUSE_(KEEPER|ZOOKEEPER|REPLICA|SHARD)/)],
    knownAs: 'clickhouse clickhouse-server',
  },
  {
    repositories: bitnami('clickhouse'),
    name: 'ClickHouse (Bitnami)',
    kind: 'database',
    state: 'durable',
    dataPaths: '/bitnami/clickhouse',
    ports: [8123, 9000],
    clustered: [variable(/^(CLICKHOUSE_(REPLICA|SHARD|ZOOKEEPER|KEEPER)|KEEPER_)/)],
  },
  {
    repositories: 'neo4j neo4j/neo4j',
    name: 'Neo4j',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data',
    declaresVolumes: '/data /logs',
    ports: [7474, 7687],
    clustered: [
      variable(
        /^NEO4J_(causal__clustering|dbms_cluster|server_cluster|initial_server|initial_dbms|dbms_mode|causalClustering)/,
      ),
    ],
    knownAs: 'neo4j',
  },
  {
    repositories: 'arangodb arangodb/arangodb arangodb/enterprise',
    name: 'ArangoDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/arangodb3 /var/lib/arangodb3-apps',
    declaresVolumes: '/var/lib/arangodb3 /var/lib/arangodb3-apps',
    ports: [8529],
    clustered: [command(/--(cluster\.agency-endpoint|agency\.[a-z-]+|starter\.join)\b/)],
    knownAs: 'arangodb',
  },
  {
    repositories: 'dgraph/dgraph dgraph/standalone',
    name: 'Dgraph',
    kind: 'database',
    state: 'durable',
    dataPaths: '/dgraph',
    ports: [8080, 9080, 5080, 6080],
    clustered: [command(/--(peer|replicas)\b/)],
    knownAs: 'dgraph',
  },
  {
    repositories: `
      memgraph/memgraph memgraph/memgraph-mage
      memgraph/memgraph-platform`,
    name: 'Memgraph',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/memgraph',
    ports: [7687],
    clustered: [command(/--(coordinator-id|management-port)\b/)],
    knownAs: 'memgraph',
  },
  {
    repositories: 'orientdb',
    name: 'OrientDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/orientdb/databases',
    declaresVolumes: '/orientdb/backup /orientdb/databases /orientdb/config',
    ports: [2424, 2480],
    clustered: [command(/\bdserver\.sh\b/)],
    knownAs: 'orientdb',
  },
  {
    repositories: 'surrealdb/surrealdb',
    name: 'SurrealDB',
    kind: 'database',
    state: 'soft',
    dataPaths: '/data',
    ports: [8000],
    durable: [command(/\b(rocksdb|surrealkv|file|speedb)(?=:)/)],
    external: [command(/\b(tikv|fdb)(?=:)/)],
    unclear: [variable(/^SURREAL_PATH$/)],
    knownAs: 'surrealdb',
  },
  {
    repositories: 'eventstore/eventstore kurrentplatform/kurrentdb',
    name: 'EventStoreDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/eventstore /var/lib/kurrentdb',
    ports: [2113, 1113],
    clustered: [
      variable(/^(EVENTSTORE|KURRENTDB)_(CLUSTER_SIZE|GOSSIP_SEED|CLUSTER_DNS)$/),
    ],
    knownAs: 'eventstore kurrentdb',
  },
  {
    repositories: 'codenotary/immudb',
    name: 'immudb',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/immudb',
    ports: [3322],
    clustered: [variable(/^IMMUDB_REPLICATION_/)],
    knownAs: 'immudb',
  },
  {
    repositories: 'foundationdb/foundationdb',
    name: 'FoundationDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/fdb',
    ports: [4500],
    clustered: [variable(/^FDB_COORDINATOR$/)],
    knownAs: 'foundationdb',
  },
  {
    repositories: 'tarantool/tarantool',
    name: 'Tarantool',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/tarantool',
    ports: [3301],
    clustered: [variable(/^TARANTOOL_REPLICATION(_SOURCE)?$/)],
    knownAs: 'tarantool',
  },

  // Series of measurements
  {
    repositories: 'influxdb influxdata/influxdb',
    name: 'InfluxDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/influxdb /var/lib/influxdb2 /var/lib/influxdb3',
    ports: [8086, 8181],
    knownAs: 'influxdb influxdb2',
    releases: [
      {
        tag: /^1(\D|$)/,
        dataPaths: '/var/lib/influxdb',
        declaresVolumes: '/var/lib/influxdb',
      },
      {
        tag: /^2(\D|$)/,
        dataPaths: '/var/lib/influxdb2',
        declaresVolumes: '/var/lib/influxdb2 /etc/influxdb2',
      },
    ],
  },
  {
    repositories: 'tdengine/tdengine tdengine/tsdb',
    name: 'TDengine',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/taos',
    ports: [6030, 6041],
    clustered: [variable(/^TAOS_(FIRST|SECOND)_EP$/)],
    knownAs: 'tdengine',
  },
  {
    repositories: 'crate crate/crate',
    name: 'CrateDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [4200, 4300, 5432],
    clustered: [
      command(/-C(discovery\.seed_(hosts|providers)|cluster\.initial_master_nodes)/),
    ],
    knownAs: 'cratedb',
  },
  {
    repositories: 'apache/druid',
    name: 'Apache Druid',
    kind: 'database',
    state: 'durable',
    dataPaths: '/opt/druid/var /opt/shared',
    ports: [8081, 8082, 8083, 8888],
    clustered: [variable(/^druid_zk_service_host$/)],
  },
  {
    repositories: 'apache/doris',
    name: 'Apache Doris',
    kind: 'database',
    state: 'durable',
    dataPaths: '/opt/apache-doris/fe/doris-meta /opt/apache-doris/be/storage',
    ports: [8030, 8040, 9030],
    clustered: [variable(/^FE_SERVERS$/)],
  },

  // Keys and values, caches
  {
    // Without a word from anyone it writes a snapshot now and then, and on a clean stop, to
    // start from: kept, but never all of it, so it counts as what can be done without.
    repositories: `
      redis redislabs/rejson redislabs/redisearch redislabs/redistimeseries
      redislabs/redismod redislabs/redisgraph`,
    name: 'Redis',
    kind: 'cache',
    state: 'soft',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [6379],
    clustered: redisCluster,
    durable: redisKeeps,
    unclear: redisFile,
    knownAs: 'redis',
  },
  {
    repositories: 'redis/redis-stack redis/redis-stack-server',
    name: 'Redis Stack',
    kind: 'cache',
    state: 'soft',
    dataPaths: '/data',
    ports: [6379, 8001],
    clustered: redisCluster,
    durable: redisKeeps,
    unclear: [...redisFile, variable(/^REDIS_ARGS$/)],
    knownAs: 'redis-stack redis-stack-server',
  },
  {
    repositories: 'falkordb/falkordb falkordb/falkordb-server',
    name: 'FalkorDB',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/falkordb/data /data',
    ports: [6379, 3000],
    clustered: redisCluster,
    knownAs: 'falkordb',
  },
  {
    repositories: 'valkey/valkey',
    name: 'Valkey',
    kind: 'cache',
    state: 'soft',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [6379],
    clustered: redisCluster,
    durable: redisKeeps,
    unclear: redisFile,
    knownAs: 'valkey',
  },
  {
    ...bitnamiRedis,
    repositories: bitnami('redis redis-cluster'),
    name: 'Redis (Bitnami)',
    dataPaths: '/bitnami/redis/data',
    knownAs: 'redis-cluster',
  },
  {
    ...bitnamiRedis,
    repositories: bitnami('valkey valkey-cluster'),
    name: 'Valkey (Bitnami)',
    dataPaths: '/bitnami/valkey/data',
    knownAs: 'valkey-cluster',
  },
  {
    ...bitnamiRedis,
    repositories: bitnami('keydb'),
    name: 'KeyDB (Bitnami)',
    dataPaths: '/bitnami/keydb/data',
  },
  {
    repositories: 'eqalpha/keydb snapchat/keydb',
    name: 'KeyDB',
    kind: 'cache',
    state: 'soft',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [6379],
    clustered: [...redisCluster, command(/--(active-replica|multi-master)\s+yes/)],
    durable: redisKeeps,
    unclear: redisFile,
    knownAs: 'keydb',
  },
  {
    // Dragonfly saves when it stops, and reads that back when it starts.
    repositories: 'dragonflydb/dragonfly',
    name: 'Dragonfly',
    kind: 'cache',
    state: 'soft',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [6379],
    clustered: [command(/--(cluster_mode|replicaof)\b/)],
    durable: [command(/--snapshot_cron\b/)],
    knownAs: 'dragonfly',
  },
  {
    repositories: 'apache/kvrocks',
    name: 'Kvrocks',
    kind: 'database',
    state: 'durable',
    dataPaths: '/var/lib/kvrocks',
    ports: [6666],
    clustered: [command(/--cluster-enabled\s+yes/)],
    knownAs: 'kvrocks',
  },
  {
    repositories: 'hazelcast/hazelcast hazelcast/hazelcast-enterprise',
    name: 'Hazelcast',
    kind: 'cache',
    state: 'soft',
    ports: [5701],
    clustered: [variable(/^(HZ_CLUSTERNAME|HZ_NETWORK_JOIN_)/)],
    durable: [variable(/^HZ_PERSISTENCE_/)],
    knownAs: 'hazelcast',
  },
  {
    repositories: 'infinispan/server jboss/infinispan-server',
    name: 'Infinispan',
    kind: 'cache',
    state: 'durable',
    dataPaths: '/opt/infinispan/server/data',
    ports: [11222, 7800],
    clustered: [command(/-Djgroups\.[a-z.]+/)],
    knownAs: 'infinispan-server',
  },

  // Brokers and queues
  {
    repositories: 'rabbitmq heidiks/rabbitmq-delayed-message-exchange',
    name: 'RabbitMQ',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/var/lib/rabbitmq',
    declaresVolumes: '/var/lib/rabbitmq',
    ports: [5672, 15672, 4369, 25672],
    clustered: [variable(/^RABBITMQ_(ERLANG_COOKIE|.*CLUSTER.*)$/)],
    knownAs: 'rabbitmq',
  },
  {
    repositories: bitnami('rabbitmq'),
    name: 'RabbitMQ (Bitnami)',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/bitnami/rabbitmq/mnesia /bitnami/rabbitmq',
    ports: [5672, 15672, 4369, 25672],
    clustered: [variable(/^RABBITMQ_(ERL_COOKIE|.*CLUSTER.*)$/)],
  },
  {
    repositories: 'apache/kafka apache/kafka-native',
    name: 'Kafka',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/var/lib/kafka/data /tmp/kraft-combined-logs /tmp/kafka-logs',
    declaresVolumes: '/etc/kafka/secrets /var/lib/kafka/data /mnt/shared/config',
    ports: [9092, 9093],
    clustered: kafkaCluster,
    knownAs: 'kafka',
  },
  {
    repositories: `
      confluentinc/cp-kafka confluentinc/cp-server
      confluentinc/confluent-local confluentinc/cp-enterprise-kafka`,
    name: 'Kafka (Confluent)',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/var/lib/kafka/data /tmp/kraft-combined-logs',
    declaresVolumes: '/var/lib/kafka/data /etc/kafka/secrets',
    ports: [9092, 9093],
    clustered: kafkaCluster,
    knownAs: 'cp-kafka cp-server',
  },
  {
    repositories: bitnami('kafka'),
    name: 'Kafka (Bitnami)',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/bitnami/kafka',
    ports: [9092, 9093],
    clustered: kafkaCluster,
  },
  {
    repositories: 'wurstmeister/kafka',
    name: 'Kafka (wurstmeister)',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/kafka',
    declaresVolumes: '/kafka',
    ports: [9092],
    clustered: kafkaCluster,
  },
  {
    repositories: `
      strimzi/kafka banzaicloud/kafka ubuntu/kafka
      lensesio/fast-data-dev landoop/fast-data-dev
      obsidiandynamics/kafka spotify/kafka`,
    name: 'Kafka',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/var/lib/kafka /tmp/kafka-logs /data',
    ports: [9092],
    clustered: kafkaCluster,
  },
  {
    repositories: 'redpandadata/redpanda vectorized/redpanda',
    name: 'Redpanda',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/var/lib/redpanda/data',
    ports: [9092, 9644, 8081, 8082, 33145],
    clustered: [command(/--(seeds|seed-server)\b/)],
    knownAs: 'redpanda',
  },
  {
    repositories: 'zookeeper',
    name: 'ZooKeeper',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/data /datalog',
    declaresVolumes: '/data /datalog /logs',
    ports: [2181, 2888, 3888],
    clustered: [variable(/^ZOO_SERVERS$/)],
    knownAs: 'zookeeper',
  },
  {
    repositories: bitnami('zookeeper'),
    name: 'ZooKeeper (Bitnami)',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/bitnami/zookeeper',
    ports: [2181, 2888, 3888],
    clustered: [variable(/^ZOO_SERVERS$/)],
  },
  {
    repositories: 'confluentinc/cp-zookeeper',
    name: 'ZooKeeper (Confluent)',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/var/lib/zookeeper/data /var/lib/zookeeper/log',
    declaresVolumes: `
      /var/lib/zookeeper/data /var/lib/zookeeper/log
      /etc/zookeeper/secrets`,
    ports: [2181, 2888, 3888],
    clustered: [variable(/^ZOOKEEPER_SERVERS$/)],
    knownAs: 'cp-zookeeper',
  },
  {
    repositories: 'nats',
    name: 'NATS',
    kind: 'broker',
    state: 'stateless',
    dataPaths: '/tmp/nats/jetstream /data',
    ports: [4222, 6222, 8222],
    clustered: [command(/(^|\s)--?(cluster|routes|cluster_name)\b/)],
    durable: [command(/(^|\s)(--?js|--?jetstream|--?sd|--?store_dir)\b/)],
    unclear: [command(/(^|\s)(-c|--config)\b/)],
    knownAs: 'nats nats-server',
  },
  {
    repositories: bitnami('nats'),
    name: 'NATS (Bitnami)',
    kind: 'broker',
    state: 'stateless',
    dataPaths: '/bitnami/nats',
    ports: [4222, 6222, 8222],
    clustered: [variable(/^NATS_CLUSTER_ROUTES$|^NATS_ENABLE_CLUSTER$/)],
    unclear: [variable(/^NATS_(CONF_FILE|EXTRA_ARGS|FILENAME)$/)],
  },
  {
    repositories: 'nats-streaming',
    name: 'NATS Streaming',
    kind: 'broker',
    state: 'soft',
    dataPaths: '/data/stan /data',
    ports: [4222, 8222],
    clustered: [command(/(^|\s)--?(clustered|cluster_id|ft_group)\b/)],
    durable: [command(/(^|\s)--?(store|st)[= ]file\b/i)],
    external: [command(/(^|\s)--?(store|st)[= ]sql\b/i)],
    unclear: [command(/(^|\s)(-c|-sc|--?config|--?stan_config)\b/)],
    knownAs: 'nats-streaming',
  },
  {
    repositories: 'nsqio/nsq',
    name: 'NSQ',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/data',
    ports: [4150, 4151, 4160, 4161],
    stateless: [command(/\bnsq(lookupd|admin)\b/)],
    knownAs: 'nsq',
  },
  {
    repositories: 'emqx emqx/emqx emqx/emqx-enterprise',
    name: 'EMQX',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/opt/emqx/data',
    declaresVolumes: '/opt/emqx/log /opt/emqx/data',
    ports: [1883, 8083, 8883, 18083],
    clustered: [variable(/^EMQX_(CLUSTER__|NODE__COOKIE$)/)],
    knownAs: 'emqx',
  },
  {
    repositories: 'vernemq/vernemq',
    name: 'VerneMQ',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/vernemq/data',
    declaresVolumes: '/vernemq/log /vernemq/data /vernemq/etc',
    ports: [1883, 8883],
    clustered: [variable(/^DOCKER_VERNEMQ_(DISCOVERY_NODE|SWARM|COMPOSE)$/)],
    knownAs: 'vernemq',
  },
  {
    repositories: 'hivemq/hivemq4 hivemq/hivemq-ce',
    name: 'HiveMQ',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/opt/hivemq/data',
    ports: [1883, 8000, 8080],
    clustered: [variable(/^HIVEMQ_(DNS_DISCOVERY|CLUSTER)/)],
    knownAs: 'hivemq4 hivemq-ce',
  },
  {
    repositories: `
      apache/activemq-artemis vromero/activemq-artemis
      artemiscloud/activemq-artemis-broker`,
    name: 'ActiveMQ Artemis',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/var/lib/artemis-instance /var/lib/artemis/data',
    ports: [61616, 8161, 5672],
    clustered: [command(/--(clustered|replicated)\b/), variable(/^AMQ_CLUSTERED$/)],
    knownAs: 'activemq-artemis',
  },
  {
    repositories: 'apachepulsar/pulsar apachepulsar/pulsar-all streamnative/pulsar',
    name: 'Pulsar',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/pulsar/data',
    ports: [6650, 8080],
    clustered: [
      command(/\bpulsar (bookie|zookeeper)\b/),
      variable(/^(metadataServiceUri|metadataStoreUrl|zkServers)$/),
    ],
    knownAs: 'pulsar',
  },
  {
    repositories: 'apache/rocketmq rocketmqinc/rocketmq',
    name: 'RocketMQ',
    kind: 'broker',
    state: 'durable',
    dataPaths: '/home/rocketmq/store',
    ports: [9876, 10911],
    stateless: [command(/\bmqnamesrv\b/)],
    knownAs: 'rocketmq',
  },
  {
    repositories: 'schickling/beanstalkd maateen/docker-beanstalkd',
    name: 'beanstalkd',
    kind: 'broker',
    state: 'soft',
    ports: [11300],
    durable: [command(/(^|\s)-b\b/)],
    knownAs: 'beanstalkd',
  },
  {
    repositories: 'softwaremill/elasticmq softwaremill/elasticmq-native',
    name: 'ElasticMQ',
    kind: 'broker',
    state: 'soft',
    dataPaths: '/data',
    ports: [9324, 9325],
    unclear: [variable(/^JAVA_OPTS$/)],
  },

  // Coordination and secrets
  {
    repositories: 'etcd coreos/etcd etcd-development/etcd',
    name: 'etcd',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/etcd-data /var/lib/etcd /default.etcd',
    ports: [2379, 2380],
    clustered: [
      command(/--(initial-cluster|discovery|discovery-srv)(?=[= ])/),
      variable(/^ETCD_(INITIAL_CLUSTER|DISCOVERY|DISCOVERY_SRV)$/),
    ],
    knownAs: 'etcd',
  },
  {
    repositories: bitnami('etcd'),
    name: 'etcd (Bitnami)',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/bitnami/etcd',
    ports: [2379, 2380],
    clustered: [
      variable(/^ETCD_(INITIAL_CLUSTER|DISCOVERY|DISCOVERY_SRV|CLUSTER_DOMAIN)$/),
    ],
  },
  {
    repositories: 'consul hashicorp/consul hashicorp/consul-enterprise',
    name: 'Consul',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/consul/data',
    declaresVolumes: '/consul/data',
    ports: [8500, 8600, 8301, 8300],
    clustered: [command(/(^|\s)--?(retry-join|join|bootstrap-expect)\b/)],
    durable: [command(/(^|\s)--?(server|bootstrap-expect)\b/)],
    unclear: [command(/(^|\s)--?config-(file|dir)\b/), variable(/^CONSUL_LOCAL_CONFIG$/)],
    // An agent that is no server keeps who it is, and what the servers can tell it again.
    soft: [command(/(^|\s)--?dev\b/), command(/(^|\s)agent\b/)],
    knownAs: 'consul',
  },
  {
    repositories: bitnami('consul'),
    name: 'Consul (Bitnami)',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/bitnami/consul',
    ports: [8500, 8600, 8301, 8300],
    clustered: [variable(/^CONSUL_(RETRY_JOIN|RETRY_JOIN_ADDRESS|BOOTSTRAP_EXPECT)$/)],
  },
  {
    repositories: 'vault hashicorp/vault hashicorp/vault-enterprise',
    name: 'Vault',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/vault/file /vault/data',
    declaresVolumes: '/vault/logs /vault/file',
    ports: [8200, 8201],
    clustered: [variable(/^VAULT_(RAFT_NODE_ID|RAFT_PATH)$/)],
    soft: [command(/(^|\s)--?dev\b/)],
    unclear: [variable(/^VAULT_LOCAL_CONFIG$/)],
  },
  {
    repositories: 'openbao/openbao',
    name: 'OpenBao',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/openbao/file /openbao/data',
    ports: [8200, 8201],
    soft: [command(/(^|\s)--?dev\b/)],
    unclear: [variable(/^BAO_LOCAL_CONFIG$/)],
    knownAs: 'openbao',
  },
  {
    repositories: 'hashicorp/nomad multani/nomad',
    name: 'Nomad',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/nomad/data',
    ports: [4646, 4647, 4648],
    clustered: [command(/(^|\s)--?(retry-join|join|bootstrap-expect)\b/)],
    soft: [command(/(^|\s)--?dev\b/)],
  },
  {
    repositories: 'nacos/nacos-server',
    name: 'Nacos',
    kind: 'coordination',
    state: 'durable',
    dataPaths: '/home/nacos/data',
    ports: [8848, 9848],
    clustered: [variable(/^NACOS_SERVERS$/)],
    external: [variable(/^MYSQL_SERVICE_HOST$/)],
    knownAs: 'nacos-server',
  },

  // Search
  {
    repositories: `
      elasticsearch elasticsearch/elasticsearch
      elasticsearch/elasticsearch-oss elastic/elasticsearch
      elasticsearch/elasticsearch-wolfi blacktop/elasticsearch`,
    name: 'Elasticsearch',
    kind: 'search',
    state: 'durable',
    dataPaths: '/usr/share/elasticsearch/data',
    ports: [9200, 9300],
    clustered: elasticCluster,
    knownAs: 'elasticsearch elasticsearch-oss',
  },
  {
    repositories: bitnami('elasticsearch'),
    name: 'Elasticsearch (Bitnami)',
    kind: 'search',
    state: 'durable',
    dataPaths: '/bitnami/elasticsearch/data',
    ports: [9200, 9300],
    clustered: elasticCluster,
  },
  {
    repositories: 'opensearchproject/opensearch amazon/opendistro-for-elasticsearch',
    name: 'OpenSearch',
    kind: 'search',
    state: 'durable',
    dataPaths: '/usr/share/opensearch/data /usr/share/elasticsearch/data',
    ports: [9200, 9600],
    clustered: elasticCluster,
    knownAs: 'opensearch',
  },
  {
    repositories: bitnami('opensearch'),
    name: 'OpenSearch (Bitnami)',
    kind: 'search',
    state: 'durable',
    dataPaths: '/bitnami/opensearch/data',
    ports: [9200, 9300],
    clustered: elasticCluster,
  },
  {
    repositories: 'solr apache/solr',
    name: 'Solr',
    kind: 'search',
    state: 'durable',
    dataPaths: '/var/solr',
    declaresVolumes: '/var/solr',
    ports: [8983],
    clustered: [variable(/^ZK_HOST$/), command(/(^|\s)(-c|--cloud|-cloud|-z)(?=\s|$)/)],
    knownAs: 'solr',
  },
  {
    repositories: bitnami('solr'),
    name: 'Solr (Bitnami)',
    kind: 'search',
    state: 'durable',
    dataPaths: '/bitnami/solr',
    ports: [8983],
    clustered: [variable(/^SOLR_(ZK_HOSTS|CLOUD_BOOTSTRAP)$/)],
  },
  {
    repositories: 'typesense/typesense',
    name: 'Typesense',
    kind: 'search',
    state: 'durable',
    dataPaths: '/data',
    ports: [8108, 8107],
    clustered: [command(/--nodes\b/), variable(/^TYPESENSE_NODES$/)],
    knownAs: 'typesense',
  },
  {
    repositories: 'manticoresearch/manticore',
    name: 'Manticore Search',
    kind: 'search',
    state: 'durable',
    dataPaths: '/var/lib/manticore',
    ports: [9306, 9308, 9312],
    clustered: [variable(/^REPLICATION_CLUSTER$/)],
    knownAs: 'manticore',
  },
  {
    repositories: 'vespaengine/vespa',
    name: 'Vespa',
    kind: 'search',
    state: 'durable',
    dataPaths: '/opt/vespa/var',
    ports: [8080, 19071],
    clustered: [variable(/^VESPA_CONFIGSERVERS$/)],
  },
  {
    repositories: 'qdrant/qdrant',
    name: 'Qdrant',
    kind: 'search',
    state: 'durable',
    dataPaths: '/qdrant/storage',
    ports: [6333, 6334, 6335],
    clustered: [variable(/^QDRANT__CLUSTER__/), command(/--(bootstrap|uri)\b/)],
    knownAs: 'qdrant',
  },
  {
    repositories: 'semitechnologies/weaviate',
    name: 'Weaviate',
    kind: 'search',
    state: 'durable',
    dataPaths: '/var/lib/weaviate /data',
    ports: [8080, 50051],
    clustered: [variable(/^(CLUSTER_JOIN|RAFT_JOIN)$/)],
    knownAs: 'weaviate',
  },
  {
    repositories: 'milvusdb/milvus',
    name: 'Milvus',
    kind: 'search',
    state: 'durable',
    dataPaths: '/var/lib/milvus',
    ports: [19530, 9091],
    external: [variable(/^MINIO_ADDRESS$/)],
    knownAs: 'milvus',
  },

  // Objects, files, images, packages
  {
    repositories: 'minio/minio coollabsio/minio',
    name: 'MinIO',
    kind: 'object store',
    state: 'durable',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [9000, 9001],
    // Several servers: a range of them, or an address of each.
    clustered: [command(/\bhttps?:\/\/(?=\S{0,200}\{\d{1,6}\.{3}|\S{1,200}\shttps?:\/\/)/)],
    unclear: [variable(/^MINIO_VOLUMES$/)],
    knownAs: 'minio',
  },
  {
    repositories: bitnami('minio'),
    name: 'MinIO (Bitnami)',
    kind: 'object store',
    state: 'durable',
    dataPaths: '/bitnami/minio/data /data',
    ports: [9000, 9001],
    clustered: [variable(/^MINIO_DISTRIBUTED_/)],
  },
  {
    repositories: 'chrislusf/seaweedfs',
    name: 'SeaweedFS',
    kind: 'object store',
    state: 'durable',
    dataPaths: '/data',
    declaresVolumes: '/data',
    ports: [9333, 8080, 8888, 8333],
    clustered: [
      command(
        /(^|\s)--?(peers|master\.peers|mserver|defaultReplication|master\.defaultReplication)\b/,
      ),
    ],
    stateless: [command(/^(weed\s+)?(s3|mount|webdav|shell)\b/)],
    knownAs: 'seaweedfs',
  },
  {
    repositories: 'rustfs/rustfs',
    name: 'RustFS',
    kind: 'object store',
    state: 'durable',
    dataPaths: '/data',
    ports: [9000],
    clustered: [command(/\bhttps?:\/\/(?=\S{0,200}\{\d{1,6}\.{3}|\S{1,200}\shttps?:\/\/)/)],
    unclear: [variable(/^RUSTFS_VOLUMES$/)],
    knownAs: 'rustfs',
  },
  {
    repositories: 'ceph/ceph ceph/daemon ceph/demo',
    name: 'Ceph',
    kind: 'storage',
    state: 'durable',
    dataPaths: '/var/lib/ceph /etc/ceph',
    ports: [6789, 3300, 7480],
    clustered: [
      variable(/^(MON_IP|CEPH_PUBLIC_NETWORK|CLUSTER)$/),
      command(/\bceph-(mon|osd|mds|mgr)\b/),
    ],
  },
  {
    repositories: 'registry distribution/distribution',
    name: 'Docker Registry',
    kind: 'registry',
    state: 'durable',
    dataPaths: '/var/lib/registry',
    declaresVolumes: '/var/lib/registry',
    ports: [5000],
    external: [variable(/^REGISTRY_STORAGE_(S3|AZURE|GCS|SWIFT|OSS)(_|$)/)],
    soft: [variable(/^REGISTRY_PROXY_REMOTEURL$/), variable(/^REGISTRY_STORAGE_INMEMORY/)],
  },

  // Watching
  {
    repositories: 'prom/prometheus prometheus/prometheus',
    name: 'Prometheus',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/prometheus',
    declaresVolumes: '/prometheus',
    ports: [9090],
    soft: [command(/--agent\b|--enable-feature=agent\b/)],
    knownAs: 'prometheus',
  },
  {
    repositories: 'prom/alertmanager prometheus/alertmanager',
    name: 'Alertmanager',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/alertmanager',
    declaresVolumes: '/alertmanager',
    ports: [9093, 9094],
    clustered: [command(/--cluster\.peer\b/)],
    knownAs: 'alertmanager',
  },
  {
    repositories: 'prom/pushgateway prometheus/pushgateway',
    name: 'Pushgateway',
    kind: 'monitoring',
    state: 'soft',
    ports: [9091],
    durable: [command(/--persistence\.file\b/)],
    knownAs: 'pushgateway',
  },
  {
    repositories: `thanosio/thanos thanos/thanos ${bitnami('thanos')}`,
    name: 'Thanos',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/var/thanos /data',
    ports: [10901, 10902],
    soft: [command(/^(\S*thanos\s+)?(store|compact)\b/)],
    stateless: [command(/^(\S*thanos\s+)?(query|query-frontend|sidecar|tools)\b/)],
    knownAs: 'thanos',
  },
  {
    repositories: 'grafana/mimir',
    name: 'Mimir',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/data /tmp/mimir',
    ports: [8080, 9009, 9095],
    clustered: [command(/-(memberlist\.join|ring\.store)\b/)],
    stateless: [command(/-target=(distributor|querier|query-frontend|query-scheduler)\b/)],
    knownAs: 'mimir',
  },
  {
    repositories: 'cortexproject/cortex',
    name: 'Cortex',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/data /tmp/cortex',
    ports: [80, 9095],
    clustered: [command(/-(memberlist\.join|ring\.store)\b/)],
    stateless: [command(/-target=(distributor|querier|query-frontend|query-scheduler)\b/)],
  },
  {
    repositories: `grafana/loki grafana/enterprise-logs ${bitnami('grafana-loki')}`,
    name: 'Loki',
    kind: 'logging',
    state: 'durable',
    dataPaths: '/loki /tmp/loki /var/loki',
    ports: [3100, 9095, 7946],
    clustered: [command(/-memberlist\.join\b/)],
    stateless: [command(/-target=(distributor|querier|query-frontend|query-scheduler)\b/)],
    knownAs: 'loki',
  },
  {
    repositories: 'grafana/tempo',
    name: 'Tempo',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/var/tempo /tmp/tempo',
    ports: [3200, 4317, 4318],
    clustered: [command(/-memberlist\.join\b/)],
    stateless: [command(/-target=(distributor|querier|query-frontend)\b/)],
  },
  {
    repositories: `
      grafana/grafana grafana/grafana-oss grafana/grafana-enterprise
      ${bitnami('grafana')}`,
    name: 'Grafana',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/var/lib/grafana /opt/bitnami/grafana/data',
    ports: [3000],
    external: [variable(/^GF_DATABASE_(HOST|URL)(__FILE)?$/)],
    knownAs: 'grafana grafana-oss grafana-enterprise',
  },
  {
    repositories: 'jaegertracing/all-in-one jaegertracing/jaeger',
    name: 'Jaeger',
    kind: 'monitoring',
    state: 'soft',
    dataPaths: '/badger',
    ports: [16686, 4317, 4318, 14268],
    durable: [variable(/^BADGER_/)],
    unclear: [variable(/^SPAN_STORAGE_TYPE$/), command(/--config\b/)],
  },
  {
    repositories: 'openzipkin/zipkin openzipkin/zipkin-slim',
    name: 'Zipkin',
    kind: 'monitoring',
    state: 'soft',
    ports: [9411],
    external: [variable(/^(CASSANDRA_CONTACT_POINTS|ES_HOSTS|MYSQL_HOST)$/)],
    knownAs: 'zipkin',
  },

  // Proxies and web servers
  {
    // What is lost is certificates, which are issued again, within limits.
    repositories: 'traefik traefik/traefik containous/traefik',
    name: 'Traefik',
    kind: 'proxy',
    state: 'stateless',
    dataPaths: '/acme.json /letsencrypt /etc/traefik/acme /acme /certificates',
    ports: [80, 443, 8080],
    unclear: [ownCommand, command(/--configFile\b/i)],
    soft: [
      command(/--(certificatesresolvers\.[^.=\s]+\.acme|acme)\b/i),
      variable(/^TRAEFIK_CERTIFICATESRESOLVERS_/i),
    ],
    knownAs: 'traefik',
  },

  // Source, builds, tests
  {
    repositories: 'gitea/gitea',
    name: 'Gitea',
    kind: 'build',
    state: 'durable',
    dataPaths: '/data /var/lib/gitea /etc/gitea',
    ports: [3000, 22, 2222],
    knownAs: 'gitea',
    releases: [
      {
        tag: /rootless/,
        dataPaths: '/var/lib/gitea /etc/gitea',
        declaresVolumes: '/var/lib/gitea /etc/gitea',
      },
      { tag: /^\d/, dataPaths: '/data', declaresVolumes: '/data' },
    ],
  },
  {
    repositories: 'forgejo/forgejo',
    name: 'Forgejo',
    kind: 'build',
    state: 'durable',
    dataPaths: '/data /var/lib/gitea /etc/gitea',
    ports: [3000, 22, 2222],
    knownAs: 'forgejo',
    releases: [
      {
        tag: /rootless/,
        dataPaths: '/var/lib/gitea /etc/gitea',
        declaresVolumes: '/var/lib/gitea /etc/gitea',
      },
      { tag: /^\d/, dataPaths: '/data', declaresVolumes: '/data' },
    ],
  },
  {
    repositories: 'gitlab/gitlab-runner gitlab-org/gitlab-runner',
    name: 'GitLab Runner',
    kind: 'build',
    state: 'durable',
    // Its registration; a runner that loses it is registered anew by hand.
    dataPaths: '/etc/gitlab-runner /home/gitlab-runner',
    declaresVolumes: '/etc/gitlab-runner /home/gitlab-runner',
    knownAs: 'gitlab-runner',
  },
  {
    repositories: 'docker',
    name: 'Docker',
    kind: 'build',
    state: 'soft',
    dataPaths: '/var/lib/docker',
    ports: [2375, 2376],
    releases: [
      { tag: /dind/, dataPaths: '/var/lib/docker', declaresVolumes: '/var/lib/docker' },
      { tag: /cli/, dataPaths: '', declaresVolumes: '' },
    ],
  },
  {
    repositories: 'drone/drone',
    name: 'Drone',
    kind: 'build',
    state: 'durable',
    dataPaths: '/data',
    ports: [80, 443],
    unclear: [variable(/^DRONE_DATABASE_DATASOURCE$/)],
  },
  {
    repositories: 'woodpeckerci/woodpecker-server',
    name: 'Woodpecker',
    kind: 'build',
    state: 'durable',
    dataPaths: '/var/lib/woodpecker',
    ports: [8000, 9000],
    unclear: [variable(/^WOODPECKER_DATABASE_DATASOURCE(_FILE)?$/)],
    knownAs: 'woodpecker-server',
  },

  // Who people are
  {
    repositories: 'keycloak/keycloak',
    name: 'Keycloak',
    kind: 'identity',
    state: 'durable',
    dataPaths: '/opt/keycloak/data',
    ports: [8080, 8443, 9000],
    external: [
      variable(/^KC_DB_(URL|URL_HOST|URL_DATABASE)$/),
      command(/--db-url(-host|-database)?\b/),
    ],
    unclear: [variable(/^KC_DB$/), command(/--db\b/)],
    knownAs: 'keycloak',
  },
  {
    repositories: `jboss/keycloak ${bitnami('keycloak')}`,
    name: 'Keycloak',
    kind: 'identity',
    state: 'durable',
    dataPaths: '/opt/jboss/keycloak/standalone/data',
    ports: [8080],
    external: [variable(/^(DB_ADDR|DB_VENDOR|KEYCLOAK_DATABASE_HOST)$/)],
  },
  {
    repositories: 'authelia/authelia',
    name: 'Authelia',
    kind: 'identity',
    state: 'durable',
    dataPaths: '/config',
    ports: [9091],
    external: [variable(/^(AUTHELIA|X_AUTHELIA)_STORAGE_(MYSQL|POSTGRES)_/)],
    knownAs: 'authelia',
  },
  {
    repositories: 'osixia/openldap',
    name: 'OpenLDAP',
    kind: 'identity',
    state: 'durable',
    dataPaths: '/var/lib/ldap /etc/ldap/slapd.d',
    ports: [389, 636],
    clustered: [variable(/^LDAP_REPLICATION/)],
    knownAs: 'openldap',
  },
  {
    repositories: bitnami('openldap'),
    name: 'OpenLDAP (Bitnami)',
    kind: 'identity',
    state: 'durable',
    dataPaths: '/bitnami/openldap',
    ports: [1389, 1636],
    clustered: [variable(/^LDAP_ENABLE_SYNCPROV$/)],
  },
  {
    repositories: 'oryd/hydra oryd/kratos oryd/keto',
    name: 'Ory',
    kind: 'identity',
    state: 'stateless',
    ports: [4433, 4434, 4444, 4445],
    dataPaths: '/var/lib/sqlite',
    unclear: [variable(/^DSN$/)],
  },

  {
    repositories: 'healthchecks/healthchecks',
    name: 'Healthchecks',
    kind: 'monitoring',
    state: 'durable',
    dataPaths: '/data',
    ports: [8000],
    external: [variable(/^DB_HOST$/)],
  },

  // Content, files and work
  {
    repositories: 'requarks/wiki',
    name: 'Wiki.js',
    kind: 'application',
    state: 'durable',
    dataPaths: '/wiki/data',
    ports: [3000],
    external: [variable(/^DB_HOST$/)],
  },
  {
    repositories: `
      atlassian/jira-software atlassian/jira-core
      atlassian/jira-servicemanagement`,
    name: 'Jira',
    kind: 'application',
    state: 'durable',
    dataPaths: '/var/atlassian/application-data/jira',
    declaresVolumes: '/var/atlassian/application-data/jira',
    ports: [8080],
    clustered: [variable(/^CLUSTERED$/)],
    knownAs: 'jira-software jira-servicemanagement',
  },
  {
    repositories: 'atlassian/confluence atlassian/confluence-server',
    name: 'Confluence',
    kind: 'application',
    state: 'durable',
    dataPaths: '/var/atlassian/application-data/confluence',
    declaresVolumes: '/var/atlassian/application-data/confluence',
    ports: [8090, 8091],
    clustered: [variable(/^ATL_CLUSTER_(TYPE|PEERS)$/)],
    knownAs: 'confluence confluence-server',
  },
  {
    repositories: `
      apache/airflow puckel/docker-airflow
      ${bitnami('airflow airflow-scheduler airflow-worker')}`,
    name: 'Airflow',
    kind: 'queue worker',
    state: 'durable',
    dataPaths: '/opt/airflow /usr/local/airflow /bitnami/airflow',
    ports: [8080],
    external: [
      variable(/^AIRFLOW__(DATABASE|CORE)__SQL_ALCHEMY_CONN(_CMD|_SECRET)?$/),
      variable(/^AIRFLOW_DATABASE_HOST$/),
    ],
    knownAs: 'airflow',
  },
  {
    repositories: 'apache/superset',
    name: 'Superset',
    kind: 'application',
    state: 'durable',
    dataPaths: '/app/superset_home',
    ports: [8088],
    unclear: [variable(/^(DATABASE_HOST|SQLALCHEMY_DATABASE_URI)$/)],
    knownAs: 'superset',
  },
  {
    repositories: 'metabase/metabase metabase/metabase-enterprise',
    name: 'Metabase',
    kind: 'application',
    state: 'durable',
    dataPaths: '/metabase.db /metabase-data /metabase-data/metabase.db /plugins',
    ports: [3000],
    external: [variable(/^MB_DB_(HOST|CONNECTION_URI)(_FILE)?$/)],
    knownAs: 'metabase',
  },
  ...listed(
    'application',
    'durable',
    `
    Actual Budget | actualbudget/actual-server | /data |  | 5006 | actual-server
    Dendrite | matrixdotorg/dendrite-monolith matrix-org/dendrite-monolith | /etc/dendrite /var/dendrite |  | 8008 8448 | dendrite-monolith dendrite
    DocuSeal | docuseal/docuseal | /data |  | 3000 | docuseal
    Homebridge | homebridge/homebridge oznu/homebridge | /homebridge |  | 8581 51826 | homebridge
    linkding | sissbruecker/linkding | /etc/linkding/data |  | 9090 | linkding
    Mealie | mealie-recipes/mealie hkotel/mealie | /app/data |  | 9000 | mealie
    NocoBase | nocobase/nocobase | /app/nocobase/storage |  | 80 13000 | nocobase
    Strapi | strapi/strapi naskio/strapi | /srv/app |  | 1337 | strapi
    AnythingLLM | mintplexlabs/anythingllm | /app/server/storage |  | 3001 | anythingllm
    Appsmith | appsmith/appsmith-ce appsmith/appsmith-ee | /appsmith-stacks |  | 80 443 | appsmith-ce
    Appwrite | appwrite/appwrite | /storage/uploads /storage/config /storage/certificates /storage/functions |  | 80 | appwrite
    Audiobookshelf | advplyr/audiobookshelf | /config /metadata |  | 80 | audiobookshelf
    Baserow | baserow/baserow | /baserow/data |  | 80 443 | baserow
    BookStack | solidnerd/bookstack | /var/www/bookstack/public/uploads /var/www/bookstack/storage/uploads |  | 8080 |
    Budibase | budibase/budibase | /data |  | 80 | budibase
    changedetection.io | dgtlmoon/changedetection.io | /datastore |  | 5000 |
    Chatwoot | chatwoot/chatwoot | /app/storage |  | 3000 | chatwoot
    code-server | codercom/code-server | /home/coder |  | 8080 | code-server
    Conduit | matrixconduit/matrix-conduit | /var/lib/matrix-conduit |  | 6167 | matrix-conduit
    Directus | directus/directus | /directus/uploads /directus/database /directus/extensions |  | 8055 | directus
    Docmost | docmost/docmost | /app/data/storage |  | 3000 | docmost
    DokuWiki | dokuwiki/dokuwiki | /storage |  | 8080 | dokuwiki
    Dolibarr | dolibarr/dolibarr tuxgasy/dolibarr | /var/www/documents /var/www/html/custom |  | 80 | dolibarr
    Drupal | drupal | /opt/drupal/web/sites /var/www/html/sites /var/www/html/modules /var/www/html/themes /var/www/html/profiles |  | 80 | drupal
    ejabberd | ejabberd/ecs processone/ejabberd | /home/ejabberd/database /opt/ejabberd/database |  | 5222 5280 | ejabberd
    Discourse | discourse/discourse local_discourse/app | /shared |  | 80 | discourse
    Emby | emby/embyserver | /config |  | 8096 8920 | embyserver
    ERPNext | frappe/erpnext frappe/erpnext-worker | /home/frappe/frappe-bench/sites |  | 8000 8080 9000 | erpnext
    ESPHome | esphome/esphome | /config |  | 6052 | esphome
    EspoCRM | espocrm/espocrm | /var/www/html |  | 80 | espocrm
    Etherpad | etherpad/etherpad | /opt/etherpad-lite/var |  | 9001 | etherpad
    Factorio | factoriotools/factorio | /factorio |  | 34197 | factorio
    File Browser | filebrowser/filebrowser | /srv /database /database.db /config |  | 80 | filebrowser
    Firefly III | fireflyiii/core | /var/www/html/storage/upload |  | 8080 |
    Flarum | crazymax/flarum | /data |  | 8000 |
    Flarum | mondedie/flarum | /flarum/app/public/assets /flarum/app/extensions /flarum/app/storage |  | 8888 | flarum
    Flowise | flowiseai/flowise | /root/.flowise |  | 3000 | flowise
    Focalboard | mattermost/focalboard | /opt/focalboard/data |  | 8000 | focalboard
    FreeScout | tiredofit/freescout | /www/html /data |  | 80 | freescout
    FreshRSS | freshrss/freshrss | /var/www/FreshRSS/data /var/www/FreshRSS/extensions |  | 80 | freshrss
    Frigate | blakeblackshear/frigate | /config /media/frigate |  | 5000 8971 | frigate
    Ghost | ghost | /var/lib/ghost/content | /var/lib/ghost/content | 2368 |
    GLPI | glpi/glpi | /var/glpi |  | 80 | glpi
    GoToSocial | superseriousbusiness/gotosocial | /gotosocial/storage |  | 8080 | gotosocial
    HedgeDoc | hedgedoc/hedgedoc | /hedgedoc/public/uploads |  | 3000 | hedgedoc
    Home Assistant | homeassistant/home-assistant home-assistant/home-assistant | /config |  | 8123 | home-assistant
    Immich | immich-app/immich-server altran1502/immich-server | /usr/src/app/upload /data |  | 2283 3001 | immich-server
    Invoice Ninja | invoiceninja/invoiceninja invoiceninja/invoiceninja-debian | /var/www/app/storage /var/www/app/public /app/storage |  | 9000 | invoiceninja
    ioBroker | iobroker/iobroker buanet/iobroker | /opt/iobroker |  | 8081 | iobroker
    Jellyfin | jellyfin/jellyfin | /config /cache |  | 8096 8920 | jellyfin
    Joomla | joomla | /var/www/html | /var/www/html | 80 | joomla
    Jupyter | jupyter/base-notebook jupyter/minimal-notebook jupyter/scipy-notebook jupyter/datascience-notebook jupyter/tensorflow-notebook jupyter/pyspark-notebook | /home/jovyan |  | 8888 | scipy-notebook datascience-notebook minimal-notebook base-notebook
    JupyterHub | jupyterhub/jupyterhub | /srv/jupyterhub |  | 8000 | jupyterhub
    Kanboard | kanboard/kanboard | /var/www/app/data /var/www/app/plugins |  | 80 443 | kanboard
    Kavita | jvmilazz0/kavita kizaing/kavita | /kavita/config |  | 5000 | kavita
    Kestra | kestra/kestra | /app/storage /tmp/kestra-wd |  | 8080 | kestra
    Kimai | kimai/kimai2 | /opt/kimai/var/data /opt/kimai/var/plugins |  | 8001 | kimai2
    Komga | gotson/komga | /config /data |  | 25600 | komga
    Label Studio | heartexlabs/label-studio | /label-studio/data |  | 8080 | label-studio
    LimeSurvey | martialblog/limesurvey | /var/www/html/upload |  | 8080 | limesurvey
    listmonk | listmonk/listmonk | /listmonk/uploads |  | 9000 | listmonk
    Lychee | lycheeorg/lychee | /uploads /conf /sym |  | 80 | lychee
    Mastodon | tootsuite/mastodon mastodon/mastodon | /opt/mastodon/public/system /mastodon/public/system |  | 3000 4000 | mastodon
    Matomo | matomo piwik | /var/www/html | /var/www/html | 80 | matomo
    Mattermost | mattermost/mattermost-team-edition mattermost/mattermost-enterprise-edition | /mattermost/data /mattermost/config /mattermost/plugins /mattermost/client/plugins /mattermost/logs | /mattermost/data /mattermost/logs /mattermost/config /mattermost/plugins /mattermost/client/plugins | 8065 | mattermost-team-edition mattermost-enterprise-edition
    Mautic | mautic/mautic | /var/www/html |  | 80 | mautic
    MediaWiki | mediawiki | /var/www/html/images /var/www/data |  | 80 | mediawiki
    Memos | neosmemo/memos usememos/memos | /var/opt/memos |  | 5230 |
    Minecraft | itzg/minecraft-server itzg/minecraft-bedrock-server itzg/bungeecord itzg/mc-proxy | /data /server | /data | 25565 19132 | minecraft-server minecraft-bedrock-server
    MLflow | mlflow/mlflow | /mlflow /mlruns |  | 5000 | mlflow
    Monica | monica | /var/www/html/storage |  | 80 |
    Mumble | mumblevoip/mumble-server | /data |  | 64738 | mumble-server
    n8n | n8nio/n8n n8n-io/n8n | /home/node/.n8n |  | 5678 | n8n
    Navidrome | deluan/navidrome navidrome/navidrome | /data |  | 4533 | navidrome
    NetBox | netboxcommunity/netbox | /opt/netbox/netbox/media /opt/netbox/netbox/reports /opt/netbox/netbox/scripts |  | 8080 | netbox
    Nextcloud All-in-One | nextcloud/all-in-one | /mnt/docker-aio-config |  | 80 8080 8443
    Nextcloud of All-in-One | nextcloud/aio-nextcloud nextcloud-releases/aio-nextcloud | /var/www/html /mnt/ncdata |  | 9000 | aio-nextcloud
    Nextcloud | nextcloud | /var/www/html | /var/www/html | 80 9000 | nextcloud
    NiFi | apache/nifi | /opt/nifi/nifi-current |  | 8443 8080 | nifi
    NocoDB | nocodb/nocodb | /usr/app/data |  | 8080 | nocodb
    Node-RED | nodered/node-red nodered/node-red-docker | /data |  | 1880 | node-red
    Odoo | odoo | /var/lib/odoo /mnt/extra-addons | /var/lib/odoo /mnt/extra-addons | 8069 8071 8072 | odoo
    ONLYOFFICE | onlyoffice/documentserver onlyoffice/communityserver | /var/www/onlyoffice/Data /var/lib/onlyoffice /var/lib/postgresql /var/lib/rabbitmq /var/lib/redis |  | 80 443 | documentserver
    Open WebUI | open-webui/open-webui | /app/backend/data |  | 8080 | open-webui
    openHAB | openhab/openhab | /openhab/userdata /openhab/conf /openhab/addons |  | 8080 8443 | openhab
    OpenProject | openproject/openproject openproject/community | /var/openproject/assets /var/openproject/pgdata |  | 80 8080 | openproject
    Outline | outlinewiki/outline outline/outline | /var/lib/outline/data |  | 3000 |
    ownCloud | owncloud owncloud/ocis opencloudeu/opencloud | /var/www/html /var/lib/ocis /etc/ocis /var/lib/opencloud /etc/opencloud |  | 80 9200 | owncloud ocis
    ownCloud | owncloud/server | /mnt/data |  | 8080 |
    Palworld | thijsvanloef/palworld-server-docker | /palworld |  | 8211 |
    Paperless | paperless-ngx/paperless-ngx paperlessngx/paperless-ngx jonaswinkler/paperless-ng | /usr/src/paperless/data /usr/src/paperless/media /usr/src/paperless/export /usr/src/paperless/consume | /usr/src/paperless/data /usr/src/paperless/media /usr/src/paperless/consume /usr/src/paperless/export | 8000 | paperless-ngx
    PeerTube | chocobozzz/peertube | /data /config |  | 9000 1935 | peertube
    PhotoPrism | photoprism/photoprism | /photoprism/storage /photoprism/originals |  | 2342 | photoprism
    Planka | plankanban/planka | /app/public/user-avatars /app/public/project-background-images /app/private/attachments /app/data |  | 1337 | planka
    Plausible | plausible/analytics plausible/community-edition | /var/lib/plausible |  | 8000 |
    Overleaf | sharelatex/sharelatex overleaf/overleaf | /var/lib/overleaf /var/lib/sharelatex |  | 80 | sharelatex overleaf
    Plex | plexinc/pms-docker | /config | /config /transcode | 32400 | pms-docker
    PocketBase | muchobien/pocketbase spectado/pocketbase | /pb_data |  | 8090 | pocketbase
    Prefect | prefecthq/prefect | /root/.prefect |  | 4200 |
    PrestaShop | prestashop/prestashop | /var/www/html |  | 80 | prestashop
    Prosody (Jitsi) | jitsi/prosody | /config |  | 5222 5280 |
    Prosody | prosody/prosody prosodyim/prosody | /var/lib/prosody |  | 5222 5269 5280 |
    Redmine | redmine | /usr/src/redmine/files /usr/src/redmine/sqlite | /usr/src/redmine/files | 3000 | redmine
    Rocket.Chat | rocket.chat rocketchat/rocket.chat | /app/uploads |  | 3000 | rocket.chat
    RStudio | rocker/rstudio | /home/rstudio |  | 8787 | rstudio
    Seafile | seafileltd/seafile-mc seafileltd/seafile-pro-mc | /shared |  | 80 | seafile-mc
    Snipe-IT | snipe/snipe-it | /var/lib/snipeit |  | 80 | snipe-it
    Stirling PDF | stirlingtools/stirling-pdf frooodle/s-pdf | /configs |  | 8080 | stirling-pdf
    Supabase Storage | supabase/storage-api | /var/lib/storage |  | 5000 |
    Synapse | matrixdotorg/synapse element-hq/synapse | /data |  | 8008 8448 |
    Taiga | taigaio/taiga-back | /taiga-back/media /taiga-back/static |  | 8000 | taiga-back
    TeamSpeak | teamspeak | /var/ts3server | /var/ts3server | 9987 10011 30033 | teamspeak
    Terraria | ryshe/terraria | /root/.local/share/Terraria/Worlds |  | 7777 |
    ThingsBoard | thingsboard/tb-postgres thingsboard/tb-node | /data /var/log/thingsboard |  | 8080 9090 1883 | tb-postgres
    Trilium | zadam/trilium triliumnext/notes triliumnext/trilium | /home/node/trilium-data |  | 8080 | trilium
    Valheim | lloesche/valheim-server | /config /opt/valheim |  | 2456 | valheim-server
    Vikunja | vikunja/vikunja | /app/vikunja/files /db |  | 3456 | vikunja
    Wallabag | wallabag/wallabag | /var/www/wallabag/web/assets/images /var/www/wallabag/data |  | 80 | wallabag
    WeKan | wekanteam/wekan wekan/wekan | /data |  | 8080 | wekan
    WordPress | wordpress | /var/www/html | /var/www/html | 80 9000 | wordpress
    XWiki | xwiki xwiki/xwiki | /usr/local/xwiki | /usr/local/xwiki | 8080 | xwiki
    YouTrack | jetbrains/youtrack | /opt/youtrack/data /opt/youtrack/conf /opt/youtrack/backups |  | 8080 | youtrack
    Z-Wave JS UI | zwavejs/zwave-js-ui zwavejs/zwavejs2mqtt | /usr/src/app/store |  | 8091 3000 | zwave-js-ui
    Zammad | zammad/zammad zammad/zammad-docker-compose | /opt/zammad |  | 3000 8080 | zammad
    Zigbee2MQTT | koenkk/zigbee2mqtt | /app/data |  | 8080 | zigbee2mqtt
    Zulip | zulip/docker-zulip zulip/zulip-server | /data | /data | 80 443 | docker-zulip
  `,
  ),
  ...listed(
    'application',
    'soft',
    `
    Immich machine learning | immich-app/immich-machine-learning | /cache |  | 3003 | immich-machine-learning
    Jitsi Meet | jitsi/web jitsi/jicofo jitsi/jvb | /config |  | 80 443 10000 |
    LocalAI | localai/localai | /build/models /models |  | 8080 | localai
    Ollama | ollama/ollama | /root/.ollama |  | 11434 | ollama
    vLLM | vllm/vllm-openai | /root/.cache/huggingface |  | 8000 | vllm-openai
  `,
  ),
  ...listed(
    'application',
    'stateless',
    `
    Collabora Online | collabora/code |  |  | 9980 |
    Confluent Schema Registry | confluentinc/cp-schema-registry |  |  | 8081 | cp-schema-registry
    draw.io | jgraph/drawio |  |  | 8080 8443 |
    Element Web | vectorim/element-web |  |  | 80 | element-web
    Excalidraw | excalidraw/excalidraw |  |  | 80 | excalidraw
    Hasura | hasura/graphql-engine |  |  | 8080 | graphql-engine
    hello-world | hello-world tutum/hello-world |  |  | 80 | hello-world
    HTTP echo | hashicorp/http-echo ealen/echo-server mendhak/http-https-echo |  |  | 5678 80 8080 | http-echo http-https-echo
    httpbin | kennethreitz/httpbin mccutchen/go-httpbin |  |  | 80 8080 | httpbin go-httpbin
    Infisical | infisical/infisical |  |  | 8080 | infisical
    Kafka Connect | confluentinc/cp-kafka-connect confluentinc/cp-kafka-connect-base confluentinc/cp-server-connect debezium/connect |  |  | 8083 | cp-kafka-connect
    Kafka REST Proxy | confluentinc/cp-kafka-rest |  |  | 8082 | cp-kafka-rest
    Langfuse | langfuse/langfuse langfuse/langfuse-worker |  |  | 3000 | langfuse
    Miniflux | miniflux/miniflux |  |  | 8080 | miniflux
    nginx demo | nginxdemos/hello nginxdemos/nginx-hello |  |  | 80 8080 |
    PlantUML | plantuml/plantuml-server |  |  | 8080 | plantuml-server
    PostgREST | postgrest/postgrest |  |  | 3000 | postgrest
    PostHog | posthog/posthog |  |  | 8000 | posthog
    Redash | redash/redash |  |  | 5000 | redash
    Supabase | supabase/studio supabase/postgres-meta supabase/realtime supabase/gotrue |  |  | 3000 4000 8080 9999 |
    Temporal | temporalio/auto-setup temporalio/server temporalio/ui temporalio/admin-tools |  |  | 7233 8080 |
    Umami | umami-software/umami |  |  | 3000 | umami
    Unleash | unleashorg/unleash-server |  |  | 4242 | unleash-server
    whoami | traefik/whoami containous/whoami jwilder/whoami |  |  | 80 8000 | whoami
  `,
  ),
  ...listed(
    'broker',
    'durable',
    `
    Axon Server | axoniq/axonserver | /axonserver/data /axonserver/events | /axonserver/data /axonserver/events | 8024 8124 | axonserver
    IBM MQ | ibm-messaging/mq ibmcom/mq | /mnt/mqm /var/mqm |  | 1414 9443 9157 | ibm-mq ibmmq
    Zeebe | camunda/zeebe camunda/camunda | /usr/local/zeebe/data /usr/local/camunda/data |  | 26500 26501 26502 | zeebe
    ActiveMQ | apache/activemq-classic rmohr/activemq symptoma/activemq webcenter/activemq | /opt/apache-activemq/data /opt/activemq/data /data/activemq |  | 61616 8161 5672 1883 | activemq activemq-classic
    Mosquitto | eclipse-mosquitto | /mosquitto/data | /mosquitto/data /mosquitto/log | 1883 9001 | eclipse-mosquitto mosquitto
  `,
  ),
  ...listed(
    'broker',
    'soft',
    `
    Mercure | dunglas/mercure | /data |  | 80 443 | mercure
  `,
  ),
  ...listed(
    'build',
    'durable',
    `
    Bamboo | atlassian/bamboo | /var/atlassian/application-data/bamboo |  | 8085 54663 |
    Bitbucket | atlassian/bitbucket atlassian/bitbucket-server | /var/atlassian/application-data/bitbucket | /var/atlassian/application-data/bitbucket | 7990 7999 | bitbucket-server
    Gitea runner | gitea/act_runner forgejo/runner | /data |  |  | act_runner
    GitLab | gitlab/gitlab-ce gitlab/gitlab-ee | /var/opt/gitlab /etc/gitlab /var/log/gitlab | /etc/gitlab /var/opt/gitlab /var/log/gitlab | 80 443 22 | gitlab-ce gitlab-ee
    GitLab (sameersbn) | sameersbn/gitlab | /home/git/data | /home/git/data /var/log/gitlab | 80 443 22 |
    GoCD | gocd/gocd-server gocd/gocd-server-alpine-3.18 | /godata /home/go |  | 8153 8154 | gocd-server
    Gogs | gogs/gogs | /data | /data /backup | 3000 22 | gogs
    Jenkins | jenkins/jenkins jenkins jenkinsci/blueocean | /var/jenkins_home | /var/jenkins_home | 8080 50000 | jenkins
    Jenkins (Bitnami) | ${bitnami('jenkins')} | /bitnami/jenkins |  | 8080 50000 |
    Rundeck | rundeck/rundeck rundeckpro/enterprise | /home/rundeck/server/data |  | 4440 | rundeck
    Semaphore | semaphoreui/semaphore ansiblesemaphore/semaphore | /var/lib/semaphore /etc/semaphore |  | 3000 |
    SonarQube | sonarqube mc1arke/sonarqube-with-community-branch-plugin ${bitnami('sonarqube')} | /opt/sonarqube/data /opt/sonarqube/extensions /bitnami/sonarqube |  | 9000 | sonarqube
    TeamCity | jetbrains/teamcity-server | /data/teamcity_server/datadir /opt/teamcity/logs |  | 8111 | teamcity-server
  `,
  ),
  ...listed(
    'build',
    'soft',
    `
    BuildKit | moby/buildkit | /var/lib/buildkit |  | 1234 | buildkit
    Concourse | concourse/concourse | /worker-state /concourse-work-dir |  | 8080 | concourse
    GitHub runner | myoung34/github-runner actions/actions-runner |  |  |  | github-runner actions-runner
    Jenkins agent | jenkins/agent jenkins/inbound-agent jenkins/ssh-agent jenkins/jnlp-slave | /home/jenkins/agent /home/jenkins/.jenkins |  |  | inbound-agent jnlp-slave
    TeamCity agent | jetbrains/teamcity-agent | /data/teamcity_agent/conf |  | 9090 | teamcity-agent
    Woodpecker agent | woodpeckerci/woodpecker-agent | /etc/woodpecker |  | 3000 | woodpecker-agent
  `,
  ),
  ...listed(
    'build',
    'stateless',
    `
    Drone runner | drone/drone-runner-docker |  |  | 3000 | drone-runner-docker
  `,
  ),
  ...listed(
    'cache',
    'soft',
    `
    Memcached | memcached ${bitnami('memcached')} |  |  | 11211 | memcached
    Squid | ubuntu/squid sameersbn/squid b4tman/squid | /var/spool/squid |  | 3128 | squid
    Varnish | varnish ${bitnami('varnish')} | /var/lib/varnish |  | 80 8443 | varnish
  `,
  ),
  ...listed(
    'coordination',
    'durable',
    `
    ClickHouse Keeper | clickhouse/clickhouse-keeper | /var/lib/clickhouse /var/lib/clickhouse-keeper |  | 9181 9234 | clickhouse-keeper
    ZooKeeper | wurstmeister/zookeeper jplock/zookeeper | /opt/zookeeper-3.4.13/data /tmp/zookeeper |  | 2181 |
  `,
  ),
  ...listed(
    'coordination',
    'soft',
    `
    Redis Sentinel | ${bitnami('redis-sentinel valkey-sentinel')} | /bitnami/redis-sentinel /bitnami/valkey-sentinel |  | 26379 | redis-sentinel
  `,
  ),
  ...listed(
    'database',
    'durable',
    `
    EdgeDB, Gel | edgedb/edgedb geldata/gel | /var/lib/edgedb/data /var/lib/gel/data |  | 5656 | edgedb gel
    Exasol | exasol/docker-db | /exa |  | 8563 2580 | exasol
    Fuseki | stain/jena-fuseki secoresearch/fuseki | /fuseki | /fuseki | 3030 | jena-fuseki fuseki
    GraphDB | ontotext/graphdb | /opt/graphdb/home |  | 7200 7300 | graphdb
    OceanBase | oceanbase/oceanbase-ce | /root/ob /root/.obd |  | 2881 | oceanbase oceanbase-ce
    SAP HANA | saplabs/hanaexpress saplabs/hanaexpressxsa store/saplabs/hanaexpress | /hana/mounts |  | 39013 39017 39041 | hanaexpress
    SingleStore | singlestore-labs/singlestoredb-dev singlestore/cluster-in-a-box memsql/cluster-in-a-box | /data /var/lib/memsql |  | 3306 8080 9000 | singlestoredb-dev singlestoredb
    TypeDB | typedb/typedb vaticle/typedb vaticle/typedb-cluster graknlabs/grakn | /opt/typedb-all-linux/server/data /opt/typedb-all-linux-x86_64/server/data /opt/typedb-all-linux-arm64/server/data /opt/typedb-cluster-all-linux/server/data /var/lib/typedb |  | 1729 8000 | typedb
    Virtuoso | openlink/virtuoso-opensource-7 openlink/virtuoso-opensource-8 openlink/virtuoso-closedsource-8 tenforce/virtuoso | /database /data |  | 1111 8890 | virtuoso virtuoso-opensource
    VoltDB | voltdb/voltdb-community voltdb/voltdb-enterprise | /root/voltdb-ent /var/voltdb |  | 21212 8080 | voltdb
    Kudu | apache/kudu | /var/lib/kudu |  | 7050 7051 8050 8051 | kudu
    GreptimeDB | greptime/greptimedb | /greptimedb_data /tmp/greptimedb |  | 4000 4001 4002 4003 | greptimedb
    Aerospike | aerospike aerospike/aerospike-server aerospike/aerospike-server-enterprise | /opt/aerospike/data |  | 3000 3001 3002 | aerospike aerospike-server
    Apache Ignite | apacheignite/ignite apacheignite/ignite3 apache/ignite apache/ignite3 | /opt/ignite/work /opt/ignite/apache-ignite/work /persistence |  | 10800 47100 47500 |
    Apache IoTDB | apache/iotdb | /iotdb/data |  | 6667 | iotdb
    Firebird | firebirdsql/firebird | /var/lib/firebird/data |  | 3050 | firebird
    Firebird | jacobalberty/firebird | /firebird | /firebird | 3050 |
    Harbor database | goharbor/harbor-db | /var/lib/postgresql/data |  | 5432 | harbor-db
    InfluxDB (Bitnami) | ${bitnami('influxdb')} | /bitnami/influxdb |  | 8086 |
    JanusGraph | janusgraph/janusgraph | /var/lib/janusgraph |  | 8182 | janusgraph
    MonetDB | monetdb/monetdb | /var/monetdb5/dbfarm |  | 50000 | monetdb
    OpenTSDB | opentsdb/opentsdb petergrace/opentsdb-docker | /data/hbase |  | 4242 | opentsdb
    Oracle Database | gvenzl/oracle-xe gvenzl/oracle-free database/express database/free database/enterprise oracle/database | /opt/oracle/oradata |  | 1521 | oracle-xe oracle-free
    QuestDB | questdb/questdb | /var/lib/questdb /root/.questdb |  | 9000 8812 9009 | questdb
    RavenDB | ravendb/ravendb | /var/lib/ravendb/data /opt/RavenDB/Server/RavenDB |  | 8080 38888 | ravendb
    StarRocks | starrocks/allin1-ubuntu starrocks/fe-ubuntu starrocks/be-ubuntu | /data/deploy/starrocks /opt/starrocks/fe/meta /opt/starrocks/be/storage |  | 8030 8040 9030 |
    Vertica | vertica/vertica-ce | /data |  | 5433 |
    VictoriaLogs | victoriametrics/victoria-logs | /victoria-logs-data |  | 9428 | victoria-logs
    VictoriaMetrics | victoriametrics/victoria-metrics | /victoria-metrics-data |  | 8428 | victoria-metrics
    VictoriaMetrics vmstorage | victoriametrics/vmstorage | /vmstorage-data /storage |  | 8400 8401 8482 | vmstorage
  `,
  ),
  ...listed(
    'database',
    'stateless',
    `
    Trino | trinodb/trino prestodb/presto starburstdata/starburst-enterprise | /data/trino |  | 8080 | trino
  `,
  ),
  ...listed(
    'dns',
    'durable',
    `
    AdGuard Home | adguard/adguardhome | /opt/adguardhome/work /opt/adguardhome/conf |  | 53 80 3000 | adguardhome
    BIND | internetsystemsconsortium/bind9 ubuntu/bind9 | /etc/bind /var/cache/bind /var/lib/bind |  | 53 | bind9
    BIND | sameersbn/bind | /data |  | 53 10000 |
    Pi-hole | pihole/pihole | /etc/pihole /etc/dnsmasq.d |  | 53 80 | pihole
    PowerDNS | powerdns/pdns-auth-46 powerdns/pdns-auth-47 powerdns/pdns-auth-48 powerdns/pdns-auth-49 powerdns/pdns-auth-50 psitrax/powerdns pschiffe/pdns-mysql | /var/lib/powerdns |  | 53 8081 | powerdns
    Technitium DNS | technitium/dns-server | /etc/dns |  | 53 5380 |
  `,
  ),
  ...listed(
    'dns',
    'soft',
    `
    dnsmasq | jpillora/dnsmasq 4km3/dnsmasq |  |  | 53 | dnsmasq
  `,
  ),
  ...listed(
    'dns',
    'stateless',
    `
    CoreDNS | coredns/coredns ${bitnami('coredns')} |  |  | 53 | coredns
    PowerDNS Recursor | powerdns/pdns-recursor-49 powerdns/pdns-recursor-50 powerdns/pdns-recursor-51 powerdns/pdns-recursor-52 |  |  | 53 |
    Unbound | mvance/unbound klutchell/unbound |  |  | 53 | unbound
  `,
  ),
  ...listed(
    'identity',
    'durable',
    `
    Kanidm | kanidm/server | /data |  | 8443 3636 | kanidm
    Teleport | gravitational/teleport gravitational/teleport-ent gravitational/teleport-distroless gravitational/teleport-ent-distroless | /var/lib/teleport |  | 3023 3024 3025 3080 | teleport teleport-distroless
    389 Directory Server | 389ds/dirsrv | /data |  | 3389 3636 | dirsrv
    authentik | goauthentik/server beryju/authentik | /media /data |  | 9000 9443 |
    Dex | dexidp/dex | /var/dex |  | 5556 |
    FreeIPA | freeipa/freeipa-server | /data |  | 389 636 443 | freeipa-server
    LLDAP | lldap/lldap nitnelave/lldap | /data |  | 3890 17170 | lldap
    Passbolt | passbolt/passbolt | /etc/passbolt/gpg /etc/passbolt/jwt |  | 80 443 | passbolt
    step-ca | smallstep/step-ca | /home/step |  | 9000 | step-ca
    Vaultwarden | vaultwarden/server bitwardenrs/server dani-garcia/vaultwarden | /data | /data | 80 3012 | vaultwarden
  `,
  ),
  ...listed(
    'identity',
    'stateless',
    `
    Zitadel | zitadel/zitadel |  |  | 8080 | zitadel
  `,
  ),
  ...listed(
    'logging',
    'durable',
    `
    Splunk | splunk/splunk | /opt/splunk/var /opt/splunk/etc | /opt/splunk/var /opt/splunk/etc | 8000 8088 8089 9997 | splunk
    Graylog | graylog/graylog graylog2/graylog2 graylog2/server | /usr/share/graylog/data |  | 9000 12201 1514 5044 | graylog
    Seq | datalust/seq | /data |  | 80 5341 |
    syslog-ng | balabit/syslog-ng | /var/log /var/lib/syslog-ng |  | 514 601 | syslog-ng
  `,
  ),
  ...listed(
    'logging',
    'soft',
    `
    Filebeat | beats/filebeat beats/filebeat-oss elastic/filebeat beats/auditbeat elastic/journalbeat | /usr/share/filebeat/data /usr/share/auditbeat/data |  |  | filebeat filebeat-oss auditbeat
    Fluent Bit | fluent/fluent-bit bitnami/fluent-bit bitnamilegacy/fluent-bit aws-observability/aws-for-fluent-bit amazon/aws-for-fluent-bit |  |  | 2020 24224 | fluent-bit aws-for-fluent-bit
    Fluentd | fluentd fluent/fluentd bitnami/fluentd bitnamilegacy/fluentd | /fluentd/log /fluentd/buffer |  | 24224 5140 | fluentd
    Logstash | logstash logstash/logstash logstash/logstash-oss opensearchproject/logstash-oss-with-opensearch-output-plugin ${bitnami('logstash')} | /usr/share/logstash/data /bitnami/logstash |  | 5044 9600 | logstash logstash-oss
    Promtail | grafana/promtail |  |  | 9080 | promtail
    Vector | timberio/vector | /var/lib/vector |  | 8686 |
  `,
  ),
  ...listed(
    'logging',
    'stateless',
    `
    Logspout | gliderlabs/logspout |  |  | 80 | logspout
  `,
  ),
  ...listed(
    'mail',
    'durable',
    `
    docker-mailserver | mailserver/docker-mailserver docker-mailserver/docker-mailserver tvial/docker-mailserver | /var/mail /var/mail-state /tmp/docker-mailserver |  | 25 143 465 587 993 | docker-mailserver
    Dovecot | dovecot/dovecot | /srv/mail /srv/vmail |  | 143 993 | dovecot
    Exim | namshi/smtp bytemark/smtp devture/exim-relay | /var/spool/exim4 /var/spool/exim |  | 25 8025 |
    mailcow | mailcow/postfix mailcow/dovecot mailcow/rspamd mailcow/solr mailcow/acme | /var/spool/postfix /var/vmail /var/vmail_index /var/lib/rspamd /var/lib/acme |  | 25 143 |
    Mailu | mailu/admin mailu/imap mailu/dovecot mailu/postfix mailu/rspamd mailu/webmail | /data /dkim /mail /queue /var/lib/rspamd |  | 25 143 |
    poste.io | analogic/poste.io | /data |  | 25 143 443 | poste.io
    Postfix | boky/postfix catatnight/postfix juanluisbaptiste/postfix | /var/spool/postfix /etc/opendkim/keys |  | 25 587 | postfix
    Roundcube | roundcube/roundcubemail | /var/roundcube/db /var/www/html |  | 80 | roundcubemail
    SnappyMail | djmaze/snappymail | /var/lib/snappymail |  | 8888 | snappymail
    Stalwart | stalwartlabs/stalwart stalwartlabs/mail-server | /opt/stalwart /opt/stalwart-mail |  | 25 143 443 8080 |
  `,
  ),
  ...listed(
    'mail',
    'soft',
    `
    ClamAV | clamav/clamav | /var/lib/clamav |  | 3310 | clamav
    Mail front end | mailu/front mailu/nginx mailu/antispam mailu/unbound mailcow/sogo mailcow/phpfpm mailcow/watchdog |  |  | 80 443 25 143 |
    MailCatcher | sj26/mailcatcher schickling/mailcatcher dockage/mailcatcher |  |  | 1025 1080 | mailcatcher
    MailDev | maildev/maildev djfarrelly/maildev |  |  | 1025 1080 | maildev
    MailHog | mailhog/mailhog |  |  | 1025 8025 | mailhog
    Mailpit | axllent/mailpit | /data |  | 1025 8025 | mailpit
    Rspamd | rspamd/rspamd | /var/lib/rspamd |  | 11332 11333 11334 | rspamd
  `,
  ),
  ...listed(
    'monitoring',
    'durable',
    `
    Checkmk | checkmk/check-mk-raw checkmk/check-mk-enterprise checkmk/check-mk-cloud | /omd/sites |  | 5000 6557 8000 | check-mk-raw check-mk-enterprise
    CrowdSec | crowdsecurity/crowdsec | /var/lib/crowdsec/data /etc/crowdsec |  | 8080 6060 | crowdsec
    Wazuh | wazuh/wazuh-manager wazuh/wazuh-indexer | /var/ossec /var/lib/wazuh-indexer |  | 1514 1515 55000 9200 | wazuh-manager wazuh-indexer
    Chronograf | influxdata/chronograf chronograf | /var/lib/chronograf | /var/lib/chronograf | 8888 | chronograf
    GlitchTip | glitchtip/glitchtip | /code/uploads |  | 8000 8080 | glitchtip
    Graphite | graphiteapp/graphite-statsd graphiteapp/docker-graphite-statsd hopsoft/graphite-statsd | /opt/graphite/storage /opt/graphite/conf | /opt/graphite/conf /opt/graphite/storage /opt/graphite/webapp/graphite/functions/custom /etc/nginx /opt/statsd/config /etc/logrotate.d /var/log /var/lib/redis | 80 2003 2004 8125 | graphite graphite-statsd
    Icinga | icinga/icinga2 | /data |  | 5665 | icinga2
    Kapacitor | influxdata/kapacitor kapacitor | /var/lib/kapacitor | /var/lib/kapacitor | 9092 | kapacitor
    LibreNMS | librenms/librenms | /data |  | 8000 | librenms
    Nagios | jasonrivers/nagios | /opt/nagios/var /opt/nagios/etc |  | 80 | nagios
    Netdata | netdata/netdata | /var/lib/netdata /var/cache/netdata /etc/netdata |  | 19999 | netdata
    Prometheus (Bitnami) | ${bitnami('prometheus')} | /opt/bitnami/prometheus/data /bitnami/prometheus |  | 9090 |
    Pyroscope | grafana/pyroscope pyroscope/pyroscope | /data /var/lib/pyroscope |  | 4040 | pyroscope
    Sentry | sentry getsentry/sentry | /data /var/lib/sentry/files |  | 9000 |
    SigNoz | signoz/signoz signoz/query-service | /var/lib/signoz |  | 8080 3301 | signoz
    Uptime Kuma | louislam/uptime-kuma | /app/data | /app/data | 3001 | uptime-kuma
    Zabbix appliance | zabbix/zabbix-appliance | /var/lib/mysql |  | 80 10051 | zabbix-appliance
  `,
  ),
  ...listed(
    'monitoring',
    'soft',
    `
    Datadog Agent | datadog/agent | /opt/datadog-agent/run |  | 8125 8126 |
    Elastic Agent | elastic/elastic-agent beats/elastic-agent | /usr/share/elastic-agent/state |  | 8220 | elastic-agent
    Gatus | twinproduction/gatus twin/gatus | /data |  | 8080 | gatus
    Grafana Agent | grafana/agent | /etc/agent/data |  | 12345 |
    Grafana Alloy | grafana/alloy | /var/lib/alloy/data |  | 12345 |
    Metricbeat | beats/metricbeat elastic/metricbeat | /usr/share/metricbeat/data |  |  | metricbeat
    StatsD | statsd/statsd |  |  | 8125 8126 | statsd
    VictoriaMetrics vmagent | victoriametrics/vmagent | /vmagent-remotewrite-data /vmagentdata |  | 8429 | vmagent
    Zabbix proxy | zabbix/zabbix-proxy-sqlite3 zabbix/zabbix-proxy-mysql | /var/lib/zabbix/db_data |  | 10051 | zabbix-proxy-sqlite3 zabbix-proxy-mysql
  `,
  ),
  ...listed(
    'monitoring',
    'stateless',
    `
    Jaeger | jaegertracing/jaeger-collector jaegertracing/jaeger-query jaegertracing/jaeger-agent jaegertracing/jaeger-ingester jaegertracing/example-hotrod |  |  | 14268 16686 6831 | jaeger-collector jaeger-query jaeger-agent
    Kibana | kibana kibana/kibana kibana/kibana-oss elastic/kibana opensearchproject/opensearch-dashboards ${bitnami('kibana opensearch-dashboards')} |  |  | 5601 | kibana opensearch-dashboards
    Blackbox exporter | prom/blackbox-exporter prometheus/blackbox-exporter ${bitnami('blackbox-exporter')} |  |  | 9115 | blackbox-exporter
    cAdvisor | cadvisor/cadvisor google/cadvisor zcube/cadvisor |  |  | 8080 | cadvisor
    Consul exporter | prom/consul-exporter |  |  | 9107 | consul-exporter
    DCGM exporter | nvidia/dcgm-exporter |  |  | 9400 | dcgm-exporter
    Elasticsearch exporter | prometheuscommunity/elasticsearch-exporter |  |  | 9114 | elasticsearch-exporter
    Graphite exporter | prom/graphite-exporter |  |  | 9108 9109 | graphite-exporter
    HAProxy exporter | prom/haproxy-exporter |  |  | 9101 | haproxy-exporter
    Kafka exporter | danielqsj/kafka-exporter |  |  | 9308 | kafka-exporter
    Memcached exporter | prom/memcached-exporter |  |  | 9150 | memcached-exporter
    MongoDB exporter | percona/mongodb_exporter |  |  | 9216 | mongodb_exporter mongodb-exporter
    MySQL exporter | prom/mysqld-exporter ${bitnami('mysqld-exporter')} |  |  | 9104 | mysqld-exporter
    nginx exporter | nginx/nginx-prometheus-exporter |  |  | 9113 | nginx-prometheus-exporter
    Node exporter | prom/node-exporter prometheus/node-exporter basi/node-exporter stefanprodan/swarmprom-node-exporter ${bitnami('node-exporter')} |  |  | 9100 | node-exporter
    PostgreSQL exporter | prometheuscommunity/postgres-exporter wrouesnel/postgres_exporter ${bitnami('postgres-exporter')} |  |  | 9187 | postgres-exporter postgres_exporter
    Process exporter | ncabatoff/process-exporter |  |  | 9256 | process-exporter
    Redis exporter | oliver006/redis_exporter ${bitnami('redis-exporter')} |  |  | 9121 | redis_exporter redis-exporter
    SNMP exporter | prom/snmp-exporter |  |  | 9116 | snmp-exporter
    StatsD exporter | prom/statsd-exporter |  |  | 9102 9125 | statsd-exporter
    OpenTelemetry Collector | otel/opentelemetry-collector otel/opentelemetry-collector-contrib open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib |  |  | 4317 4318 | opentelemetry-collector opentelemetry-collector-contrib
    Telegraf | telegraf ${bitnami('telegraf')} |  |  | 8125 | telegraf
    VictoriaMetrics | victoriametrics/vminsert victoriametrics/vmselect victoriametrics/vmalert victoriametrics/vmauth |  |  | 8480 8481 8880 8427 | vminsert vmselect vmalert vmauth
    Zabbix | zabbix/zabbix-server-mysql zabbix/zabbix-server-pgsql zabbix/zabbix-web-nginx-mysql zabbix/zabbix-web-nginx-pgsql zabbix/zabbix-web-apache-mysql zabbix/zabbix-web-apache-pgsql zabbix/zabbix-agent zabbix/zabbix-agent2 zabbix/zabbix-java-gateway zabbix/zabbix-web-service |  |  | 10050 10051 8080 | zabbix-server-mysql zabbix-server-pgsql zabbix-web-nginx-mysql zabbix-web-nginx-pgsql zabbix-agent zabbix-agent2 zabbix-java-gateway
  `,
  ),
  ...listed(
    'network',
    'durable',
    `
    NetBird | netbirdio/management netbirdio/netbird-server | /var/lib/netbird |  | 80 443 | netbird
    coturn | coturn/coturn | /var/lib/coturn |  | 3478 5349 | coturn
    Headscale | headscale/headscale juanfont/headscale | /var/lib/headscale |  | 8080 | headscale
    OpenVPN | kylemanna/openvpn | /etc/openvpn | /etc/openvpn | 1194 | openvpn
    Tailscale | tailscale/tailscale | /var/lib/tailscale |  |  | tailscale
    UniFi | ${linuxserver('unifi-controller unifi-network-application')} | /config |  | 8080 8443 3478 | unifi-controller unifi-network-application
    UniFi | jacobalberty/unifi | /unifi |  | 8080 8443 3478 | unifi
    wg-easy | wg-easy/wg-easy weejewel/wg-easy | /etc/wireguard |  | 51820 51821 | wg-easy
    WireGuard | ${linuxserver('wireguard')} | /config |  | 51820 | wireguard
    ZeroTier | zerotier/zerotier zyclonite/zerotier | /var/lib/zerotier-one |  | 9993 | zerotier
  `,
  ),
  ...listed(
    'object store',
    'durable',
    `
    Garage | dxflrs/garage dxflrs/amd64_garage | /var/lib/garage/meta /var/lib/garage/data /var/lib/garage |  | 3900 3901 3902 |
  `,
  ),
  ...listed(
    'proxy',
    'durable',
    `
    MaxScale | mariadb/maxscale | /var/lib/maxscale |  | 8989 3306 4006 | maxscale
    Nginx Proxy Manager | jc21/nginx-proxy-manager zoeyvid/npmplus | /data /etc/letsencrypt |  | 80 81 443 | nginx-proxy-manager
    ProxySQL | proxysql/proxysql | /var/lib/proxysql |  | 6032 6033 | proxysql
  `,
  ),
  ...listed(
    'proxy',
    'soft',
    `
    Caddy | caddy lucaslorentz/caddy-docker-proxy abiosoft/caddy slothcroissant/caddy-cloudflaredns | /data /config /root/.caddy |  | 80 443 2019 | caddy caddy-docker-proxy
    MySQL Router | mysql/mysql-router mysql/community-router |  |  | 6446 6447 | mysql-router
    nginx-proxy | jwilder/nginx-proxy nginxproxy/nginx-proxy nginx-proxy/nginx-proxy nginxproxy/acme-companion nginx-proxy/acme-companion jrcs/letsencrypt-nginx-proxy-companion | /etc/nginx/certs /etc/nginx/dhparam /etc/acme.sh |  | 80 443 | nginx-proxy acme-companion
  `,
  ),
  ...listed(
    'proxy',
    'stateless',
    `
    Apache APISIX | apache/apisix |  |  | 9080 9443 | apisix
    cloudflared | cloudflare/cloudflared |  |  |  | cloudflared
    Docker Flow Proxy | dockerflow/docker-flow-proxy dockerflow/docker-flow-swarm-listener |  |  | 80 443 |
    Docker socket proxy | tecnativa/docker-socket-proxy linuxserver/socket-proxy |  |  | 2375 | docker-socket-proxy
    Envoy | envoyproxy/envoy envoyproxy/envoy-distroless ${bitnami('envoy')} |  |  | 9901 10000 | envoy
    fabio | fabiolb/fabio |  |  | 9998 9999 |
    HAProxy | haproxy haproxytech/haproxy-alpine haproxytech/haproxy-debian haproxytech/haproxy-ubuntu dockercloud/haproxy ${bitnami('haproxy')} |  |  | 80 443 | haproxy haproxy-alpine
    Kong | kong kong/kong kong/kong-gateway |  |  | 8000 8001 8443 | kong kong-gateway
    KrakenD | krakend devopsfaith/krakend krakend/krakend |  |  | 8080 | krakend
    OAuth2 Proxy | oauth2-proxy/oauth2-proxy ${bitnami('oauth2-proxy')} |  |  | 4180 | oauth2-proxy
    PgBouncer | edoburu/pgbouncer pgbouncer/pgbouncer cloudnative-pg/pgbouncer ${bitnami('pgbouncer')} |  |  | 5432 6432 | pgbouncer
    Pgpool-II | pgpool/pgpool ${bitnami('pgpool')} |  |  | 5432 9999 | pgpool
    traefik-forward-auth | thomseddon/traefik-forward-auth |  |  | 4181 | traefik-forward-auth
    Tyk Gateway | tykio/tyk-gateway |  |  | 8080 | tyk-gateway
  `,
  ),
  ...listed(
    'queue worker',
    'durable',
    `
    Faktory | contribsys/faktory | /var/lib/faktory |  | 7419 7420 | faktory
  `,
  ),
  ...listed(
    'queue worker',
    'soft',
    `
    Flink | flink apache/flink ${bitnami('flink')} |  |  | 6123 8081 |
    Spark | spark apache/spark ${bitnami('spark')} | /opt/spark/work |  | 7077 8080 8081 |
  `,
  ),
  ...listed(
    'registry',
    'durable',
    `
    Artifactory | jfrog/artifactory-oss jfrog/artifactory-pro jfrog/artifactory-jcr jfrog/artifactory-cpp-ce | /var/opt/jfrog/artifactory |  | 8081 8082 | artifactory-oss artifactory-pro artifactory-jcr
    Harbor registry | goharbor/registry-photon | /storage /var/lib/registry |  | 5000 | registry-photon
    Nexus | sonatype/nexus3 | /nexus-data | /nexus-data | 8081 | nexus3
    Nexus 2 | sonatype/nexus | /sonatype-work | /sonatype-work | 8081 |
    pypiserver | pypiserver/pypiserver | /data/packages |  | 8080 | pypiserver
    Verdaccio | verdaccio/verdaccio | /verdaccio/storage | /verdaccio/storage | 4873 | verdaccio
    zot | project-zot/zot project-zot/zot-linux-amd64 project-zot/zot-minimal-linux-amd64 | /var/lib/registry |  | 5000 |
  `,
  ),
  ...listed(
    'registry',
    'soft',
    `
    Athens | gomods/athens | /var/lib/athens |  | 3000 |
    Harbor | goharbor/redis-photon goharbor/harbor-jobservice goharbor/trivy-adapter-photon goharbor/harbor-log | /var/lib/redis /var/log/jobs /home/scanner/.cache /var/log/docker |  | 6379 8080 | redis-photon harbor-jobservice trivy-adapter-photon
  `,
  ),
  ...listed(
    'registry',
    'stateless',
    `
    Harbor | goharbor/harbor-core goharbor/harbor-portal goharbor/nginx-photon goharbor/harbor-registryctl goharbor/harbor-exporter |  |  | 8080 8443 | harbor-core harbor-portal nginx-photon
  `,
  ),
  ...listed(
    'search',
    'durable',
    `
    Chroma | chromadb/chroma chroma-core/chroma | /data /chroma/chroma |  | 8000 | chroma
    Graylog Data Node | graylog/graylog-datanode | /var/lib/graylog-datanode |  | 8999 9200 | graylog-datanode
    Meilisearch | getmeili/meilisearch | /meili_data /data.ms |  | 7700 | meilisearch
    Sonic | valeriansaliou/sonic | /var/lib/sonic/store |  | 1491 |
    Sphinx | macbre/sphinxsearch | /opt/sphinx/index |  | 9306 | sphinxsearch
    ZincSearch | zinclabs/zinc zinclabs/zincsearch prabhatsharma/zinc | /data |  | 4080 | zincsearch
  `,
  ),
  ...listed(
    'database',
    'durable',
    `
    Bitcoin Core | ruimarinho/bitcoin-core | /home/bitcoin/.bitcoin | /home/bitcoin/.bitcoin | 8332 8333 | bitcoin-core
    Bitcoin Core | bitcoin/bitcoin | /home/bitcoin/.bitcoin |  | 8332 8333 |
    Go Ethereum | ethereum/client-go | /root/.ethereum |  | 8545 8546 30303 |
    Hyperledger Fabric | hyperledger/fabric-peer hyperledger/fabric-orderer | /var/hyperledger/production | /etc/hyperledger/fabric /var/hyperledger | 7050 7051 | fabric-peer fabric-orderer
  `,
  ),
  ...listed(
    'storage',
    'durable',
    `
    Duplicati | duplicati/duplicati | /data |  | 8200 | duplicati
    GlusterFS | gluster/gluster-centos gluster/glusterfs | /var/lib/glusterd /etc/glusterfs |  | 24007 | glusterfs gluster-centos
    Hadoop HDFS | apache/hadoop bde2020/hadoop-namenode bde2020/hadoop-datanode | /hadoop/dfs/name /hadoop/dfs/data /tmp/hadoop-hadoop/dfs |  | 9870 9864 9000 | hadoop-namenode hadoop-datanode
    IPFS | ipfs/kubo ipfs/go-ipfs | /data/ipfs | /data/ipfs | 4001 5001 8080 | kubo go-ipfs
    Kopia | kopia/kopia | /app/config /repository |  | 51515 | kopia
    NFS server | itsthenetwork/nfs-server-alpine erichough/nfs-server gists/nfs-server | /nfsshare /exports /nfs-share |  | 2049 | nfs-server nfs-server-alpine
    Pure-FTPd | stilliard/pure-ftpd | /home/ftpusers /etc/pure-ftpd/passwd | /home/ftpusers /etc/pure-ftpd/passwd | 21 | pure-ftpd
    restic REST server | restic/rest-server | /data | /data | 8000 | rest-server
    Samba | dperson/samba crazymax/samba servercontainers/samba | /mount /data /shares /var/lib/samba |  | 139 445 | samba
    SFTP server | atmoz/sftp | /home |  | 22 |
    SFTPGo | drakkan/sftpgo | /srv/sftpgo /var/lib/sftpgo |  | 8080 2022 | sftpgo
    Syncthing | syncthing/syncthing kastelo/syncthing | /var/syncthing | /var/syncthing | 8384 22000 21027 | syncthing
    vsftpd | fauria/vsftpd | /home/vsftpd |  | 21 | vsftpd
  `,
  ),
  ...listed(
    'tool',
    'durable',
    `
    Beszel | henrygd/beszel | /beszel_data |  | 8090 | beszel
    CloudBeaver | dbeaver/cloudbeaver | /opt/cloudbeaver/workspace |  | 8978 | cloudbeaver
    Dashy | lissy93/dashy | /app/user-data |  | 8080 | dashy
    docker-volume-backup | offen/docker-volume-backup | /archive |  |  | docker-volume-backup
    Dockge | louislam/dockge | /app/data /opt/stacks |  | 5001 | dockge
    Gotify | gotify/server | /app/data |  | 80 |
    Homepage | gethomepage/homepage | /app/config |  | 3000 |
    Homer | b4bz/homer | /www/assets |  | 8080 |
    ntfy | binwiederhier/ntfy | /var/cache/ntfy /var/lib/ntfy /etc/ntfy |  | 80 | ntfy
    pgAdmin | dpage/pgadmin4 | /var/lib/pgadmin | /var/lib/pgadmin | 80 443 | pgadmin4
    Portainer | portainer/portainer-ce portainer/portainer-ee portainer/portainer | /data | /data | 9000 9443 8000 | portainer-ce portainer-ee portainer
    postgres-backup-local | prodrigestivill/postgres-backup-local | /backups |  | 8080 | postgres-backup-local
    Rancher | rancher/rancher | /var/lib/rancher |  | 80 443 |
    rclone | rclone/rclone | /config/rclone |  | 5572 | rclone
    Redis Insight | redis/redisinsight redislabs/redisinsight | /data /db |  | 5540 8001 | redisinsight
    SQLPad | sqlpad/sqlpad | /var/lib/sqlpad |  | 3000 | sqlpad
  `,
  ),
  ...listed(
    'tool',
    'soft',
    `
    acme.sh | neilpang/acme.sh | /acme.sh |  |  | acme.sh
    Certbot | certbot/certbot certbot/dns-cloudflare certbot/dns-route53 | /etc/letsencrypt /var/lib/letsencrypt | /etc/letsencrypt /var/lib/letsencrypt | 80 | certbot
    Dozzle | amir20/dozzle | /data |  | 8080 | dozzle
    restic | restic/restic |  |  |  | restic
  `,
  ),
  ...listed(
    'tool',
    'stateless',
    `
    Adminer | adminer |  |  | 8080 | adminer
    AKHQ | tchiotludo/akhq |  |  | 8080 | akhq
    Apache Tika | apache/tika |  |  | 9998 |
    autoheal | willfarrell/autoheal |  |  |  | autoheal
    Browserless | browserless/chrome browserless/chromium |  |  | 3000 |
    Cerebro | lmenezes/cerebro |  |  | 9000 |
    curl | curlimages/curl |  |  |  |
    docker-gen | jwilder/docker-gen nginxproxy/docker-gen |  |  |  | docker-gen
    Dynamic DNS client | favonia/cloudflare-ddns oznu/cloudflare-ddns |  |  |  | cloudflare-ddns
    Flower | mher/flower |  |  | 5555 |
    Glances | nicolargo/glances |  |  | 61208 | glances
    Gotenberg | gotenberg/gotenberg |  |  | 3000 | gotenberg
    Kafdrop | obsidiandynamics/kafdrop |  |  | 9000 | kafdrop
    Kafka UI | provectuslabs/kafka-ui kafbat/kafka-ui |  |  | 8080 | kafka-ui
    MinIO client | minio/mc minio/console ${bitnami('minio-client')} |  |  | 9090 |
    mongo-express | mongo-express |  |  | 8081 | mongo-express
    netshoot | nicolaka/netshoot |  |  |  | netshoot
    Ofelia | mcuadros/ofelia |  |  |  | ofelia
    pgweb | sosedoff/pgweb |  |  | 8081 | pgweb
    phpMyAdmin | phpmyadmin phpmyadmin/phpmyadmin ${bitnami('phpmyadmin')} |  |  | 80 | phpmyadmin
    Portainer agent | portainer/agent |  |  | 9001 |
    Redis Commander | rediscommander/redis-commander |  |  | 8081 | redis-commander
    Redpanda Console | redpandadata/console |  |  | 8080 |
    Registry browser | joxit/docker-registry-ui klausmeyer/docker-registry-browser |  |  | 80 8080 | docker-registry-ui docker-registry-browser
    Selenium | selenium/hub selenium/standalone-chrome selenium/standalone-firefox selenium/standalone-chromium selenium/node-chrome selenium/node-firefox |  |  | 4444 7900 | standalone-chrome standalone-firefox standalone-chromium node-chrome node-firefox
    Shepherd | containrrr/shepherd mazzolino/shepherd |  |  |  |
    Snuba | getsentry/snuba |  |  | 1218 1219 | snuba
    Swarm visualizer | dockersamples/visualizer |  |  | 8080 |
    swarm-cronjob | crazymax/swarm-cronjob |  |  |  | swarm-cronjob
    Swarmpit | swarmpit/swarmpit swarmpit/agent |  |  | 8080 | swarmpit
    Watchtower | containrrr/watchtower v2tec/watchtower nickfedor/watchtower |  |  | 8080 | watchtower
    WireMock | wiremock/wiremock |  |  | 8080 | wiremock
  `,
  ),
  ...listed(
    'web server',
    'durable',
    `
    nginx (LinuxServer) | ${linuxserver('nginx swag')} | /config | /config | 80 443 | swag
  `,
  ),
  ...listed(
    'web server',
    'stateless',
    `
    Apache httpd | httpd ubuntu/apache2 ${bitnami('apache')} |  |  | 80 443 | httpd
    lighttpd | sebp/lighttpd |  |  | 80 | lighttpd
    nginx | nginx nginxinc/nginx-unprivileged nginx/nginx-unprivileged openresty/openresty macbre/nginx-http3 ubuntu/nginx nginxinc/nginx-plus ${bitnami('nginx openresty')} |  |  | 80 443 8080 | nginx nginx-unprivileged openresty
    static-web-server | joseluisq/static-web-server |  |  | 80 | static-web-server
  `,
  ),
  ...vendored(
    bitnami(`
    wordpress wordpress-nginx drupal drupal-nginx ghost joomla matomo mediawiki moodle
    redmine odoo prestashop opencart magento discourse suitecrm gitea phpbb dokuwiki
    mautic osclass nextcloud owncloud`),
    { dataPaths: '/bitnami' },
  ),
  ...vendored(
    linuxserver(`
    bookstack nextcloud plex jellyfin emby sonarr radarr lidarr prowlarr bazarr readarr
    qbittorrent transmission deluge sabnzbd nzbget jackett overseerr ombi tautulli
    heimdall code-server syncthing duplicati freshrss grocy snipe-it calibre calibre-web
    kavita photoprism medusa mylar3 lychee piwigo hedgedoc wikijs webtop resilio-sync
    openssh-server homeassistant pwndrop projectsend diskover changedetection.io
    healthchecks speedtest-tracker firefox dokuwiki sqlitebrowser netbox papermerge
    babybuddy daapd airsonic-advanced ubooquity lazylibrarian thelounge znc ngircd
    mstream raneto`),
    { dataPaths: '/config', declaresVolumes: '/config' },
  ),
]
const noHints = {
  clustered: [],
  durable: [],
  external: [],
  unclear: [],
  soft: [],
  stateless: [],
}

type Released = { readonly tag: RegExp; readonly image: KnownImage }
type Entry = { readonly image: KnownImage; readonly releases: readonly Released[] }

const entries: readonly Entry[] = rows.map(({ releases = [], ...row }) => {
  const image = {
    ports: [],
    ...noHints,
    ...row,
    repositories: words(row.repositories),
    dataPaths: words(row.dataPaths),
    declaresVolumes: words(row.declaresVolumes),
    knownAs: words(row.knownAs),
  }
  return {
    image,
    releases: releases.map(({ tag, dataPaths, declaresVolumes }) => ({
      tag,
      image: {
        ...image,
        dataPaths: words(dataPaths),
        declaresVolumes: words(declaresVolumes),
      },
    })),
  }
})

/** Every product that is known, as it is where the release is not. */
export const knownImages: readonly KnownImage[] = entries.map(({ image }) => image)

const byRepository = new Map(
  entries.flatMap((entry) =>
    entry.image.repositories.map((repository) => [repository, entry] as const),
  ),
)
const byLastPart = new Map(
  entries.flatMap((entry) => entry.image.knownAs.map((part) => [part, entry] as const)),
)

/**
 * By a word among others, as in `shop-postgres`: only what keeps data or can, for to hold one
 * for stateless that is not would be the graver error. What can is taken for unclear: whoever
 * built it may have told it to.
 */
const byWord = new Map(
  entries.flatMap(({ image }) => {
    const keeps = image.state === 'durable'
    if (!keeps && (image.state !== 'soft' || image.durable.length === 0)) return []
    const unclear = keeps ? image.unclear : [...image.unclear, command(/^/)]
    const likely = { ...image, unclear, declaresVolumes: [] }
    return image.knownAs.map((part) => [dashed(part), likely] as const)
  }),
)

/** Words beside a product's name by which an image is not the product, but goes with it. */
const besideProduct: ReadonlySet<string> = new Set(
  words(`
    exporter client cli ui gui web frontend front backend api app sdk proxy gateway router
    bouncer pool lb balancer backup backups dump restore archiver operator controller manager
    admin init provisioner bootstrap migrate migration migrations migrator seeder loader
    importer import export sync syncer replicator connect connector consumer producer worker
    job jobs cron scheduler tool tools toolbox utils shell console dashboard dashboards viewer
    browser explorer insight commander express monitor monitoring metrics check checker
    healthcheck probe wait waiter mock stub bench benchmark docs agent sidecar adapter bridge
    driver mailer bot cleaner cleanup prune reaper rotate reload reloader watcher notifier hook
    webhook configurator canary template theme plugin plugins poller mc`),
)

function dashed(text: string): string {
  return text.split(/[-_.]+/).join('-')
}

/** Where a name of one word is one of Docker's official images. */
const officialHosts = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'mirror.gcr.io',
  'public.ecr.aws',
])

/** @property byWord a word of its name is all that tells, so that it may be something else */
export type Recognised = {
  readonly image: KnownImage
  readonly certain: boolean
  readonly byWord: boolean
}

/**
 * The product that an image's reference names, null for none that is known. Certain: the
 * repository is a known one. Not certain: only the end of its path is, as on a mirror
 * (`registry.corp/hub/postgres`), or a word of it, as in an organisation's own build
 * (`acme/shop-postgres`), which may keep data elsewhere. Ordinary words, such as `registry`, count only where they are
 * Docker's official images: another host's `registry` may be anyone's.
 */
export function knownImage(reference: string): Recognised | null {
  const { host, path, tag } = imageName(reference)
  const repository = withoutLibrary(path)
  const exact = byRepository.get(repository)
  const official = host === null || officialHosts.has(host)
  if (exact && (official || repository.includes('/') || byLastPart.has(repository)))
    return { image: release(exact, tag), certain: true, byWord: false }
  const parts = path.split('/')
  const copy = byRepository.get(withoutLibrary(parts.slice(-2).join('/')))
  if (copy && parts.length > 1)
    return { image: release(copy, tag), certain: false, byWord: false }
  // An organisation's tags are its own, and tell no release of what it built upon.
  const last = parts.at(-1) ?? ''
  const likely = byLastPart.get(last)?.image
  if (likely) return { image: likely, certain: false, byWord: false }
  const image = namedAfter(last)
  return image && { image, certain: false, byWord: true }
}

/** No product is known by more words. */
const mostWords = 4

/** The product that some words of a name stand for, the most of them first. */
function namedAfter(name: string): KnownImage | null {
  const found = [name.split(/[-_.]+/), name.split(/[-_.\d]+/)]
  if (found.flat().some((word) => besideProduct.has(word))) return null
  for (let count = mostWords; count > 0; count--) {
    for (const parts of found) {
      for (let from = 0; from + count <= parts.length; from++) {
        const image = byWord.get(parts.slice(from, from + count).join('-'))
        if (image) return image
      }
    }
  }
  return null
}

function release({ image, releases }: Entry, tag: string | null): KnownImage {
  return releases.find((each) => each.tag.test(tag ?? ''))?.image ?? image
}

/** What of a service's spec the hints look at. */
type Asked = {
  readonly command: readonly string[]
  readonly environment: readonly string[]
}

export type KeptState = KnownImage['state'] | 'external' | 'unclear'

/** The sign is the word of the command, or the variable's name, that decided. */
export type StateSign = { readonly state: KeptState; readonly sign: string | null }

/**
 * What the software keeps when it is run with this command and these variables. `external`:
 * another service keeps it. `unclear`: that depends on what cannot be seen, such as a file.
 * Where signs contradict each other, the one for keeping data wins. The sign is null where
 * none decided, and empty where it is that no command is given.
 */
export function stateKept(image: KnownImage, asked: Asked): StateSign {
  for (const state of ['durable', 'external', 'unclear', 'soft', 'stateless'] as const) {
    const sign = signOf(image[state], asked)
    if (sign !== null) return { state, sign }
  }
  return { state: image.state, sign: null }
}

/** The word or name that shows that it replicates its own data, null for none. */
export function clusterSign(image: KnownImage, asked: Asked): string | null {
  return signOf(image.clustered, asked)
}

function signOf(hints: readonly ImageHint[], asked: Asked): string | null {
  const line = asked.command.join(' ')
  for (const hint of hints) {
    const sign =
      hint.in === 'command'
        ? hint.matches.exec(line)?.[0]
        : asked.environment.find((name) => hint.name.test(name))
    if (sign !== undefined) return sign.trim()
  }
  return null
}
