#!/bin/bash
# Checks the lab itself, in a lab of its own: selftest.sh [20|26|28|mixed], about a minute.
set -u
cd "$(dirname "$(readlink -f "$0")")" || exit 1

engine=${1:-20} passed=0 failed=0
export SKEP_LAB_DIR=${TMPDIR:-/tmp}/skep-lab-selftest
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
layout=(--managers 1 --workers 1 --engine "$engine")

check() { # WHAT COMMAND...
  if "${@:2}" >/dev/null 2>&1; then
    passed=$((passed + 1)) && echo "ok    $1"
  else
    failed=$((failed + 1)) && echo "FAIL  $1"
  fi
}
not() { ! "$@"; }
eventually() { # SECONDS COMMAND...
  local i
  for ((i = 0; i < $1 * 5; i++)); do
    "${@:2}" >/dev/null 2>&1 && return
    sleep 0.2
  done
  return 1
}

# The machine as it looks from outside the lab.
outside() {
  ip -br link | awk '{print "link", $1}'
  ls /run
  iptables-save 2>/dev/null | grep -vE '^[#:]' | sed 's/\[.*\]//'
  ls -A /etc/docker /opt/containerd 2>&1
  grep -c "$SKEP_LAB_DIR" /proc/self/mountinfo
}
# What `down` should have removed: cgroups, files, processes.
leftovers() {
  local process
  ls -d /sys/fs/cgroup{,/*}/"$id" "$SKEP_LAB_DIR" "$SKEP_LAB_DIR.lock" 2>/dev/null
  for process in /proc/[0-9]*; do
    tr '\0' ' ' 2>/dev/null <"$process/cmdline" | grep -F "$SKEP_LAB_DIR/"
  done
}

ask() { ./lab api m1 GET "$1" | jq -e "$2"; } # PATH CONDITION
status() { # NODE STATE
  ask /nodes ".[] | select(.Description.Hostname == \"$1\") | .Status.State == \"$2\""
}
running() { # SERVICE COUNT
  ask '/services?status=true' \
    ".[] | select(.Spec.Name == \"$1\") | .ServiceStatus.RunningTasks == $2"
}
image_of() { # SERVICE Spec|PreviousSpec PATTERN
  ask "/services/$1" ".$2.TaskTemplate.ContainerSpec.Image | test(\"$3\")"
}
create_web() {
  ./lab exec m1 service create -q --detach --name web --replicas 4 \
    registry.lab:5000/demo/web:v1
}
crash_engine() { # NODE
  local process
  for process in /proc/[0-9]*; do
    grep -qsx dockerd "$process/comm" || continue
    grep -qszF "$SKEP_LAB_DIR/nodes/$1/docker.sock" "$process/cmdline" || continue
    kill -KILL "${process#/proc/}" && return
  done
  return 1
}
was_restarted() { grep -q 'ended by itself' "$SKEP_LAB_DIR/nodes/$1/log"; } # NODE
network_of() { readlink "/proc/$1/ns/net"; } # PID
# Keeps the network of a node that is killed alive for ten seconds, as a busy kernel does.
linger() { # NODE
  local node guest
  node=$(cut -d' ' -f1 "$SKEP_LAB_DIR/nodes/$1/pid")
  nsenter -t "$node" -n sleep 10 &
  guest=$!
  eventually 5 grep -qx sleep "/proc/$guest/comm" &&
    [ "$(network_of $guest)" = "$(network_of "$node")" ]
}
processes_in() { ls -l /proc/[0-9]*/ns/pid 2>/dev/null | grep -F "$1"; } # PID-NAMESPACE
cgroups_of() { ls -d /sys/fs/cgroup{,/*}/"$id/$1" 2>/dev/null | grep .; } # NODE
ping_tls() { # CURL-ARGS...
  ./lab in switch curl -sf --cacert "$SKEP_LAB_DIR/certs/ca.pem" "$@" \
    https://10.99.0.1:2376/_ping
}
certificate=(--cert "$SKEP_LAB_DIR/certs/cert.pem" --key "$SKEP_LAB_DIR/certs/key.pem")
update_state() { ask "/services/$1" ".UpdateStatus.State == \"$2\""; } # SERVICE STATE
registry_answers() { ./lab in "$1" curl -sf -m 2 http://registry.lab:5000/v2/; } # NODE

# Says no with exit 3 and one line that has these words in it.
refuses() { # WORDS COMMAND...
  local said status
  said=$("${@:2}" 2>&1)
  status=$?
  [ $status = 3 ] && [ "$(wc -l <<<"$said")" = 1 ] && grep -qF "$1" <<<"$said"
}
without_engines() { SKEP_LAB_ENGINES=/none ./lab "$@"; }
without_rights() { setpriv --bounding-set=-sys_admin ./lab "$@"; }
without_jq() {
  mkdir -p "$scratch/bin" && ln -sf /usr/sbin/* /usr/bin/* "$scratch/bin/" &&
    rm "$scratch/bin/jq" && PATH=$scratch/bin ./lab "$@"
}

# A TLS handshake on the control socket, as the push feed makes it.
handshake() { # NODE
  timeout 5 openssl s_client -unix "$SKEP_LAB_DIR/nodes/$1/control.sock" -alpn h2 \
    -servername swarm-manager -verify_hostname swarm-manager -verify_return_error -brief \
    -CAfile <(./lab api m1 GET /swarm | jq -r .TLSInfo.TrustRoot) </dev/null
}
has_control_socket() { [ -L "$SKEP_LAB_DIR/nodes/$1/control.sock" ]; }

refuses_foreign_folder() {
  mkdir -p "$scratch/foreign" && touch "$scratch/foreign/precious"
  ! ./lab --dir "$scratch/foreign" up "${layout[@]}" && ./lab --dir "$scratch/foreign" down
  [ -e "$scratch/foreign/precious" ]
}

./lab check --engine "$engine" || exit
./lab down 2>/dev/null
before=$(outside)

check "check says yes, in silence"         test -z "$(./lab check --engine "$engine" 2>&1)"
check "check misses an engine"             refuses 'engine 20' without_engines check
check "check misses a package"             refuses 'missing package jq' without_jq check
check "check misses namespaces"            refuses 'namespaces' without_rights check
check "up refuses in the same words"       refuses 'engine 20' without_engines up
rm -f "$SKEP_LAB_DIR.lock"

check "up: 1 manager, 1 worker"            ./lab up "${layout[@]}"
id=$(cat "$SKEP_LAB_DIR/id")
check "up again changes nothing"           ./lab up "${layout[@]}"
check "another layout is refused"          not ./lab up --managers 3 --engine "$engine"
check "both nodes are ready"               eventually 20 status w1 ready
check "the control socket shakes hands"    handshake m1
check "a worker has none"                  not handshake w1
check "an API error has an exit code"      not ./lab api m1 GET /services/nosuch

check "images are built and pushed"        ./lab image
check "a service is created"               create_web
check "its 4 tasks run"                    eventually 30 running web 4
check "its image has a real digest"        image_of web Spec web:v1@sha256:

worker=$(cut -d' ' -f1 "$SKEP_LAB_DIR/nodes/w1/pid")
space=$(readlink "/proc/$worker/ns/pid")
check "kill w1"                            ./lab kill w1
check "no process of w1 is left"           not processes_in "$space"
check "no cgroup of w1 is left"            not cgroups_of w1
check "w1 goes down within 30 s"           eventually 30 status w1 down
check "start w1"                           ./lab start w1
check "w1 is ready again"                  eventually 30 status w1 ready
check "4 tasks run"                        eventually 30 running web 4

check "the engine of w1 crashes"           crash_engine w1
check "it is started again"                eventually 20 was_restarted w1
check "w1 is ready after the crash"        eventually 30 status w1 ready
check "4 tasks run after the crash"        eventually 30 running web 4

check "the network of w1 outlives it"      linger w1
check "kill w1 again"                      ./lab kill w1
check "start w1 at once"                   ./lab start w1
check "w1 is ready in its new network"     eventually 30 status w1 ready

check "cut w1"                             ./lab cut w1
check "w1 cannot reach the registry"       not registry_answers w1
check "heal w1"                            ./lab heal w1
check "w1 reaches the registry"            eventually 10 registry_answers w1
check "registry stop"                      ./lab registry stop
check "the registry is gone"               not registry_answers w1
check "registry start"                     ./lab registry start
check "the registry is back"               registry_answers w1

check "stop w1, in good order"             ./lab stop w1
check "stop m1, in good order"             ./lab stop m1
check "its control socket is gone"         not has_control_socket m1
check "start m1"                           ./lab start m1
check "a new control socket shakes hands"  eventually 30 handshake m1
check "kill m1 and w1 together"            ./lab kill m1 w1
check "the control socket is gone"         not has_control_socket m1
check "up revives all"                     ./lab up "${layout[@]}"
check "the control socket is renewed"      handshake m1
check "the swarm remembers: 4 tasks run"   eventually 60 running web 4
check "an unknown node is refused"         not ./lab kill w9
check "the service is removed"             ./lab exec m1 service rm web

check "samples"                            ./lab samples
check "samples again"                      ./lab samples
check "14 services"                        ask /services 'length == 14'
check "a healthy one runs"                 running shop_web 3
check "one can be rolled back"             image_of shop_api PreviousSpec web:v1
check "an update is paused"                update_state trouble_checkout paused
check "an update is rolled back"           update_state trouble_catalog rollback_completed
check "secrets are there"                  ask /secrets 'length == 4'

check "down"                               ./lab down
check "nothing is left over"               test -z "$(leftovers)"
check "the machine outside is as before"   test "$before" = "$(outside)"
check "down again is harmless"             ./lab down
check "up right after down, with TLS"      ./lab up --engine "$engine" --tls
check "TLS lets its client in"             ping_tls "${certificate[@]}"
check "TLS lets nobody else in"            not ping_tls
check "down"                               ./lab down
check "nothing is left over"               test -z "$(leftovers)"
check "a foreign folder is refused"        refuses_foreign_folder

[ $failed = 0 ] || {
  leftovers
  diff <(echo "$before") <(outside)
}
echo "$passed passed, $failed failed"
[ $failed = 0 ]
