import { IfItMoves, StateClass, StorageKind } from '@skep/shared/contract/stateful'
import { aMount, aService, aSpec } from '../entities.fixture.ts'
import type { Mode, Mount, Service } from '../state.ts'

/** A service, and how it is judged on a swarm of three nodes. */
export type Example = {
  readonly name: string
  readonly service: Service
  readonly class: StateClass
  /** Of the mounts that hold data or might, in their order, then of what else counts. */
  readonly kinds: readonly StorageKind[]
  readonly ifItMoves: IfItMoves
}

/**
 * Services as the documentation of real products deploys them. Long because it is data: a
 * line each of name, image, mounts, how it runs, class, storage kinds, and what happens if
 * it moves. A mount is written as in a stack file, with what its driver is told before it. A
 * variable whose value is in a mount stands behind `in`, with the target.
 */
const table = `
PostgreSQL | postgres:16 | pgdata:/var/lib/postgresql/data | | durable-single | local-volume | starts-empty
PostgreSQL, pinned | postgres:16 | pgdata:/var/lib/postgresql/data | on node.hostname==n1 | durable-single | local-volume | refuses
PostgreSQL, nothing mounted | postgres:16 | | | durable-single | anonymous | starts-empty
PostgreSQL, nothing mounted, pinned | postgres:17 | | on node.hostname==n1 | durable-single | anonymous | starts-empty
PostgreSQL on NFS | postgres:15-alpine | nfs pg:/var/lib/postgresql/data | | external | remote-volume | keeps
PostgreSQL on CIFS | postgres:15 | cifs pg:/var/lib/postgresql/data | | external | remote-volume | keeps
PostgreSQL on a path | postgres:15 | /srv/pg:/var/lib/postgresql/data | | durable-single | bind | cannot-tell
PostgreSQL on a path, pinned | postgres:15 | /srv/pg:/var/lib/postgresql/data | on node.hostname==n1 | durable-single | bind | refuses
PostgreSQL in memory | postgres:15 | tmpfs /var/lib/postgresql/data | | soft | tmpfs | starts-empty
PostgreSQL three times | postgres:15 | pg:/var/lib/postgresql/data | x3 | replicas-on-local | local-volume | starts-empty
PostgreSQL three times, nothing mounted | postgres:15 | | x3 | replicas-on-local | anonymous | starts-empty
PostgreSQL on every node | postgres:15 | pg:/var/lib/postgresql/data | global | replicas-on-local | local-volume | refuses
PostgreSQL by REX-Ray | postgres:15 | rexray/ebs pg:/var/lib/postgresql/data | | external | plugin | cannot-tell
PostgreSQL by an unknown driver | postgres:15 | acme/disks pg:/var/lib/postgresql/data | | external | plugin | cannot-tell
PostgreSQL on a cluster volume | postgres:15 | csi pg:/var/lib/postgresql/data | | external | csi | cannot-tell
PostgreSQL on a disk of its own | postgres:15 | disk pg:/var/lib/postgresql/data | | durable-single | local-volume | cannot-tell
PostgreSQL in a mirror | registry.corp.example:5000/library/postgres:16 | pg:/var/lib/postgresql/data | | durable-single | local-volume | starts-empty
PostgreSQL by Bitnami | bitnami/postgresql:16 | pg:/bitnami/postgresql | | durable-single | local-volume | starts-empty
PostGIS | postgis/postgis:16-3.4 | gis:/var/lib/postgresql/data | | durable-single | local-volume | starts-empty
TimescaleDB | timescale/timescaledb:latest-pg16 | ts:/var/lib/postgresql/data | | durable-single | local-volume | starts-empty
pgvector | pgvector/pgvector:pg16 | v:/var/lib/postgresql/data | | durable-single | local-volume | starts-empty
Spilo with Patroni | ghcr.io/zalando/spilo-15:3.0-p1 | pg1:/home/postgres/pgdata | on node.hostname==n1; env PATRONI_SCOPE SCOPE ETCD3_HOSTS | durable-clustered | local-volume | refuses
MySQL | mysql:8.4 | db:/var/lib/mysql | env MYSQL_ROOT_PASSWORD_FILE | durable-single | local-volume | starts-empty
MySQL, nothing mounted | mysql:8.4 | | | durable-single | anonymous | starts-empty
MariaDB | mariadb:11 | db:/var/lib/mysql | | durable-single | local-volume | starts-empty
MariaDB by LinuxServer | lscr.io/linuxserver/mariadb:latest | db:/config | | durable-single | local-volume | starts-empty
MariaDB with Galera | bitnami/mariadb-galera:11.2 | db:/bitnami/mariadb | x3; max 1; env MARIADB_GALERA_CLUSTER_ADDRESS MARIADB_GALERA_CLUSTER_NAME | durable-clustered | local-volume | starts-empty
MariaDB with wsrep | mariadb:11 | db1:/var/lib/mysql | on node.hostname==n1; run --wsrep-on=ON --wsrep_cluster_address=gcomm://db1,db2,db3 | durable-clustered | local-volume | refuses
Percona XtraDB Cluster | percona/percona-xtradb-cluster:8.0 | pxc:/var/lib/mysql | on node.hostname==n1; env CLUSTER_NAME CLUSTER_JOIN | durable-clustered | local-volume | refuses
MongoDB | mongo:7 | mongo:/data/db | | durable-single | local-volume, anonymous | starts-empty
MongoDB, both folders | mongo:7 | mongo:/data/db, conf:/data/configdb | on node.hostname==n1 | durable-single | local-volume, local-volume | refuses
MongoDB replica set | mongo:7 | mongo1:/data/db | on node.hostname==n1; run mongod --replSet rs0 --bind_ip_all | durable-clustered | local-volume, anonymous | refuses
MongoDB, one member per slot | mongo:7 | mongo-{{.Task.Slot}}:/data/db, conf-{{.Task.Slot}}:/data/configdb | x3; run --replSet rs0 | durable-clustered | local-volume, local-volume | starts-empty
CouchDB | couchdb:3 | couch:/opt/couchdb/data | | durable-single | local-volume | starts-empty
InfluxDB 2 | influxdb:2 | influx:/var/lib/influxdb2 | env DOCKER_INFLUXDB_INIT_MODE | durable-single | local-volume | starts-empty
ClickHouse | clickhouse/clickhouse-server:24 | ch:/var/lib/clickhouse | | durable-single | local-volume | starts-empty
Cassandra | cassandra:5 | cass:/var/lib/cassandra | | durable-single | local-volume | starts-empty
Cassandra with seeds | cassandra:5 | cass:/var/lib/cassandra | on node.hostname==n1; env CASSANDRA_SEEDS CASSANDRA_CLUSTER_NAME | durable-clustered | local-volume | refuses
ScyllaDB with seeds | scylladb/scylla:6.0 | scylla:/var/lib/scylla | on node.hostname==n1; run --seeds=scylla1 --smp 1 | durable-clustered | local-volume | refuses
CockroachDB | cockroachdb/cockroach:v24.1.0 | roach1:/cockroach/cockroach-data | on node.hostname==n1; run start --insecure --join=roach1,roach2,roach3 | durable-clustered | local-volume | refuses
CockroachDB alone | cockroachdb/cockroach:v24.1.0 | roach:/cockroach/cockroach-data | run start-single-node --insecure | durable-single | local-volume | starts-empty
Neo4j | neo4j:5 | neo:/data, logs:/logs | | durable-single | local-volume, local-volume | starts-empty
RethinkDB | rethinkdb:2.4 | r:/data | | durable-single | local-volume | starts-empty
ArangoDB | arangodb:3.12 | a:/var/lib/arangodb3 | | durable-single | local-volume, anonymous | starts-empty
SQL Server | mcr.microsoft.com/mssql/server:2022-latest | sql:/var/opt/mssql | env ACCEPT_EULA MSSQL_SA_PASSWORD | durable-single | local-volume | starts-empty
Oracle Free | gvenzl/oracle-free:23 | ora:/opt/oracle/oradata | | durable-single | local-volume | starts-empty
Firebird | jacobalberty/firebird:v4 | fb:/firebird | | durable-single | local-volume | starts-empty
SurrealDB, in memory | surrealdb/surrealdb:v2 | | run start --user root memory | soft | container-layer | starts-empty
Dgraph Zero | dgraph/dgraph:v24 | dg:/dgraph | run dgraph zero --my=zero:5080 | durable-single | local-volume | starts-empty
EdgeDB | edgedb/edgedb:5 | e:/var/lib/edgedb/data | | durable-single | local-volume | starts-empty
TiKV | pingcap/tikv:v8.1.0 | tikv0:/data | on node.hostname==n1; run --addr=0.0.0.0:20160 --data-dir=/data --pd=pd0:2379 | durable-clustered | local-volume | refuses
Redis | redis:7 | | | soft | anonymous | starts-empty
Redis without snapshots | redis:7 | | run redis-server --save  --appendonly no | soft | anonymous | starts-empty
Redis, appending | redis:7 | redis:/data | run redis-server --appendonly yes | durable-single | local-volume | starts-empty
Redis, appending, nothing mounted | redis:7 | | run redis-server --appendonly yes | durable-single | anonymous | starts-empty
Redis with a volume | redis:7 | redis:/data | | durable-single | local-volume | starts-empty
Redis three times with a volume | redis:7 | redis:/data | x3 | replicas-on-local | local-volume | starts-empty
Redis cluster | redis:7 | redis:/data | on node.hostname==n1; run redis-server --cluster-enabled yes --appendonly yes | durable-clustered | local-volume | refuses
Valkey | valkey/valkey:8 | | | soft | anonymous | starts-empty
KeyDB | eqalpha/keydb:latest | k:/data | run keydb-server --appendonly yes | durable-single | local-volume | starts-empty
Memcached | memcached:1.6 | | x2 | soft | | keeps
Varnish | varnish:7 | tmpfs /var/lib/varnish | | soft | tmpfs | starts-empty
RabbitMQ | rabbitmq:3-management | rabbit:/var/lib/rabbitmq | | durable-single | local-volume | starts-empty
Kafka | apache/kafka:3.8.0 | kafka:/var/lib/kafka/data | | durable-single | local-volume | starts-empty
Kafka quorum | bitnami/kafka:3.7 | kafka1:/bitnami/kafka | on node.hostname==n1; env KAFKA_CFG_NODE_ID KAFKA_CFG_CONTROLLER_QUORUM_VOTERS KAFKA_CFG_DEFAULT_REPLICATION_FACTOR | durable-clustered | local-volume | refuses
Kafka by Confluent | confluentinc/cp-kafka:7.6.0 | k1:/var/lib/kafka/data | env KAFKA_BROKER_ID KAFKA_ZOOKEEPER_CONNECT KAFKA_DEFAULT_REPLICATION_FACTOR | durable-clustered | local-volume | starts-empty
ZooKeeper | zookeeper:3.9 | zd:/data, zl:/datalog | on node.hostname==n1; env ZOO_MY_ID ZOO_SERVERS | durable-clustered | local-volume, local-volume | refuses
NATS | nats:2 | | | stateless | | keeps
NATS JetStream | nats:2 | js:/data | run -js -sd /data | durable-single | local-volume | starts-empty
Redpanda | redpandadata/redpanda:v24.1 | rp:/var/lib/redpanda/data | on node.hostname==n1; run redpanda start --seeds redpanda-0:33145 | durable-clustered | local-volume | refuses
Mosquitto | eclipse-mosquitto:2 | m:/mosquitto/data, l:/mosquitto/log, /srv/m/mosquitto.conf:/mosquitto/config/mosquitto.conf:ro | on node.hostname==n1 | durable-single | local-volume, local-volume | refuses
ActiveMQ Artemis | apache/activemq-artemis:2.36.0 | a:/var/lib/artemis-instance | | durable-single | local-volume | starts-empty
NSQ daemon | nsqio/nsq:v1.3.0 | nsq:/data | run /nsqd --data-path=/data | durable-single | local-volume | starts-empty
Pulsar standalone | apachepulsar/pulsar:3.3.0 | p:/pulsar/data | run bin/pulsar standalone | durable-single | local-volume | starts-empty
EMQX | emqx/emqx:5.7 | e:/opt/emqx/data | | durable-single | local-volume | starts-empty
MinIO | minio/minio:latest | minio:/data | run server /data --console-address :9001 | durable-single | local-volume | starts-empty
MinIO distributed | minio/minio:latest | m1:/data | on node.hostname==n1; run server http://minio{1...4}/data | durable-clustered | local-volume | refuses
Elasticsearch, single node | docker.elastic.co/elasticsearch/elasticsearch:8.14.0 | es:/usr/share/elasticsearch/data | env discovery.type | durable-single | local-volume | starts-empty
Elasticsearch cluster | docker.elastic.co/elasticsearch/elasticsearch:8.14.0 | es1:/usr/share/elasticsearch/data | on node.hostname==n1; env cluster.name discovery.seed_hosts cluster.initial_master_nodes | durable-clustered | local-volume | refuses
OpenSearch cluster | opensearchproject/opensearch:2 | os1:/usr/share/opensearch/data | on node.hostname==n1; env discovery.seed_hosts cluster.initial_cluster_manager_nodes | durable-clustered | local-volume | refuses
Meilisearch | getmeili/meilisearch:v1.9 | ms:/meili_data | | durable-single | local-volume | starts-empty
Typesense | typesense/typesense:26.0 | ts:/data | run --data-dir /data --api-key=x | durable-single | local-volume | starts-empty
Solr | solr:9 | solr:/var/solr | | durable-single | local-volume | starts-empty
Qdrant | qdrant/qdrant:v1.10.0 | q:/qdrant/storage | | durable-single | local-volume | starts-empty
SeaweedFS volume | chrislusf/seaweedfs:3.71 | sw:/data | on node.hostname==n1; run volume -mserver=master:9333 -port=8080 | durable-clustered | local-volume | refuses
etcd | quay.io/coreos/etcd:v3.5.14 | etcd:/etcd-data | run etcd --data-dir=/etcd-data --name node1 | durable-single | local-volume | starts-empty
etcd cluster | quay.io/coreos/etcd:v3.5.14 | etcd1:/etcd-data | on node.hostname==n1; run etcd --data-dir=/etcd-data --initial-cluster e1=http://e1:2380,e2=http://e2:2380 | durable-clustered | local-volume | refuses
etcd by Bitnami | bitnami/etcd:3.5 | e:/bitnami/etcd | on node.hostname==n1; env ETCD_INITIAL_CLUSTER ETCD_NAME | durable-clustered | local-volume | refuses
Consul | hashicorp/consul:1.19 | c:/consul/data | on node.hostname==n1; run agent -server -bootstrap-expect=3 -retry-join=consul2 | durable-clustered | local-volume | refuses
Vault, files | hashicorp/vault:1.17 | v:/vault/file | run server | durable-single | local-volume | starts-empty
Registry | registry:2 | reg:/var/lib/registry | | durable-single | local-volume | starts-empty
Registry, nothing mounted | registry:2 | | | durable-single | anonymous | starts-empty
Registry on S3 | registry:2 | | env REGISTRY_STORAGE_S3_BUCKET REGISTRY_STORAGE_S3_REGION | external | | keeps
Nexus | sonatype/nexus3:3.70.0 | nx:/nexus-data | | durable-single | local-volume | starts-empty
Gitea | gitea/gitea:1.22 | gitea:/data, /etc/timezone:/etc/timezone:ro, /etc/localtime:/etc/localtime:ro | env GITEA__database__HOST | durable-single | local-volume | starts-empty
GitLab | gitlab/gitlab-ce:17.1.0-ce.0 | gc:/etc/gitlab, gl:/var/log/gitlab, gd:/var/opt/gitlab | on node.hostname==n1 | durable-single | local-volume, local-volume, local-volume | refuses
Forgejo | codeberg.org/forgejo/forgejo:8 | f:/data | | durable-single | local-volume | starts-empty
Harbor core | goharbor/harbor-core:v2.11.0 | | | stateless | | keeps
Prometheus | prom/prometheus:v2.53.0 | prom:/prometheus, /srv/prometheus.yml:/etc/prometheus/prometheus.yml:ro | on node.hostname==n1 | durable-single | local-volume | refuses
Prometheus, nothing mounted | prom/prometheus:v2.53.0 | | | durable-single | anonymous | starts-empty
Alertmanager | prom/alertmanager:v0.27.0 | am:/alertmanager | | durable-single | local-volume | starts-empty
node-exporter | prom/node-exporter:v1.8.1 | /proc:/host/proc:ro, /sys:/host/sys:ro, /:/rootfs:ro | global; run --path.procfs=/host/proc | stateless | | keeps
node-exporter, writable | prom/node-exporter:v1.8.1 | /proc:/host/proc, /sys:/host/sys | global | stateless | | keeps
cAdvisor | gcr.io/cadvisor/cadvisor:v0.49.1 | /:/rootfs:ro, /var/run:/var/run, /sys:/sys:ro, /var/lib/docker/:/var/lib/docker:ro, /dev/disk/:/dev/disk:ro | global | stateless | | keeps
Grafana | grafana/grafana:11.1.0 | graf:/var/lib/grafana | | durable-single | local-volume | starts-empty
Grafana, nothing mounted | grafana/grafana:11.1.0 | | | durable-single | container-layer | starts-empty
Loki | grafana/loki:3.1.0 | loki:/loki | run -config.file=/etc/loki/local-config.yaml | durable-single | local-volume | starts-empty
VictoriaMetrics | victoriametrics/victoria-metrics:v1.101.0 | vm:/victoria-metrics-data | | durable-single | local-volume | starts-empty
Graphite | graphiteapp/graphite-statsd:1.1.10 | g:/opt/graphite/storage | | durable-single | local-volume, anonymous | starts-empty
Uptime Kuma | louislam/uptime-kuma:1 | uk:/app/data | | durable-single | local-volume | starts-empty
Jaeger | jaegertracing/all-in-one:1.58 | | | soft | container-layer | starts-empty
Traefik | traefik:v3.0 | /var/run/docker.sock:/var/run/docker.sock:ro | run --providers.swarm.endpoint=unix:///var/run/docker.sock | stateless | | keeps
Traefik, writable socket | traefik:v3.0 | /var/run/docker.sock:/var/run/docker.sock | global; run --providers.swarm=true | stateless | | keeps
Traefik with certificates | traefik:v3.0 | /var/run/docker.sock:/var/run/docker.sock, certs:/letsencrypt | on node.hostname==n1; run --certificatesresolvers.le.acme.storage=/letsencrypt/acme.json | soft | local-volume | refuses
Traefik with acme.json | traefik:v3.0 | /var/run/docker.sock:/var/run/docker.sock, /srv/traefik/acme.json:/acme.json | on node.hostname==n1 | durable-single | bind | refuses
nginx | nginx:1.27 | | x3 | stateless | | keeps
nginx with its settings | nginx:1.27 | /srv/nginx.conf:/etc/nginx/nginx.conf | | stateless | | keeps
nginx with a site, read-only | nginx:1.27 | /srv/www:/usr/share/nginx/html:ro | | stateless | | keeps
nginx with a site in a volume, read-only | nginx:1.27 | site:/usr/share/nginx/html:ro | | stateless | | starts-empty
nginx with a site in a volume | nginx:1.27 | site:/usr/share/nginx/html | | unknown | local-volume | starts-empty
nginx with a site on NFS | nginx:1.27 | nfs site:/usr/share/nginx/html | x3 | external | remote-volume | keeps
nginx with a cache | nginx:1.27 | cache:/var/cache/nginx | x3 | soft | local-volume | starts-empty
nginx, read-only root | nginx:1.27 | tmpfs /var/cache/nginx, tmpfs /var/run, tmpfs /tmp | | stateless | | keeps
Caddy | caddy:2 | caddy:/data, conf:/config | | soft | local-volume, local-volume | starts-empty
HAProxy | haproxy:3.0 | /srv/haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg | x2 | stateless | | keeps
Envoy | envoyproxy/envoy:v1.30.4 | /srv/envoy.yaml:/etc/envoy/envoy.yaml | | stateless | | keeps
Docker socket proxy | tecnativa/docker-socket-proxy:0.2 | /var/run/docker.sock:/var/run/docker.sock:ro | global | stateless | | keeps
Apache httpd | httpd:2.4 | web:/usr/local/apache2/htdocs | | unknown | local-volume | starts-empty
Traefik, settings in a file | traefik:v3.0 | /srv/traefik.yml:/etc/traefik/traefik.yml:ro | | unknown | container-layer | cannot-tell
whoami | traefik/whoami:v1.10 | | x5 | stateless | | keeps
WordPress | wordpress:6 | wp:/var/www/html | env WORDPRESS_DB_HOST WORDPRESS_DB_USER | durable-single | local-volume | starts-empty
WordPress on NFS, twice | wordpress:6 | nfs4 wp:/var/www/html | x2 | external | remote-volume | keeps
WordPress, twice on local | wordpress:6 | wp:/var/www/html | x2 | replicas-on-local | local-volume | starts-empty
Nextcloud | nextcloud:29 | nc:/var/www/html | env POSTGRES_HOST | durable-single | local-volume | starts-empty
Ghost | ghost:5 | ghost:/var/lib/ghost/content | | durable-single | local-volume | starts-empty
Portainer | portainer/portainer-ce:2.20.3 | portainer:/data | on node.role==manager | durable-single | local-volume | starts-empty
Portainer agent | portainer/agent:2.20.3 | /var/run/docker.sock:/var/run/docker.sock, /var/lib/docker/volumes:/var/lib/docker/volumes | global | stateless | | keeps
Jenkins | jenkins/jenkins:lts | jenkins:/var/jenkins_home | | durable-single | local-volume | starts-empty
SonarQube | sonarqube:10-community | sd:/opt/sonarqube/data, se:/opt/sonarqube/extensions, sl:/opt/sonarqube/logs | on node.hostname==n1 | durable-single | local-volume, local-volume, local-volume | refuses
Vaultwarden | vaultwarden/server:1.31.0 | vw:/data | | durable-single | local-volume | starts-empty
n8n | docker.n8n.io/n8nio/n8n:1.50.0 | n8n:/home/node/.n8n | | durable-single | local-volume | starts-empty
Home Assistant | ghcr.io/home-assistant/home-assistant:stable | /srv/ha:/config, /etc/localtime:/etc/localtime:ro, /run/dbus:/run/dbus:ro | on node.hostname==n1 | durable-single | bind | refuses
Pi-hole | pihole/pihole:2024.07.0 | ph:/etc/pihole, dm:/etc/dnsmasq.d | on node.hostname==n1 | durable-single | local-volume, local-volume | refuses
Keycloak with a database | quay.io/keycloak/keycloak:25.0 | | env KC_DB KC_DB_URL; run start | external | | keeps
Adminer | adminer:4 | | | stateless | | keeps
phpMyAdmin | phpmyadmin:5 | | env PMA_HOST | stateless | | keeps
Swarm visualizer | dockersamples/visualizer:latest | /var/run/docker.sock:/var/run/docker.sock | | stateless | | keeps
Watchtower | containrrr/watchtower:1.7.1 | /var/run/docker.sock:/var/run/docker.sock | | stateless | | keeps
an API | registry.acme.example/shop/api:v12 | | x4; env DATABASE_URL | stateless | | cannot-tell
an API with uploads | acme/api:1 | uploads:/app/uploads | | durable-single | local-volume | starts-empty
an API with uploads, three times | acme/api:1 | uploads:/app/uploads | x3 | replicas-on-local | local-volume | starts-empty
an API with uploads on NFS | acme/api:1 | nfs uploads:/app/uploads | x3 | external | remote-volume | keeps
an API with something | acme/api:1 | things:/app/things | | unknown | local-volume | starts-empty
an API with a path | acme/api:1 | /mnt/gluster/api:/app/things | | unknown | bind | cannot-tell
an API with a path, three times | acme/api:1 | /mnt/gluster/api:/app/things | x3 | unknown | bind | cannot-tell
an API with a named path | acme/api:1 | path things:/app/things | | unknown | bind | cannot-tell
an API with a named path, pinned | acme/api:1 | path things:/app/things | on node.hostname==n1 | unknown | bind | refuses
an API with memory | acme/api:1 | tmpfs /app/session | | soft | tmpfs | starts-empty
an API with a volume in memory | acme/api:1 | memory session:/app/session | | soft | tmpfs | starts-empty
an API with scratch memory | acme/api:1 | tmpfs /tmp | | stateless | | cannot-tell
IPFS, nothing mounted | ipfs/kubo:v0.29.0 | | | durable-single | anonymous | starts-empty
GitLab by sameersbn, nothing mounted | sameersbn/gitlab:17.0.1 | | | durable-single | anonymous | starts-empty
Go Ethereum, nothing mounted | ethereum/client-go:v1.14.5 | | run --syncmode snap | durable-single | container-layer | starts-empty
Go Ethereum in a folder of its own | ethereum/client-go:v1.14.5 | eth:/eth | run --datadir /eth | durable-single | local-volume | starts-empty
Bitcoin Core, nothing mounted | ruimarinho/bitcoin-core:24 | | | durable-single | anonymous | starts-empty
Fabric peer, nothing mounted | hyperledger/fabric-peer:2.5 | | | durable-single | anonymous | starts-empty
Fabric peer | hyperledger/fabric-peer:2.5 | peer:/var/hyperledger/production | | durable-single | local-volume, anonymous | starts-empty
Snuba | getsentry/snuba:24.7.0 | | env CLICKHOUSE_HOST | stateless | | keeps
Healthchecks, nothing mounted | healthchecks/healthchecks:v3.4 | | | durable-single | container-layer | starts-empty
Healthchecks with PostgreSQL | healthchecks/healthchecks:v3.4 | | env DB DB_HOST | external | | keeps
a certificate authority on a path | acme/ca:1 | /etc/pki/ca:/pki | | unknown | bind | cannot-tell
an API with an anonymous volume | acme/api:1 | /app/things | | unknown | anonymous | starts-empty
an API with an anonymous volume, pinned | acme/api:1 | /app/data | on node.hostname==n1 | unknown | anonymous | starts-empty
an API with a cache | acme/api:1 | c:/app/cache | | soft | local-volume | starts-empty
an API with a cache of its own on each node | acme/api:1 | cache-{{.Node.Hostname}}:/app/cache | x3 | soft | local-volume | starts-empty
an API with a volume per slot | acme/api:1 | data-{{.Task.Slot}}:/app/data | x3 | unknown | local-volume | starts-empty
an API with a volume per task | acme/api:1 | data-{{.Task.ID}}:/app/data | on node.hostname==n1 | unknown | local-volume | starts-empty
an API with a volume per service | acme/api:1 | {{.Service.Name}}-data:/app/data | x2 | replicas-on-local | local-volume | starts-empty
a daemon with something on every node | acme/agent:1 | state:/var/agent | global | unknown | local-volume | refuses
a daemon with data on every node | acme/agent:1 | state:/var/lib/agent | global | replicas-on-local | local-volume | refuses
a daemon that talks to the kernel | acme/agent:1 | /dev:/dev, /lib/modules:/lib/modules, /sys/fs/cgroup:/sys/fs/cgroup | global | stateless | | cannot-tell
a daemon with the whole node | acme/agent:1 | /:/host | global | unknown | bind | refuses
a disk of the node | acme/osd:1 | /dev/sdb:/dev/xvdb | on node.hostname==n1 | unknown | bind | refuses
a backup job | acme/backup:1 | dumps:/backup | job | durable-single | local-volume | starts-empty
a cleaning job on every node | acme/clean:1 | /var/run/docker.sock:/var/run/docker.sock | global job | stateless | | cannot-tell
an own build of PostgreSQL | acme/postgres:16 | pg:/var/lib/postgresql/data | | durable-single | local-volume | starts-empty
an own build of PostgreSQL, nothing mounted | acme/postgres:16 | | | unknown | container-layer | starts-empty
by GlusterFS | acme/api:1 | glusterfs vol:/app/data | x2 | external | plugin | keeps
by ZFS | acme/api:1 | zfs vol:/app/data | | durable-single | plugin | starts-empty
called stateless | postgres:16 | pg:/var/lib/postgresql/data | label skep.state=stateless | stateless | local-volume | starts-empty
called clustered | acme/db:1 | db:/data | x3; label skep.state=durable-clustered | durable-clustered | local-volume | starts-empty
called nonsense | nginx:1 | | label skep.state=precious | stateless | | keeps
an API with a share on each node | acme/api:1 | nfs-node d:/app/data | | durable-single | remote-volume | starts-empty
an API with a share on each node, pinned | acme/api:1 | nfs-node d:/app/data | on node.hostname==n1 | durable-single | remote-volume | refuses
an API with a share on each node, three times | acme/api:1 | nfs-node d:/app/data | x3 | replicas-on-local | remote-volume | starts-empty
an API with a share for each task | acme/api:1 | nfs-task d:/app/data | | durable-single | remote-volume | starts-empty
an API with a share for each task and no name | acme/api:1 | nfs-task /app/data | on node.hostname==n1 | unknown | remote-volume | starts-empty
an API with a share for each slot | acme/api:1 | nfs-slot d:/app/data | x2 | unknown | remote-volume | cannot-tell
an API with a share and a name for each slot | acme/api:1 | nfs-slot d-{{.Task.Slot}}:/app/data | x2 | external | remote-volume | keeps
an API with a share of its own node | acme/api:1 | nfs-own d:/app/data | | durable-single | local-volume | cannot-tell
by sshfs, by slot | acme/api:1 | vieux/sshfs d-{{.Task.Slot}}:/app/data | | external | plugin | keeps
by sshfs, by node and slot | acme/api:1 | vieux/sshfs {{.Node.Hostname}}-{{.Task.Slot}}:/app/data | | external | plugin | cannot-tell
by sshfs, another folder on each node | acme/api:1 | sshfs-node d:/app/data | | durable-single | plugin | starts-empty
called single, nothing mounted | acme/db:1 | | label skep.state=durable-single | durable-single | container-layer | cannot-tell
called clustered, nothing mounted | acme/db:1 | | x3; label skep.state=durable-clustered | durable-clustered | container-layer | cannot-tell
called single, only settings mounted | nginx:1 | /srv/nginx.conf:/etc/nginx/nginx.conf | label skep.state=durable-single | durable-single | container-layer | cannot-tell
called stateless, nothing mounted | acme/api:1 | | label skep.state=stateless | stateless | | keeps
PostgreSQL with backups on NFS | postgres:16 | nfs b:/backups | | unknown | remote-volume, anonymous | cannot-tell
PostgreSQL on a volume, with backups on NFS | postgres:16 | pg:/var/lib/postgresql/data, nfs b:/backups | | durable-single | local-volume, remote-volume | starts-empty
PostgreSQL with backups only | postgres:16 | b:/backups | on node.hostname==n1 | durable-single | local-volume, anonymous | refuses
MySQL with scripts on NFS | mysql:8.4 | nfs init:/docker-entrypoint-initdb.d | | unknown | remote-volume, anonymous | cannot-tell
MongoDB with backups on a cluster volume | mongo:7 | csi b:/backup | | unknown | csi, anonymous, anonymous | cannot-tell
MySQL in memory, with backups | mysql:8.4 | tmpfs /var/lib/mysql, b:/backup | | durable-single | tmpfs, local-volume | starts-empty
Traefik with something on NFS | traefik:v3.0 | nfs x:/things | | unknown | remote-volume, container-layer | cannot-tell
an own build by its words | acme/shop-postgres:16 | | | unknown | container-layer | cannot-tell
an own build by its words, elsewhere | registry.acme.example/db/postgres-custom:16 | | | unknown | container-layer | cannot-tell
an own build by a word with a number | acme/mysql8-utf8:1 | | | unknown | container-layer | cannot-tell
an own build by its words, with something | acme/shop-postgres:16 | things:/things | | unknown | local-volume, container-layer | starts-empty
an own build by its words, with other data | acme/shop-postgres:16 | b:/backups | | durable-single | local-volume, container-layer | starts-empty
an own build by its words, with a volume | acme/shop-postgres:16 | pg:/var/lib/postgresql/data | on node.hostname==n1 | durable-single | local-volume | refuses
what has such a word in its name, called stateless | acme/kafka-orders:1 | | label skep.state=stateless | stateless | | keeps
an own build of Redis | acme/shop-redis:7 | | | unknown | container-layer | cannot-tell
what is not PostgreSQL but beside it | acme/shop-postgres-exporter:1 | | | stateless | | cannot-tell
TypeDB | vaticle/typedb:2.28.3 | | | durable-single | container-layer | starts-empty
TypeDB with its volume | vaticle/typedb:2.28.3 | t:/opt/typedb-all-linux-x86_64/server/data | | durable-single | local-volume | starts-empty
IBM MQ | icr.io/ibm-messaging/mq:9.4 | | env LICENSE MQ_QMGR_NAME | durable-single | container-layer | starts-empty
TigerBeetle | ghcr.io/tigerbeetle/tigerbeetle:0.16.0 | tb:/data | on node.hostname==n1; run start --addresses=0.0.0.0:3000 /data/0_0.tigerbeetle | durable-single | local-volume | refuses
TigerBeetle, nothing mounted | ghcr.io/tigerbeetle/tigerbeetle:0.16.0 | | | durable-single | container-layer | starts-empty
TigerBeetle cluster | ghcr.io/tigerbeetle/tigerbeetle:0.16.0 | tb:/data | on node.hostname==n1; run start --addresses=tb1:3000,tb2:3000 /data/0_0.tigerbeetle | durable-clustered | local-volume | refuses
Virtuoso | openlink/virtuoso-opensource-7:7.2 | | | durable-single | container-layer | starts-empty
SAP HANA, express edition | saplabs/hanaexpress:2.00 | hana:/hana/mounts | | durable-single | local-volume | starts-empty
CrowdSec | crowdsecurity/crowdsec:v1.6.8 | | | durable-single | container-layer | starts-empty
Teleport | public.ecr.aws/gravitational/teleport-distroless:16 | | | durable-single | container-layer | starts-empty
Zeebe | camunda/zeebe:8.5.0 | z:/usr/local/zeebe/data | | durable-single | local-volume | starts-empty
Fuseki | stain/jena-fuseki:5.1.0 | | | durable-single | anonymous | starts-empty
linkding | sissbruecker/linkding:1.31 | l:/etc/linkding/data | | durable-single | local-volume | starts-empty
a world below /usr/src | acme/mc:1 | /usr/src/minecraft/world:/world | | unknown | bind | cannot-tell
data below /usr/lib | acme/radio:1 | /usr/lib/unifi/data:/unifi | on node.hostname==n1 | unknown | bind | refuses
a disk below /run | acme/api:1 | /run/media/disk1:/data | | durable-single | bind | cannot-tell
a logical volume | acme/osd:1 | /dev/vg0/lv0:/dev/xvdb | on node.hostname==n1 | unknown | bind | refuses
a file of users | acme/api:1 | /etc/myapp/users.json:/app/users.json | | unknown | bind | cannot-tell
a serial port | acme/api:1 | /dev/ttyUSB0:/dev/ttyUSB0, /dev/dri/renderD128:/dev/dri/renderD128 | | stateless | | cannot-tell
MySQL, told elsewhere | mysql:8.4 | db:/var/lib/mysql | on node.hostname==n1; run mysqld --datadir=/db | durable-single | local-volume, container-layer | starts-empty
MySQL, told elsewhere and mounted | mysql:8.4 | db:/db | on node.hostname==n1; run mysqld --datadir=/db | durable-single | local-volume | refuses
MongoDB, told elsewhere | mongo:7 | db:/data/db, c:/data/configdb | on node.hostname==n1; run mongod --dbpath /srv/mongo | durable-single | local-volume, local-volume, container-layer | starts-empty
Redis, told elsewhere | redis:7 | r:/data | on node.hostname==n1; run redis-server --appendonly yes --dir /var/lib/redis | durable-single | local-volume, container-layer | starts-empty
Prometheus, told elsewhere | prom/prometheus:v2.53.0 | p:/prometheus | on node.hostname==n1; run --storage.tsdb.path=/tsdb | durable-single | local-volume, container-layer | starts-empty
MinIO, told elsewhere | minio/minio:latest | m:/data | on node.hostname==n1; run server --console-address :9001 /export | durable-single | local-volume, container-layer | starts-empty
MinIO, told elsewhere and mounted | minio/minio:latest | m:/export | on node.hostname==n1; run server /export --console-address :9001 | durable-single | local-volume | refuses
etcd, told nothing | quay.io/coreos/etcd:v3.5.14 | e:/etcd-data | on node.hostname==n1; run etcd --name n1 | durable-single | local-volume, container-layer | refuses
etcd, told elsewhere | quay.io/coreos/etcd:v3.5.14 | e:/etcd-data | on node.hostname==n1; run etcd --data-dir=/e | durable-single | local-volume, container-layer | starts-empty
PostgreSQL, told by a variable | postgres:16 | pg:/var/lib/postgresql/data | on node.hostname==n1; env PGDATA | durable-single | local-volume, container-layer | refuses
PostgreSQL, told by a variable, on NFS | postgres:16 | nfs pg:/srv/pg | env PGDATA | unknown | remote-volume, anonymous, container-layer | cannot-tell
PostgreSQL, told by a variable that is in its mount | postgres:16 | pg:/var/lib/postgresql/data | on node.hostname==n1; in PGDATA=/var/lib/postgresql/data | durable-single | local-volume | refuses
PostgreSQL, told by a variable that is in another mount | postgres:16 | nfs pg:/srv/pg | in PGDATA=/srv/pg | external | remote-volume | keeps
Elasticsearch, told by a variable | docker.elastic.co/elasticsearch/elasticsearch:8.14.0 | nfs es:/usr/share/elasticsearch/data | env path.data | unknown | remote-volume, container-layer | cannot-tell
Registry, told by a variable | registry:2 | nfs r:/var/lib/registry | env REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY | unknown | remote-volume, container-layer | cannot-tell
Consul client | hashicorp/consul:1.19 | | run agent -retry-join=consul1 | soft | anonymous | starts-empty
Consul client with a volume | hashicorp/consul:1.19 | c:/consul/data | run agent -retry-join=consul1 | soft | local-volume | starts-empty
Consul by a file | hashicorp/consul:1.19 | c:/consul/data, conf:/c:ro | on node.hostname==n1; run agent -config-dir=/c -retry-join=consul1 | durable-clustered | local-volume | refuses
`

const modes: ReadonlyMap<string, Mode> = new Map<string, Mode>([
  ['global', { kind: 'global' }],
  ['job', { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 }],
  ['global job', { kind: 'global-job' }],
])

function exampleOf(line: string): Example {
  const [name = '', image = '', mounts = '', runs = '', state, kinds = '', moves] = line
    .split('|')
    .map((cell) => cell.trim())
  const service = serviceOf(image, listOf(mounts), runs.split('; '))
  return {
    name,
    service,
    class: StateClass.parse(state),
    kinds: listOf(kinds).map((kind) => StorageKind.parse(kind)),
    ifItMoves: IfItMoves.parse(moves),
  }
}

const listOf = (cell: string): string[] => (cell === '' ? [] : cell.split(', '))

function serviceOf(
  image: string,
  mounts: readonly string[],
  runs: readonly string[],
): Service {
  const said = (word: string) =>
    runs.flatMap((run) => (run.startsWith(`${word} `) ? run.slice(word.length + 1) : []))
  const replicas = runs.find((run) => /^x\d+$/.test(run))?.slice(1) ?? '1'
  const mode = runs.flatMap((run) => modes.get(run) ?? [])[0]
  return aService({
    name: 'example',
    image,
    mode: mode ?? { kind: 'replicated', replicas: Number(replicas) },
    spec: aSpec({
      mounts: mounts.map(mountOf),
      command: said('run').flatMap((line) => line.split(' ')),
      environment: [
        ...said('env').flatMap((names) => names.split(' ')),
        ...said('in').map((one) => one.split('=', 1)[0] ?? ''),
      ],
      environmentIn: Object.fromEntries(said('in').map((one) => one.split('='))),
      constraints: said('on'),
      maxReplicasPerNode: said('max').map(Number)[0] ?? null,
      labels: Object.fromEntries(said('label').map((label) => label.split('='))),
    }),
  })
}

function mountOf(text: string): Mount {
  const at = text.lastIndexOf(' ')
  const how = at < 0 ? '' : text.slice(0, at)
  const [source = '', target, flag] = text.slice(at + 1).split(/:(?=\/|ro$)/)
  const base = {
    source: target === undefined ? null : source,
    target: target ?? source,
    readOnly: flag === 'ro',
  }
  switch (how) {
    case '':
      return aMount({
        ...base,
        type: source.startsWith('/') && target ? 'bind' : 'volume',
      })
    case 'tmpfs':
      return aMount({ ...base, type: 'tmpfs' })
    case 'csi':
      return aMount({ ...base, type: 'cluster' })
    case 'memory':
      return aMount({ ...base, filesystem: 'tmpfs', device: 'tmpfs' })
    case 'path':
      return aMount({ ...base, filesystem: 'none', device: '/srv/x', options: ['bind'] })
    case 'disk':
      return aMount({ ...base, filesystem: 'ext4', device: '/dev/sdb1' })
    case 'nfs-node':
      return aMount({ ...base, filesystem: 'nfs', device: ':/{{.Node.Hostname}}' })
    case 'nfs-task':
      return aMount({ ...base, filesystem: 'nfs', device: ':/{{.Task.ID}}' })
    case 'nfs-slot':
      return aMount({ ...base, filesystem: 'nfs', device: ':/{{.Task.Slot}}' })
    case 'nfs-own':
      return aMount({ ...base, filesystem: 'nfs', device: ':/x', servedByNode: true })
    case 'sshfs-node':
      return aMount({
        ...base,
        driver: 'vieux/sshfs',
        optionFields: ['{{.Node.Hostname}}'],
      })
    case 'nfs':
    case 'nfs4':
    case 'cifs':
      return aMount({ ...base, filesystem: how, device: ':/exports/x', options: ['addr'] })
    default:
      return aMount({ ...base, driver: how })
  }
}

export const examples: readonly Example[] = table.trim().split('\n').map(exampleOf)
