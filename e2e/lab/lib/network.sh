# The switch, its cables, its registry; names and certificates of the lab.

ip_of() { # NODE|switch
  case $1 in
    switch) echo "$NET.254" ;;
    m*) echo "$NET.${1#m}" ;;
    w*) echo "$NET.$((100 + ${1#w}))" ;;
  esac
}

in_net() { # NODE|switch COMMAND...
  local pid && pid=$(holder "$1") || die "$1 is not running"
  nsenter -t "$pid" -n -- "${@:2}"
}

start_switch() {
  holder switch >/dev/null && return
  setsid unshare --net sleep infinity </dev/null >/dev/null 2>&1 9>&- &
  remember "$DIR/switch.pid" $! || die "the switch did not start"
  # Only once it is `sleep` is it in its new namespace.
  wait_for 5 grep -qx sleep "/proc/$!/comm" || die "the switch did not start"
  in_net switch sh -ec "
    ip link set lo up
    ip link add br0 type bridge
    ip addr add $(ip_of switch)/24 dev br0
    ip link set br0 up" || die "the switch has no bridge"
}

start_registry() {
  local address && address=$(ip_of switch):5000
  pid_of "$DIR/registry.pid" >/dev/null && return
  mkdir -p "$DIR/registry"
  cat >"$DIR/registry.yml" <<YML
version: 0.1
log: {level: warn}
storage: {filesystem: {rootdirectory: $DIR/registry}, delete: {enabled: true}}
http: {addr: "$address"}
YML
  OTEL_TRACES_EXPORTER=none setsid nsenter -t "$(holder switch)" -n -- \
    docker-registry serve "$DIR/registry.yml" </dev/null >>"$DIR/registry.log" 2>&1 9>&- &
  remember "$DIR/registry.pid" $! || die "the registry did not start: $DIR/registry.log"
  wait_for 10 in_net switch curl -fsS "http://$address/v2/" ||
    die "the registry does not answer: $DIR/registry.log"
}

# Plug a node into the switch. Taking the switch's port down later is a pulled cable. The
# cable of before a power cut goes with its network namespace, which the kernel clears away
# when it comes to it.
plug() { # NODE PID
  in_net switch sh -ec "
    ip link del v-$1 2>/dev/null || true
    ip link add v-$1 type veth peer name eth0 netns $2
    ip link set v-$1 master br0 up" || die "$1 cannot be plugged in: see $DIR/nodes/$1/log"
  nsenter -t "$2" -n -- sh -ec "
    ip link set lo up
    ip addr add $(ip_of "$1")/24 dev eth0
    ip link set eth0 up
    ip route add default via $(ip_of switch)" ||
    die "$1 has no network: see $DIR/nodes/$1/log"
}

is_plugged() { in_net switch ip link show "v-$1" 2>/dev/null | grep -q 'state UP'; }

write_hosts() { # the same /etc/hosts in every node: all names of the lab
  local node
  {
    echo "127.0.0.1 localhost"
    echo "$(ip_of switch) registry.lab"
    for node in $(nodes); do echo "$(ip_of "$node") $node"; done
  } >"$DIR/hosts"
}

# One CA, one server certificate for all managers, one client certificate.
make_certs() {
  local certs=$DIR/certs node names=DNS:localhost,IP:127.0.0.1
  for node in $(managers); do names+=",DNS:$node,IP:$(ip_of "$node")"; done
  mkdir -p "$certs"
  (
    cd "$certs" && umask 077 && set -e
    key() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "$@"; }
    sign() { # NAME EXTENSIONS
      openssl x509 -req -in "$1.csr" -out "$1.pem" -days 30 -extfile <(echo "$2") \
        -CA ca.pem -CAkey ca-key.pem -CAcreateserial
    }
    key -x509 -days 30 -subj /CN=lab-ca -keyout ca-key.pem -out ca.pem
    key -subj /CN=lab-manager -keyout server-key.pem -out server.csr
    sign server "subjectAltName=$names"$'\n'"extendedKeyUsage=serverAuth"
    key -subj /CN=lab-client -keyout key.pem -out cert.csr
    sign cert "extendedKeyUsage=clientAuth"
  ) 2>"$certs/openssl.log" || die "openssl failed: $certs/openssl.log"
}

cmd_cut() { each_node 'switch_port down' "$@"; }
cmd_heal() { each_node 'switch_port up' "$@"; }
switch_port() { # up|down NODE
  holder "$2" >/dev/null || die "$2 is off"
  in_net switch ip link set "v-$2" "$1"
}

cmd_registry() { # stop|start
  load
  case ${1:-} in
    start) start_registry ;;
    stop) end_process "$DIR/registry.pid" KILL 10 ;;
    *) die "registry stop|start" ;;
  esac
}
