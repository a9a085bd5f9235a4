/*
 * What names another folder for a product's data than its own, by the names of images.ts. As
 * their documentation has it; a file of settings may do the same, and cannot be seen.
 */

/** The first group of a command's expression is the path. */
type FolderHints = {
  readonly flag?: RegExp
  readonly variable?: RegExp
  /** Keeps it beside its program, wherever that runs, unless it is told. */
  readonly mustBeTold?: true
}

const flag = (names: string): RegExp =>
  new RegExp(`(?:^|\\s)--?(?:${names})(?:=|\\s+)(\\S+)`)

const postgres: FolderHints = {
  flag: /(?:^|\s)(?:-D\s*|--pgdata[= ]|-c\s*data_directory=|--data[-_]directory=)(\S+)/,
  variable: /^PGDATA$/,
}
const datadir: FolderHints = { flag: flag('datadir') }
const mongo: FolderHints = { flag: flag('dbpath') }
const redis: FolderHints = { flag: flag('dir') }
const elastic: FolderHints = {
  flag: /(?:^|\s)-E\s*path\.data=(\S+)/,
  variable: /^path\.data$/,
}
const kafka: FolderHints = { variable: /^KAFKA_(?:CFG_)?LOG_DIRS$/ }
const dataDir: FolderHints = { flag: flag('data-dir') }

export const folderHints: ReadonlyMap<string, FolderHints> = new Map<string, FolderHints>([
  ['PostgreSQL', postgres],
  ['PostgreSQL (Supabase)', postgres],
  ['PostgreSQL (CloudNativePG)', postgres],
  ['PostgreSQL (Percona)', postgres],
  ['PostgreSQL (Spilo with Patroni)', postgres],
  ['PostgreSQL (Bitnami)', { variable: /^(?:PGDATA|POSTGRESQL_DATA_DIR)$/ }],
  ['Citus', postgres],
  ['TimescaleDB', postgres],
  ['MySQL', datadir],
  ['MariaDB', datadir],
  ['Percona Server', datadir],
  ['Percona XtraDB Cluster', datadir],
  ['MongoDB', mongo],
  ['Percona Server for MongoDB', mongo],
  ['Redis', redis],
  ['Redis Stack', redis],
  ['Valkey', redis],
  ['KeyDB', redis],
  ['Dragonfly', redis],
  ['Elasticsearch', elastic],
  ['OpenSearch', elastic],
  ['Kafka', kafka],
  ['ClickHouse', { flag: flag('path') }],
  ['CockroachDB', { flag: /(?:^|\s)(?:--store|-s)(?:=|\s+)(?:path=)?([^\s,]+)/ }],
  ['SurrealDB', { flag: /\b(?:rocksdb|surrealkv|speedb|file):(\S+)/ }],
  ['Microsoft SQL Server', { variable: /^MSSQL_DATA_DIR$/ }],
  ['Neo4j', { variable: /^NEO4J_(?:server|dbms)_directories_data$/ }],
  [
    'InfluxDB',
    { flag: flag('engine-path|data-dir'), variable: /^INFLUXD_(?:ENGINE|BOLT)_PATH$/ },
  ],
  ['TigerBeetle', { flag: /(?:^|\s)(\/\S+)\/[^\s/]+\.tigerbeetle(?=\s|$)/ }],
  ['TiKV', dataDir],
  ['TiDB Placement Driver', dataDir],
  ['etcd', { ...dataDir, variable: /^ETCD_DATA_DIR$/, mustBeTold: true }],
  ['Consul', dataDir],
  ['Typesense', { ...dataDir, variable: /^TYPESENSE_DATA_DIR$/ }],
  ['Meilisearch', { flag: flag('db-path'), variable: /^MEILI_DB_PATH$/ }],
  ['Qdrant', { variable: /^QDRANT__STORAGE__STORAGE_PATH$/ }],
  ['Solr', { variable: /^SOLR_(?:HOME|DATA_HOME)$/ }],
  ['ZooKeeper', { variable: /^ZOO_DATA_DIR$/ }],
  ['RabbitMQ', { variable: /^RABBITMQ_MNESIA_(?:BASE|DIR)$/ }],
  ['NATS', { flag: flag('sd|store_dir') }],
  ['NATS Streaming', redis],
  ['NSQ', { flag: flag('data-path') }],
  ['MinIO', { flag: /\bserver(?:\s+--?[a-z-]+(?:=\S+|\s+(?![-/])\S+)?)*\s+(\/\S+)/ }],
  ['Docker Registry', { variable: /^REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY$/ }],
  ['Prometheus', { flag: flag('storage\\.(?:tsdb|agent)\\.path') }],
  ['Alertmanager', { flag: flag('storage\\.path') }],
  ['VictoriaMetrics', { flag: flag('storageDataPath') }],
  ['Grafana', { variable: /^GF_PATHS_DATA$/ }],
  ['Jenkins', { variable: /^JENKINS_HOME$/ }],
  ['Nexus', { variable: /^NEXUS_DATA$/ }],
  ['Portainer', { flag: flag('data') }],
  ['Vaultwarden', { variable: /^DATA_FOLDER$/ }],
  ['n8n', { variable: /^N8N_USER_FOLDER$/ }],
  ['Bitcoin Core', { ...datadir, variable: /^BITCOIN_DATA$/ }],
  ['Go Ethereum', datadir],
  [
    'Hyperledger Fabric',
    { variable: /^(?:CORE_PEER_FILESYSTEMPATH|ORDERER_FILELEDGER_LOCATION)$/ },
  ],
  ['IPFS', { variable: /^IPFS_PATH$/ }],
  ['Uptime Kuma', { variable: /^DATA_DIR$/ }],
])
