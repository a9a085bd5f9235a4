# The nodes made into one swarm: up, down, and talking to its engines.

docker_on() { # NODE DOCKER-ARGS...
  DOCKER_HOST=unix://$(docker_socket "$1") DOCKER_CONFIG=$DIR/cli DOCKER_CONTEXT='' \
    docker "${@:2}"
}
api() { curl -sS --unix-socket "$(docker_socket "$1")" "${@:2}"; } # NODE CURL-ARGS...

swarm_state() { api "$1" -f -m 5 http://d/info 2>/dev/null | jq -r .Swarm.LocalNodeState; }
leader() { # a manager that answers for the swarm right now
  local node
  for node in $(managers); do
    holder "$node" >/dev/null && api "$node" -f -m 5 http://d/swarm >/dev/null 2>&1 &&
      echo "$node" && return
  done
  return 1
}
any_manager() { leader || die "no manager answers for the swarm"; }

cmd_up() {
  local managers=1 workers=0 node why since=$SECONDS
  ENGINE=20 TLS=0
  while [ $# -gt 0 ]; do
    case $1 in
      --managers) managers=${2:?} && shift 2 ;;
      --workers) workers=${2:?} && shift 2 ;;
      --engine) ENGINE=${2:?} && shift 2 ;;
      --tls) TLS=1 && shift ;;
      *) die "up: what is '$1'?" ;;
    esac
  done
  [[ $managers =~ ^[1-9][0-9]?$ && $workers =~ ^[0-9][0-9]?$ ]] ||
    die "up: --managers 1..99 --workers 0..99"
  [ ${#DIR} -le 75 ] || die "--dir is too long for the path of a unix socket"
  why=$(machine_lacks "$ENGINE") || { say "lab: $why" && exit 3; }

  make_folder "$managers" "$workers"
  start_switch
  start_registry
  for node in $(nodes); do boot_node "$node"; done
  for node in $(nodes); do await_node "$node"; done
  form_swarm

  say "up in $((SECONDS - since)) s: $managers manager(s), $workers worker(s)," \
    "engine $ENGINE, in $DIR"
  for node in $(managers); do
    echo "unix://$(docker_socket "$node")"
    [ $TLS = 0 ] || echo "tcp://$(ip_of "$node"):2376 (from 'lab in switch'; $DIR/certs)"
  done
}

# The lab's folder: made once; a second `up` of the same lab only revives what is off.
make_folder() { # MANAGERS WORKERS
  local node i=0 config="MANAGERS=$1 WORKERS=$2 ENGINE=$ENGINE TLS=$TLS NET=$NET"
  if [ -f "$DIR/config" ]; then
    [ "$(cat "$DIR/config")" = "$config" ] ||
      die "$DIR holds another lab ($(cat "$DIR/config")): 'lab down' first"
    return
  fi
  [ -f "$DIR/id" ] || [ -z "$(ls -A "$DIR" 2>/dev/null)" ] ||
    die "$DIR has other things in it: give an empty --dir"
  mkdir -p "$DIR/nodes" "$DIR/cli" && echo '{}' >"$DIR/cli/config.json"
  echo "skep-lab-$(echo "$DIR" | sha256sum | cut -c1-8)" >"$DIR/id"
  for node in $(seq -f m%g "$1") $(seq -f w%g "$2"); do
    mkdir -p "$DIR/nodes/$node"
    engine_of "$i" >"$DIR/nodes/$node/engine"
    i=$((i + 1))
  done
  write_hosts
  [ $TLS = 0 ] || make_certs
  echo "$config" >"$DIR/config" # last: a half-made lab is not taken for a lab
}

form_swarm() {
  local role token node door
  if [ "$(swarm_state m1)" = inactive ]; then
    docker_on m1 swarm init --advertise-addr "$(ip_of m1)" >/dev/null ||
      die "swarm init failed"
  fi
  wait_for 60 leader || die "no manager answers for the swarm"
  door=$(leader)
  for role in manager worker; do
    token=$(api "$door" http://d/swarm | jq -r ".JoinTokens.${role^}")
    for node in $(nodes | grep "^${role:0:1}"); do
      [ "$(swarm_state "$node")" = inactive ] || continue
      docker_on "$node" swarm join --token "$token" "$(ip_of "$door"):2377" >/dev/null ||
        die "$node could not join"
    done
  done
  for node in $(managers); do
    [ "$(swarm_state "$node")" != active ] || # locked, perhaps
      wait_for 30 test -S "$(control_socket "$node")" || die "$node has no control socket"
  done
}

cmd_down() {
  local node
  [[ $(cat "$DIR/id" 2>/dev/null) == skep-lab-* ]] || {
    rm -f "$DIR.lock"
    say "nothing to take down in $DIR" && return
  }
  case $DIR in / | /tmp | /root | /home | '') die "refusing to delete $DIR" ;; esac
  for node in $(nodes); do
    end_process "$DIR/nodes/$node/pid" KILL 15 || die "$node cannot be killed"
  done
  end_process "$DIR/registry.pid" KILL 10
  end_process "$DIR/switch.pid" KILL 10
  clean_cgroups
  rm -rf --one-file-system "${DIR:?}" && rm -f "$DIR.lock"
  say "down; $DIR is gone"
}

cmd_exec() { # NODE DOCKER-ARGS...
  load && must_be_node "${1:-}"
  docker_on "$@"
}

cmd_api() { # NODE METHOD PATH [JSON]
  load && must_be_node "${1:-}"
  local body=()
  [ $# -lt 4 ] || body=(-H 'Content-Type: application/json' -d "$4")
  api "$1" --fail-with-body -X "${2:-GET}" "${body[@]}" "http://d${3:-/info}"
}
